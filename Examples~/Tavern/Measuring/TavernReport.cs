using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using PrismLM.Hosting;
using PrismLM.Tavern.Layout;
using PrismLM.Tavern.Rendering;

namespace PrismLM.Tavern.Measuring
{
    /// <summary>What a run was, for people and for tests.</summary>
    internal sealed class TavernReport
    {
        private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

        public TavernReport(TavernOptions options, GameDevice device, BackendReport backend)
        {
            GameDevice = device.Name;
            PrismDevice = backend.Name;
            Why = backend.Reason;
            Adopted = backend.Device?.IsAdopted ?? false;
            Bare = options.Bare;
            Timeline = backend.Device?.UsesTimelineSemaphore ?? false;
        }

        public string GameDevice { get; }

        public string PrismDevice { get; }

        public string Why { get; }

        public bool Adopted { get; }

        public bool Bare { get; }

        public bool Timeline { get; }

        public List<ReportRow> Rows { get; } = new();

        public long QueueUses { get; private set; }

        public int LayoutFrames { get; private set; }

        public int MostBubbles { get; private set; }

        public double LeastContrast { get; private set; }

        public string[] BrokenRules { get; private set; } = Array.Empty<string>();

        public string[] FailedReplies { get; private set; } = Array.Empty<string>();

        public void Add(ReportRow row) => Rows.Add(row);

        public void Finish(LayoutRules rules, IEnumerable<string> failures, long queueUses)
        {
            QueueUses = queueUses;
            LayoutFrames = rules.Frames;
            MostBubbles = rules.MostBubbles;
            LeastContrast = rules.LeastContrast;
            BrokenRules = rules.Broken.Order(StringComparer.Ordinal).ToArray();
            FailedReplies = failures.Order(StringComparer.Ordinal).ToArray();
        }

        public string ToText()
        {
            var text = new StringBuilder();
            text.AppendLine(FormattableString.Invariant($"game device   {GameDevice}{(Bare ? ", Vulkan 1.1, no optional feature" : "")}"));
            text.AppendLine(FormattableString.Invariant($"Prism device  {PrismDevice}{(Adopted ? ", adopted from the game" : ", its own")}: {Why}"));
            text.AppendLine();
            text.AppendLine("milliseconds, p50 / p99 / max");
            text.AppendLine("                 frames                   frame         thread in Tick        cpu of a Tick           device time                submit    tokens/s  replies");
            foreach (ReportRow row in Rows)
            {
                text.AppendLine(row.ToText());
            }

            text.AppendLine();
            text.AppendLine(FormattableString.Invariant($"layout        {LayoutFrames} frames looked at, up to {MostBubbles} bubbles, least contrast {LeastContrast:0.0}, {BrokenRules.Length} rules broken"));
            foreach (string broken in BrokenRules.Concat(FailedReplies))
            {
                text.AppendLine("  broken: " + broken);
            }

            return text.ToString();
        }

        public void Save(string? path)
        {
            if (path != null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, JsonSerializer.Serialize(this, Indented) + "\n");
            }
        }
    }
}
