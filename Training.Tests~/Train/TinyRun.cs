using System;
using System.IO;
using System.Linq;
using PrismLM.Training.Tests.Model;
using PrismLM.Training.Train;

namespace PrismLM.Training.Tests.Train
{
    /// <summary>Data and options of runs that take seconds.</summary>
    internal static class TinyRun
    {
        /// <summary>Writes a tokenizer, a text and a data list that names both.</summary>
        public static void WriteData(string folder)
        {
            File.WriteAllBytes(Path.Combine(folder, "tokenizer.json"), TinyModels.Tokenizer.ToJson());
            File.WriteAllText(Path.Combine(folder, "text.txt"), string.Join("\n<|endoftext|>\n", Enumerable.Range(0, 40).Select(i => $"The smith of village {i} has {i + 2} daughters and a very long story to tell.")));
            File.WriteAllText(Path.Combine(folder, "data.json"), "{\"tokenizer\":\"tokenizer.json\",\"validation\":\"text.txt\",\"sources\":[{\"name\":\"text\",\"file\":\"text.txt\",\"weight\":1},{\"name\":\"talk\",\"generator\":\"dialogue\",\"weight\":2},{\"name\":\"drill\",\"generator\":\"drill\",\"weight\":0.3}]}");
        }

        public static TrainingOptions Options(string folder, string name) => new()
        {
            RunFolder = Path.Combine(folder, name),
            DataFile = Path.Combine(folder, "data.json"),
            Preset = "game-1m",
            Context = 128,
            TokenBudget = 6000,
            TokensPerStep = 512,
            TokensPerMicroBatch = 256,
            Threads = 2,
            Schedule = new LearningRateSchedule { WarmupTokens = 1000 },
        };
    }

    /// <summary>Hears what a run says.</summary>
    internal sealed class Listener : ITrainingProgress
    {
        public Action<TrainingStatus> OnStep { get; init; } = _ => { };

        public System.Collections.Generic.List<string> Messages { get; } = new();

        public void Report(TrainingStatus status) => OnStep(status);

        public void Message(string text) => Messages.Add(text);
    }
}
