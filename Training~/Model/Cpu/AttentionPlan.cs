using System.Runtime.Intrinsics;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Reference;

namespace PrismLM.Training.Model.Cpu
{
    /// <summary>Where queries, keys and values lie in a row of the joint projection, and how heads turn.</summary>
    internal sealed class AttentionPlan
    {
        /// <param name="frequencies">(2, headDim / 2).</param>
        public AttentionPlan(ModelConfig c, float[] frequencies)
        {
            var ownKeys = c.Qkv != QkvMode.Dictionary;
            (Heads, KvHeads, HeadDim, SignalHeads) = (c.Heads, c.KvHeads, c.HeadDim, c.SignalHeads);
            KeyOffset = ownKeys ? c.HeadsDim : 0;
            ValueOffset = c.Qkv == QkvMode.Separate ? KeyOffset + c.KvDim : 0;
            Width = c.HeadsDim + (ownKeys ? c.KvDim : 0) + (c.Qkv == QkvMode.Separate ? c.KvDim : 0);
            var table = new RopeTable(frequencies, 2, c.Context);
            Cosines = new float[2][];
            Sines = new float[2][];
            for (var group = 0; group < 2; group++)
            {
                Cosines[group] = new float[c.Context * c.HeadDim];
                Sines[group] = new float[c.Context * c.HeadDim];
                for (var position = 0; position < c.Context; position++)
                {
                    for (var m = 0; m < c.HeadDim; m++)
                    {
                        Cosines[group][(position * c.HeadDim) + m] = table.Cos(position, group)[m / 2];
                        Sines[group][(position * c.HeadDim) + m] = table.Sin(position, group)[m / 2] * (m % 2 == 0 ? -1f : 1f);
                    }
                }
            }
        }

        public int Heads { get; }

        public int KvHeads { get; }

        public int HeadDim { get; }

        public int KeyOffset { get; }

        public int ValueOffset { get; }

        /// <summary>Columns of the joint projection.</summary>
        public int Width { get; }

        /// <summary>For each group (positions, headDim): the cosine of each element's pair.</summary>
        public float[][] Cosines { get; }

        /// <summary>The same for sines, negative at even elements: rotated = x cos + swapped(x) sin, where swapped exchanges the elements of a pair.</summary>
        public float[][] Sines { get; }

        private int SignalHeads { get; }

        /// <summary>Whether the fused kernel can serve a model here: elsewhere the library's attention does.</summary>
        public static bool Supports(ModelConfig c) => Vector512.IsHardwareAccelerated && c.HeadDim % RowBlock.Step == 0;

        public int Group(int head) => head < SignalHeads ? 0 : 1;
    }
}
