namespace PrismLM.Training.Model
{
    /// <summary>Which rotary bases the two groups of heads use: pi-RoPE and the controls that test what it does.</summary>
    public enum RopeVariant
    {
        /// <summary>Signal 10000 pi, noise 10000 / pi [P2].</summary>
        Pi,

        /// <summary>Both groups 10000.</summary>
        SameBases,

        /// <summary>Signal 10000 / pi, noise 10000 pi.</summary>
        SwappedBases,

        /// <summary>Signal 10^4.5, noise 10^3.5: nearly the same split as pi-RoPE, with exact resonances.</summary>
        Commensurate,
    }
}
