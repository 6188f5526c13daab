using System;
using System.Collections.Generic;
using PrismLM.Core.Prompting;
using PrismLM.Training.Data.Dialogue;

namespace PrismLM.Training.Evaluation
{
    /// <summary>A share of cases.</summary>
    public readonly record struct Rate(int Hits, int Of)
    {
        /// <summary>0 to 1; 0 when there is no case.</summary>
        public double Value => Of == 0 ? 0 : Hits / (double)Of;

        public override string ToString() => FormattableString.Invariant($"{100 * Value:F1} % ({Hits} of {Of})");

        internal Rate With(bool hit) => new(Hits + (hit ? 1 : 0), Of + 1);
    }

    /// <summary>One intent and kind of answer.</summary>
    public sealed record IntentRow(DialogueIntent Intent, ReplyKind Kind, Rate Right);

    /// <summary>A reply that was not right, for reading.</summary>
    public sealed record DialogueFailure(DialogueCase Case, DialogueTurn Reply, ReplyVerdict Verdict);

    /// <summary>What a model got right on the validation conversations.</summary>
    public sealed record DialogueReport
    {
        public int Conversations { get; init; }

        public int Replies { get; init; }

        /// <summary>Known questions whose reply holds the asked values.</summary>
        public Rate AskedFact { get; init; }

        /// <summary>Known questions whose reply holds no other value of the persona.</summary>
        public Rate NoOtherFact { get; init; }

        /// <summary>Questions about a changed fact whose reply holds the new value.</summary>
        public Rate TwinRight { get; init; }

        /// <summary>Unknown questions that are declined, without telling another fact instead.</summary>
        public Rate UnknownDeclined { get; init; }

        /// <summary>Known questions that are declined; lower is better.</summary>
        public Rate KnownDeclined { get; init; }

        /// <summary>Allowed actions that are taken.</summary>
        public Rate ActionRight { get; init; }

        /// <summary>What choosing blindly among the persona's actions and none would take, 0 to 1.</summary>
        public double ActionChance { get; init; }

        /// <summary>Actions that the persona does not list, of all that were written; a constraint makes them impossible.</summary>
        public Rate UnlistedAction { get; init; }

        /// <summary>Other lines that are answered with an action; lower is better.</summary>
        public Rate FalseAction { get; init; }

        /// <summary>Replies that are the most frequent text; lower is better.</summary>
        public Rate MostFrequent { get; init; }

        public string MostFrequentText { get; init; } = string.Empty;

        public IReadOnlyList<IntentRow> Intents { get; init; } = Array.Empty<IntentRow>();

        public IReadOnlyList<DialogueFailure> Failures { get; init; } = Array.Empty<DialogueFailure>();
    }
}
