using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Cli.Output;
using PrismLM.Cli.Running;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
using PrismLM.Training.Evaluation;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism eval FILE</c>: loss, bits per byte and perplexity on a text, or what share of NPC replies is right.</summary>
    internal static class EvalCommand
    {
        public static Command Create()
        {
            var file = new Argument<string>("FILE") { Description = "A Prism checkpoint (.safetensors)." };
            var text = new Option<string?>("--text") { Description = "A text file; documents are separated by a line <|endoftext|>." };
            var documents = new Option<int>("--documents") { Description = "Score so many documents of the text; 0 for all.", DefaultValueFactory = _ => 0 };
            var dialogue = new Option<bool>("--dialogue") { Description = "Answer the validation conversations: names, facts and wordings that training never shows." };
            var conversations = new Option<int>("--conversations") { Description = "Validation conversations.", DefaultValueFactory = _ => 500 };
            var failures = new Option<int>("--failures") { Description = "Show so many wrong replies.", DefaultValueFactory = _ => 0 };
            var unconstrained = new Option<bool>("--unconstrained") { Description = "Let the model write any tokens: no constraint to speech and at most one of the persona's actions." };
            var json = new Option<bool>("--json") { Description = "Print one JSON object." };
            var compare = new Option<bool>("--compare") { Description = "Loss of the model in every number format that is coarser than its own, on the text, or on the validation conversations without one." };
            var backend = new BackendArgument(BackendArgument.Vulkan, BackendArgument.Vulkan, BackendArgument.Reference, BackendArgument.Torch);
            var command = new Command("eval", "Measure a model on a text file (--text) or on the validation conversations (--dialogue); or what coarser weights would cost (--compare).") { file, text, documents, dialogue, conversations, failures, unconstrained, compare, json };
            backend.AddTo(command);
            command.SetAction((parsed, cancellation) =>
            {
                backend.Read(parsed);
                string? path = parsed.GetValue(text);
                bool comparing = parsed.GetValue(compare);
                if (comparing ? path is not null && parsed.GetValue(dialogue) : path is null == !parsed.GetValue(dialogue))
                {
                    throw new InputException("eval", path is null ? "neither --text nor --dialogue" : "both --text and --dialogue", "one of them", "prism eval MODEL --text valid.txt");
                }

                SamplingArguments.InRange("--documents", parsed.GetValue(documents), 0, int.MaxValue);
                SamplingArguments.InRange("--conversations", parsed.GetValue(conversations), 1, 100_000);
                if (path is not null && !File.Exists(path))
                {
                    throw new InputException(path, "no such file", "a text file", "check the path");
                }

                PrismCheckpoint checkpoint = ModelLocator.Load(parsed.GetRequiredValue(file));
                if (comparing)
                {
                    return Task.FromResult(Compare(checkpoint, parsed, backend, path, parsed.GetValue(documents), parsed.GetValue(conversations), parsed.GetValue(json), cancellation));
                }

                return Task.FromResult(path is null
                    ? Dialogue(checkpoint, parsed, backend, parsed.GetValue(conversations), parsed.GetValue(failures), !parsed.GetValue(unconstrained), parsed.GetValue(json), cancellation)
                    : Text(checkpoint, parsed, backend, path, parsed.GetValue(documents), parsed.GetValue(json), cancellation));
            });
            return command;
        }

        private static EvaluationText Rows(PrismCheckpoint checkpoint, string path, int documents)
        {
            if (checkpoint.Config.Special.Bos < 0)
            {
                throw new InputException(checkpoint.Info.Name, "a model without a token that opens a document", "a model with one", "this measure starts every document with it");
            }

            return EvaluationText.Load(path, TextTokenizer.FromJson(checkpoint.TokenizerJson), checkpoint.Config.Special.Bos, checkpoint.Config.Context, documents);
        }

        private static DialogueFormat Format(PrismCheckpoint checkpoint) => checkpoint.Config.DialogueFormat == 0
            ? throw new InputException(checkpoint.Info.Name, "a model that only continues text", "a model with a dialogue format", "measure it with --text")
            : new DialogueFormat((BpeTokenizer)TextTokenizer.FromJson(checkpoint.TokenizerJson), checkpoint.Config.Special);

        private static int Compare(
            PrismCheckpoint checkpoint, ParseResult parsed, BackendArgument backend, string? path, int documents, int conversations, bool json, CancellationToken cancellation)
        {
            EvaluationText rows = path is null ? EvaluationText.Of(DialogueTestSet.Build(conversations), Format(checkpoint), checkpoint.Config.Context) : Rows(checkpoint, path, documents);
            IReadOnlyList<FormatLoss> losses = Terminal.Progress(
                "Scoring every format", progress => FormatComparison.Run(checkpoint, rows, coarser => LanguageModels.Open(coarser, backend, parsed, cancellation), progress, cancellation));
            string text = path is null ? FormattableString.Invariant($"{conversations} validation conversations") : Path.GetFileName(path);
            if (json)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(new { model = checkpoint.Info.Name, sha256 = checkpoint.Sha256, text, tokens = rows.Tokens, formats = losses }, JsonOutput.Options));
            }
            else
            {
                var table = new TextTable("weights", "size", "nats a token", "more", "limit", "");
                foreach (FormatLoss each in losses)
                {
                    table.Add(
                        each.Weights, Units.Bytes(each.Bytes), FormattableString.Invariant($"{each.Loss:F4}"), FormattableString.Invariant($"{each.Difference:F4}"),
                        FormattableString.Invariant($"{each.Limit:F3}"), each.IsWithin ? "" : "above the limit");
                }

                Console.Out.Write(FormattableString.Invariant($"{checkpoint.Info.Name} on {text}, {Units.Count(rows.Tokens)} tokens\n{table}"));
            }

            return losses.All(each => each.IsWithin) ? 0 : 1;
        }

        private static int Text(PrismCheckpoint checkpoint, ParseResult parsed, BackendArgument backend, string path, int documents, bool json, CancellationToken cancellation)
        {
            EvaluationText rows = Rows(checkpoint, path, documents);
            using LanguageModels opened = LanguageModels.Open(checkpoint, backend, parsed, cancellation);
            TextScore score = Terminal.Progress("Scoring " + Path.GetFileName(path), progress => TextScorer.Score(opened.Model, rows, progress, cancellation));
            if (json)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(
                    new { model = checkpoint.Info.Name, sha256 = checkpoint.Sha256, backend = opened.Name, text = Path.GetFileName(path), score.Tokens, score.Bytes, score.Loss, score.Perplexity, score.BitsPerByte }, JsonOutput.Options));
                return 0;
            }

            var facts = new FactList(FormattableString.Invariant($"{checkpoint.Info.Name} on {Path.GetFileName(path)}, {opened.Name}"));
            facts.Add("text", FormattableString.Invariant($"{Units.Count(score.Tokens)} tokens, {Units.Count(score.Bytes)} bytes"));
            facts.Add("loss", FormattableString.Invariant($"{score.Loss:F4} nats per token"));
            facts.Add("bits per byte", FormattableString.Invariant($"{score.BitsPerByte:F4}"));
            facts.Add("perplexity", FormattableString.Invariant($"{score.Perplexity:F4}"));
            Console.Out.Write(facts.ToString());
            return 0;
        }

        private static int Dialogue(PrismCheckpoint checkpoint, ParseResult parsed, BackendArgument backend, int conversations, int failures, bool constrained, bool json, CancellationToken cancellation)
        {
            DialogueFormat format = Format(checkpoint);
            DialogueTestSet set = DialogueTestSet.Build(conversations);
            using OpenedModel model = OpenedModel.Open(checkpoint, backend, parsed, 16, cancellation);
            DialogueReport report = Terminal.Progress("Answering", progress => DialogueEvaluation.Run(
                set, new TokenEngineReplies(model.Engine, format, constrained), new Counted(count => progress.Report((double)count / set.Cases.Count)), cancellation));
            Console.Out.Write(json ? Json(checkpoint, model, report) : DialogueText(checkpoint, model, report, failures));
            return 0;
        }

        private static string DialogueText(PrismCheckpoint checkpoint, OpenedModel model, DialogueReport report, int failures)
        {
            var facts = new FactList(FormattableString.Invariant($"{checkpoint.Info.Name}, {report.Conversations} validation conversations, {report.Replies} replies, {model.Backend}"));
            facts.Add("asked fact in the reply", report.AskedFact.ToString());
            facts.Add("no other fact in it", report.NoOtherFact.ToString());
            facts.Add("changed fact answered rightly", report.TwinRight.ToString());
            facts.Add("unknown declined", report.UnknownDeclined.ToString());
            facts.Add("known declined (lower is better)", report.KnownDeclined.ToString());
            facts.Add("allowed action taken", FormattableString.Invariant($"{report.ActionRight}, by chance {100 * report.ActionChance:F1} %"));
            facts.Add("action that is not allowed", report.UnlistedAction.ToString());
            facts.Add("action without reason (lower is better)", report.FalseAction.ToString());
            facts.Add("most frequent reply (lower is better)", report.MostFrequent + ": " + report.MostFrequentText);
            var table = new TextTable("intent", "kind", "right");
            foreach (IntentRow row in report.Intents)
            {
                table.Add(row.Intent.ToString(), row.Kind.ToString(), row.Right.ToString());
            }

            string text = facts + "\n" + table;
            for (int i = 0; i < Math.Min(failures, report.Failures.Count); i++)
            {
                DialogueFailure failure = report.Failures[i];
                text += FormattableString.Invariant($"\n> {failure.Case.Prompt.Turns[^1].Text}\n  found:    {failure.Reply.Text}\n  expected: {failure.Case.Reference.Text}\n");
            }

            return text;
        }

        private static string Json(PrismCheckpoint checkpoint, OpenedModel model, DialogueReport report) => JsonSerializer.Serialize(
            new
            {
                model = checkpoint.Info.Name,
                sha256 = checkpoint.Sha256,
                backend = model.Backend,
                report.Conversations,
                report.Replies,
                askedFact = report.AskedFact.Value,
                noOtherFact = report.NoOtherFact.Value,
                twinRight = report.TwinRight.Value,
                unknownDeclined = report.UnknownDeclined.Value,
                knownDeclined = report.KnownDeclined.Value,
                actionRight = report.ActionRight.Value,
                actionChance = report.ActionChance,
                unlistedAction = report.UnlistedAction.Value,
                falseAction = report.FalseAction.Value,
                mostFrequent = report.MostFrequent.Value,
                report.MostFrequentText,
            },
            JsonOutput.Options) + "\n";

        private sealed class Counted : IProgress<int>
        {
            private readonly Action<int> _report;

            public Counted(Action<int> report) => _report = report;

            public void Report(int value) => _report(value);
        }
    }
}
