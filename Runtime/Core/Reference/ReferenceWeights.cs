using System;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Core.Reference
{
    /// <summary>All weights of a model as float32. What a checkpoint stores rounded is read once: the rounded weights are the truth.</summary>
    internal sealed class ReferenceWeights
    {
        public ModelConfig Config { get; set; } = new ModelConfig();

        /// <summary>(vocabulary, dim).</summary>
        public float[] TokenEmbedding { get; set; } = Array.Empty<float>();

        public ReferenceLayer[] Layers { get; set; } = Array.Empty<ReferenceLayer>();

        /// <summary>(dim): gain of the last norm.</summary>
        public float[] FinalNorm { get; set; } = Array.Empty<float>();

        /// <summary>(vocabulary, dim); the embedding itself when tied.</summary>
        public float[] Head { get; set; } = Array.Empty<float>();

        /// <summary>(groups, head size / 2).</summary>
        public float[] RopeInverseFrequencies { get; set; } = Array.Empty<float>();

        public int RopeGroups { get; set; } = 1;

        /// <summary>(layers, heads): the frequency group of each query head.</summary>
        public byte[] HeadGroup { get; set; } = Array.Empty<byte>();

        /// <summary>(layers, heads): +1 for signal heads, -lambda for noise heads, or whatever the checkpoint says.</summary>
        public float[] Gain { get; set; } = Array.Empty<float>();

        /// <summary>Reads every tensor of a checkpoint as float32.</summary>
        public static ReferenceWeights From(PrismCheckpoint checkpoint)
        {
            ModelConfig config = checkpoint.Config;
            float[] embedding = checkpoint.ReadFloats(TensorNames.TokenEmbedding);
            var layers = new ReferenceLayer[config.Layers];
            for (int i = 0; i < layers.Length; i++)
            {
                bool ista = config.FeedForward == FeedForwardKind.Ista;
                layers[i] = new ReferenceLayer
                {
                    G1 = Read(checkpoint, i, TensorNames.AttentionNorm, true),
                    Wq = Read(checkpoint, i, TensorNames.Query, true),
                    Wk = Read(checkpoint, i, TensorNames.Key, config.Qkv != QkvMode.Dictionary),
                    Wv = Read(checkpoint, i, TensorNames.Value, config.Qkv == QkvMode.Separate),
                    Wo = Read(checkpoint, i, TensorNames.Output, true),
                    G2 = Read(checkpoint, i, TensorNames.FeedForwardNorm, true),
                    Router = Read(checkpoint, i, TensorNames.Router, config.IsMixture),
                    First = Read(checkpoint, i, ista ? TensorNames.Dictionary : TensorNames.Gate, true),
                    Up = Read(checkpoint, i, TensorNames.Up, config.FeedForward == FeedForwardKind.SwiGlu),
                    Last = Read(checkpoint, i, ista ? TensorNames.DictionaryOut : TensorNames.Down, true),
                };
            }

            return new ReferenceWeights
            {
                Config = config,
                TokenEmbedding = embedding,
                Layers = layers,
                FinalNorm = checkpoint.ReadFloats(TensorNames.FinalNorm),
                Head = config.Tied ? embedding : checkpoint.ReadFloats(TensorNames.Head),
                RopeInverseFrequencies = checkpoint.RopeInvFreq,
                RopeGroups = checkpoint.RopeGroups,
                HeadGroup = checkpoint.HeadGroup,
                Gain = checkpoint.Gain,
            };
        }

        /// <summary>The frequency group of the query heads that share a key/value head; they must agree, since a key is rotated once.</summary>
        /// <exception cref="ArgumentException">They do not.</exception>
        public int KvGroup(int layer, int kvHead)
        {
            int shared = Config.Heads / Config.KvHeads;
            int first = (layer * Config.Heads) + (kvHead * shared);
            for (int i = 1; i < shared; i++)
            {
                if (HeadGroup[first + i] != HeadGroup[first])
                {
                    throw new ArgumentException(FormattableString.Invariant(
                        $"Layer {layer}: key/value head {kvHead} serves query heads of the frequency groups {HeadGroup[first]} and {HeadGroup[first + i]}; one group is allowed."));
                }
            }

            return HeadGroup[first];
        }

        private static float[] Read(PrismCheckpoint checkpoint, int layer, string name, bool present)
            => present ? checkpoint.ReadFloats(TensorNames.Layer(layer, name)) : Array.Empty<float>();
    }
}
