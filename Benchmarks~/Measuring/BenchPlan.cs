using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Benchmarks
{
    /// <summary>One decode measurement to make.</summary>
    internal readonly record struct DecodePoint(int Batch, int Depth);

    /// <summary>What to measure of one model.</summary>
    internal sealed record BenchPlan
    {
        public IReadOnlyList<DecodePoint> Decode { get; init; } = new[] { new DecodePoint(1, 0) };

        /// <summary>Lengths of prompts.</summary>
        public IReadOnlyList<int> Prefill { get; init; } = new[] { 128 };

        /// <summary>Kept measurements of each point.</summary>
        public int Runs { get; init; } = 5;

        /// <summary>Tokens of one measurement for each sequence; 0 decides by time.</summary>
        public int Tokens { get; init; }

        public bool Load { get; init; } = true;

        /// <summary>Also measure each decode step by kernel.</summary>
        public bool Profile { get; init; }

        public int Slots => Decode.Count == 0 ? 1 : Decode.Max(point => point.Batch);

        /// <summary>Positions that the longest sequence reaches.</summary>
        public int Context => System.Math.Max(
            Decode.Select(point => Reach(point)).DefaultIfEmpty(1).Max(),
            Prefill.Select(tokens => tokens + 1).DefaultIfEmpty(1).Max());

        /// <summary>Positions that one sequence of a point reaches.</summary>
        public int Reach(DecodePoint point) => System.Math.Max(1, point.Depth) + EngineBench.DecodeTokens(Runs, Tokens);

        /// <summary>Tokens of keys and values that all sequences hold together, at most.</summary>
        public int PoolTokens => System.Math.Max(
            Decode.Select(point => point.Batch * Pages(Reach(point))).DefaultIfEmpty(1).Max(),
            Prefill.Select(tokens => Pages(tokens + 1)).DefaultIfEmpty(1).Max());

        /// <summary>Points that a device cannot hold, because one binding takes so many bytes.</summary>
        public IEnumerable<DecodePoint> TooLarge(ModelConfig config, bool kvFloat32, long bindingBytes)
        {
            long perToken = (long)config.Layers * 2 * config.KvDim * (kvFloat32 ? 4 : 2);
            return Decode.Where(point => point.Batch * (long)Pages(Reach(point)) * perToken > bindingBytes);
        }

        private static int Pages(int positions) => (positions + 15) / 16 * 16;
    }
}
