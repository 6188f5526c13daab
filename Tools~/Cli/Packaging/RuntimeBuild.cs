using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Cli.Output;

namespace PrismLM.Cli.Packaging
{
    /// <summary>The runtime's four assemblies for both frameworks, built in a folder of their own with source paths that name no machine.</summary>
    internal sealed class RuntimeBuild
    {
        public static readonly IReadOnlyList<string> Assemblies = new[] { "PrismLM.Core", "PrismLM.Dialogue", "PrismLM.Hosting", "PrismLM.Vulkan" };
        public static readonly IReadOnlyList<string> Frameworks = new[] { "net10.0", "netstandard2.1" };

        private readonly string _folder;

        public RuntimeBuild(string folder) => _folder = folder;

        /// <summary>What NuGet restored for the assembly that refers to Silk.NET.</summary>
        public string Assets => Path.Combine(_folder, "obj", "PrismLM.Vulkan", "project.assets.json");

        public byte[] Read(string assembly, string framework, string extension) => File.ReadAllBytes(Path.Combine(_folder, "bin", assembly, "release_" + framework, assembly + extension));

        public static async Task<RuntimeBuild> RunAsync(string root, CancellationToken cancellation)
        {
            string folder = Path.Combine(root, ".artifacts", "pack");
            string[] arguments =
            {
                "build", Path.Combine("Runtime", "Hosting", "PrismLM.Hosting.csproj"), "-c", "Release", "-v", "quiet", "--nologo", "-nodeReuse:false",
                "-p:ArtifactsPath=" + folder, "-p:ContinuousIntegrationBuild=true", "-p:DeterministicSourcePaths=false", $"-p:PathMap={root.TrimEnd('/', '\\')}{Path.DirectorySeparatorChar}=/_/",
            };
            ProgramResult result = await DotNet.RunAsync("dotnet", root, arguments, cancellation).ConfigureAwait(false);
            string log = Path.Combine(root, ".artifacts", "pack.log");
            await File.WriteAllTextAsync(log, result.Text, cancellation).ConfigureAwait(false);
            if (result.Code != 0)
            {
                throw new InputException("dotnet build Runtime/Hosting", result.Problem, "the runtime's assemblies", "whole log: " + log);
            }

            return new RuntimeBuild(folder);
        }
    }
}
