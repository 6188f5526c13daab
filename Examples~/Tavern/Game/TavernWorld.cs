using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using PrismLM.Core.Generation;
using PrismLM.Dialogue;
using PrismLM.Hosting;
using PrismLM.Tavern.Layout;

namespace PrismLM.Tavern.Game
{
    /// <summary>Everything that lives in the room, without a pixel.</summary>
    internal sealed class TavernWorld
    {
        public const float TalkDistance = 92;

        private readonly Random random;
        private readonly List<Villager> villagers = new();
        private readonly List<Bubble> bubbles = new();
        private readonly List<Box> bodies = new();
        private readonly ITextMeasure measure;

        public TavernWorld(IReadOnlyList<NpcPersona> personas, ITextMeasure measure, int seed)
        {
            this.measure = measure;
            Personas = personas;
            random = new Random(seed);
            Chatter = new Chatter(this, seed + 1);
            for (int i = 0; i < personas.Count; i++)
            {
                string name = personas[i].DisplayName;
                villagers.Add(new Villager(i, name, personas[i].Facts.Trade ?? "guest", Look.For(name, i), FloorPlan.Spots[i]) { Rest = 1 + random.NextDouble() * 5 });
            }

            // The host stays behind her counter, and the herbalist is met near the door.
            villagers[0].Rest = double.PositiveInfinity;
        }

        public IReadOnlyList<NpcPersona> Personas { get; }

        public IReadOnlyList<Villager> Villagers => villagers;

        public Player Player { get; } = new();

        public Chatter Chatter { get; }

        public GridPath Paths { get; } = new();

        /// <summary>Bubbles that want to be seen, this frame.</summary>
        public IReadOnlyList<Bubble> Bubbles => bubbles;

        /// <summary>Where people stand in the picture.</summary>
        public IReadOnlyList<Box> Bodies => bodies;

        /// <summary>Replies that were written to their end.</summary>
        public int Replies => villagers.Sum(static villager => villager.Speech?.Written ?? 0);

        /// <summary>Replies that ended badly, with their reason.</summary>
        public HashSet<string> Failures { get; } = new(StringComparer.Ordinal);

        /// <summary>The model has come: from now on people talk.</summary>
        public void GiveVoices(PrismRuntime prism)
        {
            for (int i = 0; i < villagers.Count; i++)
            {
                Npc npc = prism.CreateNpc(Personas[i]);
                npc.Sampling = new SamplingOptions { Temperature = 0.3f, Seed = 7 };
                npc.MaxReplyTokens = 60;
                villagers[i].Speech = new Speech(npc);
            }
        }

        /// <summary>The NPC that the player would talk to.</summary>
        public Villager? InReach()
        {
            Villager? nearest = null;
            float least = TalkDistance;
            foreach (Villager villager in villagers)
            {
                float distance = Vector2.Distance(villager.Walker.Position, Player.Walker.Position);
                if (distance < least)
                {
                    least = distance;
                    nearest = villager;
                }
            }

            return nearest;
        }

        public void Update(double seconds)
        {
            Chatter.Update(seconds);
            foreach (Villager villager in villagers)
            {
                Wander(villager, seconds);
                villager.Update(seconds, measure);
                if (villager.Speech is { Reason: FinishReason.Failed } failed)
                {
                    Failures.Add($"{villager.Name}: {failed.Error}");
                }
            }

            Player.Update(seconds, measure);
            Collect();
        }

        private void Wander(Villager villager, double seconds)
        {
            if (!villager.IsFree || villager.Partner != null || villager.Walker.HasWay)
            {
                return;
            }

            villager.Rest -= seconds;
            if (villager.Rest > 0)
            {
                return;
            }

            villager.Rest = 2.5 + random.NextDouble() * 6;
            Vector2 goal = FloorPlan.Spots[1 + random.Next(FloorPlan.Spots.Count - 1)];
            foreach (Villager other in villagers)
            {
                if (other != villager && Vector2.Distance(other.Walker.Position, goal) < 60)
                {
                    return;
                }
            }

            villager.Walker.Go(Paths, goal);
        }

        private void Collect()
        {
            bubbles.Clear();
            bodies.Clear();
            bodies.Add(Body(Player.Walker.Position));
            if (Player.HasBubble)
            {
                Player.Bubble.Rank = -1;
                bubbles.Add(Player.Bubble);
            }

            foreach (Villager villager in villagers)
            {
                bodies.Add(Body(villager.Walker.Position));
                if (villager.HasBubble)
                {
                    // Who talks with the player comes first, then who is near.
                    villager.Bubble.Rank = villager == Player.Partner ? 0 : Vector2.Distance(villager.Walker.Position, Player.Walker.Position);
                    bubbles.Add(villager.Bubble);
                }
            }
        }

        private static Box Body(Vector2 feet) => new(feet.X - 22, feet.Y - 80, 44, 78);
    }
}
