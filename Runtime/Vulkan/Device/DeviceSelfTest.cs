using System;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Vulkan.Device
{
    /// <summary>
    /// Start-up canaries: some drivers report a subgroup size that they do not fill, and lavapipe stops all loops of an invocation after 65,535 iterations without an
    /// error. Both would make wrong text rather than a failure, so they are looked for before anything else runs.
    /// </summary>
    internal static class DeviceSelfTest
    {
        /// <summary>Loop iterations of one invocation that every kernel stays below.</summary>
        public const int AllowedLoopIterations = 32_768;

        private const int Workgroups = 3;
        private const int ProbedLoopIterations = 70_000;
        private const int TimeoutMilliseconds = 10_000;
        private const int SmallestSubgroup = 4;

        public static void Run(VulkanDevice device, KernelPack pack)
        {
            DeviceFacts facts = device.Facts;
            bool required = device.Logical.SubgroupControl;
            int size = Math.Min(64, Math.Max(facts.SubgroupSize, required ? facts.MinSubgroupSize : facts.SubgroupSize));
            size = FindFilledSize(device, pack, size, required ? Math.Max(SmallestSubgroup, facts.MinSubgroupSize) : SmallestSubgroup);
            device.Report.SubgroupSize = size;
            device.Report.FullSubgroupsRequired = required;
            device.FullSubgroups = true;
            device.Report.LoopIterationLimit = TestLoops(device, pack);
        }

        /// <summary>The largest size, from the reported one down, at which a workgroup is one full subgroup.</summary>
        private static int FindFilledSize(VulkanDevice device, KernelPack pack, int reported, int smallest)
        {
            for (int size = reported; size >= smallest; size /= 2)
            {
                if (FillsSubgroup(device, pack, size))
                {
                    return size;
                }
            }

            throw new PrismVulkanException(
                VulkanErrorCode.SelfTestFailed,
                FormattableString.Invariant($"{device.Report.Chosen.Name} reports subgroups of {reported} and fills none of {smallest} to {reported}."),
                "Update the graphics driver, or choose another device.");
        }

        private static bool FillsSubgroup(VulkanDevice device, KernelPack pack, int size)
        {
            KernelDescription kernel = CanaryKernels.Subgroup;
            using ComputePipeline pipeline = ComputePipeline.Create(device, kernel, pack.Spirv(kernel.Key), ReadOnlySpan<SpecializationConstant>.Empty, size);
            using GpuBuffer<uint> seen = device.CreateBuffer<uint>(ArenaKind.Readback, Workgroups * size, BufferAccess.ReadWrite, "subgroup canary");
            using BindingSet bindings = device.CreateBindings("subgroup canary", seen);
            using CommandRecorder recorder = device.Record("subgroup canary");
            recorder.Dispatch(pipeline, bindings, Workgroups);
            using RecordedCommands commands = recorder.End();
            seen.Mapped.Clear();
            device.Submit(commands).WaitOrThrow(TimeoutMilliseconds);
            Span<uint> results = seen.Mapped;
            for (int i = 0; i < results.Length; i++)
            {
                uint expected = (uint)size | ((uint)size << 8) | ((uint)(i % size) << 16);
                if (results[i] != expected)
                {
                    return false;
                }
            }

            return true;
        }

        private static int TestLoops(VulkanDevice device, KernelPack pack)
        {
            using ComputePipeline pipeline = device.CreatePipeline(pack, CanaryKernels.Loop);
            using GpuBuffer<uint> result = device.CreateBuffer<uint>(ArenaKind.Readback, device.SubgroupSize, BufferAccess.ReadWrite, "loop canary");
            using BindingSet bindings = device.CreateBindings("loop canary", result);
            const uint outer = 8;
            uint found = RunLoop(device, pipeline, bindings, result, outer, AllowedLoopIterations / outer);
            if (found != Expected(AllowedLoopIterations))
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.SelfTestFailed,
                    FormattableString.Invariant($"{device.Report.Chosen.Name} does not run {AllowedLoopIterations} loop iterations."),
                    "Update the graphics driver, or choose another device.");
            }

            found = RunLoop(device, pipeline, bindings, result, outer, ProbedLoopIterations / outer);
            return found == Expected(ProbedLoopIterations) ? 0 : IterationsOf(found);
        }

        private static uint RunLoop(VulkanDevice device, ComputePipeline pipeline, BindingSet bindings, GpuBuffer<uint> result, uint outer, uint inner)
        {
            using CommandRecorder recorder = device.Record("loop canary");
            recorder.Dispatch(pipeline, bindings, new CanaryKernels.LoopPush { Outer = outer, Inner = inner }, 1);
            using RecordedCommands commands = recorder.End();
            device.Submit(commands).WaitOrThrow(TimeoutMilliseconds);
            return result.Mapped[0];
        }

        /// <summary>The generator of <c>loop_canary.comp</c>.</summary>
        private static uint Step(uint value) => (value * 1664525u) + 1013904223u;

        private static uint Expected(int iterations)
        {
            uint value = 1;
            for (int i = 0; i < iterations; i++)
            {
                value = Step(value);
            }

            return value;
        }

        /// <summary>The generator does not repeat within 2^32 steps, so its value tells how many there were.</summary>
        private static int IterationsOf(uint found)
        {
            uint value = 1;
            int iterations = 0;
            while (value != found && iterations < ProbedLoopIterations)
            {
                value = Step(value);
                iterations++;
            }

            return iterations;
        }
    }
}
