namespace PrismLM.Dialogue
{
    /// <summary>Why a save cannot be restored: the codes of its <see cref="Core.Checkpoints.PrismFileException"/>. They stay what they are; messages may change.</summary>
    internal static class SaveCodes
    {
        /// <summary>No bytes at all.</summary>
        public const string Empty = "PS119";

        /// <summary>It does not end as a save ends: cut off, or no save.</summary>
        public const string CutOff = "PS120";

        /// <summary>Its content does not match its SHA-256: damaged, or edited.</summary>
        public const string Damaged = "PS121";

        /// <summary>Written by a newer version of Prism.</summary>
        public const string Newer = "PS122";

        /// <summary>A version that never was.</summary>
        public const string UnknownVersion = "PS123";

        /// <summary>A token that the model does not have.</summary>
        public const string UnknownToken = "PS125";

        /// <summary>More turns or facts than a memory holds.</summary>
        public const string TooMany = "PS126";

        /// <summary>A line, a fact or a name that is too long.</summary>
        public const string TooLong = "PS127";

        /// <summary>Something is missing, such as the counter of random numbers.</summary>
        public const string Missing = "PS128";

        /// <summary>Another NPC was restored from the same save, or from one of the same NPC.</summary>
        public const string SameNpcTwice = "PS129";

        /// <summary>Not JSON.</summary>
        public const string NotJson = "PS130";

        /// <summary>A value of another kind, or out of range: a fraction for an integer, a path for an id.</summary>
        public const string WrongValue = "PS131";

        /// <summary>Nested too deeply.</summary>
        public const string TooDeep = "PS132";

        /// <summary>More bytes than any save has.</summary>
        public const string TooLarge = "PS133";

        /// <summary>Something that a save of this version does not have.</summary>
        public const string Unknown = "PS134";

        /// <summary>Neither the file nor its backup can be read.</summary>
        public const string NoFile = "PS135";
    }
}
