using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Training.Export;
using PrismLM.Training.Model;
using PrismLM.Training.Tests.Train;
using PrismLM.Training.Train;
using static TorchSharp.torch;

namespace PrismLM.Training.Tests.Model
{
    /// <summary>The baseline that Prism is compared with.</summary>
    public sealed class Gpt2TransformerTests
    {
        private const int Vocabulary = 50;

        [Test]
        public void ALaterTokenChangesNothingBeforeAndAnEarlierOneDoes()
        {
            using var model = Small();
            using var noGradient = no_grad();
            var ids = TinyModels.Ids(2, 20, Vocabulary);
            var before = model.Logits(model.Hidden(ids));
            ids[0, 12] = ids[0, 12].add(1).remainder(Vocabulary);
            var change = model.Logits(model.Hidden(ids)).sub(before).abs().amax(new long[] { 2 });
            Assert.That(change[0].narrow(0, 0, 12).max().item<float>(), Is.LessThan(1e-6f));
            Assert.That(change[0].narrow(0, 12, 8).min().item<float>(), Is.GreaterThan(0f));
            Assert.That(change[1].max().item<float>(), Is.Zero);
        }

        /// <summary>Without rotation, the same token in the same company differs by its place alone.</summary>
        [Test]
        public void PositionsAreLearned()
        {
            using var model = Small();
            using var noGradient = no_grad();
            var hidden = model.Hidden(full(new long[] { 1, 8 }, 7L, ScalarType.Int64));
            Assert.That(hidden[0, 3].sub(hidden[0, 5]).abs().max().item<float>(), Is.GreaterThan(1e-3f));
            model.Parameters.Write("pos_emb", new float[32 * 64]);
            var same = model.Hidden(full(new long[] { 1, 8 }, 7L, ScalarType.Int64));
            Assert.That(same[0, 3].sub(same[0, 5]).abs().max().item<float>(), Is.LessThan(1e-5f));
            Assert.That(() => model.Hidden(TinyModels.Ids(1, 33, Vocabulary)), Throws.ArgumentException.With.Message.Contains("context is 32"));
        }

        [Test]
        public void OutputLossHasTheLibrarysGradientForEveryParameter()
        {
            using var model = Small();
            using var scope = NewDisposeScope();
            var ids = TinyModels.Ids(3, 20, Vocabulary);
            var targets = TinyModels.Ids(1, 60, Vocabulary, 9).view(-1);
            var weights = ones(60);
            model.Logits(model.Hidden(ids)).view(-1, Vocabulary).log_softmax(-1).gather(1, targets.unsqueeze(1)).sum().neg().backward();
            var expected = model.Parameters.Gradients.clone();
            model.Parameters.Gradients.zero_();
            var rows = model.FinalRows(model.Hidden(ids).view(-1, model.Config.Dim));
            rows.backward(new[] { OutputLoss.Backward(model, rows.detach(), targets, weights, 1.0, out _) });
            Assert.That(model.Parameters.Gradients.sub(expected).abs().max().item<float>(), Is.LessThan(1e-4f * expected.abs().max().item<float>()));
            var at = 0L;
            foreach (var spec in model.Parameters.Specs)
            {
                Assert.That(expected.narrow(0, at, spec.Count).abs().max().item<float>(), Is.GreaterThan(0f), spec.Name);
                at += spec.Count;
            }
        }

        [Test]
        public void TrainsAndIsNotExported()
        {
            var folder = Directory.CreateTempSubdirectory("prism-baseline-").FullName;
            try
            {
                TinyRun.WriteData(folder);
                var result = TrainingRun.Start(TinyRun.Options(folder, "run") with { Preset = "gpt2-22m", TokenBudget = 3000, LearningRate = 1e-3 }, new Listener());
                var losses = MetricsLog.Read(Path.Combine(folder, "run", "metrics.jsonl")).Where(line => line.Loss.HasValue).Select(line => line.Loss!.Value).ToArray();
                Assert.That(result.Finished, Is.True);
                Assert.That(result.ValidationBitsPerByte, Is.InRange(0.5, 8.0));
                Assert.That(losses[0], Is.EqualTo(Math.Log(TinyModels.Tokenizer.VocabularySize)).Within(0.3), "a uniform guess at first");
                Assert.That(losses[^1], Is.LessThan(losses[0] - 0.2));
                Assert.That(
                    () => Exporter.Export(Path.Combine(folder, "run"), Path.Combine(folder, "model.safetensors"), WeightFormat.Float16),
                    Throws.TypeOf<NotSupportedException>().With.Message.Contains("gpt2-22m"));
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        [Test]
        public void OptionsOfPrismAloneAreRefused()
        {
            var options = new TrainingOptions { RunFolder = "r", DataFile = "d", TokenBudget = 1, Preset = "gpt2-22m" };
            Assert.That(() => options.Validate(), Throws.Nothing);
            Assert.That(() => (options with { StrictOutput = true }).Validate(), Throws.ArgumentException.With.Message.Contains("gpt2"));
            Assert.That(() => (options with { Rope = RopeVariant.SameBases }).Validate(), Throws.ArgumentException.With.Message.Contains("gpt2"));
        }

        private static TrainedModel Small()
        {
            var preset = Presets.Get("gpt2-22m");
            var model = TrainedModel.Create(preset with { Config = preset.Config with { Vocabulary = Vocabulary, Dim = 64, Layers = 2, SignalHeads = 2, KvHeads = 2, HeadDim = 32, Hidden = 96, Context = 32 } }, 3);
            using var noGradient = no_grad();
            manual_seed(4);
            using var noise = randn_like(model.Parameters.Values);
            model.Parameters.Values.add_(noise.mul_(0.05));
            return model;
        }
    }
}
