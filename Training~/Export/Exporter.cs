using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using PrismLM.Core.Checkpoints;
using PrismLM.Training.Model;
using PrismLM.Training.Train;

namespace PrismLM.Training.Export
{
    /// <summary>Writes trained weights as a Prism checkpoint.</summary>
    public static class Exporter
    {
        /// <summary>The last saved state of a run, with its tokenizer, licences and a summary.</summary>
        /// <param name="name">Stored in the file; the file's name when null.</param>
        /// <param name="licence">Licence of the weights, an SPDX identifier; empty leaves it open.</param>
        /// <exception cref="NotSupportedException">The run trains a baseline, which has no form in a checkpoint.</exception>
        /// <exception cref="InvalidOperationException">The run has no saved state yet.</exception>
        /// <exception cref="IOException">The run or the target cannot be read or written.</exception>
        public static void Export(string runFolder, string path, WeightFormat format, string? name = null, string licence = "")
        {
            var folder = RunFolder.Open(runFolder);
            if (folder.ReadOptions().Architecture().Family != ModelFamily.Prism)
            {
                throw new NotSupportedException($"{folder.Path} holds a run of {folder.ReadOptions().Preset}, a baseline that the runtime cannot run; only models of the Prism family are exported.");
            }

            if (!File.Exists(folder.State))
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture, $"{folder.Path} has no saved state yet; the first one is written {folder.ReadOptions().SaveEverySeconds:F0} seconds after the start."));
            }

            var options = folder.ReadOptions();
            var data = folder.ReadData();
            var tokenizerJson = folder.ReadTokenizerJson();
            using var model = (PrismTransformer)TrainingSession.LoadModel(folder, out var cursor);
            var info = new CheckpointInfo
            {
                Name = name ?? Path.GetFileNameWithoutExtension(path),
                DataLicences = data.Sources.Select(source => $"{source.Name}: {source.Licence}").ToArray(),
                WeightLicence = licence,
                TrainingSummary = Summary(options, cursor),
                Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["x_preset"] = options.Preset,
                    ["x_seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
                    ["x_tokens"] = cursor.Tokens.ToString(CultureInfo.InvariantCulture),
                    ["x_steps"] = cursor.Step.ToString(CultureInfo.InvariantCulture),
                },
            };
            Writer(model, cursor.Lambda, format, info, tokenizerJson).Save(path);
        }

        /// <summary>A checkpoint of a model in memory.</summary>
        /// <param name="lambda">What the noise heads' gain is stored as, negated.</param>
        public static CheckpointWriter Writer(PrismTransformer model, double lambda, WeightFormat format, CheckpointInfo info, byte[] tokenizerJson)
        {
            var config = model.Config with { LambdaFinal = lambda };
            var writer = new CheckpointWriter(config, format, info, tokenizerJson);
            writer.SetRope(model.Frequencies, model.Frequencies.Length / (config.HeadDim / 2));
            writer.SetHeadGroups(model.Architecture.HeadGroups());
            writer.SetGain(model.Architecture.Gains(lambda));
            foreach (var spec in model.Parameters.Specs)
            {
                writer.Add(spec.Name, model.Parameters.Read(spec.Name));
            }

            if (model.Architecture.StrictOutput)
            {
                for (var layer = 0; layer < config.Layers; layer++)
                {
                    writer.Add(TensorNames.Layer(layer, TensorNames.Output), Transposed(model.Parameters.Read(TensorNames.Layer(layer, TensorNames.Query)), config.HeadsDim, config.Dim));
                }
            }

            return writer;
        }

        private static string Summary(TrainingOptions options, TrainingCursor cursor) => string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Preset}: {cursor.Tokens / 1e6:F1} million tokens in {cursor.Step} steps, peak learning rate {options.LearningRate}, {options.Compute}, final training loss {cursor.Loss:F4}");

        /// <summary>(rows, columns) to (columns, rows).</summary>
        private static float[] Transposed(float[] matrix, int rows, int columns)
        {
            var result = new float[matrix.Length];
            for (var r = 0; r < rows; r++)
            {
                for (var c = 0; c < columns; c++)
                {
                    result[(c * rows) + r] = matrix[(r * columns) + c];
                }
            }

            return result;
        }
    }
}
