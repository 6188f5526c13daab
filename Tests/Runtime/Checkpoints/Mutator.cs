using System;
using System.Collections.Generic;
using System.Text;

namespace PrismLM.Tests.Checkpoints
{
    /// <summary>Breaks bytes the way fuzzers do: flips, interesting values, insertions, deletions, copies, numbers and tokens of the format in wrong places.</summary>
    internal sealed class Mutator
    {
        private static readonly string[] Tokens =
        {
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "null", "true", "NaN", "-1", "-0", "0", "1e400", "18446744073709551615", "9223372036854775808",
            "4294967296", "2147483648", "1048577", "/*", "//", "\"__metadata__\":{}", "\"shape\":[]", "\"dtype\":\"F64\"", "\"data_offsets\":[0,0]", "\u00FF", "\u00EF\u00BB\u00BF", "\u00C0\u0080", "\0",
        };

        private readonly TestRandom _random;

        public Mutator(ulong seed) => _random = new TestRandom(seed);

        /// <summary>One to four changes.</summary>
        public byte[] Mutate(byte[] good)
        {
            var bytes = new List<byte>(good);
            for (int change = 1 + _random.Below(4); change > 0 && bytes.Count > 0; change--)
            {
                int at = _random.Below(bytes.Count);
                switch (_random.Below(9))
                {
                    case 0: bytes[at] ^= (byte)(1 << _random.Below(8)); break;
                    case 1: bytes[at] = (byte)_random.Next(); break;
                    case 2: bytes[at] = new byte[] { 0, 1, 0x7F, 0x80, 0xFF }[_random.Below(5)]; break;
                    case 3: bytes.Insert(at, (byte)_random.Next()); break;
                    case 4: bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + _random.Below(20))); break;
                    case 5: bytes.RemoveRange(at, bytes.Count - at); break;
                    case 6: Copy(bytes, at); break;
                    case 7: Put(bytes, at, Tokens[_random.Below(Tokens.Length)], insert: true); break;
                    default: Put(bytes, at, Tokens[_random.Below(Tokens.Length)], insert: false); break;
                }
            }

            return bytes.ToArray();
        }

        private void Copy(List<byte> bytes, int to)
        {
            int from = _random.Below(bytes.Count), length = Math.Min(bytes.Count - from, 1 + _random.Below(60));
            bytes.InsertRange(to, bytes.GetRange(from, length));
        }

        private static void Put(List<byte> bytes, int at, string token, bool insert)
        {
            byte[] raw = Encoding.GetEncoding(28591).GetBytes(token);
            if (!insert)
            {
                bytes.RemoveRange(at, Math.Min(raw.Length, bytes.Count - at));
            }

            bytes.InsertRange(at, raw);
        }
    }
}
