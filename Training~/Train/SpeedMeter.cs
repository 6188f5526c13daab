using System.Collections.Generic;

namespace PrismLM.Training.Train
{
    /// <summary>Tokens per second over the last steps.</summary>
    internal sealed class SpeedMeter
    {
        private const int Window = 30;
        private readonly Queue<(long Tokens, double Seconds)> _points = new();

        public SpeedMeter(long tokens, double seconds) => _points.Enqueue((tokens, seconds));

        public double Update(long tokens, double seconds)
        {
            _points.Enqueue((tokens, seconds));
            if (_points.Count > Window)
            {
                _points.Dequeue();
            }

            var (first, start) = _points.Peek();
            return seconds > start ? (tokens - first) / (seconds - start) : 0.0;
        }
    }
}
