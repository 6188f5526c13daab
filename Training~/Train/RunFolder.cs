using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
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

        /// <summary>Makes the folder of a new run: options, data list with hashes, and a copy of the tokenizer.</summary>
        /// <exception cref="IOException">There is a run in the folder already.</exception>
        public static RunFolder Create(TrainingOptions options)
        {
            options.Validate();
            var list = DataList.Load(options.DataFile);
            var tokenizerJson = File.ReadAllBytes(list.Tokenizer);
            DialogueFormat.FindSpecialTokens(BpeTokenizer.FromJson(tokenizerJson));
            var folder = new RunFolder(System.IO.Path.GetFullPath(options.RunFolder));
            if (File.Exists(folder.Options))
            {
                throw new IOException($"{folder.Path} holds a training run already; resume it, or choose another folder.");
            }

            Directory.CreateDirectory(folder.Path);
            AtomicFile.WriteAllBytes(folder.TokenizerFile, tokenizerJson);
            AtomicFile.WriteAllBytes(folder.Data, System.Text.Encoding.UTF8.GetBytes((list with { Tokenizer = folder.TokenizerFile }).ToJson()));
            AtomicFile.WriteAllBytes(folder.Options, JsonSerializer.SerializeToUtf8Bytes(options, Format));
            return folder;
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
                return new FileStream(In("run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
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

        public DataList ReadData() => DataList.Load(Data);

        public byte[] ReadTokenizerJson() => File.ReadAllBytes(TokenizerFile);

        private string In(string name) => System.IO.Path.Combine(Path, name);
    }
}
