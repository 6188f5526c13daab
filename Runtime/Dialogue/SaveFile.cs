using System;
using System.Globalization;
using System.IO;
using System.Text;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Json;

namespace PrismLM.Dialogue
{
    /// <summary>
    /// A file for saves, or for anything else that a game does not want to lose. Whatever happens while it is written, it holds the complete old content or the
    /// complete new one, and the content before stays beside it as <c>NAME.bak</c>. The first line has a hash, so damage is found when it is read.
    /// </summary>
    public static class SaveFile
    {
        /// <summary>Largest content: 64 MiB.</summary>
        public const int MaxBytes = 64 << 20;

        private const string Mark = "prism-save-file 1 ";
        private const int HeadLength = 18 + 64 + 1;

        /// <summary>Writes the content, and keeps what was there, if it is whole, as the backup.</summary>
        /// <param name="path">Its folder must exist.</param>
        /// <param name="content">At most <see cref="MaxBytes"/>.</param>
        /// <exception cref="IOException">The disk is full, the folder is missing, or the path is a folder. The old file is still there.</exception>
        /// <exception cref="ArgumentException">The content is too large.</exception>
        public static void Write(string path, ReadOnlySpan<byte> content)
        {
            if (content.Length > MaxBytes)
            {
                throw new ArgumentException(FormattableString.Invariant($"The content has {content.Length} bytes; allowed: at most {MaxBytes}."), nameof(content));
            }

            var file = new byte[HeadLength + content.Length];
            Encoding.ASCII.GetBytes(Mark + SaveSeal.Hash(content) + "\n").CopyTo(file, 0);
            content.CopyTo(file.AsSpan(HeadLength));
            if (TryRead(path, out byte[]? before, out _))
            {
                // A damaged file does not replace a good backup.
                AtomicFile.WriteAllBytes(Backup(path), before!);
            }

            AtomicFile.WriteAllBytes(path, file);
        }

        /// <summary>Reads what was written last; where that is missing or damaged, the backup.</summary>
        /// <param name="path">What <see cref="Write"/> was given.</param>
        /// <param name="problem">What was wrong with the file itself, so that this is the content before it; null for nothing.</param>
        /// <exception cref="PrismFileException">PS135: neither can be read.</exception>
        public static byte[] Read(string path, out string? problem)
        {
            problem = null;
            if (TryRead(path, out byte[]? file, out string first))
            {
                return Content(file!);
            }

            if (TryRead(Backup(path), out byte[]? backup, out string second))
            {
                problem = first;
                return Content(backup!);
            }

            throw new PrismFileException(SaveCodes.NoFile, path, string.Empty, first + "; of the backup: " + second, "a file that SaveFile.Write wrote", "Nothing was saved here, or both were damaged.");
        }

        private static string Backup(string path) => path + ".bak";

        private static byte[] Content(byte[] file) => file.AsSpan(HeadLength).ToArray();

        private static bool TryRead(string path, out byte[]? file, out string problem)
        {
            file = null;
            problem = "no such file";
            try
            {
                var info = new FileInfo(path);

                // A pipe or a device has no length and is not opened: that could wait for ever.
                if (!info.Exists || info.Length < HeadLength || info.Length > HeadLength + MaxBytes)
                {
                    problem = info.Exists ? info.Length.ToString(CultureInfo.InvariantCulture) + " bytes" : problem;
                    return false;
                }

                byte[] bytes = File.ReadAllBytes(path);
                string head = Encoding.ASCII.GetString(bytes, 0, Math.Min(bytes.Length, HeadLength));
                bool whole = bytes.Length >= HeadLength && string.Equals(head, Mark + SaveSeal.Hash(bytes.AsSpan(HeadLength)) + "\n", StringComparison.Ordinal);
                problem = whole ? string.Empty : "content that does not match its hash";
                file = whole ? bytes : null;
                return whole;
            }
            catch (Exception failure) when (failure is IOException || failure is UnauthorizedAccessException || failure is ArgumentException || failure is NotSupportedException)
            {
                problem = SafeText.Show(failure.Message);
                return false;
            }
        }
    }
}
