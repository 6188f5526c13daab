using System;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>Element types of stored tensors, by their safetensors names.</summary>
    public enum DType
    {
        /// <summary>IEEE 754 binary32, little-endian.</summary>
        F32,

        /// <summary>IEEE 754 binary16, little-endian.</summary>
        F16,

        /// <summary>The upper half of a binary32; read for import, never written.</summary>
        BF16,

        /// <summary>Two's complement bytes.</summary>
        I8,

        /// <summary>Bytes; two 4-bit weights each where a tensor has scales.</summary>
        U8,
    }

    /// <summary>Facts about <see cref="DType"/>.</summary>
    public static class DTypes
    {
        /// <summary>Bytes of one element.</summary>
        public static int Size(this DType type) => type == DType.F32 ? 4 : type == DType.F16 || type == DType.BF16 ? 2 : 1;

        internal static string Name(this DType type)
        {
            switch (type)
            {
                case DType.F32: return "F32";
                case DType.F16: return "F16";
                case DType.BF16: return "BF16";
                case DType.I8: return "I8";
                case DType.U8: return "U8";
                default: throw new ArgumentOutOfRangeException(nameof(type));
            }
        }

        internal static bool TryParse(string name, out DType type)
        {
            foreach (DType candidate in new[] { DType.F32, DType.F16, DType.BF16, DType.I8, DType.U8 })
            {
                if (string.Equals(candidate.Name(), name, StringComparison.Ordinal))
                {
                    type = candidate;
                    return true;
                }
            }

            type = default;
            return false;
        }
    }
}
