using System;
using System.Collections.Generic;
using System.Numerics;
using PrismLM.Tavern.Game;
using PrismLM.Tavern.Layout;
using PrismLM.Tavern.Painting;
using PrismLM.Tavern.Rendering;

namespace PrismLM.Tavern.Scene
{
    /// <summary>People and furniture, the farther behind the nearer.</summary>
    internal sealed class PeopleDrawer
    {
        private const float StepLength = 24;

        private static readonly Vector4 Shadow = new(0.04f, 0.015f, 0, 0.42f);
        private static readonly Vector4 Boot = new(0.16f, 0.09f, 0.05f, 1);

        private readonly Art art;
        private readonly List<(float Depth, int Order)> order = new();

        public PeopleDrawer(Art art)
        {
            this.art = art;
        }

        public void Draw(QuadBatch batch, TavernWorld world, double time)
        {
            order.Clear();
            for (int i = 0; i < FloorPlan.Props.Count; i++)
            {
                order.Add((FloorPlan.Props[i].Foot.Y, i));
            }

            int people = FloorPlan.Props.Count;
            for (int i = 0; i < world.Villagers.Count; i++)
            {
                order.Add((world.Villagers[i].Walker.Position.Y, people + i));
            }

            order.Add((world.Player.Walker.Position.Y, people + world.Villagers.Count));
            order.Sort(static (left, right) => left.Depth != right.Depth ? left.Depth.CompareTo(right.Depth) : left.Order.CompareTo(right.Order));
            Ring(batch, world, time);
            foreach ((float _, int which) in order)
            {
                if (which < people)
                {
                    Furniture(batch, FloorPlan.Props[which]);
                }
                else if (which < people + world.Villagers.Count)
                {
                    Villager villager = world.Villagers[which - people];
                    Person(batch, villager.Walker, art.Person(villager.Look), time + villager.Index * 0.7, villager.IsTalking);
                    if (villager.Speech is { IsThinking: true })
                    {
                        Dots(batch, villager.Walker.Position + new Vector2(0, -98), time);
                    }
                }
                else
                {
                    Person(batch, world.Player.Walker, art.Person(Look.Player), time, world.Player.HasBubble);
                }
            }
        }

        private static void Ring(QuadBatch batch, TavernWorld world, double time)
        {
            if (world.InReach() is not Villager near)
            {
                return;
            }

            float pulse = 1 + 0.06f * MathF.Sin((float)time * 4);
            batch.Glow(near.Walker.Position, new Vector2(46, 24) * pulse, new Vector3(0.55f, 0.38f, 0.12f));
        }

        private void Furniture(QuadBatch batch, Prop prop)
        {
            Sprite sprite = art.Props[prop.Kind];
            batch.Sheet(new Box(prop.Foot.X - sprite.Size.X / 2, prop.Foot.Y + 4 - sprite.Size.Y, sprite.Size.X, sprite.Size.Y), sprite.Uv, Vector4.One);
        }

        private static void Person(QuadBatch batch, Walker walker, PersonSprites sprites, double time, bool talks)
        {
            Vector2 at = walker.Position;
            float beat = walker.Walked / StepLength * MathF.PI;
            float lift = walker.IsMoving ? MathF.Abs(MathF.Sin(beat)) * 3.2f : MathF.Sin((float)time * 2.1f) * 0.7f + 0.7f;
            float tilt = walker.IsMoving ? MathF.Sin(beat) * 0.035f : talks ? MathF.Sin((float)time * 5) * 0.02f : 0;
            batch.Shape(new Box(at.X - 21, at.Y - 8, 42, 15), Shadow, 8, 6);
            bool sideways = walker.Facing is Facing.Left or Facing.Right;
            for (int foot = -1; foot <= 1; foot += 2)
            {
                float swing = walker.IsMoving ? MathF.Sin(beat) * foot : 0;
                var centre = new Vector2(at.X + (sideways ? swing * 8 : foot * 7.5f), at.Y - 4 - (walker.IsMoving ? MathF.Max(0, swing) * 3 : 0));
                batch.Shape(new Box(centre.X - 5.5f, centre.Y - 5, 11, 9), Boot, 4.5f);
            }

            Sprite sprite = sprites.For(walker.Facing);
            batch.Sheet(new Box(at.X - sprite.Size.X / 2, at.Y + 1 - lift - sprite.Size.Y, sprite.Size.X, sprite.Size.Y), sprite.Uv, Vector4.One, tilt);
        }

        private static void Dots(QuadBatch batch, Vector2 at, double time)
        {
            batch.Shape(new Box(at.X - 21, at.Y - 10, 42, 20), Colors.Parchment.ToVector(0.94f), 10);
            for (int i = 0; i < 3; i++)
            {
                float up = MathF.Max(0, MathF.Sin((float)time * 6 - i * 0.9f)) * 3;
                batch.Shape(Box.Around(new Vector2(at.X + (i - 1) * 11, at.Y - up), new Vector2(6, 6)), Colors.Name.ToVector(), 3);
            }
        }
    }
}
