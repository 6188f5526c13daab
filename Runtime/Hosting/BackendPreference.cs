namespace PrismLM.Hosting
{
    /// <summary>What computes the model.</summary>
    public enum BackendPreference
    {
        /// <summary>Vulkan where a suitable device is; otherwise the reference on the processor. <see cref="BackendReport"/> says which, and why.</summary>
        Automatic,

        /// <summary>Vulkan, or an error.</summary>
        Vulkan,

        /// <summary>The double-precision reference on one thread: right everywhere, and slow.</summary>
        Reference,
    }
}
