namespace PrismLM.Core.Checkpoints
{
    /// <summary>Inclusive limits of what a checkpoint may hold. They bound the memory and time that a hostile file can cost before it is refused.</summary>
    public static class CheckpointLimits
    {
        public const long MaxFileBytes = 1L << 32;
        public const int MaxHeaderBytes = 1 << 20;
        public const int MaxTensors = 4096;
        public const int MaxRank = 4;

        /// <summary>Largest size of one dimension.</summary>
        public const int MaxDimension = 1 << 20;

        /// <summary>Largest size of one dimension of a U8 tensor: the tokenizer is one.</summary>
        public const int MaxByteDimension = 1 << 25;

        /// <summary>Largest tensor in bytes: what one .NET array holds.</summary>
        public const long MaxTensorBytes = 0x7FFFFFC7;

        public const int MaxJsonDepth = 4;
        public const int MaxNameBytes = 256;
        public const int MaxMetadataEntries = 1024;
        public const int MaxMetadataValueBytes = 1 << 16;
        public const float MaxWeight = 1e4f;

        public const int MaxDim = 1 << 14;
        public const int MaxLayers = 128;
        public const int MaxHeads = 1024;
        public const int MaxHeadDim = 1024;
        public const int MaxHidden = 1 << 18;
        public const int MaxExperts = 256;
        public const int MaxVocabulary = 1 << 16;
        public const int MaxContext = 1 << 17;
        public const int MaxRopeGroups = 16;
    }
}
