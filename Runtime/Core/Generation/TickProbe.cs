namespace PrismLM.Core.Generation
{
    /// <summary>Is told when the parts of a tick begin and end: how a host's profiler sees inside. On the thread that ticks; it must not throw.</summary>
    public abstract class TickProbe
    {
        public abstract void Begin(TickPart part);

        public abstract void End(TickPart part);
    }

    /// <summary>What a tick does, in this order.</summary>
    public enum TickPart
    {
        /// <summary>The engine sees what has ended and submits the next work.</summary>
        Submit,

        /// <summary>Tokens become text.</summary>
        Collect,

        /// <summary>Handlers of the game.</summary>
        Callbacks,
    }
}
