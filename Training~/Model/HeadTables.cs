using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Reference;

namespace PrismLM.Training.Model
{
    /// <summary>What a checkpoint stores about heads as data: rotary frequencies, and each head's frequency group.</summary>
    /// <param name="Frequencies">(groups, headDim / 2) row-major.</param>
    /// <param name="HeadGroup">(layers, heads) row-major.</param>
    internal sealed record HeadTables(float[] Frequencies, int Groups, byte[] HeadGroup)
    {
        public static HeadTables Of(Architecture architecture) =>
            new(Bases(architecture.Rope, architecture.Config.HeadDim), 2, architecture.HeadGroups());

        /// <summary>Whether every layer groups its heads as our presets do: signal heads in group 0, noise heads in group 1.</summary>
        public bool AreSignalAndNoise(ModelConfig c) =>
            Groups == 2 && HeadGroup.Select((group, i) => group == (i % c.Heads < c.SignalHeads ? 0 : 1)).All(same => same);

        /// <summary>cos and sin for the rotated columns of one layer: the query heads, then the key heads where keys are a projection of their own.</summary>
        /// <returns>(context, rotated heads, headDim / 2, 2).</returns>
        public float[] Angles(ModelConfig c, int layer)
        {
            var groups = HeadGroup.AsSpan(layer * c.Heads, c.Heads).ToArray().ToList();
            if (c.Qkv != QkvMode.Dictionary)
            {
                var share = c.Heads / c.KvHeads;
                groups.AddRange(Enumerable.Range(0, c.KvHeads).Select(head => groups[head * share]).ToArray());
            }

            var shared = new RopeTable(Frequencies, Groups, c.Context);
            var table = new List<float>(c.Context * groups.Count * c.HeadDim);
            for (var position = 0; position < c.Context; position++)
            {
                foreach (var group in groups)
                {
                    for (var m = 0; m < shared.Pairs; m++)
                    {
                        table.Add(shared.Cos(position, group)[m]);
                        table.Add(shared.Sin(position, group)[m]);
                    }
                }
            }

            return table.ToArray();
        }

        private static float[] Bases(RopeVariant variant, int headDim)
        {
            var (signal, noise) = variant switch
            {
                RopeVariant.Pi => (RopeFrequencies.SignalBase, RopeFrequencies.NoiseBase),
                RopeVariant.SwappedBases => (RopeFrequencies.NoiseBase, RopeFrequencies.SignalBase),
                RopeVariant.Commensurate => (Math.Pow(10.0, 4.5), Math.Pow(10.0, 3.5)),
                _ => (10000.0, 10000.0),
            };
            return RopeFrequencies.Table(headDim, signal, noise);
        }
    }
}
