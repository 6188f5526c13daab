using System.Collections.Generic;
using System.IO;
using System.Text;

namespace PrismLM.Training.Data
{
    /// <summary>Whole documents of a text file, in its order: for the tokenizer's training and for evaluation.</summary>
    public static class TextDocuments
    {
        /// <summary>Documents without the white space around them; empty ones are left out. Line ends are line feeds.</summary>
        public static IEnumerable<string> Read(string path)
        {
            var document = new StringBuilder();
            foreach (var line in File.ReadLines(path))
            {
                if (line == TextPieces.Separator)
                {
                    if (Take(document) is { } text)
                    {
                        yield return text;
                    }

                    continue;
                }

                document.Append(line).Append('\n');
            }

            if (Take(document) is { } last)
            {
                yield return last;
            }
        }

        private static string? Take(StringBuilder document)
        {
            var text = document.ToString().Trim(' ', '\n', '\r', '\t');
            document.Clear();
            return text.Length > 0 ? text : null;
        }
    }
}
