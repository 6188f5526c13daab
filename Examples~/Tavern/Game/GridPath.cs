using System;
using System.Collections.Generic;
using System.Numerics;

namespace PrismLM.Tavern.Game
{
    /// <summary>Ways around tables: breadth-first search on a grid, then corners that can be cut are cut.</summary>
    internal sealed class GridPath
    {
        private const int Cell = 16;
        private const int Columns = SceneSize.Width / Cell;
        private const int Rows = SceneSize.Height / Cell;

        private readonly bool[] free = new bool[Columns * Rows];
        private readonly int[] from = new int[Columns * Rows];
        private readonly Queue<int> open = new();

        public GridPath()
        {
            for (int i = 0; i < free.Length; i++)
            {
                free[i] = FloorPlan.IsFree(Middle(i));
            }
        }

        /// <summary>Points to walk through, the last one near the goal; empty when there is no way.</summary>
        public void Find(Vector2 start, Vector2 goal, List<Vector2> way)
        {
            way.Clear();
            int first = NearestFree(start);
            int last = NearestFree(goal);
            Array.Fill(from, -1);
            open.Clear();
            open.Enqueue(first);
            from[first] = first;
            while (open.Count > 0 && from[last] < 0)
            {
                Spread(open.Dequeue());
            }

            if (from[last] < 0)
            {
                return;
            }

            for (int at = last; at != first; at = from[at])
            {
                way.Add(Middle(at));
            }

            way.Reverse();
            CutCorners(start, way);
        }

        private static Vector2 Middle(int cell) => new((cell % Columns + 0.5f) * Cell, (cell / Columns + 0.5f) * Cell);

        private static bool CanSee(Vector2 a, Vector2 b)
        {
            int steps = Math.Max(1, (int)(Vector2.Distance(a, b) / 6));
            for (int i = 0; i <= steps; i++)
            {
                if (!FloorPlan.IsFree(Vector2.Lerp(a, b, (float)i / steps)))
                {
                    return false;
                }
            }

            return true;
        }

        private static void CutCorners(Vector2 start, List<Vector2> way)
        {
            Vector2 here = start;
            for (int i = 0; i < way.Count; i++)
            {
                int far = way.Count - 1;
                while (far > i && !CanSee(here, way[far]))
                {
                    far--;
                }

                way.RemoveRange(i, far - i);
                here = way[i];
            }
        }

        private void Spread(int cell)
        {
            int x = cell % Columns;
            int y = cell / Columns;
            for (int dy = -1; dy <= 1; dy++)
            {
                for (int dx = -1; dx <= 1; dx++)
                {
                    int nx = x + dx;
                    int ny = y + dy;
                    if (nx < 0 || ny < 0 || nx >= Columns || ny >= Rows)
                    {
                        continue;
                    }

                    int next = ny * Columns + nx;
                    bool squeezes = dx != 0 && dy != 0 && !(free[y * Columns + nx] && free[ny * Columns + x]);
                    if (free[next] && !squeezes && from[next] < 0)
                    {
                        from[next] = cell;
                        open.Enqueue(next);
                    }
                }
            }
        }

        private int NearestFree(Vector2 at)
        {
            int best = 0;
            float least = float.MaxValue;
            for (int i = 0; i < free.Length; i++)
            {
                float distance = Vector2.DistanceSquared(at, Middle(i));
                if (free[i] && distance < least)
                {
                    best = i;
                    least = distance;
                }
            }

            return best;
        }
    }
}
