using System;
using System.Collections.Generic;
using System.Text;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>
    /// A sentence with choices and slots: <c>[What is|What's] your name{friend}?</c>. Expanding it makes the choices and leaves the slots,
    /// so the expanded form is also the sentence's skeleton.
    /// </summary>
    internal sealed class Wording
    {
        private readonly List<object> parts;

        private Wording(List<object> parts)
        {
            this.parts = parts;
        }

        /// <summary>Number of different expansions.</summary>
        public long Count
        {
            get
            {
                long count = 1;
                foreach (var part in parts)
                {
                    if (part is Wording[] choices)
                    {
                        long sum = 0;
                        foreach (var choice in choices)
                        {
                            sum += choice.Count;
                        }

                        count *= sum;
                    }
                }

                return count;
            }
        }

        public static Wording Parse(string text)
        {
            var at = 0;
            var wording = ParseSequence(text, ref at, false);
            return at == text.Length ? wording : throw new FormatException($"Unbalanced ']' at {at} in wording: {text}");
        }

        public string Expand(SeededRandom random)
        {
            if (parts.Count == 1 && parts[0] is string literal)
            {
                return literal;
            }

            var builder = new StringBuilder();
            Expand(random, builder);
            return builder.ToString();
        }

        /// <summary>Every expansion, for tests.</summary>
        public IEnumerable<string> All()
        {
            IEnumerable<string> results = new[] { string.Empty };
            foreach (var part in parts)
            {
                results = Combine(results, part);
            }

            return results;
        }

        private static IEnumerable<string> Combine(IEnumerable<string> heads, object part)
        {
            foreach (var head in heads)
            {
                if (part is string literal)
                {
                    yield return head + literal;
                    continue;
                }

                foreach (var choice in (Wording[])part)
                {
                    foreach (var tail in choice.All())
                    {
                        yield return head + tail;
                    }
                }
            }
        }

        private void Expand(SeededRandom random, StringBuilder builder)
        {
            foreach (var part in parts)
            {
                if (part is string literal)
                {
                    builder.Append(literal);
                }
                else
                {
                    random.Pick((Wording[])part).Expand(random, builder);
                }
            }
        }

        private static Wording ParseSequence(string text, ref int at, bool inside)
        {
            var parts = new List<object>();
            var literal = new StringBuilder();
            while (at < text.Length && !(inside && (text[at] == '|' || text[at] == ']')))
            {
                if (text[at] != '[')
                {
                    literal.Append(text[at++]);
                    continue;
                }

                if (literal.Length > 0)
                {
                    parts.Add(literal.ToString());
                    literal.Clear();
                }

                parts.Add(ParseChoices(text, ref at));
            }

            if (literal.Length > 0 || parts.Count == 0)
            {
                parts.Add(literal.ToString());
            }

            return new Wording(parts);
        }

        private static Wording[] ParseChoices(string text, ref int at)
        {
            var choices = new List<Wording>();
            do
            {
                at++;
                choices.Add(ParseSequence(text, ref at, true));
                if (at >= text.Length)
                {
                    throw new FormatException("Missing ']' in wording: " + text);
                }
            }
            while (text[at] == '|');

            at++;
            return choices.ToArray();
        }
    }
}
