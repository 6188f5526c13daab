using System;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>Reports 0 to 1 of a part as a range of the whole.</summary>
    internal sealed class PartOfProgress : IProgress<double>
    {
        private readonly IProgress<double> whole;
        private readonly double start;
        private readonly double share;

        public PartOfProgress(IProgress<double> whole, double start, double share)
        {
            this.whole = whole;
            this.start = start;
            this.share = share;
        }

        public void Report(double value) => whole.Report(start + (share * value));
    }
}
