using System.Globalization;
using PrismLM.Core.Json;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>The JSON reader's refusals as codes of the header.</summary>
    internal static class HeaderJsonErrors
    {
        public static PrismFileException Map(JsonReadException error, byte[] header, string file)
        {
            string code = Code(error, header);
            string hint = code == FileErrorCodes.Truncated || code == FileErrorCodes.TrailingData ? "The header length may be wrong, or the file damaged." : string.Empty;
            string where = "byte " + (8 + (long)error.Offset).ToString(CultureInfo.InvariantCulture) + ", " + error.Path;
            return new PrismFileException(code, file, where, error.Found, error.Expected, hint, error);
        }

        private static string Code(JsonReadException error, byte[] header)
        {
            switch (error.Error)
            {
                case JsonError.Truncated: return FileErrorCodes.Truncated;
                case JsonError.TrailingData: return header[error.Offset] == 0 ? FileErrorCodes.NulPadding : FileErrorCodes.TrailingData;
                case JsonError.ByteOrderMark: return FileErrorCodes.ByteOrderMark;
                case JsonError.InvalidUtf8: return FileErrorCodes.InvalidUtf8;
                case JsonError.LoneSurrogate: return FileErrorCodes.LoneSurrogate;
                case JsonError.ControlCharacter: return FileErrorCodes.ForbiddenCharacter;
                case JsonError.DuplicateName: return error.Path.IndexOf('.') == error.Path.LastIndexOf('.') ? FileErrorCodes.DuplicateTensor : FileErrorCodes.DuplicateField;
                case JsonError.TooDeep: return FileErrorCodes.TooDeep;
                case JsonError.TrailingComma: return FileErrorCodes.TrailingComma;
                case JsonError.Comment: return FileErrorCodes.Comment;
                case JsonError.InvalidLiteral: return FileErrorCodes.InvalidLiteral;
                case JsonError.InvalidNumber:
                case JsonError.OutOfRange: return FileErrorCodes.InvalidNumber;
                case JsonError.NumberTooLong: return FileErrorCodes.NumberTooLong;
                case JsonError.NameTooLong:
                case JsonError.StringTooLong: return FileErrorCodes.NameTooLong;
                case JsonError.WrongType: return FileErrorCodes.WrongJsonType;
                default: return FileErrorCodes.NotJson;
            }
        }
    }
}
