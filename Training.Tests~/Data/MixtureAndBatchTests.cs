using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NUnit.Framework;
using PrismLM.Training.Data;

namespace PrismLM.Training.Tests.Data
{
    public sealed class MixtureAndBatchTests
    {
        [Test]
        public void SharesAreSharesOfTokens()
        {
            var mixture = Mixture(("a", 3.0), ("b", 1.0));
            var tokens = new Dictionary<int, long> { [1] = 0, [2] = 0 };
            for (var i = 0; i < 4000; i++)
            {
                var document = mixture.Next();
                tokens[document.Tokens[0]] += document.Tokens.Length;
            }

            Assert.That(tokens[1] / (double)(tokens[1] + tokens[2]), Is.EqualTo(0.75).Within(0.01));
        }

        [Test]
        public void AChangedMixtureKeepsCursorsAndStartsNewShares()
        {
            var first = Mixture(("a", 3.0), ("b", 1.0));
            for (var i = 0; i < 100; i++)
            {
                first.Next();
            }

            var changed = Mixture(("a", 1.0), ("b", 1.0), ("c", 1.0));
            changed.LoadState(first.SaveState());
            Assert.That(changed.TokensBySource.Values, Is.All.Zero);
            Assert.That(changed.SaveState(), Does.Contain("\"State\":\"" + Cursor(first.SaveState(), "a") + "\""));
        }

        [Test]
        public void StepsHaveTheirSizeAndEveryDocumentOnce()
        {
            var stream = Stream();
            var sizes = new List<int>();
            for (var i = 0; i < 40; i++)
            {
                var step = stream.Next();
                Assert.That(step.Select(batch => batch.Rows * batch.Columns), Is.All.LessThanOrEqualTo(256));
                Assert.That(step.SelectMany(batch => batch.Weights), Is.All.EqualTo(1f));
                sizes.Add(step.Sum(batch => batch.TokenCount));
            }

            Assert.That(sizes.Average(), Is.EqualTo(1000).Within(150));
        }

        [Test]
        public void TheStreamGoesOnFromEveryCursor()
        {
            var stream = Stream();
            var states = new List<string>();
            var steps = new List<long[]>();
            for (var i = 0; i < 25; i++)
            {
                states.Add(stream.SaveState());
                steps.Add(stream.Next().SelectMany(batch => batch.Ids).ToArray());
            }

            for (var i = 0; i < 25; i += 3)
            {
                var resumed = Stream();
                resumed.LoadState(states[i]);
                for (var j = i; j < 25; j++)
                {
                    Assert.That(resumed.Next().SelectMany(batch => batch.Ids), Is.EqualTo(steps[j]), $"step {j} after state {i}");
                }
            }
        }

        [Test]
        public void TokensOfWeightZeroHaveNoTarget()
        {
            var batch = new MicroBatch(new[] { new TokenDocument(new[] { 1, 2, 3 }, new[] { 1f, 0f, 0.5f }), new TokenDocument(new[] { 4, 5 }, new[] { 0f, 2f }) }, 9);
            Assert.That(batch.Ids, Is.EqualTo(new long[] { 1, 2, 4, 9 }));
            Assert.That(batch.Positions, Is.EqualTo(new long[] { 1, 2 }));
            Assert.That(batch.Targets, Is.EqualTo(new long[] { 3, 5 }));
            Assert.That(batch.Weights, Is.EqualTo(new[] { 0.5f, 2f }));
            Assert.That(batch.RealPositions(9), Is.EqualTo(new long[] { 0, 1, 2 }));
        }

        [TestCase("{}", "no sources")]
        [TestCase("{", "not a data list")]
        [TestCase("{\"tokenizer\":\"t\",\"colour\":1}", "not a data list")]
        [TestCase("{\"tokenizer\":\"none.json\",\"sources\":[{\"name\":\"a\",\"generator\":\"dialogue\",\"weight\":1}]}", "'none.json' as tokenizer")]
        [TestCase("{\"tokenizer\":\"t.json\",\"sources\":[{\"name\":\"a\",\"file\":\"x.txt\",\"generator\":\"dialogue\",\"weight\":1}]}", "either a file or a generator")]
        [TestCase("{\"tokenizer\":\"t.json\",\"sources\":[{\"name\":\"a\",\"generator\":\"dialogue\",\"weight\":0}]}", "weight 0")]
        [TestCase("{\"tokenizer\":\"t.json\",\"sources\":[{\"name\":\"a\",\"file\":\"t.json\",\"weight\":1,\"sha256\":\"00\"}]}", "another version")]
        public void RejectsABadDataList(string json, string message)
        {
            var folder = Directory.CreateTempSubdirectory("prism-list-").FullName;
            try
            {
                File.WriteAllText(Path.Combine(folder, "t.json"), "{}");
                File.WriteAllText(Path.Combine(folder, "data.json"), json);
                Assert.That(() => DataList.Load(Path.Combine(folder, "data.json")), Throws.TypeOf<InvalidDataException>().With.Message.Contains(message));
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        [TestCase(0.0)]
        [TestCase(double.NaN)]
        public void RejectsAWeightThatIsNotPositive(double weight) =>
            Assert.That(() => Mixture(("a", weight)), Throws.ArgumentException.With.Message.Contains("expected a positive number"));

        private static string Cursor(string state, string name) =>
            System.Text.Json.JsonDocument.Parse(state).RootElement.EnumerateArray().Single(part => part.GetProperty("Name").GetString() == name).GetProperty("State").GetString()!;

        private static MixedSource Mixture(params (string Name, double Weight)[] parts) =>
            new(parts.Select((part, i) => ((IDocumentSource)new Numbers(part.Name, i + 1), part.Weight)).ToArray());

        private static BatchStream Stream() => new(
            Mixture(("a", 2.0), ("b", 1.0)), new BatchOptions { TokensPerStep = 1000, TokensPerMicroBatch = 256, StepsPerPool = 4, PadId = 0, Seed = 3 });

        /// <summary>Documents of 3 to 60 tokens that carry their number.</summary>
        private sealed class Numbers : IDocumentSource
        {
            private readonly int _mark;
            private int _next;

            public Numbers(string name, int mark)
            {
                Name = name;
                _mark = mark;
            }

            public string Name { get; }

            public TokenDocument Next()
            {
                var length = 3 + (_next * 31 % 58);
                var tokens = Enumerable.Repeat(_next++, length).ToArray();
                tokens[0] = _mark;
                return new TokenDocument(tokens, Enumerable.Repeat(1f, length).ToArray());
            }

            public string SaveState() => _next.ToString(CultureInfo.InvariantCulture);

            public void LoadState(string state) => _next = int.Parse(state, CultureInfo.InvariantCulture);
        }
    }
}
