using System;

namespace PrismLM.Dialogue
{
    /// <summary>
    /// Makes text safe to show, as it comes in pieces: valid Unicode, one line, single spaces, no control or direction-override characters, and no
    /// <c>&lt;...&gt;</c> that a rich-text label could take for a tag. What may still become a tag is held back.
    /// </summary>
    internal sealed class TextCleaner
    {
        /// <summary>Longest tag: longer text after a &lt; is text.</summary>
        public const int MaxTag = 64;

        private readonly char[] _tag = new char[MaxTag];
        private int _tagLength;
        private char _high;
        private bool _space;
        private bool _any;

        public bool AllowMarkup { get; set; }

        /// <summary>Characters that so many more can give at most, with those that are held.</summary>
        public int MaxOutput(int characters) => 2 * (characters + _tagLength + 1);

        /// <summary>A whole text made one clean line, tags and all.</summary>
        public static string OneLine(ReadOnlySpan<char> text)
        {
            var cleaner = new TextCleaner { AllowMarkup = true };
            var clean = new char[cleaner.MaxOutput(text.Length)];
            int count = cleaner.Append(text, clean);
            count += cleaner.Complete(clean.AsSpan(count));
            return new string(clean, 0, count);
        }

        /// <summary>Takes text in and writes what can be shown.</summary>
        public int Append(ReadOnlySpan<char> text, Span<char> output)
        {
            int written = 0;
            foreach (char c in text)
            {
                written += Take(c, output.Slice(written));
            }

            return written;
        }

        /// <summary>Nothing follows: writes what was held. White space at the end is dropped.</summary>
        public int Complete(Span<char> output)
        {
            int written = ReleaseTag(output);
            written += Lone(output.Slice(written));
            _space = false;
            return written;
        }

        private int Take(char c, Span<char> output)
        {
            int written = 0;
            if (_tagLength > 0)
            {
                if (c == '>')
                {
                    _tagLength = 0;
                    return 0;
                }

                if (c != '<' && _tagLength < MaxTag && (_tagLength > 1 || Opens(c)))
                {
                    _tag[_tagLength++] = c;
                    return 0;
                }

                written = ReleaseTag(output);
            }

            if (c == '<' && !AllowMarkup)
            {
                _tag[_tagLength++] = c;
                return written;
            }

            return written + Plain(c, output.Slice(written));
        }

        /// <summary>It was no tag. Its first character goes all the same: no tag can form from what is around it.</summary>
        private int ReleaseTag(Span<char> output)
        {
            int written = 0;
            for (int i = 1; i < _tagLength; i++)
            {
                written += Plain(_tag[i], output.Slice(written));
            }

            _tagLength = 0;
            return written;
        }

        private int Plain(char c, Span<char> output)
        {
            if (_high != '\0' && char.IsLowSurrogate(c))
            {
                int before = Space(output);
                output[before] = _high;
                output[before + 1] = c;
                _high = '\0';
                return before + 2;
            }

            int written = Lone(output);
            if (char.IsHighSurrogate(c))
            {
                _high = c;
            }
            else if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                _space = _any;
            }
            else if (!IsInvisible(c))
            {
                written += Space(output.Slice(written));
                output[written++] = char.IsSurrogate(c) ? '\uFFFD' : c;
            }

            return written;
        }

        private int Lone(Span<char> output)
        {
            if (_high == '\0')
            {
                return 0;
            }

            _high = '\0';
            int before = Space(output);
            output[before] = '\uFFFD';
            return before + 1;
        }

        private int Space(Span<char> output)
        {
            bool space = _space;
            _space = false;
            _any = true;
            if (space)
            {
                output[0] = ' ';
            }

            return space ? 1 : 0;
        }

        /// <summary>What may follow the &lt; of a tag: a name, an end mark, a colour.</summary>
        private static bool Opens(char c) => char.IsLetterOrDigit(c) || c == '/' || c == '#' || c == '!' || c == '?' || c == '=';

        /// <summary>Direction overrides and isolates, the byte order mark, and non-characters. Joiners stay: scripts and emoji need them.</summary>
        private static bool IsInvisible(char c) =>
            (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u206F') || c == '\uFEFF' || c >= '\uFFFE' || (c >= '\uFDD0' && c <= '\uFDEF')
            || (c >= '\uFFF9' && c <= '\uFFFB');
    }
}
