using System;
using System.IO;
using System.Runtime.InteropServices;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>
    /// The two questions that .NET's file API does not answer on Unix, asked of the C library that every process there has loaded: what kind of file is this
    /// (opening a FIFO to find out blocks for ever), and flush this folder. Where the library or the function is missing, the answer is Unknown or nothing.
    /// </summary>
    internal static class UnixFiles
    {
        private const int NotFound = 2, NotAFolder = 20, NotImplemented = 38, NameTooLong = 36, TooManyLinks = 40, InvalidArgument = 22, NotSupported = 95, AccessDenied = 13;

        public enum Kind
        {
            /// <summary>Nobody can be asked here.</summary>
            Unknown,

            /// <summary>The system refuses to look, so it will refuse to open.</summary>
            Unreachable,
            Missing,
            Regular,
            Folder,
            Pipe,
            Device,
            Socket,
            LinkLoop,
            PathTooLong,
        }

        /// <summary>The kind of what a path leads to, links followed, without opening it. Linux; Unknown elsewhere.</summary>
        public static unsafe Kind KindOf(string path)
        {
            if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
            {
                return Kind.Unknown;
            }

            // statx because its record has one layout on every architecture: the mode stands at byte 28 of 256.
            byte* record = stackalloc byte[256];
            try
            {
                if (statx(-100, Utf8(path), 0, 3, record) != 0)
                {
                    int error = Marshal.GetLastWin32Error();
                    return error == TooManyLinks ? Kind.LinkLoop : error == NotFound || error == NotAFolder ? Kind.Missing : error == NameTooLong ? Kind.PathTooLong
                        : error == NotImplemented ? Kind.Unknown : Kind.Unreachable;
                }
            }
            catch (Exception missing) when (missing is DllNotFoundException || missing is EntryPointNotFoundException)
            {
                return Kind.Unknown;
            }

            switch (*(ushort*)(record + 28) & 0xF000)
            {
                case 0x8000: return Kind.Regular;
                case 0x4000: return Kind.Folder;
                case 0x1000: return Kind.Pipe;
                case 0xC000: return Kind.Socket;
                case 0x2000: return Kind.Device;
                case 0x6000: return Kind.Device;
                default: return Kind.Unknown;
            }
        }

        /// <summary>Flushes a folder's entries, so that a rename survives a power cut. A file system that cannot do it is left alone.</summary>
        /// <exception cref="IOException">The disk reported an error.</exception>
        public static void SyncFolder(string folder)
        {
            if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            {
                return; // The rename itself is journalled there, and a folder cannot be flushed.
            }

            try
            {
                int descriptor = open(Utf8(folder), 0);
                if (descriptor < 0)
                {
                    return; // A folder may be writable but not readable; the rename is done.
                }

                int result = fsync(descriptor);
                int error = Marshal.GetLastWin32Error();
                close(descriptor);
                if (result != 0 && error != InvalidArgument && error != NotSupported && error != AccessDenied)
                {
                    throw new IOException("The folder's entry could not be flushed to disk (error " + error.ToString(System.Globalization.CultureInfo.InvariantCulture) + ").");
                }
            }
            catch (Exception missing) when (missing is DllNotFoundException || missing is EntryPointNotFoundException)
            {
                // No C library to ask: the rename is done and atomic, only its survival of a power cut is up to the file system.
            }
        }

        private static byte[] Utf8(string path) => System.Text.Encoding.UTF8.GetBytes(path + "\0");

        [DllImport("libc", SetLastError = true)]
        private static extern unsafe int statx(int folder, byte[] path, int flags, uint mask, byte* record);

        [DllImport("libc", SetLastError = true)]
        private static extern int open(byte[] path, int flags);

        [DllImport("libc", SetLastError = true)]
        private static extern int fsync(int descriptor);

        [DllImport("libc", SetLastError = true)]
        private static extern int close(int descriptor);
    }
}
