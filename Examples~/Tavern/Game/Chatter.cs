using System;
using System.Numerics;

namespace PrismLM.Tavern.Game
{
    /// <summary>Talk among the guests: one asks his neighbour something, the neighbour answers.</summary>
    internal sealed class Chatter
    {
        private const float Earshot = 190;

        private readonly TavernWorld world;
        private readonly Random random;
        private double pause = 0.3;

        public Chatter(TavernWorld world, int seed)
        {
            this.world = world;
            random = new Random(seed);
        }

        /// <summary>How many talk at the same time.</summary>
        public int Talkers { get; set; }

        /// <summary>For measuring: whose reply is written begins the next at once, and nobody needs a neighbour.</summary>
        public bool WithoutPause { get; set; }

        public void Update(double seconds)
        {
            pause -= seconds;
            if (pause > 0 && !WithoutPause)
            {
                return;
            }

            int talking = 0;
            foreach (Villager villager in world.Villagers)
            {
                talking += IsActive(villager) ? 1 : 0;
            }

            if (WithoutPause)
            {
                for (int i = 0; i < world.Villagers.Count && talking < Talkers; i++)
                {
                    Villager villager = world.Villagers[i];
                    if (villager.Speech != null && !IsActive(villager))
                    {
                        villager.Speech.Ask(Question());
                        talking++;
                    }
                }

                return;
            }

            if (talking < Talkers && StartOne())
            {
                pause = 0.5 + random.NextDouble() * 0.7;
            }
        }

        /// <summary>When measuring, only the model's time counts, not the reader's.</summary>
        private bool IsActive(Villager villager) => villager.IsTalking && !(WithoutPause && villager.Speech!.IsWritten);

        private bool StartOne()
        {
            int first = random.Next(world.Villagers.Count);
            for (int i = 0; i < world.Villagers.Count; i++)
            {
                Villager speaker = world.Villagers[(first + i) % world.Villagers.Count];
                if (speaker.Speech == null || !speaker.IsFree || speaker.Partner != null)
                {
                    continue;
                }

                if (Neighbour(speaker) is Villager other)
                {
                    string question = Question();
                    other.Say(question, 2.6);
                    other.Face(speaker.Walker.Position, 2.6);
                    speaker.Face(other.Walker.Position, 2.6);
                    speaker.Speech.Ask(question);
                    return true;
                }
            }

            return false;
        }

        private Villager? Neighbour(Villager of)
        {
            Villager? nearest = null;
            float least = Earshot;
            foreach (Villager other in world.Villagers)
            {
                float distance = Vector2.Distance(of.Walker.Position, other.Walker.Position);
                if (other != of && other.IsFree && other.Partner == null && distance < least)
                {
                    least = distance;
                    nearest = other;
                }
            }

            return nearest;
        }

        private string Question() => Cast.Questions[random.Next(Cast.Questions.Count)];
    }
}
