using System;
using System.IO;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Json;

namespace PrismLM.Dialogue
{
    /// <summary>Files that are read as a whole.</summary>
    internal static class SmallFile
    {
        /// <param name="path">Of a regular file.</param>
        /// <param name="code">Of the error.</param>
        /// <param name="what">What it should be: <c>a persona file</c>.</param>
        /// <exception cref="PrismFileException">There is none, or it cannot be read.</exception>
        public static FileStream Open(string path, string code, string what)
        {
            if (path == null)
            {
                throw new ArgumentNullException(nameof(path));
            }

            try
            {
                // Opening a pipe would block for ever; its length cannot be had, and a folder is no file.
                if (!new FileInfo(path).Exists)
                {
                    throw new PrismFileException(code, path, string.Empty, Directory.Exists(path) ? "a folder" : "no such file", what, "Check the path.");
                }

                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            }
            catch (Exception failure) when (failure is IOException || failure is UnauthorizedAccessException || failure is ArgumentException || failure is NotSupportedException)
            {
                throw new PrismFileException(code, path, string.Empty, SafeText.Show(failure.Message), "a readable file: " + what, "Check the path.", failure);
            }
        }

        /// <summary>All of a stream, or one byte more than it may have: then <paramref name="length"/> says so.</summary>
        public static byte[] Read(Stream stream, int most, out int length)
        {
            var buffer = new byte[most + 1];
            length = 0;
            int read;
            while (length < buffer.Length && (read = stream.Read(buffer, length, buffer.Length - length)) > 0)
            {
                length += read;
            }

            return buffer;
        }
    }
}
