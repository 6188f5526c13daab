using System;
using System.IO;
using System.Runtime.InteropServices;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>Opens a regular file for reading, and nothing else: what it leads to is looked at before it is opened, because opening a pipe blocks and opening a device acts.</summary>
    internal static class RegularFile
    {
        private const string Expected = "a regular file";

        /// <exception cref="PrismFileException">PF codes.</exception>
        public static FileStream Open(string path)
        {
            CheckPath(path, RuntimeInformation.IsOSPlatform(OSPlatform.Windows));
            try
            {
                CheckKind(path);
                var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
                if (stream.CanSeek)
                {
                    return stream;
                }

                stream.Dispose();
                throw new PrismFileException(FileErrorCodes.IsPipe, path, string.Empty, "a pipe or a device", Expected);
            }
            catch (Exception failure) when (failure is IOException || failure is UnauthorizedAccessException || failure is ArgumentException || failure is NotSupportedException)
            {
                throw Map(failure, path);
            }
        }

        /// <summary>What can be said of a path without asking the file system.</summary>
        public static void CheckPath(string path, bool windows)
        {
            if (path.Length == 0)
            {
                throw new PrismFileException(FileErrorCodes.Missing, path, string.Empty, "an empty path", "the path of a file");
            }

            if (path.IndexOf('\0') >= 0)
            {
                throw new PrismFileException(FileErrorCodes.NulInPath, path, string.Empty, "a NUL character in the path", "a path without one");
            }

            if (windows && WindowsNames.Problem(path) is string problem)
            {
                throw new PrismFileException(FileErrorCodes.ReservedName, path, string.Empty, problem, Expected);
            }
        }

        /// <summary>The platform's failures as codes.</summary>
        public static PrismFileException Map(Exception failure, string path)
        {
            switch (failure)
            {
                case FileNotFoundException _:
                case DirectoryNotFoundException _:
                    return new PrismFileException(FileErrorCodes.Missing, path, string.Empty, "no such file", Expected, "Check the path.", failure);
                case PathTooLongException _:
                    return new PrismFileException(FileErrorCodes.PathTooLong, path, string.Empty, "a path of " + path.Length.ToString(System.Globalization.CultureInfo.InvariantCulture) + " characters", "a shorter path", string.Empty, failure);
                case UnauthorizedAccessException _:
                    return new PrismFileException(FileErrorCodes.NoPermission, path, string.Empty, "no permission to read it", "a readable file", "Check the file's owner and permissions.", failure);
                default:
                    return new PrismFileException(FileErrorCodes.CannotOpen, path, string.Empty, "a file that cannot be opened", Expected, "Another program may have locked it.", failure);
            }
        }

        private static void CheckKind(string path)
        {
            switch (UnixFiles.KindOf(path))
            {
                case UnixFiles.Kind.Missing:
                    throw new PrismFileException(FileErrorCodes.Missing, path, string.Empty, "no such file", Expected, "Check the path.");
                case UnixFiles.Kind.Folder:
                    throw Folder(path);
                case UnixFiles.Kind.Pipe:
                case UnixFiles.Kind.Socket:
                    throw new PrismFileException(FileErrorCodes.IsPipe, path, string.Empty, "a pipe or socket", Expected);
                case UnixFiles.Kind.Device:
                    throw new PrismFileException(FileErrorCodes.IsDevice, path, string.Empty, "a device", Expected);
                case UnixFiles.Kind.PathTooLong:
                    throw new PathTooLongException();
                case UnixFiles.Kind.LinkLoop:
                    throw new PrismFileException(FileErrorCodes.LinkLoop, path, string.Empty, "symbolic links in a circle", Expected);
                case UnixFiles.Kind.Regular:
                case UnixFiles.Kind.Unreachable:
                    return;
            }

            if (Directory.Exists(path))
            {
                throw Folder(path);
            }

            // Where the kind cannot be asked, no length means an empty file, a pipe or a device: none of them is opened.
            if (new FileInfo(path).Length == 0)
            {
                throw new PrismFileException(FileErrorCodes.Empty, path, string.Empty, "0 bytes (an empty file, a pipe or a device)", Expected);
            }
        }

        private static PrismFileException Folder(string path) => new PrismFileException(FileErrorCodes.IsFolder, path, string.Empty, "a folder", Expected);
    }
}
