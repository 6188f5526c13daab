using System;
using System.Linq;
using PrismLM.Core.Reference;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan.Cases
{
    /// <summary>A case whose kernel reads and writes one row: buffers, one dispatch of one workgroup, and a judgement of the output.</summary>
    internal sealed class RowCase : KernelCase
    {
        private readonly Func<CaseContext, Setup> setup;

        private RowCase(string name, Func<CaseContext, Setup> setup)
            : base(name) => this.setup = setup;

        public static RowCase RmsNorm(int dim, float scale) => new RowCase(FormattableString.Invariant($"rms_norm {dim}, scale {scale}"), context =>
        {
            var random = new TestRandom((ulong)dim);
            float[] x = Accuracy.Normal(random, dim, scale), g = Accuracy.Normal(random, dim);
            var expected = new double[dim];
            Core.Reference.RmsNorm.Apply(x.Select(v => (double)v).ToArray(), g, 1e-5, expected);
            int padded = (dim + 7) / 8 * 8;
            return Setup.Of(
                context.Pipeline(TestKernelDescriptions.RmsNorm),
                new TestKernelDescriptions.RmsNormPush { Dim = (uint)dim, Epsilon = 1e-5f },
                new float[padded],
                found => Accuracy.AtMost("NMSE", Accuracy.Nmse(expected, found), 1e-11),
                x.Concat(new float[padded - dim]).ToArray(),
                g.Concat(new float[padded - dim]).ToArray());
        });

        public static RowCase Rope(int headDim, int position) => new RowCase(FormattableString.Invariant($"rope {headDim}, position {position}"), context =>
        {
            var random = new TestRandom((ulong)(headDim + position));
            float[] frequencies = Enumerable.Range(0, headDim).Select(i => (float)Math.Pow(31415.9265, -2.0 * (i % (headDim / 2)) / headDim) * (i < headDim / 2 ? 1 : 1.1f)).ToArray();
            var table = new RopeTable(frequencies, 2, position + 1);
            float[] x = Accuracy.Normal(random, headDim);
            double[] expected = x.Select(v => (double)v).ToArray();
            Core.Reference.Rope.Rotate(expected, table.Cos(position, 1), table.Sin(position, 1));
            float[] turns = table.AllCos.ToArray().Zip(table.AllSin.ToArray(), (c, s) => new[] { c, s }).SelectMany(v => v).ToArray();
            double Allowed(int i) => 4 * Math.Pow(2, -24) * Math.Sqrt((x[i & ~1] * (double)x[i & ~1]) + (x[i | 1] * (double)x[i | 1]));
            return Setup.Of(
                context.Pipeline(TestKernelDescriptions.Rope, new SpecializationConstant(Specialization.HeadDim, (uint)headDim)),
                new TestKernelDescriptions.RopePush { Groups = 2, Position = (uint)position, Group = 1 },
                new float[headDim],
                found => Accuracy.AtMost("largest error over its bound", Accuracy.Excess(expected, found, Allowed), 1),
                turns,
                x);
        });

        /// <summary>Masked keys are NaN and must weigh exactly nothing.</summary>
        public static RowCase Softmax(int count, int spread) => new RowCase(FormattableString.Invariant($"softmax {count}, spread {spread}"), context =>
        {
            float[] x = Accuracy.Normal(new TestRandom((ulong)count), count, spread * 10);
            int seen = Math.Max(1, count - (count / 3));
            x.AsSpan(seen).Fill(float.NaN);
            double[] expected = x.Take(seen).Select(v => (double)v).ToArray();
            Core.Reference.Softmax.Apply(expected);
            return Setup.Of(
                context.Pipeline(TestKernelDescriptions.Softmax),
                new TestKernelDescriptions.SoftmaxPush { Count = (uint)count, Seen = (uint)seen },
                Enumerable.Repeat(7f, count).ToArray(),
                found => Accuracy.AtMost("largest error over its bound", Accuracy.Excess(expected, found, _ => 2e-6), 1)
                    ?? Accuracy.AtMost("distance of the sum from 1", Math.Abs(found.Take(count).Sum(v => (double)v) - 1), 2e-6)
                    ?? (found.Skip(seen).Take(count - seen).All(v => v == 0) ? null : "a masked key has weight"),
                x);
        });

        public override KernelRun Create(CaseContext context) => new Run(context, setup(context));

        private sealed class Setup
        {
            public float[][] Inputs { get; private set; } = Array.Empty<float[]>();

            public float[] Output { get; private set; } = Array.Empty<float>();

            public Func<float[], string?> Judge { get; private set; } = _ => null;

            public Action<Run, GpuBuffer[]> Record { get; private set; } = (_, _) => { };

            public static Setup Of<TPush>(ComputePipeline pipeline, TPush push, float[] output, Func<float[], string?> judge, params float[][] inputs)
                where TPush : unmanaged
                => new Setup { Inputs = inputs, Output = output, Judge = judge, Record = (run, buffers) => run.RecordOne(pipeline, push, buffers) };
        }

        private sealed class Run : DispatchRun
        {
            private readonly Setup setup;
            private readonly GpuBuffer<float> y;

            public Run(CaseContext context, Setup setup)
                : base(context)
            {
                this.setup = setup;
                GpuBuffer[] inputs = setup.Inputs.Select(input => (GpuBuffer)Own(context.Input<float>(input))).ToArray();
                y = Own(context.Input<float>(setup.Output));
                setup.Record(this, inputs.Append(y).ToArray());
            }

            public void RecordOne<TPush>(ComputePipeline pipeline, TPush push, GpuBuffer[] buffers)
                where TPush : unmanaged
                => Record(pipeline, push, (1, 1, 1), buffers);

            public override string? Check() => setup.Judge(y.Download());
        }
    }
}
