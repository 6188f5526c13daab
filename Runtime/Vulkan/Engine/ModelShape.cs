using System;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>Sizes of everything a step touches, in elements; decided once, before anything is allocated.</summary>
    internal sealed class ModelShape
    {
        /// <summary>Keys that one workgroup of attention covers; SPLIT_KEYS of attention_layout.glsl.</summary>
        public const int SplitKeys = 256;

        /// <param name="config">The model.</param>
        /// <param name="kvFloat32">Number format of keys and values.</param>
        /// <param name="slots">Sequences in flight, at most 32.</param>
        /// <param name="context">Positions a sequence may reach.</param>
        /// <param name="columns">Columns of the widest step: a bucket of <see cref="StepShape"/>.</param>
        /// <param name="logitRows">Columns of a step that may ask for logits.</param>
        /// <param name="pages">Pages of the key/value pool.</param>
        /// <param name="samples">Rows of logits have scratch for the sampler behind them.</param>
        /// <param name="constraintWords">Words of all constraints that are in use together.</param>
        public ModelShape(ModelConfig config, bool kvFloat32, int slots, int context, int columns, int logitRows, int pages, bool samples, int constraintWords = 0)
        {
            Config = config;
            KvFloat32 = kvFloat32;
            Slots = slots;
            Context = context;
            Columns = columns;
            LogitRows = logitRows;
            Pages = pages;
            State = new StateLayout(slots, context, config.Layers, config.Heads, config.Vocabulary, constraintWords);
            XStride = WeightPlan.Padded(config.Dim);
            HiddenStride = WeightPlan.Padded(config.Hidden);
            LogitsStride = (config.Vocabulary + 3) / 4 * 4;
            LogitRowStride = samples ? 3 * LogitsStride : LogitsStride;
            MaxSplits = (context + SplitKeys - 1) / SplitKeys;
        }

        public ModelConfig Config { get; }

        public bool KvFloat32 { get; }

        public int Slots { get; }

        public int Context { get; }

        public int Columns { get; }

        public int LogitRows { get; }

        public int Pages { get; }

        public StateLayout State { get; }

        /// <summary>Floats of one column of the residual stream.</summary>
        public int XStride { get; }

        /// <summary>Floats of one column (of one entry, with experts) of hidden units.</summary>
        public int HiddenStride { get; }

        /// <summary>Floats of one row of logits, padded to a multiple of 4.</summary>
        public int LogitsStride { get; }

        /// <summary>Floats from one row of logits to the next: keys, ids and weights where the device samples.</summary>
        public int LogitRowStride { get; }

        public int MaxSplits { get; }

        // The stream: residual columns, the same times the next norm's gain, sums of squares, then queries, then logits.
        public int ScaledStart => Columns * XStride;

        public int SquaresStart => 2 * Columns * XStride;

        public int QueryStart => SquaresStart + (Columns * XStride / 8);

        public int LogitsStart => (QueryStart + (Columns * Config.HeadsDim) + 3) / 4 * 4;

        /// <summary>Behind the logits: a result for every column and chosen expert, where those are grouped.</summary>
        public int ExpertResultsStart => checked(LogitsStart + (LogitRows * LogitRowStride));

        public int StreamFloats => checked(ExpertResultsStart + (Config.IsMixture ? Columns * Config.TopK * XStride : 0));

        public int PartialFloats => checked(Columns * Config.Heads * MaxSplits * (Config.HeadDim + 4));

        public bool IsIsta => Config.FeedForward == FeedForwardKind.Ista;

        /// <summary>Start of the ista residual behind the codes.</summary>
        public int ResidualStart => Columns * HiddenStride;

        public int HiddenFloats => (Columns * HiddenStride * (Config.IsMixture ? Config.TopK : 1)) + (IsIsta ? Columns * XStride : 0);

        /// <summary>32-bit words of one page: 16 tokens of every layer, keys and values.</summary>
        public int PageWords => PageWordsOf(Config, KvFloat32);

        public long PoolWords => (long)Pages * PageWords;

        public static int PageWordsOf(ModelConfig config, bool kvFloat32)
            => checked(config.Layers * 2 * config.KvDim * StateLayout.PageTokens / (kvFloat32 ? 1 : 2));

        /// <summary>Pages that a number of positions needs.</summary>
        public static int PagesFor(int positions) => (positions + StateLayout.PageTokens - 1) / StateLayout.PageTokens;

        public float Scale => (float)(1.0 / Math.Sqrt(Config.HeadDim));
    }
}
