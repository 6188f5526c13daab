using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;

namespace PrismLM.Training.Tests.Repository
{
    /// <summary>An example that does not compile teaches the wrong thing.</summary>
    public sealed class ReadmeTests
    {
        private static IEnumerable<TestCaseData> Blocks() =>
            new[] { "README.md", "Documentation~/dialogue.md", "Documentation~/hosts.md", "Documentation~/unity.md" }.SelectMany(path =>
                Regex.Matches(RepositoryFiles.Read(path), "^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)
                    .Select((match, index) => new TestCaseData(match.Groups[1].Value).SetArgDisplayNames(path, $"block {index + 1}")));

        [TestCaseSource(nameof(Blocks))]
        public void EveryCSharpBlockCompiles(string code)
        {
            // A component has no Main, and Unity's compiler is that of C# 9; it is compiled against our stubs.
            bool unity = code.Contains("using UnityEngine;", StringComparison.Ordinal);
            var options = new CSharpCompilationOptions(unity ? OutputKind.DynamicallyLinkedLibrary : OutputKind.ConsoleApplication, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
            CSharpCompilation compilation = CSharpCompilation.Create("readme", new[] { CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(unity ? LanguageVersion.CSharp9 : LanguageVersion.Latest)) }, References(), options);
            IEnumerable<string> errors = compilation.GetDiagnostics().Where(each => each.Severity == DiagnosticSeverity.Error).Select(each => each.ToString());
            Assert.That(errors, Is.Empty);
        }

        [Test]
        public void TheReadmeHasAnExample() => Assert.That(RepositoryFiles.Read("README.md"), Does.Contain("```csharp"));

        [Test]
        public void RelativeLinksOfDocumentsLeadSomewhere()
        {
            var broken = new List<string>();
            foreach (string path in RepositoryFiles.All.Where(path => path.EndsWith(".md", StringComparison.Ordinal)))
            {
                foreach (Match match in Regex.Matches(RepositoryFiles.Read(path), @"\]\((?!https?:|#|mailto:)([^)#\s]+)"))
                {
                    string target = Path.Combine(RepositoryFiles.Root, Path.GetDirectoryName(path)!, Uri.UnescapeDataString(match.Groups[1].Value));
                    if (!File.Exists(target) && !Directory.Exists(target))
                    {
                        broken.Add($"{path}: {match.Groups[1].Value}");
                    }
                }
            }

            Assert.That(broken, Is.Empty);
        }

        private static IEnumerable<MetadataReference> References() =>
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => (MetadataReference)MetadataReference.CreateFromFile(path));
    }
}
