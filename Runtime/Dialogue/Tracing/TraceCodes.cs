using PrismLM.Core.Json;

namespace PrismLM.Dialogue.Tracing
{
    /// <summary>Why a trace cannot be read: the codes of its <see cref="Core.Checkpoints.PrismFileException"/>. They stay what they are; messages may change.</summary>
    internal static class TraceCodes
    {
        /// <summary>Not JSON, or not a trace.</summary>
        public const string NotATrace = "PX001";

        /// <summary>Written by another version of the format.</summary>
        public const string OtherVersion = "PX002";

        /// <summary>A member is missing.</summary>
        public const string Missing = "PX003";

        /// <summary>A value of another kind, or out of range.</summary>
        public const string WrongValue = "PX004";

        /// <summary>A member that no trace of this version has.</summary>
        public const string Unknown = "PX005";

        /// <summary>More bytes, values or levels than any trace has.</summary>
        public const string TooLarge = "PX006";

        /// <summary>No such file, or none that can be read.</summary>
        public const string NoFile = "PX007";

        public static string Of(JsonError error)
        {
            switch (error)
            {
                case JsonError.TooLarge:
                case JsonError.TooDeep:
                case JsonError.StringTooLong:
                case JsonError.TooManyValues:
                    return TooLarge;
                case JsonError.WrongType:
                case JsonError.InvalidNumber:
                case JsonError.NumberTooLong:
                case JsonError.OutOfRange:
                    return WrongValue;
                default:
                    return NotATrace;
            }
        }
    }
}
