using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using PrismLM.Core.Prompting;
using PrismLM.Training.Data.Dialogue;

namespace PrismLM.Training.Evaluation
{
    /// <summary>What one reply did.</summary>
    public sealed record ReplyVerdict
    {
        /// <summary>Every asked value is in the reply, word for word (letter case aside).</summary>
        public bool HasAskedFact { get; init; }

        /// <summary>Persona values in the reply that nobody asked for.</summary>
        public IReadOnlyList<string> OtherFacts { get; init; } = Array.Empty<string>();

        /// <summary>The reply says that the NPC does not know.</summary>
        public bool Declines { get; init; }

        /// <summary>The reply's action is the expected one, or neither has one.</summary>
        public bool ActionRight { get; init; }
    }

    /// <summary>Reads a reply against what was expected.</summary>
    internal static class ReplyScorer
    {
        /// <summary>This many words in a row of a long value count as the value: a model may leave off its end.</summary>
        private const int Shingle = 5;

        public static ReplyVerdict Score(DialogueCase item, DialogueTurn reply)
        {
            var text = Normal(reply.Text);
            var expected = item.Expected;
            var without = text;
            foreach (var value in expected.Values)
            {
                without = without.Replace(Normal(value), "#", StringComparison.Ordinal);
            }

            var mayHold = expected.Values.Concat(expected.Allowed).Append(item.Prompt.Turns[^1].Text).Append(item.Expected.Kind == ReplyKind.Free ? item.Reference.Text : string.Empty);
            return new ReplyVerdict
            {
                HasAskedFact = expected.Values.All(value => Holds(text, Normal(value))),
                OtherFacts = OtherFacts(item.Prompt.Persona, text, Normal(string.Join(" / ", mayHold))),
                Declines = DeclineMarkers.Holds(without),
                ActionRight = string.Equals(reply.Action, expected.Action, StringComparison.Ordinal),
            };
        }

        private static List<string> OtherFacts(PersonaFacts persona, string text, string mayHold)
        {
            var found = new List<string>();
            foreach (var value in Values(persona))
            {
                if (Pieces(Normal(value)).Any(piece => Holds(text, piece) && !Holds(mayHold, piece)))
                {
                    found.Add(value);
                }
            }

            return found;
        }

        /// <summary>The value itself, and every run of words that gives a long one away.</summary>
        private static IEnumerable<string> Pieces(string value)
        {
            yield return value;
            var words = value.Split(' ');
            for (var i = 0; i + Shingle < words.Length; i++)
            {
                yield return string.Join(' ', words, i, Shingle);
            }
        }

        private static IEnumerable<string> Values(PersonaFacts persona)
        {
            foreach (var field in DialogueFields.All)
            {
                // What the NPC may do is no secret: a refusal names it.
                if (field.Field is DialogueField.Wares or DialogueField.Actions)
                {
                    continue;
                }

                foreach (var value in persona.Lines(field.Field))
                {
                    yield return value;
                }
            }

            foreach (var ware in persona.Wares)
            {
                yield return ware.Item;
                yield return ware.Price;
            }
        }

        private static bool Holds(string text, string value)
        {
            for (var at = text.IndexOf(value, StringComparison.Ordinal); at >= 0; at = text.IndexOf(value, at + 1, StringComparison.Ordinal))
            {
                var end = at + value.Length;
                if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                {
                    return true;
                }
            }

            return false;
        }

        private static string Normal(string text)
        {
            var builder = new StringBuilder(text.Length);
            foreach (var c in text.Trim())
            {
                if (!char.IsWhiteSpace(c))
                {
                    builder.Append(c == '\u2019' ? '\'' : char.ToLowerInvariant(c));
                }
                else if (builder[^1] != ' ')
                {
                    builder.Append(' ');
                }
            }

            return builder.ToString();
        }
    }
}
