using System;
using System.Numerics;
using NUnit.Framework;
using PrismLM.Tavern.Layout;
using PrismLM.Tavern.Painting;

namespace PrismLM.Examples.Tests.Tavern
{
    /// <summary>Each rule notices when it is broken.</summary>
    public sealed class LayoutRulesTests
    {
        private static readonly FixedMeasure Measure = new();
        private static readonly Box[] NoPanels = Array.Empty<Box>();
        private static readonly DrawnText[] NoTexts = Array.Empty<DrawnText>();
        private LayoutRules rules = null!;

        [SetUp]
        public void Begin() => rules = new LayoutRules(new Box(0, 0, 1280, 720));

        [Test]
        public void OverlappingBubblesAreFound()
        {
            rules.Check(new[] { At(0, 300, 300), At(1, 400, 310) }, NoPanels, NoTexts);
            Assert.That(rules.Broken, Has.Count.EqualTo(1).And.Some.Contains("overlap"));
        }

        [Test]
        public void ABubbleOutsideIsFound()
        {
            rules.Check(new[] { At(0, 1200, 300) }, NoPanels, NoTexts);
            Assert.That(rules.Broken, Has.Some.Contains("leaves the screen"));
        }

        [Test]
        public void ABubbleOverAPanelIsFound()
        {
            rules.Check(new[] { At(0, 300, 300) }, new[] { new Box(310, 200, 50, 300) }, NoTexts);
            Assert.That(rules.Broken, Has.Some.Contains("panel"));
        }

        [Test]
        public void SmallTextIsFound()
        {
            rules.Check(Array.Empty<Bubble>(), NoPanels, new[] { new DrawnText("a note", 15, Vector4.One, new Vector4(0, 0, 0, 1)) });
            Assert.That(rules.Broken, Has.Some.Contains("15 px"));
        }

        [Test]
        public void PaleTextIsFound()
        {
            rules.Check(Array.Empty<Bubble>(), NoPanels, new[] { new DrawnText("a note", 16, new Vector4(0.6f, 0.6f, 0.6f, 1), Vector4.One) });
            Assert.That(rules.Broken, Has.Some.Contains("contrast"));
        }

        [Test]
        public void WordsThatMoveToAnotherLineAreFound()
        {
            Bubble bubble = At(0, 300, 300);
            bubble.SetText("one two three four five", Measure);
            rules.Check(new[] { bubble }, NoPanels, NoTexts);
            Assert.That(rules.Broken, Is.Empty);

            // As if the bubble had become narrower.
            bubble.SetText("one two three four five six", new WideMeasure());
            rules.Check(new[] { bubble }, NoPanels, NoTexts);
            Assert.That(rules.Broken, Has.Some.Contains("another line"));
        }

        [TestCase(0f, 0f, 0f, 1f, 1f, 1f, 21.0)]
        [TestCase(1f, 1f, 1f, 1f, 1f, 1f, 1.0)]
        [TestCase(0.46666667f, 0.46666667f, 0.46666667f, 1f, 1f, 1f, 4.48)]
        public void ContrastIsThatOfWcag(float r, float g, float b, float r2, float g2, float b2, double expected)
            => Assert.That(Contrast.Ratio(new Vector3(r, g, b), new Vector3(r2, g2, b2)), Is.EqualTo(expected).Within(0.01));

        [Test]
        public void EveryPairOfColoursOfTheGameCanBeRead()
        {
            foreach ((SkiaSharp.SKColor text, SkiaSharp.SKColor behind) in new[]
            {
                (Colors.Ink, Colors.Parchment), (Colors.Name, Colors.Parchment), (Colors.Ink, Colors.PlayerPaper), (Colors.PlayerName, Colors.PlayerPaper),
                (Colors.PanelText, Colors.Panel), (Colors.PanelDim, Colors.Panel), (Colors.Gold, Colors.Panel),
            })
            {
                Assert.That(Contrast.WorstRatio(text.ToVector(), behind.ToVector()), Is.GreaterThanOrEqualTo(Contrast.Least), $"{text} on {behind}");
            }
        }

        private static Bubble At(int speaker, float left, float top)
        {
            var bubble = new Bubble { Speaker = speaker, Name = "Guest " + speaker, Anchor = new Vector2(left, top), Room = new Box(left, top, 260, 134) };
            bubble.SetText("words", Measure);
            bubble.Settle(Measure);
            return bubble;
        }

        private sealed class WideMeasure : ITextMeasure
        {
            public float LineHeight => 22;

            public float Size => 17;

            public float Advance(char letter) => 30;
        }
    }
}
