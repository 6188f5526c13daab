using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using NUnit.Framework;
using PrismLM.Tavern.Game;

namespace PrismLM.Examples.Tests.Tavern
{
    public sealed class FloorPlanTests
    {
        [Test]
        public void ThereIsASpotForEveryGuest()
        {
            Assert.That(FloorPlan.Spots, Has.Count.GreaterThanOrEqualTo(Cast.Most));
            Assert.That(FloorPlan.Spots.Where(spot => !FloorPlan.IsFree(spot)), Is.Empty, "nobody stands inside a table");
        }

        [Test]
        public void EverybodyCanWalkToEverySpotAndThroughNoTable()
        {
            var paths = new GridPath();
            var way = new List<Vector2>();
            foreach (Vector2 spot in FloorPlan.Spots)
            {
                var walker = new Walker(FloorPlan.Spots[5]) { Speed = 90 };
                paths.Find(walker.Position, spot, way);
                Assert.That(way.Count > 0 || Vector2.Distance(walker.Position, spot) < 24, Is.True, $"a way to {spot}");
                walker.Go(paths, spot);
                for (int frame = 0; frame < 3000 && walker.HasWay; frame++)
                {
                    walker.Update(1 / 60f);
                    Assert.That(FloorPlan.Props.Where(prop => prop.Kind != PropKind.Stool && prop.Blocks.Contains(walker.Position)), Is.Empty, $"on the way to {spot}");
                }

                Assert.That(Vector2.Distance(walker.Position, spot), Is.LessThan(24), $"arrives at {spot}");
            }
        }

        [Test]
        public void ThePlayerSlidesAlongTables()
        {
            var walker = new Walker(new Vector2(560, 520)) { Speed = 165 };
            for (int frame = 0; frame < 60; frame++)
            {
                walker.Steer(new Vector2(0.3f, -1), 1 / 60f);
                Assert.That(FloorPlan.IsFree(walker.Position), Is.True);
            }

            Assert.That(walker.Position.X, Is.GreaterThan(570));
        }

        [Test]
        public void PersonasOfTheExampleLoad()
        {
            Assert.That(Cast.Load(Cast.Most).Select(persona => persona.DisplayName).ToArray(), Is.Unique.And.Length.EqualTo(32));
            Assert.That(Cast.Load(8).Select(persona => persona.Facts.Trade), Has.None.Null);
        }
    }
}
