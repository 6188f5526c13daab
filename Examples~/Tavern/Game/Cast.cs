using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PrismLM.Core.Prompting;
using PrismLM.Dialogue;

namespace PrismLM.Tavern.Game
{
    /// <summary>Who is in the tavern: eight persona files, and as many guests as are asked for.</summary>
    internal static class Cast
    {
        private static readonly string[] Files = { "innkeeper", "smith", "guard", "herbalist", "minstrel", "fisher", "hunter", "miller" };

        private static readonly string[] Guests =
        {
            "Alda", "Benno", "Cedric", "Dorin", "Edda", "Falk", "Gisla", "Hob", "Ivo", "Jorun", "Kester", "Lina", "Milo", "Nessa", "Otho", "Petra", "Quill", "Rosa", "Sten", "Tilda", "Ulf", "Vera", "Wim", "Yrsa",
        };

        private static readonly string[] Trades = { "carter", "weaver", "tailor", "shepherd", "mason", "baker", "cooper", "brewer" };

        public static IReadOnlyList<string> Questions { get; } = new[]
        {
            "Have you heard any rumours?", "What do you sell?", "Where do you live?", "What is your trade?", "Do you have any family?", "How do you feel today?",
            "Is there something I can do for you?", "Good evening. What is your name?",
        };

        public static int Most => Files.Length + Guests.Length;

        public static IReadOnlyList<NpcPersona> Load(int count)
        {
            string folder = Path.Combine(AppContext.BaseDirectory, "Personas");
            List<NpcPersona> personas = Files.Take(count).Select(file => NpcPersona.Load(Path.Combine(folder, file + ".json"))).ToList();
            for (int i = 0; personas.Count < count; i++)
            {
                PersonaFacts facts = personas[i % Files.Length].Facts;
                personas.Add(new NpcPersona(facts with { Name = Guests[i], Trade = Trades[i % Trades.Length], Actions = Array.Empty<string>() }));
            }

            return personas;
        }
    }
}
