using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PrismLM.Cli.Output;
using PrismLM.Core.Generation;
using PrismLM.Dialogue.Tracing;
using Spectre.Console;

namespace PrismLM.Cli.Replay
{
    /// <summary>A replay for people: where it comes from, the prompt by section, each token with what else could have been said, and the verdict.</summary>
    internal static class ReplayText
    {
        // Below, nothing could have been said: a sure token has no alternatives to read past. JSON has all five.
        private const double LeastShown = 0.001;

        public static void Write(IAnsiConsole console, string file, ReplayResult result)
        {
            ReplyTrace trace = result.Trace;
            console.Profile.Out.Writer.Write(Facts(file, result));
            console.WriteLine();
            console.WriteLine(FormattableString.Invariant($"Prompt: {trace.Prompt.Sum(section => section.Tokens.Count)} tokens"));
            console.Write(Sections(trace.Prompt));
            if (trace.Dropped.Count > 0)
            {
                console.WriteLine(FormattableString.Invariant($"Left out, for want of room: {trace.Dropped.Sum(section => section.Tokens.Count)} tokens"));
                console.Write(Sections(trace.Dropped));
            }

            if (result.Scores.Count > 0)
            {
                console.WriteLine("Reply, in percent: what the model thought, the chance with which the sampler takes it; (in brackets): not allowed");
                console.Write(Tokens(result));
            }

            foreach (string line in Verdict(result))
            {
                console.WriteLine(line);
            }
        }

        private static FactList Facts(string file, ReplayResult result)
        {
            ReplyTrace trace = result.Trace;
            SamplingOptions sampling = trace.Sampling;
            string Same(bool same, string now) => same ? "the same" : "now " + now;
            var facts = new FactList(Printable.Of(file));
            facts.Add("NPC", Printable.Of(trace.Npc));
            facts.Add("model", Printable.Of($"{trace.ModelName} {Short(trace.ModelHash)}, ") + Same(result.SameModel, $"{result.Checkpoint.Info.Name} {Short(result.Checkpoint.Sha256)}"));
            facts.Add("device", Printable.Of(trace.Backend) + ", " + Same(result.SameBackend, result.Backend));
            facts.Add("sampling", FormattableString.Invariant(
                $"temperature {sampling.Temperature}, top-k {sampling.TopK}, top-p {sampling.TopP}, min-p {sampling.MinP}, penalty {sampling.RepetitionPenalty} over {sampling.RepetitionWindow}"));
            facts.Add("random", FormattableString.Invariant($"seed {sampling.Seed}, NPC {trace.Rules.Npc}, draw {trace.Rules.Draws}"));
            facts.Add("rules", Printable.Of(Rules(trace)));
            facts.Add("dials", trace.Rules.HeadDials.Length == 0 ? "" : string.Join(" ", trace.Rules.HeadDials.Select(dial => dial.ToString(CultureInfo.InvariantCulture))));
            facts.Add("ended", FormattableString.Invariant($"{trace.Reason?.ToString() ?? "not yet"} after {trace.Tokens.Count} tokens")
                + (trace.RestoredTokens > 0 ? FormattableString.Invariant($", {trace.RestoredTokens} of them before it was saved and restored") : "") + (trace.Code is null ? "" : ", " + Printable.Of(trace.Code)));
            facts.Add("said", Printable.Of(trace.Text + (trace.Action is null ? "" : "  *" + trace.Action + "*")));
            facts.Add("model's own", string.Equals(trace.Text.Trim(), result.Recorded, StringComparison.Ordinal) ? "" : Printable.Of(result.Recorded));
            return facts;
        }

        private static string Rules(ReplyTrace trace)
        {
            string lines = trace.Lines.Count == 0 ? "no action" : (trace.IsChoice ? "one of " : "at most one of ") + string.Join(" | ", trace.Lines);
            return FormattableString.Invariant($"at most {trace.MaxTokens} tokens; ") + lines + (trace.Banned.Length == 0 ? "" : "; none of " + trace.Banned);
        }

