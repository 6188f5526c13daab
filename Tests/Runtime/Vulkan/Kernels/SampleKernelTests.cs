using System;
using System.Linq;
using System.Runtime.InteropServices;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Tests.Vulkan.Cases;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan.Kernels
{
    /// <summary>sample.comp against Sampler.cs: the same token from the same logits, always.</summary>
    public class SampleKernelTests : KernelTest
    {
        private const int Slots = 32;

        // Floats of a residual column, of the same times a gain, and of its sums of squares.
        private const int Columns = 32 + 32 + 4;

        [Test]
        public void ChoosesTheTokenOfTheCpu([Values(1, 5, 97, 512, 1025, 4096)] int vocabulary)
        {
            using var device = new SamplerOnDevice(vocabulary);
            for (int round = 0; round < 8; round++)
            {
                device.Compare(new TestRandom((ulong)((vocabulary * 100) + round)));
            }
        }

        [Test]
        public void ChoosesTheTokenOfTheCpuFromTheLargestVocabularies([Values(50257, 65536)] int vocabulary)
        {
            using var device = new SamplerOnDevice(vocabulary);
            device.Compare(new TestRandom((ulong)vocabulary));
        }

        /// <summary>Rows of one slot's settings each, run together.</summary>
        private sealed class SamplerOnDevice : IDisposable
        {
            private readonly int vocabulary;
            private readonly int arrayStride;
            private readonly StateLayout layout;
            private readonly SampleKernel kernel;
            private readonly GpuBuffer<uint> weights;
            private readonly GpuBuffer<float> stream;
            private readonly GpuBuffer<uint> state;
            private readonly GpuBuffer<uint> ring;
            private readonly MatrixLocation embedding;
            private readonly Sampler sampler;

            public SamplerOnDevice(int vocabulary)
            {
                this.vocabulary = vocabulary;
                sampler = new Sampler(vocabulary);
                arrayStride = (vocabulary + 3) / 4 * 4;
                layout = new StateLayout(Slots, 64, 1, 1, vocabulary);
                kernel = new SampleKernel(Device, KernelPack.LoadEmbedded(), WeightFormat.Float32);
                uint[] words;
                (embedding, words) = MatrixInMemory.Write(Enumerable.Range(0, vocabulary * 8).Select(i => (float)i).ToArray(), vocabulary, 8, WeightFormat.Float32);
                weights = Input<uint>(words);
                stream = Input<float>(new float[(Slots * Columns) + (Slots * 3 * arrayStride)]);
                state = Device.CreateBuffer<uint>(ArenaKind.SequenceState, layout.Words, BufferAccess.ReadWrite, "state");
                ring = Device.CreateBuffer<uint>(ArenaKind.Readback, Slots * ModelBuffers.RingTokens, BufferAccess.ReadWrite, "ring");
            }

            public void Compare(TestRandom random)
            {
                var expected = new int[Slots];
                var what = new string[Slots];
                state.Mapped.Clear();
                ring.Mapped.Fill(TokenRing.Empty);
                for (int slot = 0; slot < Slots; slot++)
                {
                    what[slot] = Describe(random, slot, out expected[slot]);
                }

                var push = new SampleKernel.Push
                {
                    Embedding = embedding,
                    To = new ResidualTarget { XStride = 32, Scaled = Slots * 32, Squares = Slots * 64, Gain = 0 },
                    Logits = Slots * Columns,
                    RowStride = (uint)(3 * arrayStride),
                    ArrayStride = (uint)arrayStride,
                    Vocabulary = (uint)vocabulary,
                    SlotStride = (uint)layout.SlotStride,
                    RingTokens = ModelBuffers.RingTokens,
                    Mask = (uint)layout.Mask,
                };
                using BindingSet set = Device.CreateBindings("sample", weights, stream, state, ring);
                using CommandRecorder recorder = Device.Record("sample");
                kernel.Record(recorder, set, push, Slots);
                using RecordedCommands commands = recorder.End();
                Device.Submit(commands).WaitOrThrow(60_000);
                var tokens = new TokenRing(ring.Mapped);
                float[] x = stream.Download();
                for (int slot = 0; slot < Slots; slot++)
                {
                    Assert.That(tokens.TryTake(slot, 3, out int token, out SequenceEnd end), Is.True);
                    Assert.That(end == SequenceEnd.Failed ? -1 : token, Is.EqualTo(expected[slot]), "{0} of {1}: {2}", slot, vocabulary, what[slot]);
                    Assert.That(x[slot * 32], end == SequenceEnd.None ? Is.EqualTo(token * 8f) : Is.Not.Null, "next embedding");
                }
            }

            public void Dispose()
            {
                kernel.Dispose();
                weights.Dispose();
                stream.Dispose();
                state.Dispose();
                ring.Dispose();
            }

            // Row, settings and history of one slot; the CPU's choice for them.
            private string Describe(TestRandom random, int slot, out int expected)
            {
                float[] logits = Logits(random);
                stream.Upload(logits, (Slots * Columns) + (slot * 3 * arrayStride));
                var options = new SamplingOptions
                {
                    Temperature = Pick(random, 0f, 0.05f, 0.7f, 1f, 3f),
                    TopK = Pick(random, 0, 0, 1, 2, 40, 1000),
                    TopP = Pick(random, 1f, 1f, 0.95f, 0.5f, 0.01f),
                    MinP = Pick(random, 0f, 0f, 0.05f, 0.5f),
                    RepetitionPenalty = Pick(random, 1f, 1f, 1.3f, 4f),
                    RepetitionWindow = Pick(random, 0, 5, 64),
                    Seed = (uint)random.Next(),
                };
                var parameters = new SamplerParameters(options, (uint)slot);
                int[] recent = Enumerable.Range(0, random.Below(65)).Select(_ => random.Below(Math.Min(vocabulary, 80))).ToArray();
                uint[] mask = random.Below(3) == 0 ? Enumerable.Range(0, layout.MaskWords).Select(_ => (uint)random.Next()).ToArray() : Array.Empty<uint>();
                TokenBias[] bias = Enumerable.Range(0, random.Below(2) * random.Below(Math.Min(vocabulary, 32)))
                    .Select(i => new TokenBias(i, (float)(5 * random.Normal()))).ToArray();
                uint draws = (uint)random.Next();
                Write(slot, parameters, recent, mask, bias, draws);
                expected = sampler.Choose(logits, parameters, unchecked(draws + 3), recent, mask, bias);
                return FormattableString.Invariant($"{options}, {recent.Length} recent, {mask.Length} mask words, {bias.Length} biased");
            }

            private void Write(int slot, SamplerParameters parameters, int[] recent, uint[] mask, TokenBias[] bias, uint draws)
            {
                Span<uint> all = state.Mapped;
                Span<uint> column = all.Slice(slot * StateLayout.ColumnWords, StateLayout.ColumnWords);
                column[0] = (uint)slot;
                column[1] = 10;
                column[3] = StateLayout.ColumnActive;
                all[StateLayout.LogitColumns + slot] = (uint)slot;
                Span<uint> words = all.Slice(layout.SlotStart(slot), layout.SlotStride);
                MemoryMarshal.Cast<SamplerParameters, uint>(MemoryMarshal.CreateSpan(ref parameters, 1)).CopyTo(words);
                words[SlotControl.Draws] = draws;
                words[SlotControl.Generated] = 3;
                words[SlotControl.MaxTokens] = 1000;
                words[SlotControl.Context] = 64;
                words[SlotControl.RecentCount] = (uint)recent.Length;
                words.Slice(StateLayout.SlotStops, StateLayout.StopTokens).Fill(SlotControl.NoStop);
                MemoryMarshal.Cast<int, uint>(recent).CopyTo(words.Slice(StateLayout.SlotRecent));
                words[SlotControl.BiasCount] = (uint)bias.Length;
                for (int i = 0; i < bias.Length; i++)
                {
                    words[StateLayout.SlotBias + (2 * i)] = (uint)bias[i].Token;
                    words[StateLayout.SlotBias + (2 * i) + 1] = (uint)BitConverter.SingleToInt32Bits(bias[i].Value);
                }

                words[SlotControl.Masked] = mask.Length == 0 ? 0u : 1u;
                mask.CopyTo(words.Slice(layout.Mask));
            }

            private float[] Logits(TestRandom random)
            {
                double scale = Pick(random, 0.0, 0.5, 3.0, 40.0);
                bool coarse = random.Below(3) == 0;
                int spoiled = random.Below(4) == 0 ? 1 + random.Below(vocabulary) : 0;
                var logits = new float[vocabulary];
                for (int i = 0; i < vocabulary; i++)
                {
                    logits[i] = (float)(scale * random.Normal());
                    logits[i] = coarse ? MathF.Round(logits[i]) : logits[i];
                }

                for (int i = 0; i < spoiled; i++)
                {
                    logits[random.Below(vocabulary)] = Pick(random, float.NaN, float.NegativeInfinity, float.PositiveInfinity, 1e30f, -1e-30f);
                }

                return logits;
            }

            private static T Pick<T>(TestRandom random, params T[] values) => values[random.Below(values.Length)];
        }
    }
}
