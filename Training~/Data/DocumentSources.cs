using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
using PrismLM.Training.Data.Dialogue;

namespace PrismLM.Training.Data
{
    /// <summary>Builds the sources of a data list.</summary>
    public static class DocumentSources
    {
        /// <param name="context">Most input tokens of a document.</param>
        /// <param name="seed">Seeds every source; each gets its own stream from it and its place in the list.</param>
        public static MixedSource Open(DataList list, BpeTokenizer tokenizer, SpecialTokens special, int context, ulong seed)
        {
            var parts = new List<(IDocumentSource, double)>();
            foreach (var (entry, index) in list.Sources.Select((entry, index) => (entry, index)))
            {
                var own = seed + ((ulong)index * 0x9E3779B97F4A7C15UL);
                parts.Add((Open(entry, tokenizer, special, context, own), entry.Weight));
            }

            return new MixedSource(parts);
        }

        private static IDocumentSource Open(DataEntry entry, BpeTokenizer tokenizer, SpecialTokens special, int context, ulong seed) =>
            entry.Generator switch
            {
                null => new TextFileSource(entry.Name, entry.File!, tokenizer.Encode, special.Bos, special.Eos, context, seed),
                "dialogue" => new DialogueDocumentSource(
                    new DialogueGenerator(seed, DialogueSplit.Training), new DialogueFormat(tokenizer, special), context + 1),
                "drill" => new LookupDrillSource(new DialogueFormat(tokenizer, special), seed, context + 1),
                "action-drill" => new ActionDrillSource(new DialogueFormat(tokenizer, special), seed, context + 1),
                "told-drill" => new ToldDrillSource(new DialogueFormat(tokenizer, special), seed, context + 1),
                _ => throw new ArgumentException($"Source '{entry.Name}' names the generator '{entry.Generator}'; there is no such generator."),
            };
    }
}
