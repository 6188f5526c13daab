using System;
using System.Collections.Generic;
using System.Text;
using PrismLM.Core.Tokenization;

namespace PrismLM.Tests.Generation
{
    /// <summary>A vocabulary written by hand: text becomes the longest piece that fits, again and again. An empty piece is a special token.</summary>
    internal sealed class PieceTokenizer : ITextTokenizer
    {
        private readonly byte[][] pieces;

        public PieceTokenizer(params byte[][] pieces) => this.pieces = pieces;

        public int VocabularySize => pieces.Length;

        public bool AddsLeadingSpace => false;

        public static PieceTokenizer Of(params string[] pieces) => new PieceTokenizer(Array.ConvertAll(pieces, Encoding.UTF8.GetBytes));

        public ReadOnlySpan<byte> TokenBytes(int id) => pieces[id];

        public bool IsSpecial(int id) => pieces[id].Length == 0;

        public void Encode(ReadOnlySpan<char> text, List<int> ids) => ids.AddRange(Encode(text.ToString()));

        public int[] Encode(string text)
        {
            var ids = new List<int>();
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            for (int at = 0; at < bytes.Length;)
            {
                int best = -1;
                for (int id = 0; id < pieces.Length; id++)
                {
                    bool fits = pieces[id].Length > 0 && bytes.AsSpan(at).StartsWith(pieces[id]);
                    best = fits && (best < 0 || pieces[id].Length > pieces[best].Length) ? id : best;
                }

                ids.Add(best);
                at += pieces[best].Length;
            }

            return ids.ToArray();
        }

        public string Decode(ReadOnlySpan<int> ids)
        {
            var bytes = new List<byte>();
            foreach (int id in ids)
            {
                bytes.AddRange(pieces[id]);
            }

            return Encoding.UTF8.GetString(bytes.ToArray());
        }

        public bool TryGetSpecial(string content, out int id) => throw new NotSupportedException();

        public byte[] ToJson() => throw new NotSupportedException();
    }
}
