using System.Collections.Generic;
using System.IO;
using PrismLM.Core.Generation;
using PrismLM.Dialogue;
using PrismLM.Hosting;

namespace PrismLM.Cli.Demo
{
    /// <summary>Who stands on the stage, and what they are asked.</summary>
    internal static class DemoCast
    {
        private static readonly (string File, string[] Lines)[] Npcs =
        {
            ("smith.json", new[] { "Good day. What is your name?", "What do you sell?", "Have you heard any rumours?" }),
            ("innkeeper.json", new[] { "Hello there. Where are we?", "Do you have any family?", "Is there something I can do for you?" }),
            ("guard.json", new[] { "What is your trade?", "How do you feel today?", "Please open the gate." }),
        };

        private static readonly string[] Stories = { "Once upon a time", "One day, Tom saw a big dog", "Lily and her mom" };

        public static IReadOnlyList<DemoActor> Create(PrismRuntime runtime, uint seed)
        {
            var actors = new List<DemoActor>();
            if (!runtime.KnowsDialogue)
            {
                var sampling = new SamplingOptions { Temperature = 0.7f, Seed = seed };
                foreach (string story in Stories)
                {
                    actors.Add(DemoActor.Telling(runtime, text => Prompt(runtime, text), "story " + (actors.Count + 1), sampling, (uint)actors.Count, story));
                }

                return actors;
            }

            foreach ((string file, string[] lines) in Npcs)
            {
                Npc npc = runtime.CreateNpc(NpcPersona.Load(Path.Combine(PersonaFolder, file)));
                npc.Sampling = Npc.DefaultSampling with { Seed = seed };
                actors.Add(DemoActor.Talking(npc, $"{npc.Persona.DisplayName}, {npc.Persona.Facts.Trade} of {npc.Persona.Facts.Place}", lines));
            }

            return actors;
        }

        public static string PersonaFolder => RepositoryRoot.Combine("Samples~", "Tavern", "Personas");

        private static int[] Prompt(PrismRuntime runtime, string text)
        {
            int[] words = runtime.Tokenizer.Encode(text);
            int bos = runtime.Checkpoint.Config.Special.Bos;
            var tokens = new List<int>(words.Length + 1);
            if (bos >= 0)
            {
                tokens.Add(bos);
            }

            tokens.AddRange(words);
            return tokens.ToArray();
        }
    }
}
