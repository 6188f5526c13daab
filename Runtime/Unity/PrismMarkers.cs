using PrismLM.Core.Generation;
using Unity.Profiling;

namespace PrismLM.Unity
{
    /// <summary>Prism in Unity's profiler: a tick and its parts. Marking allocates nothing.</summary>
    internal sealed class PrismMarkers : TickProbe
    {
        public static readonly PrismMarkers Probe = new PrismMarkers();

        public static readonly ProfilerMarker Tick = new ProfilerMarker("Prism.Tick");

        private static readonly ProfilerMarker Submit = new ProfilerMarker("Prism.Submit");
        private static readonly ProfilerMarker Collect = new ProfilerMarker("Prism.Collect");
        private static readonly ProfilerMarker Callbacks = new ProfilerMarker("Prism.Callbacks");

        public override void Begin(TickPart part) => Of(part).Begin();

        public override void End(TickPart part) => Of(part).End();

        private static ProfilerMarker Of(TickPart part) => part == TickPart.Submit ? Submit : part == TickPart.Collect ? Collect : Callbacks;
    }
}
