using System;

namespace PrismLM.Core.Reference
{
    /// <summary>Rotary position embedding on interleaved pairs; pi-RoPE is this operation with the paper's two tables [P].</summary>
    internal static class Rope
    {
        /// <summary>Rotates pair m = (head[2m], head[2m + 1]) by the angle whose cosine and sine are given, in place.</summary>
        public static void Rotate(Span<double> head, ReadOnlySpan<float> cos, ReadOnlySpan<float> sin)
        {
            for (int m = 0; m < cos.Length; m++)
            {
                double even = head[2 * m];
                double odd = head[(2 * m) + 1];
                head[2 * m] = (even * cos[m]) - (odd * sin[m]);
                head[(2 * m) + 1] = (even * sin[m]) + (odd * cos[m]);
            }
        }
    }
}
