using System;
using System.Collections.Generic;
using System.Numerics;
using PrismLM.Tavern.Painting;

namespace PrismLM.Tavern.Game
{
    /// <summary>Legs: where somebody is, where he goes, where he looks.</summary>
    internal sealed class Walker
    {
        private readonly List<Vector2> way = new();
        private int next;

        public Walker(Vector2 position)
        {
            Position = position;
        }

        /// <summary>Of the feet.</summary>
        public Vector2 Position { get; private set; }

        public Facing Facing { get; private set; }

        /// <summary>Pixels a second.</summary>
        public float Speed { get; set; } = 70;

        public bool IsMoving { get; private set; }

        /// <summary>Walked so far, in pixels: the beat of the steps.</summary>
        public float Walked { get; private set; }

        public bool HasWay => next < way.Count;

        public void Go(GridPath paths, Vector2 goal)
        {
            paths.Find(Position, goal, way);
            next = 0;
        }

        public void Stop() => next = way.Count;

        public void Look(Vector2 at)
        {
            Vector2 to = at - Position;
            if (to.LengthSquared() > 1)
            {
                Facing = MathF.Abs(to.X) > MathF.Abs(to.Y) * 0.9f ? (to.X < 0 ? Facing.Left : Facing.Right) : to.Y < 0 ? Facing.Up : Facing.Down;
            }
        }

        /// <summary>Along the way.</summary>
        public void Update(float seconds)
        {
            IsMoving = HasWay;
            float left = Speed * seconds;
            while (HasWay && left > 0)
            {
                Vector2 to = way[next] - Position;
                float distance = to.Length();
                if (distance <= left)
                {
                    Move(to);
                    left -= distance;
                    next++;
                }
                else
                {
                    Look(way[next]);
                    Move(to * (left / distance));
                    left = 0;
                }
            }
        }

        /// <summary>Where the player's keys say, sliding along what is in the way.</summary>
        public void Steer(Vector2 direction, float seconds)
        {
            IsMoving = direction != Vector2.Zero;
            if (!IsMoving)
            {
                return;
            }

            Stop();
            Look(Position + direction * 100);
            Vector2 step = Vector2.Normalize(direction) * Speed * seconds;
            foreach (Vector2 tried in new[] { step, new Vector2(step.X, 0), new Vector2(0, step.Y) })
            {
                if (tried != Vector2.Zero && FloorPlan.IsFree(Position + tried))
                {
                    Move(tried);
                    return;
                }
            }
        }

        private void Move(Vector2 by)
        {
            Position += by;
            Walked += by.Length();
        }
    }
}
