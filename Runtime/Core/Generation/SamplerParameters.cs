using System;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// <see cref="SamplingOptions"/> in the numbers that the sampler works with, computed once on the CPU: eight 32-bit words in this order, which the
    /// Vulkan sampler reads as they are.
    /// </summary>
    public readonly struct SamplerParameters
    {
        private const double LargestScale = 1048576;

        /// <param name="options">Validated here.</param>
        /// <param name="npc">Distinguishes NPCs that share a seed.</param>
        /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
        public SamplerParameters(SamplingOptions options, uint npc)
        {
            options.Validate();
            Scale = options.Temperature == 0f ? 0f : (float)Math.Min(LargestScale, 1.0 / (Math.Log(2.0) * options.Temperature));
            Penalty = options.RepetitionPenalty;
            InversePenalty = (float)(1.0 / options.RepetitionPenalty);
            Window = (uint)options.RepetitionWindow;
            TopK = (uint)options.TopK;
            TopP = Math.Max(1, (uint)Math.Round(options.TopP * 65536.0));
            MinWeight = Math.Max(1, (uint)Math.Ceiling(options.MinP * (double)SamplingMath.One));
            Key = Philox.Key(options.Seed, npc);
        }

        /// <summary>1 / (temperature ln 2), at most 2^20; 0 for the most probable token.</summary>
        public float Scale { get; }

        /// <summary>Factor of negative logits in the recent window.</summary>
        public float Penalty { get; }

        /// <summary>Factor of positive logits in the recent window.</summary>
        public float InversePenalty { get; }

        /// <summary>Recent tokens the penalty applies to.</summary>
        public uint Window { get; }

        /// <summary>Tokens to keep; 0 keeps all.</summary>
        public uint TopK { get; }

        /// <summary>Share to keep in units of 2^-16; 65536 keeps all.</summary>
        public uint TopP { get; }

        /// <summary>Least weight to keep, in units of 2^-30 of the best token's; at least 1.</summary>
        public uint MinWeight { get; }

        /// <summary>Key of the random numbers.</summary>
        public uint Key { get; }
    }
}
