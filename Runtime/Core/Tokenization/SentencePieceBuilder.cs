using System.Collections.Generic;
using PrismLM.Core.Json;

namespace PrismLM.Core.Tokenization
{
    /// <summary>Makes ranked merge rules out of scored pieces: every way to put a piece together of two others, best score first.</summary>
    internal static class SentencePieceBuilder
    {
        /// <param name="pieces">Text by id; names for special tokens.</param>
        /// <param name="scores">By id; a higher score is merged earlier, equal ones by id.</param>
        /// <param name="specials">Special tokens; they are never the part or result of a merge, and neither are byte tokens.</param>
        /// <param name="byteIds">The token of each byte.</param>
        internal static SentencePieceModel Build(string[] pieces, float[] scores, IReadOnlyList<SpecialToken> specials, int[] byteIds)
        {
            var excluded = new HashSet<int>(byteIds);
            foreach (SpecialToken special in specials)
            {
                excluded.Add(special.Id);
            }
            var ids = new Dictionary<string, int>(SecretStringComparer.Instance);
            var order = new List<int>();
            for (int id = 0; id < pieces.Length; id++)
            {
                if (!excluded.Contains(id))
                {
                    ids.Add(pieces[id], id);
                    order.Add(id);
                }
            }
            order.Sort((x, y) => scores[x] != scores[y] ? scores[y].CompareTo(scores[x]) : x.CompareTo(y));

            var merges = new List<Merge>();
            foreach (int result in order)
            {
                string piece = pieces[result];
                for (int cut = 1; cut < piece.Length; cut++)
                {
                    bool splitsPair = char.IsLowSurrogate(piece[cut]) && char.IsHighSurrogate(piece[cut - 1]);
                    if (!splitsPair && ids.TryGetValue(piece.Substring(0, cut), out int left) && ids.TryGetValue(piece.Substring(cut), out int right))
                    {
                        merges.Add(new Merge(left, right, result));
                    }
                }
            }
            var model = new SentencePieceModel(pieces, specials, byteIds, merges.Count);
            foreach (Merge merge in merges)
            {
                model.TryAddMerge(merge);
            }
            return model;
        }
    }
}
