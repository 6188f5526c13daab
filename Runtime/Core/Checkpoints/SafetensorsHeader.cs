using System.Collections.Generic;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>One row of the table of tensors; offsets count from the start of the data.</summary>
    internal sealed class SafetensorsEntry
    {
        public SafetensorsEntry(string name, DType type, int[] shape, long begin, long end)
        {
            Name = name;
            DType = type;
            Shape = shape;
            Begin = begin;
            End = end;
        }

        public string Name { get; }

        public DType DType { get; }

        public int[] Shape { get; }

        public long Begin { get; }

        public long End { get; }
    }

    /// <summary>A checked header: every entry lies inside the data, and together they cover it exactly.</summary>
    internal sealed class SafetensorsHeader
    {
        public SafetensorsHeader(byte[] bytes, Dictionary<string, string> metadata, List<SafetensorsEntry> entries, int hashOffset)
        {
            Bytes = bytes;
            Metadata = metadata;
            Entries = entries;
            HashOffset = hashOffset;
        }

        /// <summary>The JSON with its padding, without the eight bytes of its length.</summary>
        public byte[] Bytes { get; }

        public Dictionary<string, string> Metadata { get; }

        /// <summary>In the order of their data.</summary>
        public List<SafetensorsEntry> Entries { get; }

        /// <summary>Where in <see cref="Bytes"/> the digits of metadata <c>sha256</c> stand; -1 when there are not 64 plain ones.</summary>
        public int HashOffset { get; }
    }
}
