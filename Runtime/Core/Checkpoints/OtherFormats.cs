using System;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>Names the kind of file that is no safetensors file, by its first bytes: for the hint in the message alone.</summary>
    internal static class OtherFormats
    {
        /// <summary>Throws when the first bytes are those of another well-known kind of file.</summary>
        public static void Refuse(ReadOnlySpan<byte> first, string file)
        {
            if (first.Length >= 2 && first[0] == 0x1F && first[1] == 0x8B)
            {
                throw new PrismFileException(FileErrorCodes.Compressed, file, "byte 0", "a gzip file", "a safetensors file", "Unpack it first.");
            }

            string? kind = Kind(first);
            if (kind != null)
            {
                string hint = kind[0] == 'G' && kind[1] == 'i' ? "This is an LFS pointer, not the model: run git lfs pull." : kind[2] == 'H' ? "A web page was saved in place of the file." : "prism import converts some other formats.";
                throw new PrismFileException(FileErrorCodes.OtherFormat, file, "byte 0", kind, "a safetensors file", hint);
            }
        }

        private static string? Kind(ReadOnlySpan<byte> first)
        {
            if (Starts(first, "version https://git-lfs".Substring(0, Math.Min(first.Length, 23))) && first.Length >= 8)
            {
                return "Git LFS pointer";
            }

            return Starts(first, "PK\u0003\u0004") ? "a zip archive (a PyTorch file?)"
                : Starts(first, "GGUF") ? "a GGUF model"
                : Starts(first, "<!DOCTYP") || Starts(first, "<!doctyp") || Starts(first, "<html") || Starts(first, "<HTML") ? "a HTML page"
                : first.Length >= 2 && first[0] == 0x80 && first[1] >= 2 && first[1] <= 5 ? "a Python pickle"
                : first.Length >= 4 && first[0] == 0x08 && first[1] <= 0x0F && first[2] == 0x12 ? "an ONNX model"
                : null;
        }

        private static bool Starts(ReadOnlySpan<byte> bytes, string ascii)
        {
            if (bytes.Length < ascii.Length)
            {
                return false;
            }

            for (int i = 0; i < ascii.Length; i++)
            {
                if (bytes[i] != ascii[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
