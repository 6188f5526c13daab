using System;
using System.Collections.Generic;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// Finds stop sequences in text that arrives in pieces, and holds back whatever may still become one: no part of a stop sequence is ever let
    /// through, and nothing is held longer than it takes to decide. The pieces do not matter, only the text.
    /// </summary>
    /// <remarks>Every sequence is followed by a Knuth-Morris-Pratt automaton; the longest running match is what has to be held.</remarks>
    internal sealed class StopSequences
    {
        /// <summary>Most sequences of a request.</summary>
        public const int MaxCount = 16;

        /// <summary>Longest sequence in UTF-16 units.</summary>
        public const int MaxLength = 128;

        private readonly string[] _sequences;
        private readonly int[][] _fallback;
        private readonly int[] _matched;
        private readonly char[] _held;
        private int _heldCount;

        /// <exception cref="ArgumentException">Too many, too long, empty, or not valid Unicode.</exception>
        public StopSequences(IReadOnlyList<string> sequences)
        {
            if (sequences.Count > MaxCount)
            {
                throw new ArgumentException(FormattableString.Invariant($"{sequences.Count} stop sequences; at most {MaxCount} are allowed."));
            }

            _sequences = new string[sequences.Count];
            _fallback = new int[sequences.Count][];
            _matched = new int[sequences.Count];
            int longest = 0;
            for (int i = 0; i < sequences.Count; i++)
            {
                _sequences[i] = Checked(sequences[i], i);
                _fallback[i] = Fallback(_sequences[i]);
                longest = Math.Max(longest, _sequences[i].Length);
            }

            _held = new char[longest + 1];
        }

        /// <summary>The sequence that was found, or null.</summary>
        public string? Found { get; private set; }

        /// <summary>Characters that <see cref="Append"/> or <see cref="Flush"/> may write after so many more have come in.</summary>
        public int MaxOutput(int characters) => _heldCount + characters;

        /// <summary>Takes text in and writes what is safe to show. Once a sequence is found, everything is dropped.</summary>
        /// <returns>Characters written to <paramref name="safe"/>, which has room for <see cref="MaxOutput"/>.</returns>
        public int Append(ReadOnlySpan<char> text, Span<char> safe)
        {
            int written = 0;
            for (int i = 0; i < text.Length && Found is null; i++)
            {
                _held[_heldCount++] = text[i];
                int hold = 0;
                int found = -1;
                for (int s = 0; s < _sequences.Length; s++)
                {
                    int matched = Step(s, text[i]);
                    hold = Math.Max(hold, matched);
                    if (matched == _sequences[s].Length && (found < 0 || matched > _sequences[found].Length))
                    {
                        found = s;
                    }
                }

                if (found >= 0)
                {
                    Found = _sequences[found];
                    hold = Found.Length;
                }

                written += Release(_heldCount - hold, safe.Slice(written));
            }

            return written;
        }

        /// <summary>The text has ended without a sequence: writes what was held.</summary>
        public int Flush(Span<char> safe) => Found is null ? Release(_heldCount, safe) : 0;

        private int Step(int sequence, char next)
        {
            string text = _sequences[sequence];
            int matched = _matched[sequence];
            while (matched > 0 && (matched == text.Length || text[matched] != next))
            {
                matched = _fallback[sequence][matched - 1];
            }

            if (text[matched] == next)
            {
                matched++;
            }

            _matched[sequence] = matched;
            return matched;
        }

        private int Release(int count, Span<char> safe)
        {
            if (count > 0)
            {
                _held.AsSpan(0, count).CopyTo(safe);
                _held.AsSpan(count, _heldCount - count).CopyTo(_held);
                _heldCount -= count;
            }

            return count;
        }

        private static int[] Fallback(string text)
        {
            var fallback = new int[text.Length];
            for (int i = 1, matched = 0; i < text.Length; i++)
            {
                while (matched > 0 && text[matched] != text[i])
                {
                    matched = fallback[matched - 1];
                }

                if (text[matched] == text[i])
                {
                    matched++;
                }

                fallback[i] = matched;
            }

            return fallback;
        }

        private static string Checked(string sequence, int index)
        {
            if (string.IsNullOrEmpty(sequence) || sequence.Length > MaxLength)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Stop sequence {index} has {sequence?.Length ?? 0} characters; allowed: 1 to {MaxLength}."));
            }

            for (int i = 0; i < sequence.Length; i++)
            {
                if (char.IsHighSurrogate(sequence[i]) && i + 1 < sequence.Length && char.IsLowSurrogate(sequence[i + 1]))
                {
                    i++;
                }
                else if (char.IsSurrogate(sequence[i]))
                {
                    throw new ArgumentException(FormattableString.Invariant(
                        $"Stop sequence {index} has half a surrogate pair at character {i}; allowed: valid Unicode."));
                }
            }

            return sequence;
        }
    }
}
