using System;
using System.Collections.Generic;
using System.Numerics;

namespace PrismLM.Tavern.Layout
{
    /// <summary>
    /// Gives every bubble a room that overlaps no other room, no panel and no edge of the screen. A bubble keeps its room as long as that is so; a new one gets the
    /// free room nearest to its speaker, and none when there is none: the words then wait.
    /// </summary>
    internal sealed class BubbleLayout
    {
        private const float Margin = 6;
        private const int Rings = 14;
        private const float RingStep = 26;
        private const int Directions = 16;

        /// <summary>Farther from its speaker a bubble would be nobody's.</summary>
        private const float Farthest = 300;

        private readonly Box screen;
        private readonly IReadOnlyList<Box> panels;
        private readonly ITextMeasure measure;
        private readonly List<Box> taken = new();
        private readonly List<Bubble> order = new();
        private IReadOnlyList<Box> bodies = Array.Empty<Box>();

        /// <param name="screen">In pixels.</param>
        /// <param name="panels">Where no bubble may be.</param>
        /// <param name="measure">Of the bubbles' letters.</param>
        public BubbleLayout(Box screen, IReadOnlyList<Box> panels, ITextMeasure measure)
        {
            this.screen = screen.Grown(-Margin);
            this.panels = panels;
            this.measure = measure;
        }

        /// <param name="bubbles">Those that want to be seen.</param>
        /// <param name="people">Bodies that are better not covered.</param>
        public void Place(IEnumerable<Bubble> bubbles, IReadOnlyList<Box> people)
        {
            bodies = people;
            taken.Clear();
            taken.AddRange(panels);
            order.Clear();
            order.AddRange(bubbles);
            order.Sort(static (left, right) => left.Rank != right.Rank ? left.Rank.CompareTo(right.Rank) : left.Speaker.CompareTo(right.Speaker));
            foreach (Bubble bubble in order)
            {
                // Who has begun to speak keeps his place.
                if (bubble.Room is Box room && IsFree(room) && Distance(room, bubble.Anchor) <= Farthest + RingStep)
                {
                    taken.Add(room.Grown(Margin));
                }
                else
                {
                    bubble.Room = null;
                }
            }

            foreach (Bubble bubble in order)
            {
                if (bubble.Room == null && Find(bubble) is Box found)
                {
                    bubble.Room = found;
                    taken.Add(found.Grown(Margin));
                }

                bubble.Settle(measure);
            }
        }

        /// <summary>Distance of a room's nearest point from the speaker.</summary>
        public static float Distance(Box room, Vector2 anchor) =>
            Vector2.Distance(anchor, new Vector2(Math.Clamp(anchor.X, room.Left, room.Right), Math.Clamp(anchor.Y, room.Top, room.Bottom)));

        private Box? Find(Bubble bubble)
        {
            Vector2 anchor = bubble.Anchor;
            Vector2 size = bubble.RoomSize(measure);
            Vector2 home = anchor - new Vector2(0, Bubble.TailLength + size.Y / 2);
            Box? best = null;
            float least = float.MaxValue;
            for (int ring = 0; ring <= Rings; ring++)
            {
                if (best != null && ring * RingStep > least)
                {
                    break;
                }

                for (int i = 0; i < (ring == 0 ? 1 : Directions); i++)
                {
                    float angle = -MathF.PI / 2 + i * MathF.Tau / Directions;
                    var shift = new Vector2(MathF.Cos(angle) * 1.6f, MathF.Sin(angle)) * ring * RingStep;
                    Box room = Box.Around(home + shift, size).Inside(screen);
                    float cost = Cost(room, home, anchor);
                    if (cost < least && IsFree(room))
                    {
                        best = room;
                        least = cost;
                    }
                }
            }

            return best is Box found && Distance(found, anchor) <= Farthest ? best : null;
        }

        /// <summary>Near its usual place, and over as few people as can be: least of all over the speaker.</summary>
        private float Cost(Box room, Vector2 home, Vector2 anchor)
        {
            float cost = Vector2.Distance(room.Centre, home);
            foreach (Box body in bodies)
            {
                if (room.Overlaps(body))
                {
                    cost += body.Contains(anchor + new Vector2(0, 40)) ? 320 : 200;
                }
            }

            return cost;
        }

        private bool IsFree(Box room)
        {
            if (!screen.Contains(room))
            {
                return false;
            }

            foreach (Box box in taken)
            {
                if (box.Overlaps(room))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
