using System.Collections.Generic;
using System.Numerics;
using PrismLM.Tavern.Layout;

namespace PrismLM.Tavern.Game
{
    /// <summary>What a thing in the room is.</summary>
    internal enum PropKind
    {
        RoundTable,
        LongTable,
        Stool,
        Barrel,
        Crate,
        Counter,
        Plant,
    }

    /// <summary>A thing in the room.</summary>
    /// <param name="Kind">What.</param>
    /// <param name="Foot">The middle of its lower edge: what stands lower is drawn over it.</param>
    /// <param name="Blocks">The floor it stands on.</param>
    internal readonly record struct Prop(PropKind Kind, Vector2 Foot, Box Blocks);

    /// <summary>Where things stand, and where people may walk.</summary>
    internal static class FloorPlan
    {
        /// <summary>The wall at the back ends here.</summary>
        public const float WallBottom = 128;

        public static readonly Box Walkable = new(48, 176, 1184, 508);
        public static readonly Box Hearth = new(520, 20, 200, 132);
        public static readonly Vector2 Fire = new(620, 118);
        public static readonly Vector2 Door = new(640, 690);

        public static readonly IReadOnlyList<Prop> Props = new[]
        {
            Round(236, 322), Round(196, 566), Round(1010, 482), Round(846, 632),
            Long(560, 500),
            Stool(160, 330), Stool(312, 330), Stool(236, 366), Stool(120, 574), Stool(272, 574), Stool(934, 490), Stool(1086, 490), Stool(1010, 530),
            Stool(770, 640), Stool(922, 640),
            Stool(880, 292), Stool(960, 292), Stool(1040, 292), Stool(1120, 292),
            Thing(PropKind.Barrel, 74, 190, 44, 20), Thing(PropKind.Barrel, 122, 180, 44, 20), Thing(PropKind.Barrel, 96, 214, 44, 20),
            Thing(PropKind.Crate, 1196, 640, 58, 30), Thing(PropKind.Crate, 1150, 664, 58, 30), Thing(PropKind.Plant, 452, 190, 34, 14), Thing(PropKind.Plant, 1210, 330, 34, 14),
            new Prop(PropKind.Counter, new Vector2(1010, 262), new Box(826, 196, 368, 66)),
        };

        /// <summary>Where somebody likes to stand, and where he looks from there.</summary>
        public static readonly IReadOnlyList<Vector2> Spots = new Vector2[]
        {
            new(1010, 183), new(420, 236), new(344, 268), new(128, 262), new(720, 214), new(560, 236), new(896, 340), new(1126, 344),
            new(400, 400), new(716, 400), new(760, 470), new(420, 520), new(330, 440), new(90, 470), new(310, 640), new(460, 620),
            new(650, 640), new(1000, 600), new(1086, 560), new(1180, 450), new(880, 420), new(640, 330), new(780, 300), new(480, 330),
            new(98, 390), new(720, 570), new(560, 580), new(930, 560), new(1190, 560), new(400, 668), new(1060, 668), new(90, 660),
        };

        public static bool IsFree(Vector2 at)
        {
            if (!Walkable.Contains(at))
            {
                return false;
            }

            foreach (Prop prop in Props)
            {
                if (prop.Kind != PropKind.Stool && prop.Blocks.Grown(10).Contains(at))
                {
                    return false;
                }
            }

            return true;
        }

        private static Prop Round(float x, float y) => new(PropKind.RoundTable, new Vector2(x, y), new Box(x - 54, y - 66, 108, 64));

        private static Prop Long(float x, float y) => new(PropKind.LongTable, new Vector2(x, y), new Box(x - 110, y - 70, 220, 68));

        private static Prop Stool(float x, float y) => new(PropKind.Stool, new Vector2(x, y), new Box(x - 12, y - 12, 24, 12));

        private static Prop Thing(PropKind kind, float x, float y, float width, float depth) => new(kind, new Vector2(x, y), new Box(x - width / 2, y - depth, width, depth));
    }
}
