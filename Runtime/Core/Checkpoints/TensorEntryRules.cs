using System;
using System.Globalization;
using PrismLM.Core.Json;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>What one row of the table must satisfy by itself.</summary>
    internal static class TensorEntryRules
    {
        // Types that safetensors knows and Prism has no use for.
        private static readonly string[] Foreign =
        {
            "BOOL", "I4", "U4", "F4", "F6_E2M3", "F6_E3M2", "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ", "I16", "U16", "I32", "U32", "I64", "U64", "F64", "C64",
        };

        public static SafetensorsEntry Check(string name, string dtype, ulong[] shape, ulong begin, ulong end, long dataLength, string file)
        {
            string where = "tensor " + SafeText.Quote(name);
            DType type = ParseDType(dtype, where, file);
            int[] sizes = CheckShape(shape, type, where, file, out long bytes);
            if (end > (ulong)dataLength || begin > (ulong)dataLength)
            {
                throw new PrismFileException(FileErrorCodes.BeyondData, file, where, "data_offsets [" + Text(begin) + ", " + Text(end) + "]", "at most " + Text((ulong)dataLength) + ", the bytes of data in the file", "Is the download complete?");
            }

            if (end < begin)
            {
                throw new PrismFileException(FileErrorCodes.EndBeforeBegin, file, where, "data_offsets [" + Text(begin) + ", " + Text(end) + "]", "an end that is not before the begin");
            }

            if (end - begin != (ulong)bytes)
            {
                throw new PrismFileException(FileErrorCodes.SizeDiffers, file, where, Text(end - begin) + " bytes", Text((ulong)bytes) + " bytes for " + Shape(sizes) + " of " + type.Name());
            }

            if (begin % (ulong)type.Size() != 0)
            {
                throw new PrismFileException(FileErrorCodes.Misaligned, file, where, "begin " + Text(begin), "a multiple of " + Text((ulong)type.Size()) + " for " + type.Name());
            }

            return new SafetensorsEntry(name, type, sizes, (long)begin, (long)end);
        }

        public static string Shape(int[] shape)
        {
            var text = new System.Text.StringBuilder("[");
            for (int i = 0; i < shape.Length; i++)
            {
                text.Append(i == 0 ? string.Empty : ", ").Append(shape[i].ToString(CultureInfo.InvariantCulture));
            }

            return text.Append(']').ToString();
        }

        private static DType ParseDType(string dtype, string where, string file)
        {
            if (DTypes.TryParse(dtype, out DType type))
            {
                return type;
            }

            string upper = dtype.ToUpperInvariant();
            string code = Array.IndexOf(Foreign, dtype) >= 0 ? FileErrorCodes.UnsupportedDType
                : DTypes.TryParse(upper, out _) || Array.IndexOf(Foreign, upper) >= 0 ? FileErrorCodes.DTypeCase
                : FileErrorCodes.UnknownDType;
            throw new PrismFileException(code, file, where, "dtype " + SafeText.Quote(dtype), "F32, F16, BF16, I8 or U8", code == FileErrorCodes.DTypeCase ? "Types are written in upper case." : string.Empty);
        }

        private static int[] CheckShape(ulong[] shape, DType type, string where, string file, out long bytes)
        {
            if (shape.Length == 0)
            {
                throw new PrismFileException(FileErrorCodes.Rank, file, where, "rank 0", "rank 1 to 4");
            }

            ulong limit = type == DType.U8 ? (ulong)CheckpointLimits.MaxByteDimension : CheckpointLimits.MaxDimension;
            foreach (ulong size in shape)
            {
                if (size > limit)
                {
                    throw new PrismFileException(FileErrorCodes.ShapeTooLarge, file, where, "a dimension of " + Text(size), "at most " + Text(limit));
                }
            }

            // Sizes are at most 2^25, so a product is checked before it can leave 64 bits; a zero cannot hide a large one, because it is refused after them.
            var sizes = new int[shape.Length];
            ulong product = (ulong)type.Size();
            bool zero = false;
            for (int i = 0; i < shape.Length; i++)
            {
                sizes[i] = (int)shape[i];
                zero |= shape[i] == 0;
                product *= Math.Max(1, shape[i]);
                if (product > CheckpointLimits.MaxTensorBytes)
                {
                    throw new PrismFileException(FileErrorCodes.ShapeTooLarge, file, where, "more than " + Text((ulong)CheckpointLimits.MaxTensorBytes) + " bytes", "at most so many in one tensor");
                }
            }

            if (zero)
            {
                throw new PrismFileException(FileErrorCodes.ZeroDimension, file, where, "shape " + Shape(sizes), "no dimension of 0");
            }

            bytes = (long)product;
            return sizes;
        }

        private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
