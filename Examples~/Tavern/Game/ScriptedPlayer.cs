using System;
using System.Collections.Generic;
using System.Numerics;

namespace PrismLM.Tavern.Game
{
    /// <summary>A player who needs no keyboard: walks up to one NPC after the other, types a question, and reads the answer.</summary>
    internal sealed class ScriptedPlayer
    {
        private const double LettersPerSecond = 26;
        private const double Patience = 12;

        private readonly TavernWorld world;
        private readonly HashSet<int> visited = new();
        private Villager? goal;
        private string line = "";
        private int questions;
        private double letters;
        private double waited;
        private bool asked;

        public ScriptedPlayer(TavernWorld world)
        {
            this.world = world;
        }

        /// <summary>Questions that were answered to the last word.</summary>
        public int Answered { get; private set; }

        public void Update(double seconds)
        {
            Player player = world.Player;
            if (goal == null)
            {
                Choose(player);
                return;
            }

            if (asked)
            {
                waited += seconds;
                if (!goal.IsTalking || waited > Patience)
                {
                    Answered += goal.IsTalking ? 0 : 1;
                    goal = null;
                }

                return;
            }

            if (player.IsTyping)
            {
                Type(player, seconds);
            }
            else if (Vector2.Distance(player.Walker.Position, goal.Walker.Position) < TavernWorld.TalkDistance)
            {
                player.Walker.Stop();
                Arrive(player, goal);
            }
            else
            {
                waited += seconds;
                if (!player.Walker.HasWay || waited > 1)
                {
                    waited = 0;
                    player.Walker.Go(world.Paths, goal.Walker.Position + new Vector2(0, 44));
                }
            }
        }

        private void Choose(Player player)
        {
            if (visited.Count == world.Villagers.Count)
            {
                visited.Clear();
            }

            float nearest = float.MaxValue;
            foreach (Villager villager in world.Villagers)
            {
                float distance = Vector2.Distance(player.Walker.Position, villager.Walker.Position);
                if (villager.Speech != null && villager.IsFree && !visited.Contains(villager.Index) && distance < nearest)
                {
                    nearest = distance;
                    goal = villager;
                }
            }

            if (goal != null)
            {
                visited.Add(goal.Index);
                line = Cast.Questions[questions++ % Cast.Questions.Count];
                letters = waited = 0;
                asked = false;
            }
        }

        private void Arrive(Player player, Villager villager)
        {
            if (!villager.IsFree)
            {
                goal = null;
                return;
            }

            villager.Face(player.Walker.Position, 0.5);
            player.BeginTyping(villager);
        }

        private void Type(Player player, double seconds)
        {
            int before = (int)letters;
            letters = Math.Min(letters + seconds * LettersPerSecond, line.Length);
            player.Type(line[before..(int)letters]);
            goal!.Face(player.Walker.Position, 0.5);
            if ((int)letters == line.Length)
            {
                asked = player.Send();
                waited = 0;
            }
        }
    }
}
