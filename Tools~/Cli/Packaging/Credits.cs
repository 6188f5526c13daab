using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using PrismLM.Cli.Output;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Cli.Packaging
{
    /// <summary>What a game must show, and everything that the licences of what ships want repeated; made from the restored packages and from the model's own metadata.</summary>
    internal static class Credits
    {
        public const string FileName = "Credits.txt";
        public const string NoticesFile = "Third Party Notices.md";

        private const string Mit = """
            Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without
            restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
            Software is furnished to do so, subject to the following conditions:

            The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

            THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
            NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
            OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
            """;

        /// <summary>For the credits of a game: plain text, no markup. Takes the copyright line of LICENSE.md, and the texts the model learned from by their authors' names.</summary>
        public static string Text(string ownCopyright, IEnumerable<ThirdPartyPackage> packages, CheckpointInfo model, IEnumerable<string> texts)
        {
            var text = new StringBuilder("This game uses Prism, a language model for NPCs.\n").Append(ownCopyright).Append(". MIT License.\n\nIt contains\n");
            foreach (ThirdPartyPackage package in packages)
            {
                text.Append("  ").Append(package.Id).Append(' ').Append(package.Version).Append(". ").Append(package.Copyright).Append(". ").Append(package.Licence).Append(" License.\n");
            }

            text.Append("\nIts characters speak through the model ").Append(model.Name).Append(" (weights: ").Append(model.WeightLicence).Append("), which learned from\n");
            foreach (string data in model.DataLicences)
            {
                text.Append("  ").Append(data).Append('\n');
            }

            text.Append("\nThese are\n");
            foreach (string source in texts)
            {
                text.Append("  ").Append(source).Append('\n');
            }

            return text.Append("\nMIT License\n\n").Append(Lines(Mit)).Append('\n').ToString();
        }

        /// <summary>The notices of the Unity package: what Credits says, and the notices inside the shipped assemblies' packages word for word, each text once.</summary>
        public static string Notices(IReadOnlyList<ThirdPartyPackage> packages, CheckpointInfo model)
        {
            var text = new StringBuilder("# Third party notices\n\nWhat this package contains that others made. `Credits.txt` is the short form for the credits of a game.\n\n## Assemblies in Runtime/Plugins\n\n| package | licence | copyright |\n|---|---|---|\n");
            foreach (ThirdPartyPackage package in packages)
            {
                text.Append("| [").Append(package.Id).Append(' ').Append(package.Version).Append("](").Append(package.Url).Append(") | ").Append(package.Licence).Append(" | ").Append(package.Copyright).Append(" |\n");
            }

            text.Append("\n## The model ").Append(model.Name).Append("\n\nLicence of the weights: ").Append(model.WeightLicence).Append(". The texts it learned from are not inside:\n\n");
            foreach (string data in model.DataLicences)
            {
                text.Append("* ").Append(data).Append('\n');
            }

            text.Append("\n## The MIT License\n\n").Append(Lines(Mit)).Append("\n");
            foreach (IGrouping<string, ThirdPartyPackage> same in packages.Where(package => package.Notices is not null).GroupBy(package => package.Notices!, StringComparer.Ordinal))
            {
                text.Append("\n## Notices of ").AppendJoin(", ", same.Select(package => package.Id)).Append("\n\n```text\n").Append(same.Key.Replace("```", "'''", StringComparison.Ordinal).TrimEnd()).Append("\n```\n");
            }

            return text.ToString();
        }

        /// <summary>The rows of the table of training texts in the repository's notices, as "text: licence".</summary>
        public static IReadOnlyList<string> TrainingTexts(string notices)
        {
            string[] rows = Lines(notices).Split('\n').SkipWhile(line => !line.StartsWith("## The shipped model's training data", StringComparison.Ordinal)).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
                .Where(line => line.StartsWith('|')).Skip(2).Select(line => string.Join(": ", line.Trim('|').Split('|').Select(cell => cell.Trim()))).ToArray();
            return rows.Length > 0 ? rows : throw new InputException(NoticesFile, "no table of training texts", "a section \"The shipped model's training data\"", "name the texts and their licences there");
        }

        private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
