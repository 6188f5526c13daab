using System;
using System.Collections.Generic;
using System.Linq;

namespace PrismLM.Tests.Vulkan.Cases
{
    /// <summary>Flash attention and its combine, in steps of up to 64 queries.</summary>
    internal sealed class AttentionCase : KernelCase
    {
        private readonly int context;
        private readonly int heads;
        private readonly int kvHeads;
        private readonly int headDim;
        private readonly bool kvFloat32;
        private readonly IReadOnlyList<int[]> steps;

        // steps: positions of the queries of each step.
        public AttentionCase(string what, int context, int heads, int kvHeads, int headDim, bool kvFloat32, params int[][] steps)
            : base(FormattableString.Invariant($"attention {(kvFloat32 ? "f32" : "f16")} heads {heads}/{kvHeads} x {headDim}, {what}"))
        {
            (this.context, this.heads, this.kvHeads, this.headDim, this.kvFloat32, this.steps) = (context, heads, kvHeads, headDim, kvFloat32, steps);
            IsLarge = steps.Length == 1 && steps[0].Min() >= 255;
        }

        /// <summary>Keys that the reference sees too many or too few: a bug that the tolerance must find.</summary>
        public int WrongKeys { get; set; }

        public override KernelRun Create(CaseContext cases) => new Run(cases, this);

        private sealed class Run : KernelRun
        {
            private readonly AttentionOnDevice device;
            private readonly AttentionCase problem;

            public Run(CaseContext cases, AttentionCase problem)
            {
                this.problem = problem;
                device = new AttentionOnDevice(cases, problem.context, problem.heads, problem.kvHeads, problem.headDim, problem.kvFloat32) { WrongKeys = problem.WrongKeys };
                device.Prepare(problem.steps[0]);
                double keys = problem.steps[0].Sum(position => position + 1.0);
                Bytes = keys * 2 * problem.kvHeads * problem.headDim * (problem.kvFloat32 ? 4 : 2);
                Operations = keys * 4 * problem.heads * problem.headDim;
            }

            public override void Execute() => device.Execute();

            public override string? Check()
            {
                string? wrong = device.Check();
                for (int i = 1; i < problem.steps.Count && wrong == null; i++)
                {
                    device.Prepare(problem.steps[i]);
                    device.Execute();
                    wrong = device.Check();
                }

                return wrong;
            }

            public override void Dispose() => device.Dispose();
        }
    }
}
