using System;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Tokenization;

namespace PrismLM.Training.Data
{
    /// <summary>The special tokens of our own models: their names, in the order of their ids at the end of the vocabulary.</summary>
    public static class SpecialTokenIds
    {
        /// <summary>bos, eos, pad, persona, player, npc, cue, action, end.</summary>
        public static readonly string[] Names =
        {
            "<|bos|>", "<|eos|>", "<|pad|>", "<|persona|>", "<|player|>", "<|npc|>", "<|cue|>", "<|action|>", "<|end|>",
        };

        /// <exception cref="ArgumentException">The tokenizer lacks one.</exception>
        public static SpecialTokens Of(BpeTokenizer tokenizer)
        {
            int Id(int index) => tokenizer.TryGetSpecial(Names[index], out var id)
                ? id
                : throw new ArgumentException($"The tokenizer has no special token {Names[index]}; a model of ours needs all of: {string.Join(' ', Names)}.");

            return new SpecialTokens { Bos = Id(0), Eos = Id(1), Pad = Id(2), Persona = Id(3), Player = Id(4), Npc = Id(5), Cue = Id(6), Action = Id(7), End = Id(8) };
        }
    }
}
