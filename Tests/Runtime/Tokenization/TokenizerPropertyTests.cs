using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using PrismLM.Core.Tokenization;

namespace PrismLM.Tests.Tokenization
{
    public sealed class TokenizerPropertyTests
    {
        private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(1000);

        [Test]
        public void DecodeUndoesEncode()
        {
            Prop.ForAll(TextArbitrary.Valid, text => Everyone().All(tokenizer => tokenizer.Decode(tokenizer.Encode(text)) == text)).Check(Runs);
        }

        [Test]
        public void NothingThrowsAndSurrogatesAreReplaced()
        {
            Prop.ForAll(TextArbitrary.Any, text =>
            {
                byte[] utf8 = new byte[3 * text.Length];
                int length = Utf8.GetBytes(text, utf8);
                var valid = new StringBuilder();
                new Utf8StreamDecoder().Append(utf8.AsSpan(0, length), valid);
                return Everyone().All(tokenizer => tokenizer.Decode(tokenizer.Encode(text)) == valid.ToString())
                    && valid.ToString().Replace("\uFFFD", string.Empty).All(c => text.Contains(c));
            }).Check(Runs);
        }

        [Test]
        public void PartsEncodedAloneDecodeToTheWhole()
        {
            BpeTokenizer tokenizer = PublishedVocabularies.Gpt2.Value;
            Prop.ForAll(TextArbitrary.Valid, TextArbitrary.Valid, (first, second) =>
            {
                int[] ids = tokenizer.Encode(first).Concat(tokenizer.Encode(second)).ToArray();
                return tokenizer.Decode(ids) == first + second && ids.All(id => !tokenizer.IsSpecial(id));
            }).Check(Runs);
        }

        [Test]
        public void StreamedBytesDecodeLikeTheWhole()
        {
            Prop.ForAll(TextArbitrary.Bytes, ArbMap.Default.ArbFor<int>(), (bytes, seed) => Streamed(bytes, new Random(seed)) == Whole(bytes)).Check(Runs);
        }

        [Test]
        public void StreamedTextDecodesToItself()
        {
            Prop.ForAll(TextArbitrary.Valid, ArbMap.Default.ArbFor<int>(), (text, seed) => Streamed(Encoding.UTF8.GetBytes(text), new Random(seed)) == text).Check(Runs);
        }

#if NET5_0_OR_GREATER
        // Mono's own decoder writes another number of replacement characters, so .NET is the witness.
        [Test]
        public void InvalidBytesDecodeAsInDotNet()
        {
            Prop.ForAll(TextArbitrary.Bytes, bytes => Whole(bytes) == Encoding.UTF8.GetString(bytes)).Check(Runs.WithMaxTest(5000));
        }

        [Test]
        public void TextBecomesTheBytesOfDotNet()
        {
            Prop.ForAll(TextArbitrary.Any, text =>
            {
                byte[] utf8 = new byte[3 * text.Length];
                return utf8.AsSpan(0, Utf8.GetBytes(text, utf8)).SequenceEqual(Encoding.UTF8.GetBytes(text));
            }).Check(Runs);
        }
#endif

        private static IEnumerable<ITextTokenizer> Everyone()
        {
            return new ITextTokenizer[] { PublishedVocabularies.Gpt2.Value, PublishedVocabularies.Llama.Value };
        }

        private static string Whole(byte[] bytes)
        {
            var buffer = new char[Utf8StreamDecoder.MaxCharCount(bytes.Length)];
            var decoder = new Utf8StreamDecoder();
            int written = decoder.Decode(bytes, buffer);
            written += decoder.Flush(buffer.AsSpan(written));
            return new string(buffer, 0, written);
        }

        private static string Streamed(byte[] bytes, Random random)
        {
            var decoder = new Utf8StreamDecoder();
            var text = new StringBuilder();
            for (int start = 0; start < bytes.Length;)
            {
                int length = random.Next(0, Math.Min(6, bytes.Length - start) + 1);
                decoder.Append(bytes.AsSpan(start, length), text);
                if (text.Length > 0 && char.IsHighSurrogate(text[text.Length - 1]))
                {
                    return "half a character";
                }
                start += length;
            }
            Span<char> rest = stackalloc char[1];
            return text.Append(rest.Slice(0, decoder.Flush(rest))).ToString();
        }
    }
}
