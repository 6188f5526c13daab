using System;
using System.Linq;
using System.Runtime.InteropServices;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Reference;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan.Cases
{
    /// <summary>The router kernel: the reference's experts, ties to the lower one.</summary>
    internal sealed class RouterCase : KernelCase
    {
        public const int Dim = 40;
        public const int Columns = 32;

        private readonly int experts;
        private readonly int topK;

        public RouterCase(int experts, int topK)
            : base(FormattableString.Invariant($"router {experts} experts, {topK} active"))
        {
            this.experts = experts;
            this.topK = topK;
        }

        public override KernelRun Create(CaseContext context)
        {
            var random = new TestRandom((ulong)experts);
            float[] w = Accuracy.Normal(random, experts * Dim);

            // The last expert repeats the first: a tie in every column.
            w.AsSpan(0, Dim).CopyTo(w.AsSpan((experts - 1) * Dim));
            return new Run(context, w, Accuracy.Normal(random, Columns * Dim, 2), experts, topK);
        }

        internal sealed class Run : DispatchRun
        {
            private readonly float[] w;
            private readonly float[] x;
            private readonly int experts;
            private readonly int topK;
            private readonly GpuBuffer<uint> routes;

            // idle: a column that no sequence uses; -1 for none.
            public Run(CaseContext context, float[] w, float[] x, int experts, int topK, int idle = -1)
                : base(context)
            {
                (this.w, this.x, this.experts, this.topK) = (w, x, experts, topK);
                (MatrixLocation location, uint[] words) = MatrixInMemory.Write((float[])w.Clone(), experts, Dim, WeightFormat.Float32);
                int stride = WeightPlan.Padded(Dim);
                RouterKernel kernel = context.Keep("router", () => new RouterKernel(context.Device, context.Device.Kernels, WeightFormat.Float32));
                float[] columns = Enumerable.Range(0, Columns * stride).Select(i => i % stride < Dim ? x[(i / stride * Dim) + (i % stride)] : 0f).ToArray();
                float[] squares = Enumerable.Range(0, Columns * stride / 8).Select(i => columns.Skip(8 * i).Take(8).Sum(v => v * v)).ToArray();
                GpuBuffer<uint> weights = Own(context.Input<uint>(words));
                GpuBuffer<float> stream = Own(context.Input<float>(columns.Concat(squares).ToArray()));
                GpuBuffer<uint> state = Own(context.Input<uint>(Enumerable.Range(0, StateLayout.Slots).Select(i => i % 4 == 3 && i / 4 != idle ? 1u : 0u).ToArray()));
                routes = Own(context.Input<uint>(new uint[2 * Columns * topK]));
                var push = new RouterKernel.Push
                {
                    Router = location,
                    Norm = new NormSource { XStride = (uint)stride / 4, Squares = (uint)columns.Length / 4, Dim = Dim, Epsilon = 1e-5f },
                    TopK = (uint)topK,
                };
                BindingSet set = Own(context.Device.CreateBindings("router", weights, stream, state, routes));
                Record(recorder => kernel.Record(recorder, set, push, Columns));
            }

            public (uint Expert, float Weight)[] Routes() => MemoryMarshal.Cast<uint, (uint, float)>(routes.Download()).ToArray();

            public override string? Check()
            {
                (uint Expert, float Weight)[] found = Routes();
                for (int c = 0; c < Columns; c++)
                {
                    double[] normed = x.Skip(c * Dim).Take(Dim).Select(v => (double)v).ToArray();
                    RmsNorm.Apply(normed, Enumerable.Repeat(1f, Dim).ToArray(), 1e-5, normed);
                    var logits = new double[experts];
                    MatVec.Multiply(w, normed, logits);
                    var chosen = new int[topK];
                    var weights = new double[topK];
                    Router.Choose(logits, chosen, weights);
                    (uint Expert, float Weight)[] column = found.Skip(c * topK).Take(topK).ToArray();
                    if (!column.Select(r => (int)r.Expert).SequenceEqual(chosen))
                    {
                        return FormattableString.Invariant($"column {c}: experts {string.Join(",", column.Select(r => r.Expert))}, expected {string.Join(",", chosen)}");
                    }

                    string? wrong = Accuracy.AtMost(FormattableString.Invariant($"column {c}: error of a weight"), Accuracy.Excess(weights, column.Select(r => r.Weight).ToArray(), _ => 1), 2e-6);
                    if (wrong != null)
                    {
                        return wrong;
                    }
                }

                return null;
            }
        }
    }
}
