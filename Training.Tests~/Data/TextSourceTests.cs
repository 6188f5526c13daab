using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using PrismLM.Training.Data;

namespace PrismLM.Training.Tests.Data
{
    public sealed class TextSourceTests
    {
        private string _folder = "";

        [SetUp]
        public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("prism-data-").FullName;

        [TearDown]
        public void RemoveFolder() => Directory.Delete(_folder, true);

        [Test]
        public void EveryEpochHoldsTheWholeTextOnce()
        {
            var text = new string[] { "one two three", "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich", "x", string.Join(' ', Enumerable.Range(0, 300)) };
            using var source = Source("a.txt", string.Join("\n<|endoftext|>\n", text) + "\n", 16);
            foreach (var epoch in new[] { 0, 1 })
            {
                var read = new StringBuilder();
                var whole = text.Sum(document => Bytes(document).Length);
                while (read.Length < whole)
                {
                    var document = source.Next();
                    Assert.That(document.Tokens[0], Is.EqualTo(1000));
                    Assert.That(document.Tokens.Length, Is.InRange(2, 17));
                    Assert.That(document.LossWeights, Is.All.EqualTo(1f));
                    read.Append(string.Concat(document.Tokens.Where(id => id < 1000).Select(id => (char)id)));
                }

                // Orders differ between epochs; the multiset of bytes does not.
                Assert.That(read.ToString().Order(), Is.EqualTo(string.Concat(text.Select(Bytes)).Order()), "epoch " + epoch);
            }
        }

        [Test]
        public void GoesOnFromEveryCursor()
        {
            var text = string.Join("\n<|endoftext|>\n", Enumerable.Range(0, 7).Select(i => string.Join(' ', Enumerable.Repeat("word" + i, 1 + (i * 9)))));
            using var source = Source("b.txt", text, 16);
            var states = new List<string>();
            var documents = new List<int[]>();
            for (var i = 0; i < 200; i++)
            {
                states.Add(source.SaveState());
                documents.Add(source.Next().Tokens);
            }

            for (var i = 0; i < 200; i += 13)
            {
                using var resumed = Source("b.txt", text, 16);
                resumed.LoadState(states[i]);
                Assert.That(resumed.SaveState(), Is.EqualTo(states[i]));
                for (var j = i; j < Math.Min(i + 40, 200); j++)
                {
                    Assert.That(resumed.Next().Tokens, Is.EqualTo(documents[j]), $"document {j} after state {i}");
                }
            }
        }

        [TestCase("")]
        [TestCase("1 2")]
        [TestCase("0 999 0")]
        [TestCase("0 0 1")]
        [TestCase("-1 0 0")]
        public void RejectsACursorThatIsNone(string state)
        {
            using var source = Source("c.txt", "some text", 16);
            Assert.That(() => source.LoadState(state), Throws.ArgumentException.With.Message.Contains("not a cursor"));
        }

        [TestCase("")]
        [TestCase(" \n<|endoftext|>\n\n")]
        public void RejectsAFileWithoutText(string content) =>
            Assert.That(() => Source("empty.txt", content, 16), Throws.TypeOf<InvalidDataException>().With.Message.Contains("empty.txt has no text"));

        [Test]
        public void CarriageReturnsAreLineEnds()
        {
            using var source = Source("d.txt", "a\r\nb\r\n<|endoftext|>\r\nc", 16);
            Assert.That(source.Count, Is.EqualTo(2));
            Assert.That(new[] { source.Next(), source.Next() }.SelectMany(document => document.Tokens), Has.None.EqualTo((int)'\r'));
            Assert.That(TextDocuments.Read(Path.Combine(_folder, "d.txt")), Is.EqualTo(new[] { "a\nb", "c" }));
        }

        [Test]
        public void AVeryLongLineIsCutInPieces()
        {
            using var source = Source("e.txt", new string('x', 200_000), 16);
            Assert.That(source.Count, Is.EqualTo((200_000 + 47) / 48));
        }

        private static string Bytes(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => (char)b)).Replace(" ", "", StringComparison.Ordinal);

        /// <summary>Tokens are bytes without spaces, so that a cut piece's leading space does not matter.</summary>
        private TextFileSource Source(string name, string content, int context)
        {
            var path = Path.Combine(_folder, name);
            File.WriteAllText(path, content);
            return new TextFileSource(name, path, text => Encoding.UTF8.GetBytes(text.Replace(" ", "", StringComparison.Ordinal)).Select(b => (int)b).ToArray(), 1000, 1001, context, 7);
        }
    }
}
