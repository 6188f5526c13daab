using System;
using System.Linq;
using System.Runtime.InteropServices;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Reference;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan.Kernels
{
    /// <summary>Flash attention and its combine, against double precision on the keys and values that the device holds.</summary>
    public class AttentionTests : KernelTest
    {
        [Test]
        public void MatchesReferenceAtEveryLength([Values] bool kvFloat32)
        {
            using var device = new AttentionOnDevice(context: 600, heads: 4, kvHeads: 2, headDim: 8, kvFloat32);
            for (int first = 0; first < 600; first += StateLayout.MaxColumns)
            {
                device.Compare(Enumerable.Range(first, Math.Min(StateLayout.MaxColumns, 600 - first)).ToArray());
            }
        }

        [Test]
        public void MatchesReferenceAtFourThousandKeys([Values(64, 128)] int headDim, [Values] bool kvFloat32)
        {
            using var device = new AttentionOnDevice(context: 4096, heads: 2, kvHeads: 1, headDim, kvFloat32);
            device.Compare(new[] { 4095, 4094, 4079, 3840, 3839, 2048, 255, 256 });
        }

        [Test]
        public void AHeadThatIsNoPowerOfTwo([Values(24, 40, 96)] int headDim)
        {
            using var device = new AttentionOnDevice(context: 300, heads: 2, kvHeads: 2, headDim, kvFloat32: false);
            device.Compare(new[] { 0, 1, 15, 16, 17, 254, 255, 256, 299 });
        }

        /// <summary>One key too many or too few is far outside the tolerance.</summary>
        [Test]
        public void ASeededBugExceedsTheTolerance([Values(-1, 1)] int keys)
        {
            using var device = new AttentionOnDevice(context: 300, heads: 2, kvHeads: 2, headDim: 8, kvFloat32: true) { WrongKeys = keys };
            Assert.That(() => device.Compare(new[] { 200 }), Throws.InstanceOf<AssertionException>());

            // Assert records the failure; this test wanted it.
            NUnit.Framework.Internal.TestExecutionContext.CurrentContext.CurrentResult.AssertionResults.Clear();
        }

        private sealed class AttentionOnDevice : IDisposable
        {
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

            public AttentionOnDevice(int context, int heads, int kvHeads, int headDim, bool kvFloat32)
            {
                (this.context, this.heads, this.kvHeads, this.headDim) = (context, heads, kvHeads, headDim);
                dim = heads * headDim;
                splits = Groups(context, ModelShape.SplitKeys);
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
                weights = Input<uint>(words.Concat(Enumerable.Repeat((uint)BitConverter.SingleToInt32Bits(1f), dim)).ToArray());
                state = Device.CreateBuffer<uint>(ArenaKind.SequenceState, layout.Words, BufferAccess.ReadWrite, "state");
                partials = Input<float>(Enumerable.Repeat(float.NaN, StateLayout.MaxColumns * heads * splits * (headDim + 4)).ToArray());
                KernelPack pack = KernelPack.LoadEmbedded();
                attention = new AttentionKernel(Device, pack, headDim, kvFloat32);
                output = new AttentionOutKernel(Device, pack, WeightFormat.Float32, 1, headDim);
                keys = new double[context * kvHeads * headDim];
                values = new double[keys.Length];
                pages = Input<uint>(FillPages(kvFloat32));
            }

            /// <summary>Keys that the reference sees too many or too few.</summary>
            public int WrongKeys { get; set; }

            public void Compare(int[] positions)
            {
                var random = new TestRandom((ulong)positions[0] + 3);
                float[] q = Normal(random, positions.Length * dim, 1.5);
                for (int i = 0; i < positions.Length; i++)
                {
                    state.Mapped[i * StateLayout.ColumnWords] = 0;
                    state.Mapped[(i * StateLayout.ColumnWords) + 1] = (uint)positions[i];
                    state.Mapped[(i * StateLayout.ColumnWords) + 3] = StateLayout.ColumnActive;
                }

                using GpuBuffer<float> stream = Input<float>(q);
                int count = positions.Length * dim;
                using GpuBuffer<float> x = Input<float>(Enumerable.Repeat(Guard, (2 * GuardWords) + (2 * count) + (count / 8)).ToArray());
                x.Upload(new float[count], GuardWords);
                Run(positions.Length, stream, x);
                float[] all = x.Download();
                float[] found = all.Skip(GuardWords).Take(count).ToArray();
                Assert.That(all.Take(GuardWords).Concat(all.Skip(GuardWords + count).Take(GuardWords)), Is.All.EqualTo(Guard), "guard words");
                Assert.That(all.Skip((2 * GuardWords) + count).Take(count), Is.EqualTo(found), "times a gain of 1");
                var expected = new double[found.Length];
                for (int i = 0; i < positions.Length; i++)
                {
                    Solve(positions[i] + 1 + WrongKeys, q.AsSpan(i * dim, dim), expected.AsSpan(i * dim, dim));
                    double nmse = Nmse(expected.AsSpan(i * dim, dim), found.AsSpan(i * dim, dim));
                    Assert.That(nmse, Is.LessThanOrEqualTo(1e-10), "{0} keys", positions[i] + 1);
                }

                Assert.That(found.Zip(expected, (a, b) => Math.Abs(a - b)).Max(), Is.LessThanOrEqualTo(2e-5 * values.Max(Math.Abs)));
            }

            public void Dispose()
            {
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
                        MemoryMarshal.Cast<uint, ushort>(words)[row + i] = half;
                    }
                }
            }

            private void Run(int columns, GpuBuffer<float> stream, GpuBuffer<float> x)
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
                uint scaled = (uint)(columns * dim) + (2 * GuardWords);
                var target = new ResidualTarget { X = GuardWords, XStride = (uint)dim, Scaled = scaled, Squares = scaled + (uint)(columns * dim), Gain = ones };
                var second = new AttentionOutKernel.Push
                {
                    Output = identity,
                    To = target,
                    Heads = (uint)heads,
                    Splits = (uint)splits,
                    SlotStride = (uint)layout.SlotStride,
                    Gains = (uint)layout.Gains,
                };
                using BindingSet a = Device.CreateBindings("attention", pages, stream, state, partials);
                using BindingSet b = Device.CreateBindings("attention out", weights, partials, state, x);
                using CommandRecorder recorder = Device.Record("attention");
                attention.Record(recorder, a, first, columns);
                recorder.Barrier();
                output.Record(recorder, b, second, columns);
                using RecordedCommands commands = recorder.End();
                Device.Submit(commands).WaitOrThrow(60_000);
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
}
