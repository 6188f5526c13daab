using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Training.Train
{
    /// <summary>One line of <c>metrics.jsonl</c>.</summary>
    public sealed record MetricsLine
    {
        public long Step { get; init; }

        public long Tokens { get; init; }

        public double Seconds { get; init; }

        /// <summary>Of this step alone; null on a validation line.</summary>
        public double? Loss { get; init; }

        public double? LearningRate { get; init; }

        public double? Lambda { get; init; }

        /// <summary>Before clipping.</summary>
        public double? GradientNorm { get; init; }

        /// <summary>Validation loss in nats per token.</summary>
        public double? ValidationLoss { get; init; }

        public double? ValidationBitsPerByte { get; init; }
    }

    /// <summary>The metrics file of a run: one JSON object a line, appended as training goes.</summary>
    public sealed class MetricsLog : IDisposable
    {
        private static readonly JsonSerializerOptions Format = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        };

        private readonly StreamWriter _writer;

        /// <summary>Opens the log to go on after a step: lines of later steps, written after the last saved state, are dropped.</summary>
        public MetricsLog(string path, long afterStep)
        {
            var kept = File.Exists(path) ? Read(path).Where(line => line.Step <= afterStep).ToArray() : Array.Empty<MetricsLine>();
            AtomicFile.Write(path, stream =>
            {
                using var writer = new StreamWriter(stream, leaveOpen: true);
                foreach (var line in kept)
                {
                    Remember(line);
                    writer.Write(JsonSerializer.Serialize(line, Format) + "\n");
                }
            });
            _writer = new StreamWriter(path, append: true);
        }

        /// <summary>The last measurement on the validation text; null before the first.</summary>
        public MetricsLine? LastValidation { get; private set; }

        public void Add(MetricsLine line)
        {
            Remember(line);
            _writer.Write(JsonSerializer.Serialize(line, Format) + "\n");
        }

        public void Flush() => _writer.Flush();

        /// <summary>All whole lines of a metrics file; a last line cut by a crash is left out.</summary>
        public static IEnumerable<MetricsLine> Read(string path)
        {
            foreach (var text in File.ReadLines(path))
            {
                MetricsLine? line = null;
                try
                {
                    line = JsonSerializer.Deserialize<MetricsLine>(text, Format);
                }
                catch (JsonException)
                {
                    // A crash can cut the last line; its step is trained again after the resume.
                }

                if (line is not null)
                {
                    yield return line;
                }
            }
        }

        public void Dispose() => _writer.Dispose();

        private void Remember(MetricsLine line) => LastValidation = line.ValidationLoss.HasValue ? line : LastValidation;
    }
}
