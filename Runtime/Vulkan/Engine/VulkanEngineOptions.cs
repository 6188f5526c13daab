namespace PrismLM.Vulkan.Engine
{
    /// <summary>Sizes of a <see cref="VulkanEngine"/>; they decide its memory, which never grows.</summary>
    public sealed class VulkanEngineOptions
    {
        /// <summary>Sequences in flight together, 1 to 32.</summary>
        public int Slots { get; set; } = 8;

        /// <summary>Most tokens a sequence may hold; 0 for what the model was trained on.</summary>
        public int ContextLength { get; set; }

        /// <summary>Prompt tokens of one step, 1 to 64: more read a prompt faster, fewer keep a step short.</summary>
        public int PrefillChunk { get; set; } = 32;

        /// <summary>Tokens of the key/value pool, shared by all sequences; 0 for a whole context for each slot, as far as one binding of the device reaches.</summary>
        public int PoolTokens { get; set; }

        /// <summary>
        /// Words (of four bytes) for the constraints that replies use at the same time, each stored once; 0 for room for every slot. A reply waits while its
        /// constraint finds none; one larger than this is refused.
        /// </summary>
        public int ConstraintWords { get; set; }

        /// <summary>Tokens a sequence makes in one submission when nothing else is to be done, 1 to 32. More cost less CPU and show later.</summary>
        public int TokensPerSubmit { get; set; } = 1;

        /// <summary>A step that runs longer ends every sequence as failed, so that no reply waits for a device that hangs.</summary>
        public int StepTimeoutMilliseconds { get; set; } = 10_000;

        /// <summary>Measure, while loading, what parts of a step cost, so that the first frame with a finite budget knows. Games want it; a tool that runs whole steps does not.</summary>
        public bool MeasureSlices { get; set; }

        /// <summary>
        /// Prompts that begin alike, with the same head dials, share the pages of keys and values that hold the beginning: it is computed once, and kept while the pool has
        /// room. Never changes a bit of any reply. Benchmarks of prompts turn it off.
        /// </summary>
        public bool SharePrefixes { get; set; } = true;

        internal int ConstraintWordsFor(int vocabulary) => ConstraintWords > 0 ? ConstraintWords : ConstraintPool.WordsFor(Slots, vocabulary);

        internal void Check(int trainedContext)
        {
            EngineLimits.Check(Slots, 1, 32, nameof(Slots));
            EngineLimits.Check(ContextLength, 0, trainedContext, nameof(ContextLength));
            EngineLimits.Check(PrefillChunk, 1, StateLayout.MaxColumns, nameof(PrefillChunk));
            EngineLimits.Check(PoolTokens, 0, int.MaxValue, nameof(PoolTokens));
            EngineLimits.Check(ConstraintWords, 0, 1 << 24, nameof(ConstraintWords));
            EngineLimits.Check(TokensPerSubmit, 1, ModelBuffers.RingTokens / 2, nameof(TokensPerSubmit));
            EngineLimits.Check(StepTimeoutMilliseconds, 1, int.MaxValue, nameof(StepTimeoutMilliseconds));
        }
    }
}
