using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace PrismLM.Cli.Packaging
{
    /// <summary>Archives that depend on their content alone: ordinal order, one fixed time, one mode, no owner.</summary>
    internal static class Archives
    {
        // The earliest time that ZIP can express; its clock has no time zone.
        private static readonly DateTimeOffset Time = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

        /// <summary>A gzipped tar as npm and Unity's Package Manager read it: everything below <c>package/</c>.</summary>
        public static byte[] Tarball(IEnumerable<PackEntry> entries)
        {
            using var bytes = new MemoryStream();
            using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
            using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
            {
                foreach (PackEntry entry in Sorted(entries))
                {
                    using var content = new MemoryStream(entry.Content, writable: false);
                    tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "package/" + entry.Path)
                    {
                        ModificationTime = Time,
                        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                        DataStream = content,
                    });
                }
            }

            return bytes.ToArray();
        }

        public static byte[] Zip(IEnumerable<PackEntry> entries)
        {
            using var bytes = new MemoryStream();
            using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (PackEntry entry in Sorted(entries))
                {
                    ZipArchiveEntry written = zip.CreateEntry(entry.Path, CompressionLevel.Optimal);
                    written.LastWriteTime = Time;
                    // A regular file that everybody may read, also when the archive is made on Windows.
                    written.ExternalAttributes = 0b1_000_000_110_100_100 << 16;
                    using Stream stream = written.Open();
                    stream.Write(entry.Content);
                }
            }

            return bytes.ToArray();
        }

        private static IEnumerable<PackEntry> Sorted(IEnumerable<PackEntry> entries) => entries.OrderBy(entry => entry.Path, StringComparer.Ordinal);
    }
}
