using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
using PrismLM.Training.Data;

namespace PrismLM.Training.Evaluation
{
    /// <summary>
    /// A text cut for evaluation: every document starts with bos at position 0, longer ones are cut in pieces of the context that start anew.
    /// Every byte of every document is predicted exactly once; eos is not.
    /// </summary>
    public sealed class EvaluationText
    {
        private EvaluationText(IReadOnlyList<int[]> rows, long tokens, long bytes, IReadOnlyList<bool[]>? scored = null)
        {
            Rows = rows;
            Scored = scored;
            Tokens = tokens;
            Bytes = bytes;
        }

        /// <summary>bos and the tokens to predict.</summary>
        public IReadOnlyList<int[]> Rows { get; }

        /// <summary>For each row the tokens whose prediction counts; null when all but the first do.</summary>
        public IReadOnlyList<bool[]>? Scored { get; }

        public long Tokens { get; }

        public long Bytes { get; }

        /// <summary>Whole conversations, of which what the NPC says is predicted, as in training. What a context does not hold is left out.</summary>
        /// <param name="context">Most input positions of a row.</param>
        public static EvaluationText Of(DialogueTestSet set, DialogueFormat format, int context)
        {
            var rows = new List<int[]>();
            var scored = new List<bool[]>();
            var (tokens, bytes) = (0L, 0L);
            foreach (var conversation in set.Cases.Where(each => !each.IsTwin).GroupBy(each => each.Conversation))
            {
                // The last reply's prompt holds every turn before it; its own opening comes again with the reply.
                var last = conversation.Last();
                var ids = new List<int>(format.BuildPrompt(last.Prompt));
                ids.RemoveAt(ids.Count - 1);
                format.AppendTurn(last.Reference, ids);
                var row = ids.Take(context + 1).ToArray();
                var counts = new bool[row.Length];
                var speaks = false;
                for (var i = 0; i < row.Length; i++)
                {
                    counts[i] = speaks;
                    speaks = row[i] == format.Special.Npc || (speaks && row[i] != format.Special.End);
                    tokens += counts[i] ? 1 : 0;
                    bytes += counts[i] ? format.Tokenizer.TokenBytes(row[i]).Length : 0;
                }

                rows.Add(row);
                scored.Add(counts);
            }

            return new EvaluationText(rows, tokens, bytes, scored);
        }

        /// <param name="context">Most input positions of a row.</param>
        /// <param name="maxDocuments">0 for the whole file.</param>
        /// <exception cref="InvalidDataException">There is no text.</exception>
        public static EvaluationText Load(string path, ITextTokenizer tokenizer, int bos, int context, int maxDocuments = 0)
        {
            var rows = new List<int[]>();
            var ids = new List<int>();
            var (tokens, bytes, documents) = (0L, 0L, 0);
            foreach (var document in TextDocuments.Read(path))
            {
                if (maxDocuments > 0 && documents == maxDocuments)
                {
                    break;
                }

                documents++;
                bytes += System.Text.Encoding.UTF8.GetByteCount(document);
                ids.Clear();
                tokenizer.Encode(document, ids);
                tokens += ids.Count;
                for (var at = 0; at < ids.Count; at += context)
                {
                    var count = Math.Min(context, ids.Count - at);
                    var row = new int[count + 1];
                    row[0] = bos;
                    ids.CopyTo(at, row, 1, count);
                    rows.Add(row);
                }
            }

            return rows.Count > 0
                ? new EvaluationText(rows, tokens, bytes)
                : throw new InvalidDataException($"{Path.GetFileName(path)} has no text to evaluate; expected documents separated by a line <|endoftext|>.");
        }
    }
}
