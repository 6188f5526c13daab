namespace PrismLM.Core.Checkpoints.Import
{
    /// <summary>The stable codes of <see cref="PrismFileException"/> that importers of other programs' checkpoints raise: class PI, from 200 on.</summary>
    public static class ImportErrorCodes
    {
        /// <summary>The file ends before its header, or is another kind of file.</summary>
        public const string NotAModel = "PI200";

        /// <summary>A number of the header is outside its range.</summary>
        public const string HeaderValue = "PI201";

        /// <summary>The file's size is not what its header asks for.</summary>
        public const string Size = "PI202";

        /// <summary>A weight is not a number, infinite, or above 10,000.</summary>
        public const string Weight = "PI203";

        /// <summary>The tokenizer file ends early, or goes on after its last token.</summary>
        public const string TokenizerSize = "PI204";

        /// <summary>A token of the tokenizer file is malformed.</summary>
        public const string TokenizerEntry = "PI205";
    }
}
