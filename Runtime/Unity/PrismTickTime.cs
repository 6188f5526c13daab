namespace PrismLM.Unity
{
    /// <summary>When in a frame a <see cref="PrismRuntimeBehaviour"/> ticks, and with it when text arrives.</summary>
    public enum PrismTickTime
    {
        /// <summary>After every Update: what is asked in this frame begins in this frame.</summary>
        LateUpdate,

        /// <summary>Before other Updates: text is there when they run.</summary>
        Update,
    }
}
