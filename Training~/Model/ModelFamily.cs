namespace PrismLM.Training.Model
{
    /// <summary>What kind of transformer an architecture is.</summary>
    public enum ModelFamily
    {
        /// <summary>Signal and noise heads with rotary positions: what the runtime runs.</summary>
        Prism,

        /// <summary>The baseline for comparisons: learned positions, LayerNorm, biases. TorchSharp alone runs it; it cannot be exported.</summary>
        Gpt2,
    }
}
