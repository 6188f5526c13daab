using System;
using System.Collections.Generic;
using System.IO;

namespace PrismLM.Cli.Testing
{
    /// <summary>The parts of the suite, in order.</summary>
    internal static class TestPlan
    {
        private const string Fast = "TestCategory!=Slow";

        // Once: what compiles for long and shows the same under every culture.
        private const string FastAgain = Fast + "&TestCategory!=Once";

        public static IReadOnlyList<TestPart> Create(string root, string resultFolder, bool slow)
        {
            string tests = Built(root, "PrismLM.Tests", "PrismLM.Tests.dll");
            string training = Built(root, "PrismLM.Training.Tests", "PrismLM.Training.Tests.dll");
            string examples = Built(root, "PrismLM.Examples.Tests", "PrismLM.Examples.Tests.dll");
            string mono = Path.Combine(root, ".artifacts", "mono");
            string tool = Built(root, "PrismLM.Cli", "prism.dll");
            string all = slow ? "" : Fast;
            return new[]
            {
                // lavapipe's threads help one big dispatch and hurt a thousand tiny ones.
                DotNetTest("runtime", "Core, Vulkan and kernels", tests, resultFolder, all, ("LP_NUM_THREADS", "0")),
                DotNetTest("training", "training, command line, repository", training, resultFolder, all),
                DotNetTest("examples", "the example game, in a window", examples, resultFolder, all),
                // Everything again, twice, each time under another culture and with another width of lavapipe's vectors.
                DotNetTest("turkish", "the first part, culture tr-TR, 128-bit vectors", tests, resultFolder, Fast, Another("tr-TR", "128", ("LP_NUM_THREADS", "0"))),
                DotNetTest("turkish-training", "the second part, culture tr-TR, 128-bit vectors", training, resultFolder, FastAgain, Another("tr-TR", "128")),
                DotNetTest("arabic", "the first part, culture ar-SA, 512-bit vectors", tests, resultFolder, Fast, Another("ar-SA", "512", ("LP_NUM_THREADS", "0"))),
                DotNetTest("arabic-training", "the second part, culture ar-SA, 512-bit vectors", training, resultFolder, FastAgain, Another("ar-SA", "512")),
                new TestPart("mono", "Core, NPCs, lives on Vulkan and the Unity components on Mono, netstandard2.1", "mono", new[] { "--debug", Path.Combine(mono, "PrismLM.Tests.dll") }, SummaryLine.Read)
                {
                    Environment = new Dictionary<string, string> { ["LP_NUM_THREADS"] = "0" },
                    Prepare = () => CopyForMono(Path.GetDirectoryName(Built(root, "PrismLM.Tests.Mono", "PrismLM.Tests.dll"))!, mono),
                },
                new TestPart("native", "kernels, native executable", "dotnet", new[] { "exec", tool, "publish-bench", "--test" }, SummaryLine.Read)
                {
                    Environment = new Dictionary<string, string> { ["LP_NUM_THREADS"] = "0" },
                },
                new TestPart("demo", "the demo", "dotnet", new[] { "exec", tool, "demo", "--seconds", "20" }, SummaryLine.ReadSmoke),
            };
        }

        private static (string Name, string Value)[] Another(string culture, string vectorWidth, params (string Name, string Value)[] more) =>
            [("PRISM_TEST_CULTURE", culture), ("LP_NATIVE_VECTOR_WIDTH", vectorWidth), .. more];

        private static TestPart DotNetTest(string key, string name, string assembly, string resultFolder, string filter, params (string Name, string Value)[] environment)
        {
            var arguments = new List<string> { "test", assembly, "--nologo", "--logger", $"trx;LogFileName={key}.trx", "--results-directory", resultFolder };
            if (filter.Length > 0)
            {
                arguments.Add("--filter");
                arguments.Add(filter);
            }

            var variables = new Dictionary<string, string>();
            foreach ((string variable, string value) in environment)
            {
                variables[variable] = value;
            }

            return new TestPart(key, name, "dotnet", arguments, TrxReader.Read) { Environment = variables };
        }

        private static void CopyForMono(string source, string destination)
        {
            if (Directory.Exists(destination))
            {
                Directory.Delete(destination, recursive: true);
            }

            foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            {
                string target = Path.Combine(destination, Path.GetRelativePath(source, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                if (file.EndsWith(".dll", StringComparison.Ordinal) && Path.GetFileName(file) is string name && (name.StartsWith("PrismLM.", StringComparison.Ordinal) || name.StartsWith("Silk.NET.", StringComparison.Ordinal)))
                {
                    DebianMonoFix.Copy(file, target);
                }
                else
                {
                    File.Copy(file, target);
                }
            }
        }

        private static string Built(string root, string project, string file) => Path.Combine(root, ".artifacts", "bin", project, "release", file);
    }
}
