using System;
using System.Globalization;
using System.IO;
using PrismLM.Tavern.Game;

namespace PrismLM.Tavern
{
    /// <summary>What the command line says.</summary>
    internal sealed record TavernOptions
    {
        public const string Help = """
            prism tavern: a tavern whose guests talk, in a window.

              --script            a scripted player instead of the keyboard; every frame is 1/60 s; exit code 1 when a layout rule breaks
              --frames N          end after N frames
              --npcs N            how many guests, 1 to 32 (10)
              --budget MS         device time a frame for Prism, in milliseconds (2)
              --adopt             Prism computes on the game's own Vulkan device and queue
              --bare              the game's device is Vulkan 1.1 without one optional feature
              --measure           frame times with 0, 1, 8 and 32 talking guests, 600 frames each (--frames changes that)
              --screenshot FILE   the last frame as PNG
              --report FILE       what was measured, as JSON
              --model FILE        a Prism checkpoint that knows dialogue
            """;

        public bool ShowHelp { get; init; }

        public bool Script { get; init; }

        public bool Measure { get; init; }

        public int Frames { get; init; }

        public int Npcs { get; init; } = 10;

        public double BudgetMilliseconds { get; init; } = 2;

        public bool Adopt { get; init; }

        public bool Bare { get; init; }

        public string? Screenshot { get; init; }

        public string? Report { get; init; }

        public string? Model { get; init; }

        public static TavernOptions Parse(string[] arguments)
        {
            var options = new TavernOptions();
            for (int i = 0; i < arguments.Length; i++)
            {
                string name = arguments[i];
                string Value() => ++i < arguments.Length ? arguments[i] : throw new TavernException($"{name}: found nothing after it, expected a value. Hint: prism tavern --help");
                options = name switch
                {
                    "--help" or "-h" or "-?" => options with { ShowHelp = true },
                    "--script" => options with { Script = true },
                    "--measure" => options with { Measure = true },
                    "--adopt" => options with { Adopt = true },
                    "--bare" => options with { Bare = true },
                    "--frames" => options with { Frames = Whole(name, Value(), 1, 1_000_000) },
                    "--npcs" => options with { Npcs = Whole(name, Value(), 1, Cast.Most) },
                    "--budget" => options with { BudgetMilliseconds = Number(name, Value(), 0, 100) },
                    "--screenshot" => options with { Screenshot = Path.GetFullPath(Value()) },
                    "--report" => options with { Report = Path.GetFullPath(Value()) },
                    "--model" => options with { Model = Path.GetFullPath(Value()) },
                    _ => throw new TavernException($"found '{name}', expected an option. Hint: prism tavern --help"),
                };
            }

            return options;
        }

        /// <summary>The model that ships with Prism, looked for above the program.</summary>
        public string FindModel()
        {
            const string Shipped = "Models~/prism-tavern-3m.safetensors";
            if (Model != null)
            {
                return File.Exists(Model) ? Model : throw new TavernException($"--model: found no file {Model}, expected a Prism checkpoint. Hint: ./prism inspect tells what a file is");
            }

            for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
            {
                string path = Path.Combine(folder.FullName, Shipped);
                if (File.Exists(path))
                {
                    return path;
                }
            }

            throw new TavernException($"No model: found no {Shipped} above {AppContext.BaseDirectory}; expected one. Hint: --model FILE");
        }

        private static int Whole(string name, string text, int least, int most) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
                ? value
                : throw new TavernException($"{name}: found '{text}', expected a whole number from {least} to {most}. Hint: prism tavern --help");

        private static double Number(string name, string text, double least, double most) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most
                ? value
                : throw new TavernException(FormattableString.Invariant($"{name}: found '{text}', expected a number from {least} to {most}. Hint: prism tavern --help"));
    }
}
