using System.Collections.Generic;
using System.Globalization;
using System.Text;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;

namespace PrismLM.Dialogue.Tracing
{
    /// <summary>Tokens as people read them.</summary>
    internal sealed class TokenText
    {
        private readonly BpeTokenizer _tokenizer;
        private readonly Dictionary<int, string> _specials = new Dictionary<int, string>();

        public TokenText(BpeTokenizer tokenizer, SpecialTokens special)
        {
            _tokenizer = tokenizer;
            foreach (string name in DialogueFormat.SpecialTokenNames)
            {
                if (tokenizer.TryGetSpecial(name, out int id))
                {
                    _specials[id] = name;
                }
            }

            // A vocabulary may call it otherwise; what it does is what matters here.
            _specials[special.End] = "<|end|>";
        }

        public string Of(int token)
        {
            if (_specials.TryGetValue(token, out string? name))
            {
                return name;
            }

            string text = _tokenizer.Decode(new[] { token });
            if (text.IndexOf('\uFFFD') < 0)
            {
                return text;
            }

            var bytes = new StringBuilder();
            foreach (byte value in _tokenizer.TokenBytes(token))
            {
                bytes.Append(value < 0x80 ? ((char)value).ToString() : "\\x" + value.ToString("X2", CultureInfo.InvariantCulture));
            }

            return bytes.ToString();
        }
    }
}
