using System.Runtime.Intrinsics;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Training.Model.Cpu
{
    /// <summary>Where queries, keys and values lie in a row of the joint projection, and how heads turn.</summary>
    /// <param name="Angles">(positions, heads, headDim / 2, 2): cos, sin.</param>
    internal sealed record AttentionPlan(int Heads, int KvHeads, int HeadDim, int KeyOffset, int ValueOffset, int Width, float[] Angles)
    {
        public static AttentionPlan Of(ModelConfig c, float[] angles)
        {
            var ownKeys = c.Qkv != QkvMode.Dictionary;
            var key = ownKeys ? c.HeadsDim : 0;
            var value = c.Qkv == QkvMode.Separate ? key + c.KvDim : 0;
            var width = c.HeadsDim + (ownKeys ? c.KvDim : 0) + (c.Qkv == QkvMode.Separate ? c.KvDim : 0);
            return new AttentionPlan(c.Heads, c.KvHeads, c.HeadDim, key, value, width, angles);
        }

        /// <summary>Whether the fused kernel can serve this: elsewhere the library's attention does.</summary>
        public bool IsSupported => Vector512.IsHardwareAccelerated && HeadDim % RowBlock.Step == 0;
    }
}
