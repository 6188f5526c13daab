namespace PrismLM.Vulkan.Engine
{
    /// <summary>A part of a step that is submitted and measured as one.</summary>
    internal readonly struct StepSlice
    {
        public StepSlice(int first, int count, int part, int parts, int kind, double estimate)
        {
            First = first;
            Count = count;
            Part = part;
            Parts = parts;
            Kind = kind;
            Estimate = estimate;
        }

        /// <summary>First dispatch.</summary>
        public int First { get; }

        public int Count { get; }

        /// <summary>Of one dispatch: which part of its groups.</summary>
        public int Part { get; }

        public int Parts { get; }

        /// <summary>In the frame budget.</summary>
        public int Kind { get; }

        /// <summary>Milliseconds; NaN when nothing is known.</summary>
        public double Estimate { get; }
    }
}
