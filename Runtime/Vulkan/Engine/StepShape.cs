using System;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>What decides the commands of a step: sizes in buckets, so that a few recordings serve every step.</summary>
    internal readonly struct StepShape : IEquatable<StepShape>
    {
        public StepShape(int columns, int logitRows, int splits, bool gather, bool sample)
        {
            Columns = Bucket(columns);
            LogitRows = logitRows == 0 ? 0 : Bucket(logitRows);
            Splits = Bucket(splits);
            Gather = gather;
            Sample = sample;
        }

        /// <summary>1, 2, 4, 8, 16, 32 or 64; columns past the real ones are idle.</summary>
        public int Columns { get; }

        /// <summary>0, or a power of two.</summary>
        public int LogitRows { get; }

        /// <summary>Blocks of 256 keys that the farthest position needs; a power of two.</summary>
        public int Splits { get; }

        /// <summary>Begin with the embeddings of the columns' tokens; otherwise the last step's sampler left them in place.</summary>
        public bool Gather { get; }

        /// <summary>Choose a token for each row of logits.</summary>
        public bool Sample { get; }

        /// <summary>The next power of two.</summary>
        public static int Bucket(int count)
        {
            int bucket = 1;
            while (bucket < count)
            {
                bucket *= 2;
            }

            return bucket;
        }

        public bool Equals(StepShape other)
            => Columns == other.Columns && LogitRows == other.LogitRows && Splits == other.Splits && Gather == other.Gather && Sample == other.Sample;

        public override bool Equals(object? obj) => obj is StepShape other && Equals(other);

        public override int GetHashCode() => (((((Columns * 131) + LogitRows) * 131) + Splits) * 4) + (Gather ? 2 : 0) + (Sample ? 1 : 0);

        public override string ToString()
            => FormattableString.Invariant($"step {Columns} columns, {LogitRows} logit rows, {Splits} splits{(Gather ? ", gather" : string.Empty)}{(Sample ? ", sample" : string.Empty)}");
    }
}
