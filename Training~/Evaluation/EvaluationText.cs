using System;
using System.Collections.Generic;
using System.IO;
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
        private EvaluationText(IReadOnlyList<int[]> rows, long tokens, long bytes)
        {
            Rows = rows;
            Tokens = tokens;
            Bytes = bytes;
        }

        /// <summary>bos and the tokens to predict.</summary>
        public IReadOnlyList<int[]> Rows { get; }

        public long Tokens { get; }

        public long Bytes { get; }

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
