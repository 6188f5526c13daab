namespace PrismLM.Vulkan.Kernels
{
    /// <summary>The kernels of the start-up self-test.</summary>
    internal static class CanaryKernels
    {
        /// <summary>Writes, for each invocation, its subgroup's fill and its place in it.</summary>
        public static KernelDescription Subgroup { get; } = KernelDescription.CreateWithoutPush(
            "subgroup_canary", string.Empty, new[] { new KernelBinding("seen", KernelAccess.Write) });

        /// <summary>Runs a nested loop whose result only the right number of iterations gives.</summary>
        public static KernelDescription Loop { get; } = KernelDescription.Create<LoopPush>(
            "loop_canary", string.Empty, new[] { new KernelBinding("result", KernelAccess.Write) });

        /// <summary>Push constants of <see cref="Loop"/>.</summary>
        internal struct LoopPush
        {
            public uint Outer;
            public uint Inner;
        }
    }
}
