using System;
using System.Collections.Generic;
using System.Text;
using PrismLM.Core.Tokenization;

namespace PrismLM.Tests.Generation
{
    /// <summary>A vocabulary given as byte strings; an empty one is a special token.</summary>
    internal sealed class ScriptedTokenizer : ITextTokenizer
    {
        private readonly List<byte[]> _tokens = new List<byte[]>();

        public int VocabularySize => _tokens.Count;

        public bool AddsLeadingSpace => false;

        public int Add(string text) => Add(Encoding.UTF8.GetBytes(text));

        public int Add(params byte[] bytes)
        {
            _tokens.Add(bytes);
            return _tokens.Count - 1;
        }

        public ReadOnlySpan<byte> TokenBytes(int id) => _tokens[id];

        public bool IsSpecial(int id) => _tokens[id].Length == 0;

        public void Encode(ReadOnlySpan<char> text, List<int> ids) => throw new NotSupportedException();

        public int[] Encode(string text) => throw new NotSupportedException();

        public string Decode(ReadOnlySpan<int> ids) => throw new NotSupportedException();

        public bool TryGetSpecial(string content, out int id) => throw new NotSupportedException();

        public byte[] ToJson() => throw new NotSupportedException();
    }
}
