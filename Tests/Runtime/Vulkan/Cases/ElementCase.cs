using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Reference;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Cases
{
    /// <summary>Functions of single numbers: exact where they are integers, close where they are not.</summary>
    internal sealed class ElementCase : KernelCase
    {
        private readonly string function;
        private readonly Func<(uint X, uint Y)[]> input;
        private readonly Func<(uint X, uint Y)[], uint[], string?> judge;

        private ElementCase(string function, Func<(uint X, uint Y)[]> input, Func<(uint X, uint Y)[], uint[], string?> judge)
            : base("elements " + function)
        {
            this.function = function;
            this.input = input;
            this.judge = judge;
        }

        public static IEnumerable<ElementCase> All()
        {
            yield return Exact("half", () => Halves().Select(v => (Bits(v), Bits(-v))).ToArray(), (x, y) => HalfFloat.ToHalf(Float(x)) | ((uint)HalfFloat.ToHalf(Float(y)) << 16));
            yield return Close("silu", v => v / (1 + Math.Exp(-v)));
            yield return Close("gelu", v =>
            {
                var values = new[] { v };
                Gelu.Apply(values);
                return values[0];
            });
            yield return Exact("weight", () => Distances().Concat(new[] { (0u, 0u), (1u, 0u), (SamplingMath.Far - 1, 0u), (SamplingMath.Far, 0u) }).ToArray(), (x, _) => SamplingMath.Weight(x));
            yield return Exact("waiting", Integers, SamplingMath.WaitingTime);
            yield return Exact("philox", Integers, (x, y) => Philox.First(x, y, 0x5052534D));
            yield return Exact("key", Integers, (x, _) => SamplingKey.IsUsable(Float(x)) ? SamplingKey.Of(SamplingKey.Canonical(Float(x))) : SamplingKey.Excluded);
        }

        public override KernelRun Create(CaseContext context) => new Run(context, this);

        private static ElementCase Exact(string function, Func<(uint X, uint Y)[]> input, Func<uint, uint, uint> expected) => new ElementCase(function, input, (x, y) =>
        {
            int wrong = Enumerable.Range(0, x.Length).Where(i => y[i] != expected(x[i].X, x[i].Y)).DefaultIfEmpty(-1).First();
            return wrong < 0 ? null : FormattableString.Invariant($"input {x[wrong].X:X8} {x[wrong].Y:X8}: found {y[wrong]:X8}, expected {expected(x[wrong].X, x[wrong].Y):X8}");
        });

        private static ElementCase Close(string function, Func<double, double> reference) => new ElementCase(
            function,
            () => Enumerable.Range(-600, 1201).Select(i => i * 0.05f).Concat(new[] { 0f, -1e-6f, 1e-6f, 200f, -200f }).Select(v => (Bits(v), 0u)).ToArray(),
            (x, y) => Accuracy.AtMost(
                "largest error over its bound",
                Accuracy.Excess(x.Select(v => reference(Float(v.X))).ToArray(), y.Select(Float).ToArray(), i => 1e-6 * Math.Max(1, Math.Abs(Float(x[i].X)))),
                1));

        private static (uint X, uint Y)[] Integers()
        {
            var random = new TestRandom(5);
            return Enumerable.Range(0, 20_000).Select(_ => ((uint)random.Next(), (uint)random.Next() % SamplingMath.Far)).ToArray();
        }

        private static IEnumerable<(uint X, uint Y)> Distances() => Integers().Select(v => (v.Y, 0u));

        // Values around every seventh half: itself, the tie with the next, and the neighbours of the tie.
        private static IEnumerable<float> Halves()
        {
            foreach (float value in new[] { 0f, -0f, 65504f, 65519f, 65520f, 1e30f, -1e30f, 6.1e-5f, 6.1035156e-5f, 6.0975552e-5f, 5.96e-8f, float.Epsilon, -6.09e-5f })
            {
                yield return value;
            }

            for (int i = 0; i <= 0x7BFF; i += 7)
            {
                float half = HalfFloat.ToSingle((ushort)i);
                float tie = (half + HalfFloat.ToSingle((ushort)(i + 1))) / 2;
                yield return half;
                yield return tie;
                yield return MathF.BitIncrement(tie);
                yield return -MathF.BitDecrement(tie);
            }
        }

        private static uint Bits(float value) => (uint)BitConverter.SingleToInt32Bits(value);

        private static float Float(uint bits) => BitConverter.Int32BitsToSingle((int)bits);

        private sealed class Run : DispatchRun
        {
            private readonly ElementCase problem;
            private readonly (uint X, uint Y)[] input;
            private readonly GpuBuffer<uint> y;

            public Run(CaseContext context, ElementCase problem)
                : base(context)
            {
                this.problem = problem;
                input = problem.input();
                y = Own(context.Input<uint>(new uint[input.Length]));
                Record(
                    context.Pipeline(TestKernelDescriptions.Elements(problem.function)),
                    new TestKernelDescriptions.ElementsPush { Count = (uint)input.Length },
                    (Accuracy.Groups(input.Length, context.Device.SubgroupSize), 1, 1),
                    Own(context.Input<uint>(input.SelectMany(v => new[] { v.X, v.Y }).ToArray())),
                    y);
            }

            public override string? Check() => problem.judge(input, y.Download().Take(input.Length).ToArray());
        }
    }
}
