using System.IO;
using PrismLM.Cli.Output;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Checkpoints.Import;

namespace PrismLM.Cli.Running
{
    /// <summary>The model that commands use when none is named: the one that ships with Prism, or the tiny one among the test data.</summary>
    internal static class ModelLocator
    {
        private const string Shipped = "prism-tavern-3m.safetensors";

        public static string ShippedPath => RepositoryRoot.Combine("Models~", Shipped);

        private static string Stories => RepositoryRoot.Combine("Tests", "Fixtures", "stories260K");

        /// <summary>Loads a named file, or the default.</summary>
        public static PrismCheckpoint Load(string? path)
        {
            if (path is null && !File.Exists(ShippedPath))
            {
                return LoadStories();
            }

            string file = path ?? ShippedPath;
            return Terminal.Progress("Reading " + Path.GetFileName(file), progress => PrismCheckpoint.Load(file, progress));
        }

        private static PrismCheckpoint LoadStories()
        {
            string model = Path.Combine(Stories, "stories260K.bin");
            if (!File.Exists(model))
            {
                throw new InputException(ShippedPath, "no such file", "the model that ships with Prism", "name a model file, or train one: prism train --help");
            }

            Terminal.Note($"Models~/{Shipped} is not there. Using stories260K from Tests/Fixtures instead: a tiny model of other people that continues children's stories and knows no dialogue.");
            Terminal.Note("To keep it as a file: prism import llama2c Tests/Fixtures/stories260K/stories260K.bin Tests/Fixtures/stories260K/tok512.bin stories260K.safetensors");
            using var bytes = new MemoryStream(Llama2cImporter.Import(model, Path.Combine(Stories, "tok512.bin"), StoriesInfo).ToBytes());
            return PrismCheckpoint.Load(bytes, "stories260K.safetensors");
        }

        private static CheckpointInfo StoriesInfo => new CheckpointInfo
        {
            Name = "stories260K",
            WeightLicence = "MIT",
            DataLicences = new[] { "TinyStories: CDLA-Sharing-1.0" },
            TrainingSummary = "Trained by the author of llama2.c; imported.",
        };
    }
}
