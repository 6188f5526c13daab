using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Reference;
using PrismLM.Training.Data;
using PrismLM.Training.Evaluation;
using PrismLM.Training.Export;
using PrismLM.Training.Model;
using PrismLM.Training.Train;
using static TorchSharp.torch;

namespace PrismLM.Training.Tests.Model
{
    public sealed class PrismTransformerTests
    {
        private static IEnumerable<string> Forms => TinyModels.All.Keys;

        /// <summary>The same weights through a checkpoint: TorchSharp, with and without cache, against the double-precision reference.</summary>
        [TestCaseSource(nameof(Forms))]
        public void MatchesReference(string form)
        {
            using var model = Perturbed(form);
            var writer = Exporter.Writer(model, 0.5, WeightFormat.Float32, new CheckpointInfo { Name = form }, TinyModels.Tokenizer.ToJson());
            using var stream = new MemoryStream(writer.ToBytes());
            var checkpoint = PrismCheckpoint.Load(stream, form);
            using var reference = new ReferenceModel(checkpoint);
            using var torch = new TorchLanguageModel(checkpoint);
            var tokens = Enumerable.Range(0, 70).Select(i => i * 37 % model.Config.Vocabulary).ToArray();
            var vocabulary = model.Config.Vocabulary;
            var (expected, whole, stepped) = (new float[70 * vocabulary], new float[70 * vocabulary], new float[70 * vocabulary]);
            using (var sequence = reference.CreateSequence())
            {
                sequence.Append(tokens, expected);
            }

            using (var sequence = torch.CreateSequence())
            {
                sequence.Append(tokens, whole);
                sequence.Truncate(33);
                sequence.Append(tokens.AsSpan(33, 37), stepped.AsSpan(33 * vocabulary));
                sequence.Truncate(0);
                sequence.Append(tokens.AsSpan(0, 33), stepped.AsSpan(0, 33 * vocabulary));
            }

            using var noGradient = no_grad();
            using var fused = model.Logits(model.Hidden(tensor(tokens.Select(id => (long)id).ToArray(), new long[] { 1, 70 }))).view(-1);
            Assert.That(MaxDifference(expected, whole), Is.LessThan(2e-4));
            Assert.That(MaxDifference(expected, stepped), Is.LessThan(2e-4));
            Assert.That(MaxDifference(expected, fused.data<float>().ToArray()), Is.LessThan(2e-4));
        }

        [TestCaseSource(nameof(Forms))]
        public void ALaterTokenChangesNothingBefore(string form)
        {
            using var model = Perturbed(form);
            using var noGradient = no_grad();
            var ids = TinyModels.Ids(2, 40, model.Config.Vocabulary);
            var before = model.Hidden(ids);
            ids[0, 25] = tensor(3L);
            var change = model.Hidden(ids).sub(before).abs().amax(new long[] { 2 });
            Assert.That(change[0].narrow(0, 0, 25).max().item<float>(), Is.LessThan(1e-6f));
            Assert.That(change[0].narrow(0, 25, 15).min().item<float>(), Is.GreaterThan(0f));
            Assert.That(change[1].max().item<float>(), Is.LessThan(1e-6f));
        }

        [TestCase("separate")]
        [TestCase("shared value")]
        [TestCase("dictionary")]
        [TestCase("grouped")]
        [TestCase("large heads")]
        public void FusedAttentionAndTheLibrarysHaveTheSameGradients(string form)
        {
            using var model = Perturbed(form);
            foreach (var length in new[] { 1, 4, 31, 32, 33, 77 })
            {
                using var scope = NewDisposeScope();
                var ids = TinyModels.Ids(3, length, model.Config.Vocabulary);
                manual_seed(length);
                var above = randn(3, length, model.Config.Dim);
                var results = new[] { true, false }.Select(fused =>
                {
                    model.UseFusedAttention = fused;
                    model.Parameters.Gradients.zero_();
                    var hidden = model.Hidden(ids);
                    hidden.backward(new[] { above });
                    return (Hidden: hidden.detach(), Gradients: model.Parameters.Gradients.clone());
                }).ToArray();
                Assert.That(results[0].Hidden.sub(results[1].Hidden).abs().max().item<float>(), Is.LessThan(1e-4f), "forward at " + length);
                var scale = results[1].Gradients.abs().max().item<float>();
                Assert.That(results[0].Gradients.sub(results[1].Gradients).abs().max().item<float>(), Is.LessThan(1e-5f * scale), "backward at " + length);
            }
        }

        /// <summary>The hand-written gradient of the output matrix against the library's.</summary>
        [TestCase("separate")]
        [TestCase("untied")]
        public void OutputLossHasTheLibrarysGradient(string form)
        {
            using var model = Perturbed(form);
            using var scope = NewDisposeScope();
            manual_seed(2);
            var rows = randn(700, model.Config.Dim).requires_grad_(true);
            var targets = randint(model.Config.Vocabulary, new long[] { 700 });
            var weights = rand(700);
            var plain = model.Logits(rows).log_softmax(-1).gather(1, targets.unsqueeze(1)).squeeze(1).mul(weights).sum().neg();
            plain.mul(0.01).backward();
            var (expected, expectedRows) = (model.Parameters.Gradients.clone(), rows.grad!.clone());
            model.Parameters.Gradients.zero_();
            rows.grad = null;
            var normalized = new ForwardContext(model.Config, model.Parameters, ScalarType.Float32).Normalize(rows);
            normalized.backward(new[] { OutputLoss.Backward(model, normalized.detach(), targets, weights, 0.01, out var loss) });
            Assert.That(loss, Is.EqualTo(plain.item<float>()).Within(1e-5 * loss));
            var at = 0L;
            foreach (var spec in model.Parameters.Specs)
            {
                var (found, wanted) = (model.Parameters.Gradients.narrow(0, at, spec.Count), expected.narrow(0, at, spec.Count));
                Assert.That(found.sub(wanted).abs().max().item<float>(), Is.LessThan(1e-5f * Math.Max(1f, wanted.abs().max().item<float>())), spec.Name);
                at += spec.Count;
            }

            Assert.That(rows.grad!.sub(expectedRows).abs().max().item<float>(), Is.LessThan(2e-6f));
            Assert.That(OutputLoss.Value(model, rows, targets, weights), Is.EqualTo(loss).Within(1e-5 * loss));
        }

