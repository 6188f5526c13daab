using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PrismLM.Core.Prompting;
using PrismLM.Training.Data.Dialogue;

namespace PrismLM.Training.Evaluation
{
    /// <summary>Lets a generator answer the test set and counts what its replies do.</summary>
    public static class DialogueEvaluation
    {
        public static DialogueReport Run(DialogueTestSet set, IReplyGenerator generator, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(set);
            ArgumentNullException.ThrowIfNull(generator);
            return Score(set, generator.Reply(set.Cases.Select(item => item.Prompt).ToArray(), progress, cancellationToken));
        }

        /// <param name="set">The cases.</param>
        /// <param name="replies">One for each case, in order.</param>
        public static DialogueReport Score(DialogueTestSet set, IReadOnlyList<DialogueTurn> replies)
        {
            ArgumentNullException.ThrowIfNull(set);
            ArgumentNullException.ThrowIfNull(replies);
            if (replies.Count != set.Cases.Count)
            {
                throw new ArgumentException($"{replies.Count} replies for {set.Cases.Count} cases.", nameof(replies));
            }

            Rate asked = default, noOther = default, twin = default, unknown = default, knownDeclined = default, action = default, falseAction = default, unlisted = default;
            var chance = 0.0;
            var rows = new SortedDictionary<(DialogueIntent Intent, ReplyKind Kind), Rate>();
            var failures = new List<DialogueFailure>();
            for (var i = 0; i < replies.Count; i++)
            {
                var item = set.Cases[i];
                var verdict = ReplyScorer.Score(item, replies[i]);
                var right = Right(item, replies[i], verdict);
                var kind = item.Expected.Kind;
                if (!right)
                {
                    failures.Add(new DialogueFailure(item, replies[i], verdict));
                }

                if (item.IsTwin)
                {
                    twin = twin.With(verdict.HasAskedFact);
                    continue;
                }

                rows[(item.Expected.Intent, kind)] = rows.GetValueOrDefault((item.Expected.Intent, kind)).With(right);
                if (kind == ReplyKind.Known)
                {
                    asked = asked.With(verdict.HasAskedFact);
                    noOther = noOther.With(verdict.OtherFacts.Count == 0);
                    knownDeclined = knownDeclined.With(verdict.Declines);
                }
                else if (kind == ReplyKind.Unknown)
                {
                    unknown = unknown.With(right);
                }

                if (replies[i].Action is { } written)
                {
                    unlisted = unlisted.With(!item.Prompt.Persona.Actions.Contains(written));
                }

                if (kind == ReplyKind.Action)
                {
                    action = action.With(verdict.ActionRight);
                    chance += 1.0 / (1 + item.Prompt.Persona.Actions.Count);
                }
                else
                {
                    falseAction = falseAction.With(replies[i].Action != null);
                }
            }

            var most = replies.GroupBy(reply => reply.Text, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).First();
            return new DialogueReport
            {
                Conversations = set.Conversations,
                Replies = replies.Count,
                AskedFact = asked,
                NoOtherFact = noOther,
                TwinRight = twin,
                UnknownDeclined = unknown,
                KnownDeclined = knownDeclined,
                ActionRight = action,
                ActionChance = action.Of == 0 ? 0 : chance / action.Of,
                UnlistedAction = unlisted,
                FalseAction = falseAction,
                MostFrequent = new Rate(most.Count(), replies.Count),
                MostFrequentText = most.Key,
                Intents = rows.Select(row => new IntentRow(row.Key.Intent, row.Key.Kind, row.Value)).ToArray(),
                Failures = failures,
            };
        }

        private static bool Right(DialogueCase item, DialogueTurn reply, ReplyVerdict verdict)
        {
            var clean = verdict.ActionRight && verdict.OtherFacts.Count == 0 && reply.Text.Length > 0;
            return clean && item.Expected.Kind switch
            {
                ReplyKind.Known => verdict.HasAskedFact && !verdict.Declines,
                ReplyKind.Unknown => verdict.Declines,
                _ => true,
            };
        }
    }
}
