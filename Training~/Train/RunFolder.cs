using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using PrismLM.Core.Checkpoints;
using PrismLM.Training.Data;

namespace PrismLM.Training.Train
{
    /// <summary>The files of one run.</summary>
    public sealed class RunFolder
    {
        private static readonly JsonSerializerOptions Format = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            WriteIndented = true,
            Converters = { new JsonStringEnumConverter() },
        };

        private HashSet<string> _foundFiles = new(StringComparer.Ordinal);

        private RunFolder(string path) => Path = path;

        public string Path { get; }

        public string Metrics => In("metrics.jsonl");

        public string Plot => In("loss.png");

        public string State => In("state.bin");

        /// <summary>Creating this file while the run goes starts the decay; it may hold the decay's length in tokens.</summary>
        public string DecayRequest => In("DECAY");

        private string Options => In("options.json");

        private string Data => In("data.json");

        private string TokenizerFile => In("tokenizer.json");

        private string LockFile => In("run.lock");

        private string[] Files => new[] { Options, Data, TokenizerFile, Metrics, Plot, State, LockFile };

        /// <summary>Makes the folder of a new run: options, data list with hashes, and a copy of the tokenizer.</summary>
        /// <exception cref="IOException">There is a run in the folder already.</exception>
        public static RunFolder Create(TrainingOptions options) => Create(RunPlan.New(options));

        /// <summary>The folder of a run that has not begun.</summary>
        /// <exception cref="IOException">There is a run in the folder already.</exception>
        internal static RunFolder Free(string path)
        {
            var folder = new RunFolder(System.IO.Path.GetFullPath(path));
            return File.Exists(folder.Options)
                ? throw new IOException($"{folder.Path} holds a training run already; resume it, or choose another folder.")
                : folder;
        }

        internal static RunFolder Create(RunPlan plan)
        {
            var folder = Free(plan.Options.RunFolder);
            folder._foundFiles = folder.Files.Where(File.Exists).ToHashSet(StringComparer.Ordinal);
            try
            {
                Directory.CreateDirectory(folder.Path);
                AtomicFile.WriteAllBytes(folder.TokenizerFile, plan.TokenizerJson);
                AtomicFile.WriteAllBytes(folder.Data, System.Text.Encoding.UTF8.GetBytes((plan.Data with { Tokenizer = folder.TokenizerFile }).ToJson()));
                AtomicFile.WriteAllBytes(folder.Options, JsonSerializer.SerializeToUtf8Bytes(plan.Options, Format));
                return folder;
            }
            catch
            {
                folder.Discard();
                throw;
            }
        }

        /// <exception cref="FileNotFoundException">There is no run in the folder.</exception>
        public static RunFolder Open(string path)
        {
            var folder = new RunFolder(System.IO.Path.GetFullPath(path));
            return File.Exists(folder.Options)
                ? folder
                : throw new FileNotFoundException($"{path} is not a run folder; expected options.json, data.json and tokenizer.json in it.");
        }

        /// <summary>Holds the run for one process; the operating system lets go of it however the process ends.</summary>
        /// <exception cref="IOException">Another process trains in this folder.</exception>
        public IDisposable Lock()
        {
            try
            {
                return new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e)
            {
                throw new IOException($"{Path} is in use: another process trains in it. Wait for it, or end it first.", e);
            }
        }

        /// <exception cref="InvalidDataException">The file is damaged.</exception>
        public TrainingOptions ReadOptions()
        {
            try
            {
                return (JsonSerializer.Deserialize<TrainingOptions>(File.ReadAllBytes(Options), Format) ?? throw new JsonException("it is empty")) with { RunFolder = Path };
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"options.json of {Path} is damaged: {e.Message}", e);
            }
        }

        /// <summary>Removes a run that never took a step: the files that it made, and the folder when nothing else is in it.</summary>
        internal void Discard()
        {
            foreach (var file in Files.Where(file => !_foundFiles.Contains(file) && File.Exists(file)))
            {
                File.Delete(file);
            }

            if (Directory.Exists(Path) && Directory.GetFileSystemEntries(Path).Length == 0)
            {
                Directory.Delete(Path);
            }
        }

        public DataList ReadData() => DataList.Load(Data);

        public byte[] ReadTokenizerJson() => File.ReadAllBytes(TokenizerFile);

        private string In(string name) => System.IO.Path.Combine(Path, name);
    }
}
