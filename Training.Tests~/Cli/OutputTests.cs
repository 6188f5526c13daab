using System;
using System.Collections.Generic;
using NUnit.Framework;
using PrismLM.Cli.Output;

namespace PrismLM.Training.Tests.Cli
{
    public sealed class OutputTests
    {
        /// <summary>The runtime drops the space that a SentencePiece text begins with; a second one belongs to the text.</summary>
        [Test]
        public void PiecesAreWrittenAsTheyCome()
        {
            var writer = new PieceWriter("", show: false);
            writer.Write(" two");
            writer.Write("  three");
            Assert.That(writer.Text, Is.EqualTo(" two  three"));
        }

        [Test]
        public void WithoutATerminalProgressIsALineNowAndThen()
        {
            var now = TimeSpan.Zero;
            var lines = new List<string>();
            var progress = new PlainProgress("Scoring", lines.Add, () => now);
            for (int second = 0; second <= 25; second++)
            {
                now = TimeSpan.FromSeconds(second);
                progress.Report(second / 25.0);
            }

            Assert.That(lines, Is.EqualTo(new[] { "Scoring: 40 %", "Scoring: 80 %" }));
        }
    }
}
