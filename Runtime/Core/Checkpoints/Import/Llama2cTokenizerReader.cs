using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using PrismLM.Core.Json;
using PrismLM.Core.Tokenization;

namespace PrismLM.Core.Checkpoints.Import
{
    /// <summary>
    /// Reads llama2.c's <c>tokenizer.bin</c>: the longest token's length, then for each token its score (float32), its length (int32) and its text. Ids 0, 1
    /// and 2 are unknown, beginning and end; 3 to 258 are the bytes.
    /// </summary>
    internal static class Llama2cTokenizerReader
    {
        internal const int Bos = 1;
        internal const int Eos = 2;

        private const int FirstByte = 3;
        private const string Hint = "Give the tokenizer.bin that belongs to the model.";
        private static readonly string[] SpecialNames = { "<unk>", "<s>", "</s>" };

        /// <exception cref="PrismFileException">PI204 or PI205.</exception>
        internal static SentencePieceTokenizer Read(ReadOnlySpan<byte> bytes, int vocabulary, string file)
        {
            if (vocabulary < FirstByte + 256)
            {
                throw new PrismFileException(
                    ImportErrorCodes.TokenizerSize, file, "vocabulary", Text(vocabulary) + " tokens", "at least 259: three special tokens and 256 bytes", Hint);
            }
            var pieces = new string[vocabulary];
            var scores = new float[vocabulary];
            int at = sizeof(int);
            for (int id = 0; id < vocabulary; id++)
            {
                ReadOnlySpan<byte> piece = ReadEntry(bytes, ref at, id, vocabulary, file, out scores[id]);
                pieces[id] = id < FirstByte ? SpecialNames[id] : TextOf(piece, id, file);
            }
            if (at != bytes.Length)
            {
                throw new PrismFileException(
                    ImportErrorCodes.TokenizerSize, file, "byte " + Text(at), Text(bytes.Length - at) + " bytes after token " + Text(vocabulary - 1),
                    "the end of the file: the model has " + Text(vocabulary) + " tokens", Hint);
            }
            return new SentencePieceTokenizer(SentencePieceBuilder.Build(pieces, scores, Specials(), ByteIds(pieces, file)));
        }

        private static ReadOnlySpan<byte> ReadEntry(ReadOnlySpan<byte> bytes, ref int at, int id, int vocabulary, string file, out float score)
        {
            if (at > bytes.Length - 8)
            {
                throw new PrismFileException(
                    ImportErrorCodes.TokenizerSize, file, "byte " + Text(Math.Min(at, bytes.Length)), "the end of the file before token " + Text(id),
                    Text(vocabulary) + " tokens, as the model has", Hint);
            }
            score = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt32LittleEndian(bytes.Slice(at)));
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.Slice(at + 4));
            if (float.IsNaN(score) || length < 1 || length > BpeTokenizer.MaxTokenBytes)
            {
                string found = float.IsNaN(score) ? "a score that is not a number" : Text(length) + " bytes";
                throw Bad(file, id, found, "a score, and a length of 1 to " + Text(BpeTokenizer.MaxTokenBytes));
            }
            if (length > bytes.Length - at - 8)
            {
                throw new PrismFileException(
                    ImportErrorCodes.TokenizerSize, file, "byte " + Text(at), "token " + Text(id) + " of " + Text(length) + " bytes, beyond the end of the file",
                    Text(bytes.Length - at - 8) + " bytes at most", Hint);
            }
            ReadOnlySpan<byte> piece = bytes.Slice(at + 8, length);
            at += 8 + length;
            return piece;
        }

        private static string TextOf(ReadOnlySpan<byte> piece, int id, string file)
        {
            var decoder = new Utf8StreamDecoder();
            var text = new StringBuilder();
            decoder.Append(piece, text);
            string decoded = text.ToString();
            var again = new byte[3 * decoded.Length];
            if (decoder.IsPending || !again.AsSpan(0, Utf8.GetBytes(decoded, again)).SequenceEqual(piece))
            {
                throw Bad(file, id, "bytes that are not UTF-8", "UTF-8");
            }
            return decoded;
        }

        private static int[] ByteIds(string[] pieces, string file)
        {
            int[] byteIds = new int[256];
            for (int value = 0; value < 256; value++)
            {
                byteIds[value] = FirstByte + value;
                string name = SentencePieceJson.ByteName(value);
                if (pieces[FirstByte + value] != name)
                {
                    throw Bad(file, FirstByte + value, SafeText.Quote(pieces[FirstByte + value]), SafeText.Quote(name));
                }
            }
            var seen = new HashSet<string>(SecretStringComparer.Instance);
            for (int id = 0; id < pieces.Length; id++)
            {
                // A space and U+2581 are one character in the form that is written.
                if (!seen.Add(pieces[id].Replace('\u2581', ' ')))
                {
                    throw Bad(file, id, SafeText.Quote(pieces[id]) + ", which an earlier token is", "every token once");
                }
                pieces[id] = pieces[id].Replace('\u2581', ' ');
            }
            return byteIds;
        }

        private static SpecialToken[] Specials()
        {
            return new[] { new SpecialToken(SpecialNames[0], 0), new SpecialToken(SpecialNames[Bos], Bos), new SpecialToken(SpecialNames[Eos], Eos) };
        }

        private static PrismFileException Bad(string file, int id, string found, string expected)
        {
            return new PrismFileException(ImportErrorCodes.TokenizerEntry, file, "token " + Text(id), found, expected, Hint);
        }

        private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
