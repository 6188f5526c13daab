using System;

namespace PrismLM.Hosting
{
    /// <summary>A share of a longer progress.</summary>
    internal sealed class PartOfProgress : IProgress<double>
    {
        private readonly IProgress<double> _whole;
        private readonly double _start;
        private readonly double _share;

        private PartOfProgress(IProgress<double> whole, double start, double share)
        {
            _whole = whole;
            _start = start;
            _share = share;
        }

        public static IProgress<double>? Of(IProgress<double>? whole, double start, double share) => whole == null ? null : new PartOfProgress(whole, start, share);

        public void Report(double value) => _whole.Report(_start + (_share * value));
    }
}
