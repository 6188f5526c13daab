namespace PrismLM.Core.Generation
{
    /// <summary>Why a prefix file cannot be used: the codes of its <see cref="Checkpoints.PrismFileException"/>. They stay what they are; messages may change.</summary>
    internal static class PrefixCodes
    {
        /// <summary>It does not begin as a prefix file does.</summary>
        public const string NotAPrefix = "PR001";

        /// <summary>A version that this one does not read.</summary>
        public const string UnknownVersion = "PR002";

        /// <summary>Shorter or longer than its own numbers say.</summary>
        public const string WrongLength = "PR003";

        /// <summary>Its content does not match its SHA-256.</summary>
        public const string Damaged = "PR004";

        /// <summary>Made with another model.</summary>
        public const string OtherModel = "PR005";

        /// <summary>Keys and values in another number format or layout.</summary>
        public const string OtherFormat = "PR006";

        /// <summary>As many head dials as another model has.</summary>
        public const string OtherDials = "PR007";

        /// <summary>A head dial that is no finite number.</summary>
        public const string BadDial = "PR008";

        /// <summary>Longer than a sequence may be.</summary>
        public const string TooLong = "PR009";

        /// <summary>A token that the model does not have.</summary>
        public const string UnknownToken = "PR010";

        /// <summary>A count that no prefix has.</summary>
        public const string WrongCount = "PR011";
    }
}
