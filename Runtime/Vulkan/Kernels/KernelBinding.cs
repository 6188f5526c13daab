namespace PrismLM.Vulkan.Kernels
{
    /// <summary>One storage buffer of a kernel. Its index in <see cref="KernelDescription.Bindings"/> is its binding number in the shader.</summary>
    internal readonly struct KernelBinding
    {
        public KernelBinding(string name, KernelAccess access)
        {
            Name = name;
            Access = access;
        }

        public string Name { get; }

        public KernelAccess Access { get; }
    }
}
