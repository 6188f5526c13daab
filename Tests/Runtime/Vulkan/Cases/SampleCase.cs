using System;
using System.Linq;
using System.Runtime.InteropServices;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan.Cases
{
    /// <summary>The sampler, for 32 rows with settings and a history of their own: the token that Sampler.cs chooses, always.</summary>
    internal sealed class SampleCase : KernelCase
    {
        private const int Slots = 32;

        // Floats of a residual column, of the same times a gain, and of its sums of squares.
        private const int Columns = 32 + 32 + 4;

        private readonly int vocabulary;
        private readonly int round;

        public SampleCase(int vocabulary, int round)
            : base(FormattableString.Invariant($"sample {vocabulary} tokens, round {round}"))
        {
            this.vocabulary = vocabulary;
            this.round = round;
            IsLarge = vocabulary >= 4096 && round == 0;
        }

        public override KernelRun Create(CaseContext context) => new Run(context, vocabulary, new TestRandom((ulong)((vocabulary * 100) + round)));

        private sealed class Run : DispatchRun
        {
            private readonly int vocabulary;
            private readonly int arrayStride;
            private readonly StateLayout layout;
            private readonly uint[] words;
            private readonly float[] rows;
            private readonly GpuBuffer<float> stream;
            private readonly GpuBuffer<uint> ring;
            private readonly int[] expected = new int[Slots];
            private readonly string[] what = new string[Slots];

            public Run(CaseContext context, int vocabulary, TestRandom random)
                : base(context)
            {
                this.vocabulary = vocabulary;
                arrayStride = (vocabulary + 3) / 4 * 4;
                layout = new StateLayout(Slots, 64, 1, 1, vocabulary);
                words = new uint[layout.Words];
                rows = new float[(Slots * Columns) + (Slots * 3 * arrayStride)];
                var sampler = new Sampler(vocabulary);
                for (int slot = 0; slot < Slots; slot++)
                {
                    what[slot] = Describe(sampler, random, slot, out expected[slot]);
                }

                SampleKernel kernel = context.Keep("sample", () => new SampleKernel(context.Device, context.Device.Kernels, WeightFormat.Float32));
                (MatrixLocation embedding, uint[] matrix) = MatrixInMemory.Write(Enumerable.Range(0, vocabulary * 8).Select(i => (float)i).ToArray(), vocabulary, 8, WeightFormat.Float32);
                GpuBuffer<uint> weights = Own(context.Input<uint>(matrix));
                GpuBuffer<float> streamBefore = Own(context.Input<float>(rows));
                GpuBuffer<uint> stateBefore = Own(context.Input<uint>(words));
                stream = Own(context.Input<float>(rows));
                GpuBuffer<uint> state = Own(context.Input<uint>(words));
                ring = Own(context.Device.CreateBuffer<uint>(ArenaKind.Readback, Slots * ModelBuffers.RingTokens, BufferAccess.ReadWrite, "ring"));
                ring.Mapped.Fill(TokenRing.Empty);
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
                BindingSet set = Own(context.Device.CreateBindings("sample", weights, stream, state, ring));
                Record(recorder =>
                {
                    // The kernel works in place and advances the state: each run starts from what it was.
                    recorder.Copy(streamBefore.WholeRange, stream.WholeRange);
                    recorder.Copy(stateBefore.WholeRange, state.WholeRange);
                    recorder.Barrier();
                    kernel.Record(recorder, set, push, Slots);
                });
            }

            public override string? Check()
            {
                var tokens = new TokenRing(ring.Mapped);
                float[] x = stream.Download();
                for (int slot = 0; slot < Slots; slot++)
                {
                    if (!tokens.TryTake(slot, 3, out int token, out SequenceEnd end))
                    {
                        return FormattableString.Invariant($"row {slot} has no token: {what[slot]}");
                    }

                    int found = end == SequenceEnd.Failed ? -1 : token;
                    if (found != expected[slot])
                    {
                        return FormattableString.Invariant($"row {slot}: token {found}, expected {expected[slot]}: {what[slot]}");
                    }

                    if (end == SequenceEnd.None && x[slot * 32] != token * 8f)
                    {
                        return FormattableString.Invariant($"row {slot}: next embedding begins with {x[slot * 32]}, expected {token * 8f}");
                    }
                }

                return null;
            }

            // Row, settings and history of one slot; the CPU's choice for them.
            private string Describe(Sampler sampler, TestRandom random, int slot, out int expected)
            {
                float[] logits = Logits(random);
                logits.CopyTo(rows, (Slots * Columns) + (slot * 3 * arrayStride));
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
                Span<uint> all = words;
                Span<uint> column = all.Slice(slot * StateLayout.ColumnWords, StateLayout.ColumnWords);
                column[0] = (uint)slot;
                column[1] = 10;
                column[3] = StateLayout.ColumnActive;
                all[StateLayout.LogitColumns + slot] = (uint)slot;
                Span<uint> own = all.Slice(layout.SlotStart(slot), layout.SlotStride);
                MemoryMarshal.Cast<SamplerParameters, uint>(MemoryMarshal.CreateSpan(ref parameters, 1)).CopyTo(own);
                own[SlotControl.Draws] = draws;
                own[SlotControl.Generated] = 3;
                own[SlotControl.MaxTokens] = 1000;
                own[SlotControl.Context] = 64;
                own[SlotControl.RecentCount] = (uint)recent.Length;
                own.Slice(StateLayout.SlotStops, StateLayout.StopTokens).Fill(SlotControl.NoStop);
                MemoryMarshal.Cast<int, uint>(recent).CopyTo(own.Slice(StateLayout.SlotRecent));
                own[SlotControl.BiasCount] = (uint)bias.Length;
                for (int i = 0; i < bias.Length; i++)
                {
                    own[StateLayout.SlotBias + (2 * i)] = (uint)bias[i].Token;
                    own[StateLayout.SlotBias + (2 * i) + 1] = (uint)BitConverter.SingleToInt32Bits(bias[i].Value);
                }

                own[SlotControl.Masked] = mask.Length == 0 ? 0u : 1u;
                mask.CopyTo(own.Slice(layout.Mask));
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
