using System;
using System.IO;
using PrismLM.Core.Json;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>
    /// A file is not what its loader accepts. <see cref="Code"/> is stable; the message is at most 400 characters, shows no more than 64 characters of the file's
    /// own text, and names the file by its base name only, so that it can be shown to a player and pasted into a report.
    /// </summary>
    public sealed class PrismFileException : Exception
    {
        /// <summary>Longest message.</summary>
        public const int MaxMessageLength = 400;

        /// <param name="code">As in <c>PT063</c>; see <see cref="FileErrorCodes"/>.</param>
        /// <param name="file">A path or display name; its base name is kept.</param>
        /// <param name="where">Byte offset, JSON path, metadata key or tensor; empty when the whole file is meant.</param>
        /// <param name="found">What is there; untrusted text goes through <see cref="SafeText"/> first.</param>
        /// <param name="expected">What would be accepted.</param>
        /// <param name="hint">One thing to try; may be empty.</param>
        /// <param name="inner">What the platform said, if anything.</param>
        public PrismFileException(string code, string file, string where, string found, string expected, string hint = "", Exception? inner = null)
            : base(Compose(code, BaseName(file), where, found, expected, hint), inner)
        {
            Code = code;
            File = BaseName(file);
            Where = where;
            Found = found;
            Expected = expected;
            Hint = hint;
        }

        public string Code { get; }

        public string File { get; }

        public string Where { get; }

        public string Found { get; }

        public string Expected { get; }

        public string Hint { get; }

        /// <summary>The last part of a path of any platform, escaped and cut to 64 characters.</summary>
        public static string BaseName(string path)
        {
            int cut = path.LastIndexOfAny(new[] { '/', '\\', Path.DirectorySeparatorChar });
            return SafeText.Show(cut + 1 < path.Length ? path.Substring(cut + 1) : path.TrimEnd('/', '\\'));
        }

        private static string Compose(string code, string file, string where, string found, string expected, string hint)
        {
            string message = code + " " + file + ": " + (where.Length == 0 ? string.Empty : where + ": ") + "found " + found + "; expected " + expected + "."
                + (hint.Length == 0 ? string.Empty : " " + hint);
            return message.Length <= MaxMessageLength ? message : message.Substring(0, MaxMessageLength - 3) + "...";
        }
    }
}
