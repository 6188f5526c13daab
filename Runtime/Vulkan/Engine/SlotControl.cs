namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// Words at the start of a slot that sampling reads and advances; the same numbers are in Shaders/Include/slot_control.glsl. The first eight are
    /// SamplerParameters as they are.
    /// </summary>
    internal static class SlotControl
    {
        public const int Parameters = 0;
        public const int ParameterWords = 8;
        public const int Draws = 8;
        public const int Generated = 9;
        public const int MaxTokens = 10;
        public const int RecentCount = 11;
        public const int Context = 12;
        public const int BiasCount = 13;
        public const int Masked = 14;

        /// <summary>Offset of the constraint's words in the state buffer; 0 for none.</summary>
        public const int Constraint = 15;
        public const int ConstraintState = 16;

        /// <summary>A stop token that no token equals.</summary>
        public const uint NoStop = 0xFFFFFFFF;
    }
}
