using System;
using System.Collections.Generic;

namespace PrismLM.Core.Tokenization
{
    /// <summary>Text to token ids and back. Immutable and safe to use from several threads.</summary>
    public interface ITextTokenizer
    {
        /// <summary>Ids are 0 to this, exclusive.</summary>
        int VocabularySize { get; }

        /// <summary>
        /// True when <see cref="Encode(string)"/> puts a space before a text and <see cref="Decode"/> drops it again (SentencePiece). Whoever joins
        /// <see cref="TokenBytes"/> drops it too when the text begins with them.
        /// </summary>
        bool AddsLeadingSpace { get; }

        /// <summary>Appends the ids of a text. Never appends a special token, whatever the text says.</summary>
        void Encode(ReadOnlySpan<char> text, List<int> ids);

        /// <summary>The ids of a text.</summary>
        int[] Encode(string text);

        /// <summary>The text of some ids; special tokens have none, invalid UTF-8 becomes U+FFFD.</summary>
        /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
        string Decode(ReadOnlySpan<int> ids);

        /// <summary>The bytes a token stands for; empty for a special token. They may be part of a character: see <see cref="Utf8StreamDecoder"/>.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The id is outside the vocabulary.</exception>
        ReadOnlySpan<byte> TokenBytes(int id);

        /// <summary>True for a token that structures a document and has no text.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The id is outside the vocabulary.</exception>
        bool IsSpecial(int id);

        /// <summary>Finds a special token by its name, such as <c>&lt;|bos|&gt;</c>.</summary>
        bool TryGetSpecial(string content, out int id);

        /// <summary>The tokenizer in Hugging Face <c>tokenizer.json</c> form, UTF-8.</summary>
        byte[] ToJson();
    }
}
