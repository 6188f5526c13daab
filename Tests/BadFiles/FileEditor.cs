using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Tests.BadFiles
{
    /// <summary>
    /// Takes a good checkpoint apart, breaks one thing, and puts it together again with a right hash, so that nothing but the break is found. The header is text
    /// with one character a byte, so that a replacement may hold any byte. An edit that changes nothing is an error of the test.
    /// </summary>
    internal sealed class FileEditor
    {
        private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);
        private string _header;
        private byte[] _data;
        private ulong? _length;
        private byte[] _suffix = Array.Empty<byte>();

        private FileEditor(byte[] file)
        {
            int n = BitConverter.ToInt32(file, 0);
            _header = Latin1.GetString(file, 8, n).TrimEnd(' ');
            _data = file.AsSpan(8 + n).ToArray();
        }

        /// <summary>3 layers, width 4: the smallest file that has everything.</summary>
        public static ModelConfig Config { get; } = TestModels.Small with { Dim = 4, HeadDim = 2, Hidden = 4, Vocabulary = 8, Layers = 3 };

        public static FileEditor Good() => Of(Config);

        public static FileEditor Of(ModelConfig config, WeightFormat format = WeightFormat.Float32) => new FileEditor(TestModels.Writer(config, 1, format).ToBytes());

        public string Header => _header;

        public int DataLength => _data.Length;

        /// <summary>Replaces the first occurrence.</summary>
        public FileEditor Replace(string old, string with)
        {
            int at = _header.IndexOf(old, StringComparison.Ordinal);
            if (at < 0)
            {
                throw new InvalidOperationException("The header does not hold " + old);
            }

            _header = _header.Substring(0, at) + with + _header.Substring(at + old.Length);
            return this;
        }

        /// <summary>Replaces the whole header.</summary>
        public FileEditor SetHeader(string header)
        {
            _header = header;
            return this;
        }

        /// <summary>Sets a metadata value (raw JSON inside the quotes), or adds it.</summary>
        public FileEditor Meta(string key, string value) => Regex.IsMatch(_header, "\"" + key + "\":\"[^\"]*\"")
            ? Replace(Regex.Match(_header, "\"" + key + "\":\"[^\"]*\"").Value, "\"" + key + "\":\"" + value + "\"")
            : Replace("{\"__metadata__\":{", "{\"__metadata__\":{\"" + key + "\":\"" + value + "\",");

        public FileEditor RemoveMeta(string key) => Replace(Regex.Match(_header, "\"" + key + "\":\"[^\"]*\",").Value, string.Empty);

        /// <summary>Replaces the inside of one tensor's entry.</summary>
        public FileEditor Entry(string tensor, string old, string with)
        {
            string entry = Regex.Match(_header, "\"" + Regex.Escape(tensor) + "\":\\{[^}]*\\}").Value;
            if (entry.Length == 0 || !entry.Contains(old))
            {
                throw new InvalidOperationException("The entry of " + tensor + " does not hold " + old);
            }

            return Replace(entry, entry.Replace(old, with));
        }

        /// <summary>Gives a tensor another name, or none: with null its entry and its bytes go, and later offsets move down.</summary>
        public FileEditor Remove(string tensor)
        {
            Match entry = Regex.Match(_header, ",\"" + Regex.Escape(tensor) + "\":\\{[^}]*\"data_offsets\":\\[(\\d+),(\\d+)\\]\\}");
            int begin = int.Parse(entry.Groups[1].Value, CultureInfo.InvariantCulture), end = int.Parse(entry.Groups[2].Value, CultureInfo.InvariantCulture);
            Replace(entry.Value, string.Empty);
            _data = Concat(_data.AsSpan(0, begin).ToArray(), _data.AsSpan(end).ToArray());
            MoveOffsets(end, begin - end);
            return this;
        }

        /// <summary>Adds a tensor of zeros after all others.</summary>
        public FileEditor Add(string tensor, string dtype, string shape, int bytes)
        {
            _header = _header.Substring(0, _header.Length - 1) + ",\"" + tensor + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":["
                + _data.Length.ToString(CultureInfo.InvariantCulture) + "," + (_data.Length + bytes).ToString(CultureInfo.InvariantCulture) + "]}}";
            _data = Concat(_data, new byte[bytes]);
            return this;
        }

        /// <summary>Overwrites bytes inside a tensor.</summary>
        public FileEditor Poke(string tensor, int at, params byte[] bytes)
        {
            Match entry = Regex.Match(_header, "\"" + Regex.Escape(tensor) + "\":\\{[^}]*\"data_offsets\":\\[(\\d+),");
            bytes.CopyTo(_data, int.Parse(entry.Groups[1].Value, CultureInfo.InvariantCulture) + at);
            return this;
        }

        /// <summary>Sets one float32 of a tensor.</summary>
        public FileEditor PokeFloat(string tensor, int index, float value) => Poke(tensor, 4 * index, BitConverter.GetBytes(value));

        /// <summary>Sets every float32 of a tensor.</summary>
        public FileEditor Fill(string tensor, int count, float value)
        {
            for (int i = 0; i < count; i++)
            {
                PokeFloat(tensor, i, value);
            }

            return this;
        }

        /// <summary>Lies about the header's length.</summary>
        public FileEditor Length(ulong length)
        {
            _length = length;
            return this;
        }

        public FileEditor Append(params byte[] bytes)
        {
            _suffix = bytes;
            return this;
        }

        public FileEditor Data(byte[] data)
        {
            _data = data;
            return this;
        }

        /// <summary>The file; its hash is right unless <paramref name="hash"/> is false.</summary>
        public byte[] Bytes(bool hash = true)
        {
            Match digits = Regex.Match(_header, "\"sha256\":\"([0-9a-f]{64})\"");
            if (hash && digits.Success)
            {
                _header = _header.Substring(0, digits.Groups[1].Index) + new string('0', 64) + _header.Substring(digits.Groups[1].Index + 64);
                using SHA256 sha = SHA256.Create();
                byte[] sum = sha.ComputeHash(Join());
                _header = _header.Substring(0, digits.Groups[1].Index) + BitConverter.ToString(sum).Replace("-", string.Empty).ToLowerInvariant() + _header.Substring(digits.Groups[1].Index + 64);
            }

            return Join();
        }

        public static byte[] Concat(params byte[][] parts)
        {
            int total = 0;
            foreach (byte[] part in parts)
            {
                total += part.Length;
            }

            var all = new byte[total];
            int at = 0;
            foreach (byte[] part in parts)
            {
                part.CopyTo(all, at);
                at += part.Length;
            }

            return all;
        }

        private byte[] Join()
        {
            byte[] header = Latin1.GetBytes(_header);
            return Concat(BitConverter.GetBytes(_length ?? (ulong)header.Length), header, _data, _suffix);
        }

        private void MoveOffsets(int from, int by)
        {
            _header = Regex.Replace(_header, "\"data_offsets\":\\[(\\d+),(\\d+)\\]", match =>
            {
                int begin = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), end = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
                return begin < from ? match.Value : "\"data_offsets\":[" + (begin + by).ToString(CultureInfo.InvariantCulture) + "," + (end + by).ToString(CultureInfo.InvariantCulture) + "]";
            });
        }
    }
}
