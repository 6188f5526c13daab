namespace PrismLM.Core.Json
{
    /// <summary>What a <see cref="JsonReader"/> accepts. Every limit is inclusive, and a text within them needs memory in proportion to its names alone.</summary>
    public sealed record JsonLimits
    {
        /// <summary>The largest <see cref="MaxDepth"/>.</summary>
        public const int DepthCeiling = 64;

        /// <summary>Longest text in bytes.</summary>
        public int MaxBytes { get; init; } = 1 << 20;

        /// <summary>Deepest nesting of objects and arrays; at most <see cref="DepthCeiling"/>.</summary>
        public int MaxDepth { get; init; } = 8;

        /// <summary>Longest string value in bytes between its quotes, escapes unresolved.</summary>
        public int MaxStringBytes { get; init; } = 1 << 16;

        /// <summary>Longest member name in bytes between its quotes, escapes unresolved.</summary>
        public int MaxNameBytes { get; init; } = 1024;

        /// <summary>Most characters of a number.</summary>
        public int MaxNumberBytes { get; init; } = 40;

        /// <summary>Most members and elements of the whole text together.</summary>
        public int MaxValues { get; init; } = 1 << 20;

        /// <summary>Accepts <c>//</c> and <c>/* */</c> comments: for files that people write by hand.</summary>
        public bool AllowComments { get; init; }

        /// <summary>Accepts one comma before a closing bracket: for files that people write by hand.</summary>
        public bool AllowTrailingCommas { get; init; }

        /// <summary>Accepts a UTF-8 byte-order mark at the start: some editors write one.</summary>
        public bool AllowByteOrderMark { get; init; }
    }
}
