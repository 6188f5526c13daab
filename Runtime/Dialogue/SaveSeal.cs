using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Dialogue
{
    /// <summary>
    /// The end of every save: a member with the SHA-256 of all bytes before it. It finds damage; it does not stop a player who edits a save and its hash,
    /// so everything else is checked as well.
    /// </summary>
    internal static class SaveSeal
    {
        private const string Open = ",\"sha256\":\"";
        private const int Digits = 64;

        /// <summary>Bytes that a seal adds to an object.</summary>
        public const int Length = 11 + Digits + 1;

        /// <summary>An object with the seal as its last member.</summary>
        public static byte[] Add(byte[] json)
        {
            int body = json.Length - 1;
            var result = new byte[json.Length + Length];
            Array.Copy(json, result, body);
            Encoding.ASCII.GetBytes(Open + Hash(json.AsSpan(0, body)) + "\"}").CopyTo(result, body);
            return result;
        }

        /// <exception cref="PrismFileException">Empty, too large, cut off or damaged.</exception>
        public static void Check(ReadOnlySpan<byte> save, string name)
        {
            if (save.IsEmpty)
            {
                throw new PrismFileException(SaveCodes.Empty, name, string.Empty, "0 bytes", "a save", "Was it written to the end?");
            }

            if (save.Length > NpcSave.MaxBytes)
            {
                throw new PrismFileException(SaveCodes.TooLarge, name, string.Empty, Number(save.Length) + " bytes", "at most " + Number(NpcSave.MaxBytes), "Is it a save?");
            }

            int body = save.Length - Length - 1;
            if (body < 1 || !Matches(save.Slice(body), Open) || !Matches(save.Slice(save.Length - 2), "\"}"))
            {
                throw new PrismFileException(
                    SaveCodes.CutOff, name, "byte " + Number(save.Length), "an end that is not a save's", "sha256 as the last member",
                    "The save was cut off, or is something else.");
            }

            if (!Matches(save.Slice(body + Open.Length), Hash(save.Slice(0, body))))
            {
                throw new PrismFileException(
                    SaveCodes.Damaged, name, "sha256", "content with another hash", "the content that was saved", "The save was damaged or edited; use a backup.");
            }
        }

        public static string Hash(ReadOnlySpan<byte> bytes)
        {
            using var sha = SHA256.Create();
            var text = new StringBuilder(Digits);
            foreach (byte value in sha.ComputeHash(bytes.ToArray()))
            {
                text.Append(value.ToString("x2", CultureInfo.InvariantCulture));
            }

            return text.ToString();
        }

        private static bool Matches(ReadOnlySpan<byte> bytes, string ascii)
        {
            bool same = bytes.Length >= ascii.Length;
            for (int i = 0; same && i < ascii.Length; i++)
            {
                same = bytes[i] == ascii[i];
            }

            return same;
        }

        private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
