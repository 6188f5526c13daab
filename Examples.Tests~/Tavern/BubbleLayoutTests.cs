using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using NUnit.Framework;
using PrismLM.Tavern;
using PrismLM.Tavern.Game;
using PrismLM.Tavern.Layout;
using PrismLM.Tavern.Scene;

namespace PrismLM.Examples.Tests.Tavern
{
    /// <summary>Rectangles at 1280 x 720.</summary>
    public sealed class BubbleLayoutTests
    {
        private const string Long = "The iron comes from the hills near Harrowdeep, and the miller buried a chest of silver under the old bridge, as everybody in the village of Orrinmoor will tell you for a mug of cider.";

        private static readonly Box[] Nobody = Array.Empty<Box>();
        private static readonly FixedMeasure Measure = new();
        private static readonly Box Screen = new(0, 0, SceneSize.Width, SceneSize.Height);

        [Test]
        public void EightWhoSpeakAtOnceAllGetARoom()
        {
            List<Bubble> bubbles = FloorPlan.Spots.Where((_, i) => i % 4 == 0).Select((spot, i) => Speaking(i, spot - new Vector2(0, 84), Long)).ToList();
            Layout().Place(bubbles, Nobody);
            Assert.That(bubbles.Select(bubble => bubble.Room), Has.None.Null);
            CheckRules(bubbles);
        }

        [TestCase(1)]
        [TestCase(2)]
        [TestCase(3)]
        public void NothingOverlapsOrLeavesTheScreenWhoeverSpeaksWhereAndWhen(int seed)
        {
            var random = new Random(seed);
            BubbleLayout layout = Layout();
            var bubbles = new List<Bubble>();
            for (int frame = 0; frame < 400; frame++)
            {
                if (bubbles.Count < 32 && random.Next(3) == 0)
                {
                    int speaker = Enumerable.Range(0, 64).First(i => bubbles.All(bubble => bubble.Speaker != i));
                    bubbles.Add(Speaking(speaker, new Vector2(random.Next(0, 1281), random.Next(0, 721)), ""));
                }

                bubbles.RemoveAll(_ => random.Next(60) == 0);
                foreach (Bubble bubble in bubbles)
                {
                    bubble.Anchor += new Vector2(random.Next(-3, 4), random.Next(-3, 4));
                    bubble.SetText(Long[..random.Next(bubble.Text.Length, Long.Length + 1)], Measure);
                    bubble.Rank = random.Next(5);
                }

                layout.Place(bubbles, Nobody);
                CheckRules(bubbles);
            }
        }

        [Test]
        public void ABubbleKeepsItsPlaceWhileItsTextGrows()
        {
            Bubble bubble = Speaking(0, new Vector2(640, 400), "");
            BubbleLayout layout = Layout();
            layout.Place(new[] { bubble }, Nobody);
            Box? first = bubble.Room;
            for (int length = 0; length <= Long.Length; length++)
            {
                bubble.SetText(Long[..length], Measure);
                layout.Place(new[] { bubble }, Nobody);
                Assert.That(bubble.Room, Is.EqualTo(first));
                Assert.That(bubble.Drawn.Bottom, Is.EqualTo(first!.Value.Bottom), "it stays at the speaker's head and grows away from it");
            }
        }

        [Test]
        public void WhoeverHasBegunKeepsHisPlaceAgainstMoreImportantOnes()
        {
            Bubble first = Speaking(0, new Vector2(640, 400), Long);
            Bubble second = Speaking(1, new Vector2(642, 402), Long);
            first.Rank = 5;
            BubbleLayout layout = Layout();
            layout.Place(new[] { first }, Nobody);
            Box? place = first.Room;
            layout.Place(new[] { second, first }, Nobody);
            Assert.That(first.Room, Is.EqualTo(place));
            Assert.That(second.Room, Is.Not.Null);
            CheckRules(new[] { first, second });
        }

        [Test]
        public void TheMoreImportantOneGetsTheBetterPlace()
        {
            Bubble near = Speaking(0, new Vector2(640, 400), Long);
            Bubble far = Speaking(1, new Vector2(640, 400), Long);
            near.Rank = 0;
            far.Rank = 9;
            Layout().Place(new[] { far, near }, Nobody);
            Assert.That(BubbleLayout.Distance(near.Room!.Value, near.Anchor), Is.LessThanOrEqualTo(BubbleLayout.Distance(far.Room!.Value, far.Anchor)));
            Assert.That(near.Room.Value.Bottom, Is.LessThanOrEqualTo(400), "above the head");
        }

        [Test]
        public void ABubbleDoesNotCoverTheOneItAnswers()
        {
            var speaker = new Box(618, 404, 44, 78);
            var listener = new Box(618, 300, 44, 78);
            Bubble bubble = Speaking(0, new Vector2(640, 400), Long);
            Layout().Place(new[] { bubble }, new[] { speaker, listener });
            Assert.That(bubble.Room!.Value.Overlaps(speaker) || bubble.Room.Value.Overlaps(listener), Is.False);
        }

        [Test]
        public void WhereThereIsNoRoomABubbleWaits()
        {
            List<Bubble> crowd = Enumerable.Range(0, 32).Select(i => Speaking(i, new Vector2(640, 360), Long)).ToList();
            Layout().Place(crowd, Nobody);
            Assert.That(crowd.Count(bubble => bubble.Room == null), Is.GreaterThan(0));
            CheckRules(crowd);
        }

        private static Bubble Speaking(int speaker, Vector2 anchor, string text)
        {
            var bubble = new Bubble { Speaker = speaker, Name = "Guest " + speaker, Anchor = anchor };
            bubble.SetText(text, Measure);
            return bubble;
        }

        private static BubbleLayout Layout() => new(Screen, SceneDrawer.Panels, Measure);

        private static void CheckRules(IReadOnlyList<Bubble> bubbles)
        {
            var rules = new LayoutRules(Screen);
            rules.Check(bubbles, SceneDrawer.Panels, Array.Empty<DrawnText>());
            Assert.That(rules.Broken, Is.Empty);
        }
    }
}
