namespace PrismLM.Vulkan.Kernels
{
    /// <summary>What a kernel does with a binding; the same word stands in the shader as <c>readonly</c>, <c>writeonly</c> or neither.</summary>
    internal enum KernelAccess
    {
        Read,
        Write,
        ReadWrite,
    }
}
