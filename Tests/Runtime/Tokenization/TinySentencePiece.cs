using System.Globalization;
using System.Text;
using PrismLM.Core.Tokenization;

namespace PrismLM.Tests.Tokenization
{
    /// <summary>A SentencePiece tokenizer of a few pieces.</summary>
    internal static class TinySentencePiece
    {
        internal static SentencePieceTokenizer Create()
        {
            string[] texts = { " ", "a", "b", "c", "ab", " a", "abc", "bc", "🙂", "é" };
            var pieces = new string[259 + texts.Length];
            var scores = new float[pieces.Length];
            int[] byteIds = new int[256];
            pieces[0] = "<unk>";
            pieces[1] = "<s>";
            pieces[2] = "</s>";
            for (int value = 0; value < 256; value++)
            {
                byteIds[value] = 3 + value;
                pieces[3 + value] = "<0x" + value.ToString("X2", CultureInfo.InvariantCulture) + ">";
            }
            for (int i = 0; i < texts.Length; i++)
            {
                pieces[259 + i] = texts[i];
                scores[259 + i] = -i;
            }
            var special = new[] { new SpecialToken("<unk>", 0), new SpecialToken("<s>", 1), new SpecialToken("</s>", 2) };
            return new SentencePieceTokenizer(SentencePieceBuilder.Build(pieces, scores, special, byteIds));
        }

        internal static string Json() => Encoding.UTF8.GetString(Create().ToJson());
    }
}
