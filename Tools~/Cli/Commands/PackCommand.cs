using System;
using System.CommandLine;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Cli.Output;
using PrismLM.Cli.Packaging;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism pack</c>: the Unity package and the NuGet package, checked.</summary>
    internal static class PackCommand
    {
        public static Command Create()
        {
            var output = new Option<string?>("--output", "-o") { Description = "The folder for the packages; .artifacts/packages by default." };
            var skipConsumer = new Option<bool>("--skip-consumer") { Description = "Do not try the NuGet package in a fresh project." };
            var skipNative = new Option<bool>("--skip-native") { Description = "Try it on .NET alone, not as native code." };
            var json = new Option<bool>("--json") { Description = "Print one JSON object." };
            var command = new Command("pack", "Make the Unity package (.tgz) and the NuGet package, with notices and credits; check both.") { output, skipConsumer, skipNative, json };
            command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(output), !parsed.GetValue(skipConsumer), !parsed.GetValue(skipNative), parsed.GetValue(json), cancellation));
            return command;
        }

        private static async Task<int> RunAsync(string? output, bool consumer, bool native, bool json, CancellationToken cancellation)
        {
            string folder = Path.GetFullPath(output ?? RepositoryRoot.Combine(".artifacts", "packages"));
            PackResult result = await PackRun.RunAsync(RepositoryRoot.Path, folder, consumer, native, step => Terminal.Note(step + " ..."), cancellation).ConfigureAwait(false);
            if (json)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(result, JsonOutput.Options));
                return 0;
            }

            var table = new TextTable("file", "size", "sha256");
            foreach (PackedFile file in result.Files)
            {
                table.Add(file.Path, Units.Bytes(file.Bytes), file.Sha256[..16]);
            }

            var facts = new FactList("Packages in " + folder);
            facts.Add("Unity", FormattableString.Invariant($"{result.UnityFiles} files; every GUID once, every .meta and every reference in place; not opened in Unity"));
            facts.Add("assemblies", string.Join("\n", result.Plugins));
            facts.Add("NuGet", FormattableString.Invariant($"{result.NuGetFiles} files, for net10.0 and netstandard2.1; kernels inside, symbols fit"));
            facts.Add("on .NET", result.Consumer is null ? "not tried" : $"a fresh project said \"{result.Consumer.Managed}\"");
            facts.Add("native", result.Consumer?.Native is null ? "not tried" : FormattableString.Invariant($"NativeAOT said \"{result.Consumer.Native}\"; no warning about Prism, {result.Consumer.ForeignWarnings} about Silk.NET's own code"));
            Console.Out.Write(table + "\n" + facts);
            return 0;
        }
    }
}
