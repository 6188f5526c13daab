using System;
using System.IO;
using PrismLM.Benchmarks;
using PrismLM.Cli.Output;
using PrismLM.Cli.Running;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Cli.Bench
{
    /// <summary>Where a measured model comes from: a file, or a shape with random weights. Files it makes are in a folder that goes when the run ends.</summary>
    internal sealed class BenchSource
    {
        private readonly string? _file;
        private readonly ModelConfig? _shape;

        private BenchSource(string name, string? file, ModelConfig? shape)
        {
            Name = name;
            _file = file;
            _shape = shape;
        }

        public string Name { get; }

        /// <summary>A shape's name or a file's path; null for the model that ships with Prism.</summary>
        public static BenchSource Find(string? given)
        {
            if (given is null)
            {
                return File.Exists(ModelLocator.ShippedPath)
                    ? new BenchSource(Path.GetFileNameWithoutExtension(ModelLocator.ShippedPath), ModelLocator.ShippedPath, null)
                    : throw new InputException(ModelLocator.ShippedPath, "no such file", "the model that ships with Prism", "name a model file, or a shape: --shape l58");
            }

            if (BenchShapes.TryGet(given, out ModelConfig config))
            {
                return new BenchSource(given, null, config);
            }

            if (!File.Exists(given) && given.IndexOfAny(new[] { '/', '\\', '.' }) < 0)
            {
                throw new InputException("--shape", given, string.Join(", ", BenchShapes.Names) + ", or a model file", "without --shape the model that ships with Prism is measured");
            }

            return new BenchSource(Path.GetFileNameWithoutExtension(given), given, null);
        }

        /// <summary>Requires that the model's context holds what a plan asks for.</summary>
        public void CheckContext(BenchPlan plan)
        {
            int context = (_shape ?? PrismCheckpoint.Load(_file!).Config).Context;
            if (plan.Context > context)
            {
                throw new InputException(
                    Name, FormattableString.Invariant($"{plan.Context} positions that --depth, --prompt, --tokens and --runs ask for"), FormattableString.Invariant($"at most {context}"), "the model's context holds no more");
            }
        }

        /// <summary>The file to load for a format; null keeps a file's own, and takes f16 for a shape.</summary>
        public string Prepare(WeightFormat? format, string folder, IBenchProgress progress)
        {
            string made = Path.Combine(folder, FormattableString.Invariant($"{Name}-{format ?? WeightFormat.Float16}.safetensors"));
            if (_shape is not null)
            {
                progress.Stage(Name + ": random weights");
                using FileStream file = File.Create(made);
                BenchShapes.Write(_shape, format ?? WeightFormat.Float16, file);
                return made;
            }

            if (format is null)
            {
                return _file!;
            }

            PrismCheckpoint checkpoint = PrismCheckpoint.Load(_file!);
            if (checkpoint.WeightFormat == format)
            {
                return _file!;
            }

            progress.Stage(Name + ": as " + WeightNames.Of(format.Value));
            using FileStream stream = File.Create(made);
            CheckpointWriter.From(checkpoint, format.Value).WriteTo(stream);
            return made;
        }
    }
}
