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
    /// <summary>Flash attention and its combine over keys and values that are known, on shuffled pages.</summary>
    internal sealed class AttentionOnDevice : IDisposable
    {
        private readonly CaseContext cases;
        private readonly int context;
        private readonly int heads;
        private readonly int kvHeads;
        private readonly int headDim;
        private readonly int dim;
        private readonly int splits;
        private readonly StateLayout layout;
        private readonly double[] keys;
        private readonly double[] values;
        private readonly float[] gains;
        private readonly AttentionKernel attention;
        private readonly AttentionOutKernel output;
        private readonly MatrixLocation identity;
        private readonly uint ones;
        private readonly GpuBuffer<uint> weights;
        private readonly GpuBuffer<uint> pages;
        private readonly GpuBuffer<float> partials;
        private readonly GpuBuffer<uint> state;
        private int[] positions = Array.Empty<int>();
        private float[] q = Array.Empty<float>();
        private GpuBuffer<float>? stream;
        private GpuBuffer<float>? x;
        private BindingSet? a;
        private BindingSet? b;
        private RecordedCommands? commands;

        public AttentionOnDevice(CaseContext cases, int context, int heads, int kvHeads, int headDim, bool kvFloat32)
        {
            this.cases = cases;
            (this.context, this.heads, this.kvHeads, this.headDim) = (context, heads, kvHeads, headDim);
            dim = heads * headDim;
            splits = Accuracy.Groups(context, ModelShape.SplitKeys);
            layout = new StateLayout(1, context, 1, heads, 32);
            gains = Enumerable.Range(0, heads).Select(h => h % 2 == 0 ? 1f : -0.3f).ToArray();
            var unit = new float[dim * dim];
            for (int i = 0; i < dim; i++)
            {
                unit[(i * dim) + i] = 1;
            }

            uint[] words;
            (identity, words) = MatrixInMemory.Write(unit, dim, dim, WeightFormat.Float32);
            ones = (uint)words.Length / 4;
            weights = cases.Input<uint>(words.Concat(Enumerable.Repeat((uint)BitConverter.SingleToInt32Bits(1f), dim)).ToArray());
            state = cases.Device.CreateBuffer<uint>(ArenaKind.SequenceState, layout.Words, BufferAccess.ReadWrite, "state");
            partials = cases.Input<float>(Enumerable.Repeat(float.NaN, StateLayout.MaxColumns * heads * splits * (headDim + 4)).ToArray());
            KernelPack pack = cases.Device.Kernels;
            attention = new AttentionKernel(cases.Device, pack, headDim, kvFloat32);
            output = new AttentionOutKernel(cases.Device, pack, WeightFormat.Float32, 1, headDim);
            keys = new double[context * kvHeads * headDim];
            values = new double[keys.Length];
            pages = cases.Input<uint>(FillPages(kvFloat32));
        }

        /// <summary>Keys that the reference sees too many or too few.</summary>
        public int WrongKeys { get; set; }

        /// <summary>Writes queries at these positions and records the two kernels.</summary>
        public void Prepare(int[] queries)
        {
            DropCommands();
            positions = queries;
            q = Accuracy.Normal(new TestRandom((ulong)positions[0] + 3), positions.Length * dim, 1.5);
            for (int i = 0; i < positions.Length; i++)
            {
                state.Mapped[i * StateLayout.ColumnWords] = 0;
                state.Mapped[(i * StateLayout.ColumnWords) + 1] = (uint)positions[i];
                state.Mapped[(i * StateLayout.ColumnWords) + 3] = StateLayout.ColumnActive;
            }

            int count = positions.Length * dim;
            stream = cases.Input<float>(q);
            x = cases.Input<float>(Enumerable.Repeat(Accuracy.Guard, (2 * Accuracy.GuardWords) + (2 * count) + (count / 8)).ToArray());
            Record(positions.Length, stream, x);
        }

        public void Execute()
        {
            x!.Upload(new float[positions.Length * dim], Accuracy.GuardWords);
            cases.Device.Submit(commands!).WaitOrThrow(60_000);
        }

        /// <summary>Compares with the reference; null when all is well.</summary>
        public string? Check()
        {
            int count = positions.Length * dim;
            float[] all = x!.Download();
            float[] found = all.Skip(Accuracy.GuardWords).Take(count).ToArray();
            if (!Accuracy.IsGuard(all, 0) || !Accuracy.IsGuard(all, Accuracy.GuardWords + count))
            {
                return "guard words were written";
            }

            if (!all.Skip((2 * Accuracy.GuardWords) + count).Take(count).SequenceEqual(found))
            {
                return "times a gain of 1 is another number";
            }

            var expected = new double[found.Length];
            for (int i = 0; i < positions.Length; i++)
            {
                Solve(positions[i] + 1 + WrongKeys, q.AsSpan(i * dim, dim), expected.AsSpan(i * dim, dim));
                string? wrong = Accuracy.AtMost(FormattableString.Invariant($"NMSE with {positions[i] + 1} keys"), Accuracy.Nmse(expected.AsSpan(i * dim, dim), found.AsSpan(i * dim, dim)), 1e-10);
                if (wrong != null)
                {
                    return wrong;
                }
            }

            return Accuracy.AtMost("largest error", found.Zip(expected, (a, b) => Math.Abs(a - b)).Max(), 2e-5 * values.Max(Math.Abs));
        }

        public void Dispose()
        {
            DropCommands();
            attention.Dispose();
            output.Dispose();
            weights.Dispose();
            pages.Dispose();
            partials.Dispose();
            state.Dispose();
        }

        // Random keys and values on shuffled pages; what no position fills is NaN.
        private uint[] FillPages(bool kvFloat32)
        {
            var random = new TestRandom(9);
            int count = layout.PagesPerSlot;
            int[] order = Enumerable.Range(0, count).OrderBy(_ => random.Next()).ToArray();
            var shape = new ModelConfig { Layers = 1, KvHeads = kvHeads, HeadDim = headDim };
            var words = new uint[count * ModelShape.PageWordsOf(shape, kvFloat32)];
            Array.Fill(words, kvFloat32 ? 0x7FC00000u : 0x7E007E00u);
            for (int position = 0; position < context; position++)
            {
                state.Mapped[layout.SlotStart(0) + StateLayout.SlotPages + (position / 16)] = (uint)order[position / 16];
                for (int h = 0; h < kvHeads; h++)
                {
                    int page = order[position / 16];
                    int row = ((((page * 2) * kvHeads) + h) * 16 + (position % 16)) * headDim;
                    int to = ((position * kvHeads) + h) * headDim;
                    WriteRow(words, row, keys.AsSpan(to, headDim), random, kvFloat32);
                    WriteRow(words, row + (kvHeads * 16 * headDim), values.AsSpan(to, headDim), random, kvFloat32);
                }
            }

            for (int h = 0; h < heads; h++)
            {
                state.Mapped[layout.SlotStart(0) + layout.Gains + h] = (uint)BitConverter.SingleToInt32Bits(gains[h]);
            }

            return words;
        }

        private static void WriteRow(uint[] words, int row, Span<double> kept, TestRandom random, bool kvFloat32)
        {
            for (int i = 0; i < kept.Length; i++)
            {
                float value = (float)random.Normal();
                ushort half = HalfFloat.ToHalf(value);
                kept[i] = kvFloat32 ? value : HalfFloat.ToSingle(half);
                if (kvFloat32)
                {
                    words[row + i] = (uint)BitConverter.SingleToInt32Bits(value);
                }
                else
                {
                    MemoryMarshal.Cast<uint, ushort>(words.AsSpan())[row + i] = half;
                }
            }
        }

        private void Record(int columns, GpuBuffer<float> stream, GpuBuffer<float> x)
        {
            var first = new AttentionKernel.Push
            {
                Heads = (uint)heads,
                KvHeads = (uint)kvHeads,
                Layers = 1,
                SlotStride = (uint)layout.SlotStride,
                Context = (uint)context,
                PageCount = (uint)layout.PagesPerSlot,
                Splits = (uint)splits,
                Scale = (float)(1 / Math.Sqrt(headDim)),
            };
            uint scaled = (uint)(columns * dim) + (2 * Accuracy.GuardWords);
            var target = new ResidualTarget { X = Accuracy.GuardWords, XStride = (uint)dim, Scaled = scaled, Squares = scaled + (uint)(columns * dim), Gain = ones };
            var second = new AttentionOutKernel.Push
            {
                Output = identity,
                To = target,
                Heads = (uint)heads,
                Splits = (uint)splits,
                SlotStride = (uint)layout.SlotStride,
                Gains = (uint)layout.Gains,
            };
            a = cases.Device.CreateBindings("attention", pages, stream, state, partials);
            b = cases.Device.CreateBindings("attention out", weights, partials, state, x);
            using CommandRecorder recorder = cases.Device.Record("attention");
            attention.Record(recorder, a, first, columns);
            recorder.Barrier();
            output.Record(recorder, b, second, columns);
            commands = recorder.End();
        }

        private void DropCommands()
        {
            commands?.Dispose();
            a?.Dispose();
            b?.Dispose();
            stream?.Dispose();
            x?.Dispose();
        }

        private void Solve(int count, ReadOnlySpan<float> q, Span<double> y)
        {
            int stride = kvHeads * headDim;
            for (int h = 0; h < heads; h++)
            {
                double[] query = q.Slice(h * headDim, headDim).ToArray().Select(v => (double)v).ToArray();
                int kv = h / (heads / kvHeads) * headDim;
                Attention.Attend(query, keys.AsSpan(kv), values.AsSpan(kv), stride, gains[h], new double[count], y.Slice(h * headDim, headDim));
            }
        }
    }
}
