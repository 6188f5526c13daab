using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace PrismLM.Tests.BadFiles
{
    /// <summary>Class F as far as bytes alone show it, and class H: the length of the header.</summary>
    internal static class HeaderLengthCases
    {
        public static IEnumerable<BadFile> All()
        {
            yield return new BadFile("3 no bytes", "PF003", () => Array.Empty<byte>(), "0 bytes");
            for (int n = 1; n < 8; n++)
            {
                int length = n;
                yield return new BadFile("4 " + n + " bytes", "PF004", () => FileEditor.Good().Bytes().Take(length).ToArray(), length + " bytes", "at least");
            }

            yield return new BadFile("18 one byte appended", "PT069", () => FileEditor.Good().Append(0).Bytes(), "1 bytes after the last tensor");
            yield return new BadFile("21 header length 0", "PH021", () => FileEditor.Good().Length(0).Bytes(), "a header of 0 bytes");
            yield return new BadFile("22 header length 1", "PH021", () => FileEditor.Good().Length(1).Bytes(), "a header of 1 bytes");
            yield return new BadFile("23 header length 2^63", "PH025", () => FileEditor.Good().Length(1UL << 63).Bytes(), "9223372036854775808");
            yield return new BadFile("24 header length 2^64 - 1", "PH025", () => FileEditor.Good().Length(ulong.MaxValue).Bytes(), "18446744073709551615");
            yield return new BadFile("25 header one byte beyond the file", "PH025", () => { byte[] file = FileEditor.Good().Bytes(); return FileEditor.Good().Length((ulong)file.Length - 7).Bytes(); }, "bytes that follow it");
            yield return new BadFile("26 header over 1 MiB", "PH026", () => FileEditor.Good().Length((1 << 20) + 1).Append(new byte[2 << 20]).Bytes(), "1048577", "1048576");
            yield return new BadFile("27 header into the data", "PJ055", () => { FileEditor file = FileEditor.Good(); return file.Length((ulong)file.Header.Length + 8).Bytes(); }, "nothing after the value");
            yield return new BadFile("27 header cut", "PJ056", () => { FileEditor file = FileEditor.Good(); return file.Length((ulong)file.Header.Length - 8).Bytes(); }, "the end of the text");
            yield return new BadFile("28 big-endian", "PH028", () => FileEditor.Good().Length((ulong)FileEditor.Good().Header.Length << 48 >> 56 << 48 | (ulong)FileEditor.Good().Header.Length << 56).Bytes(), "big-endian?");
            yield return Other("29 zip", "PK\u0003\u0004\u0014\0\0\0\b\b", "zip");
            yield return Other("29 pickle", "\u0080\u0002}q\0(X\u0007\0\0\0", "pickle");
            yield return Other("29 GGUF", "GGUF\u0003\0\0\0", "GGUF");
            yield return Other("29 ONNX", "\b\u0007\u0012\u0007pytorch", "ONNX");
            yield return Other("29 HTML", "<!DOCTYPE html><html>", "HTML");
            yield return Other("29 html", "<html><body>404</body>", "HTML");
            yield return Other("29 Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0", "LFS pointer, not the model");
            yield return new BadFile("30 gzip", "PH030", () => Text("\u001f\u008b\b\0\u0001\u0002\u0003\u0004\0\u0003"), "gzip");
            yield return new BadFile("30 gzip whose time stamp makes a small length", "PH030", () => Text("\u001f\u008b\b\0\0\0\0\0").Concat(new byte[1 << 20]).ToArray(), "gzip");
        }

        private static BadFile Other(string id, string start, string named) => new BadFile(id, "PH029", () => Text(start).Concat(new byte[64]).ToArray(), named, "a safetensors file");

        private static byte[] Text(string latin1) => Encoding.GetEncoding(28591).GetBytes(latin1);
    }
}
