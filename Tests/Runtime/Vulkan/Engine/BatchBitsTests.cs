using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>
    /// One reduction order: a sequence's logits are the same bits alone and in any slot of any batch, on any pages, however its prompt was cut, with other
    /// dials and extreme values beside it.
    /// </summary>
    public class BatchBitsTests : VulkanTest
    {
        private const int Sequences = 32;

        [Test]
        public void ABatchGivesTheBitsOfOne([Values("game", "ista", "mixture", "gelu mixture", "grouped queries")] string name, [Values] WeightFormat format)
        {
            PrismCheckpoint checkpoint = ModelCases.Load(name, format, kvFloat32: false);
            int[][] histories = Enumerable.Range(0, Sequences).Select(i => ModelCases.Tokens(1 + ((i * 37) % 90), seed: i)).ToArray();
            float[][] alone = Alone(checkpoint, histories);
            using var batch = new BatchOfSequences(checkpoint, Sequences);
            var random = new TestRandom(8);
            for (int i = 0; i < Sequences; i++)
            {
                batch.Begin(i, histories[i], i % 3 == 0 ? ModelCases.Dials(checkpoint.Config, i) : Array.Empty<float>());
            }

            foreach (int size in new[] { 32, 1, 2, 4, 8, 16, 3, 27 })
            {
                int[] order = Enumerable.Range(0, Sequences).OrderBy(_ => random.Next()).Take(size).ToArray();
                float[][] logits = batch.LastTokens(order);
                for (int i = 0; i < size; i++)
                {
                    Assert.That(logits[i].AsSpan().SequenceEqual(alone[order[i]]), Is.True, "sequence {0} at column {1} of {2}", order[i], i, size);
                }
            }
        }

        /// <summary>The comparison finds a sum that is cut differently: the same numbers, other chunks of K.</summary>
        [Test]
        public void ASeededViolationIsFound()
        {
            float[] values = Enumerable.Range(0, 64).Select(i => (float)Math.Sin(i)).ToArray();
            float whole = values.Aggregate(0f, (a, b) => a + b);
            float parts = values.Take(20).Aggregate(0f, (a, b) => a + b) + values.Skip(20).Aggregate(0f, (a, b) => a + b);
            Assert.That(new[] { parts }.AsSpan().SequenceEqual(new[] { whole }), Is.False);
        }

        [Test]
        public void ExtremeNeighboursChangeNothing()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game");
            int[] history = ModelCases.Tokens(20, seed: 5);
            float[] alone = Alone(checkpoint, new[] { history })[0];
            using var batch = new BatchOfSequences(checkpoint, 2);
            int n = checkpoint.Config.Layers * checkpoint.Config.Heads;
            batch.Begin(0, history, Array.Empty<float>());
            batch.Begin(1, ModelCases.Tokens(20, seed: 6), Enumerable.Repeat(float.MaxValue, n).ToArray());
            float[][] logits = batch.LastTokens(new[] { 1, 0 });
            Assert.That(logits[0].Any(float.IsNaN), Is.True, "the neighbour overflows");
            Assert.That(logits[1].AsSpan().SequenceEqual(alone), Is.True);
        }

        private static float[][] Alone(PrismCheckpoint checkpoint, IReadOnlyList<int[]> histories)
        {
            using VulkanLanguageModel model = VulkanLanguageModel.Create(Device, checkpoint, chunk: 1);
            return histories.Select((tokens, i) =>
            {
                using var sequence = model.CreateSequence(i % 3 == 0 && histories.Count > 1 ? ModelCases.Dials(checkpoint.Config, i) : Array.Empty<float>());
                var logits = new float[checkpoint.Config.Vocabulary];
                sequence.Append(tokens, logits);
                return logits;
            }).ToArray();
        }
    }
}
