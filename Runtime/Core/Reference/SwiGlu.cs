using System;

namespace PrismLM.Core.Reference
{
    /// <summary>The gated activation of a SwiGLU block [E].</summary>
    internal static class SwiGlu
    {
        /// <summary>gate[i] = silu(gate[i]) * up[i], silu(a) = a / (1 + exp(-a)); in place, (hidden).</summary>
        public static void Apply(Span<double> gate, ReadOnlySpan<double> up)
        {
            for (int i = 0; i < gate.Length; i++)
            {
                gate[i] = gate[i] / (1.0 + Math.Exp(-gate[i])) * up[i];
            }
        }
    }
}
