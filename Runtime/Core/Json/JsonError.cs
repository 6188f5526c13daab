namespace PrismLM.Core.Json
{
    /// <summary>Why a text is not the JSON its reader accepts. Callers map these to their own stable codes.</summary>
    public enum JsonError
    {
        /// <summary>A byte that cannot stand here.</summary>
        UnexpectedByte,

        /// <summary>The text ends inside a value.</summary>
        Truncated,

        /// <summary>Something follows the one value.</summary>
        TrailingData,

        /// <summary>The text starts with a byte-order mark.</summary>
        ByteOrderMark,

        /// <summary>A string or name is not UTF-8 (an overlong form included).</summary>
        InvalidUtf8,

        /// <summary>An escape names half of a surrogate pair.</summary>
        LoneSurrogate,

        /// <summary>An unknown or malformed escape.</summary>
        InvalidEscape,

        /// <summary>A control character stands unescaped in a string.</summary>
        ControlCharacter,

        /// <summary>One object has the same member twice, compared after escapes are resolved.</summary>
        DuplicateName,

        /// <summary>More nested values than the limit.</summary>
        TooDeep,

        /// <summary>A comma before a closing bracket.</summary>
        TrailingComma,

        /// <summary>A comment where none is allowed.</summary>
        Comment,

        /// <summary>A bare word other than true, false and null (NaN and Infinity among them).</summary>
        InvalidLiteral,

        /// <summary>A number against JSON's grammar, or one that is not of the form asked for.</summary>
        InvalidNumber,

        /// <summary>A number with more characters than the limit.</summary>
        NumberTooLong,

        /// <summary>A number outside the range asked for.</summary>
        OutOfRange,

        /// <summary>A string longer than the limit.</summary>
        StringTooLong,

        /// <summary>A name longer than the limit.</summary>
        NameTooLong,

        /// <summary>More members and elements than the limit.</summary>
        TooManyValues,

        /// <summary>The whole text is longer than the limit.</summary>
        TooLarge,

        /// <summary>A value of another kind than the one asked for.</summary>
        WrongType,
    }
}