        [Test]
        public void MixtureIsTheWeightedSumOfTheChosenExperts()
        {
            using var model = Perturbed("mixture");
            using var noGradient = no_grad();
            var c = new ForwardContext(model.Config, model.Parameters, ScalarType.Float32);
            manual_seed(3);
            var rows = randn(50, model.Config.Dim);
            var scale = model.Parameters["layers.0.g2"];
            var mixed = MixtureBlock.Forward(c, 0, rows, scale);
            var logits = rows.mul(scale).matmul(model.Parameters["layers.0.router"].t());
            for (var row = 0; row < 50; row++)
            {
                var values = logits[row].data<float>().ToArray();
                var best = Enumerable.Range(0, 4).OrderByDescending(e => values[e]).ThenBy(e => e).Take(2).ToArray();
                var total = best.Sum(e => Math.Exp(values[e]));
                var expected = zeros(model.Config.Dim);
                foreach (var e in best)
                {
                    var x = rows[row].mul(scale);
                    var gate = model.Parameters["layers.0.w1"][e].matmul(x);
                    var up = model.Parameters["layers.0.w3"][e].matmul(x);
                    var down = model.Parameters["layers.0.w2"][e].matmul(gate.mul(gate.sigmoid()).mul(up));
                    expected = expected.add(down.mul(Math.Exp(values[e]) / total));
                }

                Assert.That(mixed[row].sub(expected).abs().max().item<float>(), Is.LessThan(1e-5f));
            }
        }

        /// <summary>0.01 E sum f P + 1e-3 mean logsumexp^2: uniform logits z give 0.01 + 1e-3 (z + ln E)^2.</summary>
        [Test]
        public void RouterLossesOfAUniformRouter()
        {
            using var model = Perturbed("mixture");
            model.Parameters.Write("layers.0.router", new float[4 * model.Config.Dim]);
            var losses = new List<Tensor>();
            var c = new ForwardContext(model.Config, model.Parameters, ScalarType.Float32) { RouterLosses = losses };
            using var rows = randn(20, model.Config.Dim);
            MixtureBlock.Forward(c, 0, rows, model.Parameters["layers.0.g2"]);
            Assert.That(losses.Single().item<float>(), Is.EqualTo(0.01 + (1e-3 * Math.Pow(Math.Log(4), 2))).Within(1e-6));
        }

        [Test]
        public void BFloat16IsCloseToFloat32()
        {
            using var exact = Perturbed("separate");
            using var rounded = new PrismTransformer(exact.Architecture, 3, compute: ScalarType.BFloat16);
            using var noGradient = no_grad();
            rounded.Parameters.Values.copy_(exact.Parameters.Values);
            var ids = TinyModels.Ids(4, 64, exact.Config.Vocabulary);
            var (a, b) = (exact.Logits(exact.Hidden(ids)), rounded.Logits(rounded.Hidden(ids)));
            var deviation = a.std().item<float>();
            Assert.That(a.sub(b).abs().mean().item<float>(), Is.LessThan(0.02f * deviation));
            Assert.That(a.sub(b).abs().max().item<float>(), Is.GreaterThan(0f));
        }

        [TestCase("separate", 1)]
        [TestCase("separate", 2)]
        [TestCase("strict", 1)]
        [TestCase("ista", 1)]
        [TestCase("mixture", 2)]
        public void LearnsToRepeat(string form, int workers)
        {
            using var model = new PrismTransformer(TinyModels.All[form], 1);
            using var optimizer = new AdamW(model.Parameters, 0.01);
            using var gradients = new GradientWorkers(model, workers);
            var random = new Random(1);
            var losses = new List<double>();
            for (var step = 0; step < 60; step++)
            {
                var documents = Enumerable.Range(0, 32).Select(_ =>
                {
                    var first = random.Next(8);
                    return new TokenDocument(Enumerable.Repeat(first, 10).ToArray(), Enumerable.Repeat(1f, 10).ToArray());
                }).ToArray();
                losses.Add(gradients.Accumulate(new[] { new MicroBatch(documents[..16], 0), new MicroBatch(documents[16..], 0) }, 0));
                optimizer.Step(3e-3, 1.0);
            }

            // ln V = 5.99 less what the tied embedding gives a token that repeats.
            Assert.That(losses[0], Is.InRange(4.5, 6.5));
            Assert.That(losses[^1], Is.LessThan(0.5));
        }

        [Test]
        public void RefusesMoreThanItsContext()
        {
            using var model = Perturbed("separate");
            Assert.That(() => model.Hidden(TinyModels.Ids(1, 97, 100)), Throws.ArgumentException.With.Message.EqualTo("97 positions; the context is 96."));
        }

        /// <summary>A start with norms and matrices away from their special values, so that every factor shows.</summary>
        private static PrismTransformer Perturbed(string form)
        {
            var model = new PrismTransformer(TinyModels.All[form], 3);
            using var noGradient = no_grad();
            manual_seed(11);
            using var noise = randn_like(model.Parameters.Values);
            model.Parameters.Values.mul_(3.0).add_(noise, alpha: 0.05);
            return model;
        }

        private static double MaxDifference(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs((double)x - y)).Max();
    }
}
