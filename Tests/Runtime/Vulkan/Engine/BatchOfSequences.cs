using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>Sequences on shuffled pages that can be decoded together in any order; it looks at logits, which the engine turns into tokens.</summary>
    internal sealed class BatchOfSequences : IDisposable
    {
        private const int Context = 96;

        private readonly VulkanModel model;
        private readonly float[] gains;
        private readonly Dictionary<int, int[]> histories = new Dictionary<int, int[]>();

        public BatchOfSequences(PrismCheckpoint checkpoint, int count)
        {
            gains = checkpoint.Gain;
            int pagesEach = ModelShape.PagesFor(Context);
            var shape = new ModelShape(checkpoint.Config, checkpoint.KvFloat32, count, Context, 64, 32, count * pagesEach, samples: false);
            model = VulkanModel.Load(VulkanTest.Device, checkpoint, shape);
            var random = new TestRandom(77);
            int[] pages = Enumerable.Range(0, count * pagesEach).OrderBy(_ => random.Next()).ToArray();
            for (int slot = 0; slot < count; slot++)
            {
                model.SetPages(slot, pages.AsSpan(slot * pagesEach, pagesEach));
            }
        }

        /// <summary>Prefills all but the last token in chunks of 64.</summary>
        public void Begin(int slot, int[] history, float[] dials)
        {
            histories[slot] = history;
            model.SetGains(slot, gains, dials);
            for (int first = 0; first < history.Length - 1; first += 64)
            {
                int count = Math.Min(64, history.Length - 1 - first);
                for (int i = 0; i < count; i++)
                {
                    model.SetColumn(i, slot, first + i, history[first + i]);
                }

                Run(count, 0);
            }
        }

        /// <summary>Decodes the last token of each, in one step, in this order of columns.</summary>
        public float[][] LastTokens(int[] slots)
        {
            for (int i = 0; i < slots.Length; i++)
            {
                int[] history = histories[slots[i]];
                model.SetColumn(i, slots[i], history.Length - 1, history[history.Length - 1]);
            }

            model.SetLogitColumns(Enumerable.Range(0, slots.Length).ToArray());
            Run(slots.Length, slots.Length);
            float[] stream = model.Buffers.Stream.Download();
            return slots.Select((_, i) => stream.AsSpan(model.Shape.LogitsStart + (i * model.Shape.LogitRowStride), model.Shape.Config.Vocabulary).ToArray()).ToArray();
        }

        public void Dispose() => model.Dispose();

        private void Run(int columns, int rows)
        {
            model.ClearColumns(columns);
            model.Submit(new StepShape(columns, rows, 1, gather: true, sample: false)).WaitOrThrow(60_000);
        }
    }
}
