using System;

namespace PrismLM.Dialogue
{
    /// <summary>The words of a reply: cleaned, whole, in one growing buffer.</summary>
    internal sealed class ReplyText
    {
        private readonly TextCleaner _cleaner = new TextCleaner();
        private char[] _characters;

        /// <param name="capacity">Room for an ordinary reply at once, so that nothing is allocated per token.</param>
        /// <param name="allowMarkup">Let tags through.</param>
        public ReplyText(int capacity, bool allowMarkup)
        {
            _characters = new char[capacity];
            _cleaner.AllowMarkup = allowMarkup;
        }

        public int Length { get; private set; }

        public ReadOnlySpan<char> Span => _characters.AsSpan(0, Length);

        public void Append(ReadOnlySpan<char> text)
        {
            Reserve(_cleaner.MaxOutput(text.Length));
            Length += _cleaner.Append(text, _characters.AsSpan(Length));
        }

        /// <summary>Nothing more comes from the model: lets out what was held back.</summary>
        public void Complete()
        {
            Reserve(_cleaner.MaxOutput(0));
            Length += _cleaner.Complete(_characters.AsSpan(Length));
        }

        /// <summary>Drops the end; never half a surrogate pair.</summary>
        public void Truncate(int length)
        {
            Length = Whole(Span, length);
        }

        /// <summary>Puts other words in the place of a range.</summary>
        /// <returns>How long they are, cleaned.</returns>
        public int Replace(int start, int end, ReadOnlySpan<char> words, bool allowMarkup)
        {
            var cleaner = new TextCleaner { AllowMarkup = allowMarkup };
            var clean = new char[cleaner.MaxOutput(words.Length) + TextCleaner.MaxTag];
            int count = cleaner.Append(words, clean);
            count += cleaner.Complete(clean.AsSpan(count));
            Reserve(Math.Max(0, count - (end - start)));
            Array.Copy(_characters, end, _characters, start + count, Length - end);
            Array.Copy(clean, 0, _characters, start, count);
            Length += count - (end - start);
            return count;
        }

        public override string ToString() => Span.ToString();

        /// <summary>The largest length up to this one that splits no surrogate pair.</summary>
        public static int Whole(ReadOnlySpan<char> text, int length)
        {
            length = Math.Min(Math.Max(length, 0), text.Length);
            return length > 0 && length < text.Length && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        }

        private void Reserve(int more)
        {
            if (_characters.Length - Length < more)
            {
                Array.Resize(ref _characters, Math.Max(Length + more, 2 * _characters.Length));
            }
        }
    }
}
