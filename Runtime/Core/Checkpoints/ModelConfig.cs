using System;
using System.Collections.Generic;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>Which of the key and value projections a layer has of its own; the tensors present in a checkpoint must agree.</summary>
    public enum QkvMode
    {
        /// <summary><c>wq</c>, <c>wk</c> and <c>wv</c> (ours; the <c>game</c> preset).</summary>
        Separate,

        /// <summary><c>wq</c> and <c>wk</c>; V is Q before rotation.</summary>
        SharedValue,

        /// <summary><c>wq</c> alone: Q = K = V, V unrotated (the paper's dictionary form).</summary>
        Dictionary,
    }

    /// <summary>The kind of feed-forward block.</summary>
    public enum FeedForwardKind
    {
        /// <summary><c>w2 (silu(w1 x) * (w3 x))</c>.</summary>
        SwiGlu,

        /// <summary><c>w2 gelu(w1 x)</c>, tanh form.</summary>
        Gelu,

        /// <summary>CRATE-alpha's overcomplete sparse coding: <c>dict</c> and <c>dict_out</c>.</summary>
        Ista,
    }

    /// <summary>Number format of stored weights.</summary>
    public enum WeightFormat
    {
        /// <summary>IEEE 754 binary32.</summary>
        Float32,

        /// <summary>IEEE 754 binary16.</summary>
        Float16,

        /// <summary>Symmetric 8-bit integers, one binary16 scale per group of 32 along the input axis.</summary>
        Int8,

        /// <summary>Symmetric 4-bit integers, low nibble first, one binary16 scale per group of 32 along the input axis.</summary>
        Int4,
    }

    /// <summary>Ids of the tokens that structure a document or a conversation; -1 where the vocabulary has none.</summary>
    public sealed record SpecialTokens
    {
        public int Bos { get; init; } = -1;
        public int Eos { get; init; } = -1;
        public int Pad { get; init; } = -1;

        /// <summary>Opens the persona section.</summary>
        public int Persona { get; init; } = -1;

        /// <summary>Opens a line of the player.</summary>
        public int Player { get; init; } = -1;

        /// <summary>Opens a line of the NPC.</summary>
        public int Npc { get; init; } = -1;

        /// <summary>Opens a stage cue: the NPC begins.</summary>
        public int Cue { get; init; } = -1;

        /// <summary>Stands between an NPC's words and the action it takes.</summary>
        public int Action { get; init; } = -1;

        /// <summary>Closes every section.</summary>
        public int End { get; init; } = -1;
    }

    /// <summary>The architecture of one Prism model: everything that decides tensor shapes and the forward pass.</summary>
    public sealed record ModelConfig
    {
        /// <summary>Width d of the residual stream.</summary>
        public int Dim { get; init; }

        public int Layers { get; init; }

        /// <summary>Query heads of the signal dictionary; they come first.</summary>
        public int SignalHeads { get; init; }

        /// <summary>Query heads of the noise dictionary.</summary>
        public int NoiseHeads { get; init; }

        /// <summary>Key/value heads; divides <see cref="Heads"/>. Each serves one frequency group only.</summary>
        public int KvHeads { get; init; }

        /// <summary>Size p of a head; even.</summary>
        public int HeadDim { get; init; }

        public QkvMode Qkv { get; init; }

        public FeedForwardKind FeedForward { get; init; }

        /// <summary>Rows f of one feed-forward block (of one expert in a mixture); a multiple of 32 in our presets.</summary>
        public int Hidden { get; init; }

        /// <summary>Step size of <see cref="FeedForwardKind.Ista"/>.</summary>
        public double IstaEta { get; init; } = 0.1;

        /// <summary>Sparsity of <see cref="FeedForwardKind.Ista"/>.</summary>
        public double IstaLambda { get; init; } = 0.1;

        /// <summary>1 without a router.</summary>
        public int Experts { get; init; } = 1;

        /// <summary>Experts each token visits; 1 without a router.</summary>
        public int TopK { get; init; } = 1;

        public int Vocabulary { get; init; }

        /// <summary>Largest number of positions.</summary>
        public int Context { get; init; }

        public double NormEpsilon { get; init; } = 1e-5;

        /// <summary>True when logits use the token embedding as output matrix.</summary>
        public bool Tied { get; init; } = true;

        /// <summary>Value of lambda at the end of training; the gains in the checkpoint are what the runtime uses.</summary>
        public double LambdaFinal { get; init; }

        /// <summary>BCP 47 language tags the weights were trained on.</summary>
        public IReadOnlyList<string> Languages { get; init; } = Array.Empty<string>();

        /// <summary>Version of the prompt grammar the weights were trained with; 0 when they know no dialogue.</summary>
        public int DialogueFormat { get; init; }

        public SpecialTokens Special { get; init; } = new SpecialTokens();

        /// <summary>All query heads, signal first.</summary>
        public int Heads => SignalHeads + NoiseHeads;

        /// <summary>Columns D of the concatenated heads.</summary>
        public int HeadsDim => Heads * HeadDim;

        /// <summary>Columns of K and of V.</summary>
        public int KvDim => KvHeads * HeadDim;

        public bool IsMixture => Experts > 1;
    }
}
