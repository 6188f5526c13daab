namespace PrismLM.Core.Generation
{
    /// <summary>A number added to one token's logit.</summary>
    public readonly struct TokenBias
    {
        public TokenBias(int token, float value)
        {
            Token = token;
            Value = value;
        }

        public int Token { get; }

        /// <summary>Added after penalties and before the temperature; finite.</summary>
        public float Value { get; }
    }
}
