using System;
using System.IO;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>Every save of the project: whatever happens, the path holds the complete old file or the complete new one.</summary>
    public static class AtomicFile
    {
        /// <summary>
        /// Writes a temporary file beside the target, flushes it to disk, renames it over the target and flushes the folder's entry. When anything fails the
        /// temporary file is removed, the target is as before, and the exception passes through. After a crash a file named <c>.NAME.*.tmp</c> may be left; it is never read.
        /// </summary>
        /// <param name="path">The folder must exist. A symbolic link is replaced by the file, not followed.</param>
        /// <param name="write">Writes the whole content; must not close the stream.</param>
        /// <exception cref="IOException">The disk is full, the folder is missing, or the target is a folder.</exception>
        public static void Write(string path, Action<Stream> write)
        {
            string full = Path.GetFullPath(path);
            if (Directory.Exists(full))
            {
                throw new IOException("Cannot write " + PrismFileException.BaseName(path) + ": it is a folder.");
            }

            string folder = Path.GetDirectoryName(full) ?? throw new IOException("Cannot write to a root folder.");
            string temporary = Path.Combine(folder, "." + Path.GetFileName(full) + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".tmp");
            try
            {
                using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
                {
                    write(stream);
                    stream.Flush(flushToDisk: true);
                }

                Replace(temporary, full);
            }
            catch
            {
                Remove(temporary);
                throw;
            }

            UnixFiles.SyncFolder(folder);
        }

        /// <summary>Writes all bytes, as <see cref="Write"/> does.</summary>
        public static void WriteAllBytes(string path, byte[] content) => Write(path, stream => stream.Write(content, 0, content.Length));

        private static void Replace(string temporary, string target)
        {
#if NETSTANDARD2_1
            if (File.Exists(target))
            {
                File.Replace(temporary, target, null);
            }
            else
            {
                File.Move(temporary, target);
            }
#else
            File.Move(temporary, target, overwrite: true);
#endif
        }

        private static void Remove(string temporary)
        {
            try
            {
                File.Delete(temporary);
            }
            catch (Exception failure) when (failure is IOException || failure is UnauthorizedAccessException)
            {
                // The first failure is the one to report; a leftover temporary file is harmless by its name.
            }
        }
    }
}
