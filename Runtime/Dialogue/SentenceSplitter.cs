using System;
using System.Collections.Generic;

namespace PrismLM.Dialogue
{
    /// <summary>
    /// Finds where sentences end, in text that still grows: knows the marks of other scripts, "Mr." and other titles, initials, "3.5",
    /// ellipses within a sentence, and quotation marks that close after the full stop.
    /// </summary>
    /// <remarks>A mark at the very end of the text is decided by what comes next, so a sentence is found one word late, or when the text is complete.</remarks>
    internal sealed class SentenceSplitter
    {
        private readonly IReadOnlyList<string> _abbreviations;
        private int _start = -1;
        private int _scanned;

        /// <param name="abbreviations">Words that a full stop may follow within a sentence, without the stop; null for the common titles.</param>
        public SentenceSplitter(IReadOnlyList<string>? abbreviations = null)
        {
            _abbreviations = abbreviations ?? SentenceMarks.Abbreviations;
        }

        /// <summary>All sentences of a text, without white space around them.</summary>
        public static IReadOnlyList<string> Split(string text)
        {
            if (text == null)
            {
                throw new ArgumentNullException(nameof(text));
            }

            var splitter = new SentenceSplitter();
            var sentences = new List<string>();
            int start = 0;
            while (start < text.Length)
            {
                int end = splitter.Next(text.AsSpan(), start, true);
                string sentence = text.Substring(start, end - start).Trim();
                if (sentence.Length > 0)
                {
                    sentences.Add(sentence);
                }

                start = Math.Max(end, start + 1);
            }

            return sentences;
        }

        /// <summary>The end of the sentence that begins at <paramref name="start"/>: the index after its last mark or closing quotation mark.</summary>
        /// <param name="text">All of the text so far. Between calls with the same start, it may only grow.</param>
        /// <param name="start">Where the sentence begins.</param>
        /// <param name="isComplete">Nothing more will come: what is left is a sentence.</param>
        /// <returns>-1 when the end is not there yet.</returns>
        public int Next(ReadOnlySpan<char> text, int start, bool isComplete)
        {
            if (start < 0 || start > text.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(start), start, FormattableString.Invariant($"The text has {text.Length} characters."));
            }

            if (start != _start)
            {
                _start = _scanned = start;
            }

            int i = Math.Min(_scanned, text.Length);
            while (i < text.Length)
            {
                if (SentenceMarks.IsLineBreak(text[i]) && !text.Slice(start, i - start).IsWhiteSpace())
                {
                    return i;
                }

                if (!SentenceMarks.IsMark(text[i]))
                {
                    _scanned = ++i;
                    continue;
                }

                int after = AfterMarks(text, i);
                bool? ends = Ends(text, start, i, after, isComplete);
                if (ends == true)
                {
                    return after;
                }

                if (ends == null)
                {
                    return -1;
                }

                _scanned = i = after;
            }

            return isComplete && start < text.Length ? text.Length : -1;
        }

        /// <summary>The text before the next start was changed.</summary>
        internal void Reset() => _start = -1;

        /// <summary>Null when what follows must be seen first.</summary>
        private bool? Ends(ReadOnlySpan<char> text, int start, int mark, int after, bool isComplete)
        {
            if (after == text.Length)
            {
                return isComplete ? true : (bool?)null;
            }

            if (SentenceMarks.IsCertain(text[mark]))
            {
                return !char.IsDigit(text[after]);
            }

            if (!char.IsWhiteSpace(text[after]))
            {
                return false;
            }

            int next = after;
            while (next < text.Length && char.IsWhiteSpace(text[next]))
            {
                next++;
            }

            if (next == text.Length)
            {
                return isComplete ? true : (bool?)null;
            }

            bool hasCloser = SentenceMarks.IsCloser(text[after - 1]);
            bool shouts = text.Slice(mark, after - mark).IndexOfAny('!', '?') >= 0;
            if (char.IsLower(text[next]) && (hasCloser || !shouts))
            {
                return false;
            }

            return after - mark != 1 || text[mark] != '.' || !IsAbbreviated(text, start, mark);
        }

        private bool IsAbbreviated(ReadOnlySpan<char> text, int start, int mark)
        {
            ReadOnlySpan<char> word = SentenceMarks.WordBefore(text, start, mark);

            // An initial, as in "J. Smith"; "it was I." ends.
            if (word.Length == 1 && char.IsUpper(word[0]) && word[0] != 'I')
            {
                return true;
            }

            // By index: an enumerator of the interface would be allocated for each sentence.
            for (int i = 0; i < _abbreviations.Count; i++)
            {
                if (word.SequenceEqual(_abbreviations[i].AsSpan()))
                {
                    return true;
                }
            }

            return false;
        }

        private static int AfterMarks(ReadOnlySpan<char> text, int mark)
        {
            int after = mark + 1;
            while (after < text.Length && SentenceMarks.IsMark(text[after]))
            {
                after++;
            }

            while (after < text.Length && SentenceMarks.IsCloser(text[after]))
            {
                after++;
            }

            return after;
        }
    }
}
