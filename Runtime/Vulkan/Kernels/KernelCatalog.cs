using System.Collections.Generic;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>Every kernel of the product: the list that the reflection test, the documentation test and the warm-up go through.</summary>
    internal static class KernelCatalog
    {
        public static IReadOnlyList<KernelDescription> All { get; } = new[]
        {
            EmbedKernel.Description,
            QkvKernel.Description,
            AttentionKernel.Description,
            AttentionOutKernel.Description,
            GateUpKernel.Description,
            DownKernel.Description,
            RouterKernel.Description,
            ExpertGateUpKernel.Description,
            ExpertDownKernel.Description,
            ExpertSumKernel.Description,
            IstaResidualKernel.Description,
            IstaStepKernel.Description,
            HeadKernel.Description,
            SampleKernel.Description,
            CanaryKernels.Subgroup,
            CanaryKernels.Loop,
        };
    }
}