        private static Table Sections(IReadOnlyList<TraceSection> sections)
        {
            var table = new Table { Border = TableBorder.Simple };
            table.AddColumn(new TableColumn("tokens").RightAligned().NoWrap());
            table.AddColumn(new TableColumn("what").NoWrap());
            table.AddColumn(new TableColumn("text"));
            foreach (TraceSection section in sections)
            {
                table.AddRow(
                    section.Tokens.Count.ToString(CultureInfo.InvariantCulture), Name(section.Kind), Markup.Escape(Printable.Of(section.Text)));
            }

            return table;
        }

        private static Table Tokens(ReplayResult result)
        {
            int difference = result.FirstDifference;
            var table = new Table { Border = TableBorder.Simple };
            table.AddColumn(new TableColumn("#").RightAligned().NoWrap());
            table.AddColumn(new TableColumn("token").NoWrap());
            table.AddColumn(new TableColumn("model").RightAligned().NoWrap());
            table.AddColumn(new TableColumn("chance").RightAligned().NoWrap());
            table.AddColumn(new TableColumn("what the model thought of"));
            for (int i = 0; i < result.Scores.Count; i++)
            {
                TracedToken token = result.Scores[i];
                int number = result.Trace.RestoredTokens + i;
                string mark = number == difference ? "! " : "";
                table.AddRow(
                    mark + number.ToString(CultureInfo.InvariantCulture), Markup.Escape(Printable.Token(token.Text)), Percent(token.Probability), Percent(token.Chance),
                    Markup.Escape(string.Join("  ", token.Alternatives.Where(other => other.Probability >= LeastShown).Select(Alternative))));
            }

            return table;
        }

        private static IEnumerable<string> Verdict(ReplayResult result)
        {
            if (result.Again is null)
            {
                yield return "Nothing to make again: the reply never had a token" + (result.Trace.Code is null ? "." : " (" + Printable.Of(result.Trace.Code) + ").");
                yield break;
            }

            if (result.IsIdentical)
            {
                int count = result.Trace.Tokens.Count - result.Trace.RestoredTokens;
                yield return FormattableString.Invariant($"Identical: {(count == 1 ? "the one token" : $"all {count} tokens")} came out again.");
            }
            else
            {
                int at = result.FirstDifference;
                yield return FormattableString.Invariant($"Different from token {at} on. Now: ") + Printable.Of(result.Again.Text);
            }

            if (!result.SameModel)
            {
                yield return result.IsIdentical ? "It is another model all the same." : "The model is another one; --model FILE names the one that the trace was made with.";
            }
            else if (!result.SameBackend)
            {
                yield return result.IsIdentical ? "The device is another one; identical bits are promised on one device alone." : "The device is another one: there the bits may differ, and with them a close call.";
            }
            else if (!result.IsIdentical)
            {
                yield return "Model and device are the same, so this must not be. Please report it, with the trace.";
            }
        }

        private static string Name(TraceSectionKind kind) => kind switch
        {
            TraceSectionKind.Persona => "persona",
            TraceSectionKind.GameFact => "game fact",
            TraceSectionKind.Player => "player",
            TraceSectionKind.Cue => "cue",
            TraceSectionKind.Npc => "NPC",
            _ => "opening",
        };

        private static string Alternative(TokenAlternative other)
        {
            string text = Printable.Token(other.Text) + "\u00A0" + Percent(other.Probability);
            return other.IsAllowed ? text : "(" + text + ")";
        }

        /// <summary>Percent with a digit where it matters.</summary>
        private static string Percent(double share) => share switch
        {
            0 => "0",
            < 0.001 => "<0.1",
            < 0.1 => FormattableString.Invariant($"{100 * share:F1}"),
            _ => FormattableString.Invariant($"{100 * share:F0}"),
        };

        private static string Short(string hash) => hash.Length > 8 ? hash[..8] : hash;
    }
}
