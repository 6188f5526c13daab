using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Cli.Output;
using PrismLM.Cli.Packaging.NuGet;
using PrismLM.Cli.Packaging.Unity;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Cli.Packaging
{
    /// <summary>A file that was written.</summary>
    internal sealed record PackedFile(string Path, long Bytes, string Sha256);

    /// <summary>Everything about the packages that is worth telling.</summary>
    internal sealed record PackResult(IReadOnlyList<PackedFile> Files, int UnityFiles, IReadOnlyList<string> Plugins, int NuGetFiles, ConsumerResult? Consumer);

    /// <summary>Makes the packages of a repository, checks them, and only then puts them where they belong: all of them or none.</summary>
    internal static class PackRun
    {
        private const string Model = "Models~/prism-tavern-3m.safetensors";
        private const string Persona = "Samples~/Tavern/Personas/smith.json";

        /// <summary>Makes the folder <paramref name="output"/> when it is not there; calls <paramref name="step"/> with what is being done.</summary>
        public static async Task<PackResult> RunAsync(string root, string output, bool consumer, bool native, Action<string> step, CancellationToken cancellation)
        {
            string staging = Stage(output);
            try
            {
                CheckInputs(root);
                step("building the runtime");
                RuntimeBuild build = await RuntimeBuild.RunAsync(root, cancellation).ConfigureAwait(false);
                step("putting the packages together");
                (string name, string version) = UnityPackage.Identity(root);
                PluginSet plugins = PluginSet.Find(build.Assets, UnityPackage.PrecompiledReferences(root));
                ThirdPartyPackage[] packages = plugins.Plugins.Select(plugin => plugin.Package).DistinctBy(package => package.Id).ToArray();
                CheckpointInfo model = PrismCheckpoint.Load(Path.Combine(root, Model)).Info;
                string credits = Credits.Text(Copyright(root), packages, model, Credits.TrainingTexts(File.ReadAllText(Path.Combine(root, Credits.NoticesFile))));
                IReadOnlyList<PackEntry> unity = UnityPackage.Collect(root, plugins.Plugins, Credits.Notices(packages, model), credits);
                IReadOnlyList<PackEntry> nuget = NuGetPackage.Collect(root, build, version, credits), symbols = NuGetPackage.CollectSymbols(root, build, version);
                Refuse(UnityPackageChecks.Run(unity, plugins.FrameworkAssemblies, plugins.FrameworkTypes));
                Refuse(NuGetPackageChecks.Run(nuget, symbols, File.ReadAllBytes(Path.Combine(root, "Shaders", "Compiled", "kernels.bytes"))));

                var files = new List<PackedFile>
                {
                    Write(staging, $"{name}-{version}.tgz", Archives.Tarball(unity)),
                    Write(staging, $"{NuGetPackage.Id}.{version}.nupkg", Archives.Zip(nuget)),
                    Write(staging, $"{NuGetPackage.Id}.{version}.snupkg", Archives.Zip(symbols)),
                    Write(staging, Credits.FileName, System.Text.Encoding.UTF8.GetBytes(credits)),
                };
                ConsumerResult? shown = consumer ? await ConsumeAsync(root, staging, version, native, step, cancellation).ConfigureAwait(false) : null;
                foreach (PackedFile file in files)
                {
                    File.Move(Path.Combine(staging, file.Path), Path.Combine(output, file.Path), overwrite: true);
                }

                return new PackResult(files, unity.Count, plugins.Plugins.Select(plugin => plugin.FileName).ToArray(), nuget.Count, shown);
            }
            finally
            {
                Directory.Delete(staging, recursive: true);
            }
        }

        /// <summary>The first problem, and how many there are.</summary>
        internal static void Refuse(IEnumerable<PackProblem> problems)
        {
            PackProblem[] all = problems.ToArray();
            if (all.Length > 0)
            {
                string more = all.Length == 1 ? "" : FormattableString.Invariant($" ({all.Length - 1} more problems)");
                throw new InputException(all[0].Where, all[0].Found + more, all[0].Expected, all[0].Hint);
            }
        }

        private static async Task<ConsumerResult> ConsumeAsync(string root, string source, string version, bool native, Action<string> step, CancellationToken cancellation)
        {
            step(native ? "trying the NuGet package in a fresh project, on .NET and as native code" : "trying the NuGet package in a fresh project");
            using var project = new ConsumerProject(source, version);
            return await project.RunAsync(Path.Combine(root, Model), Path.Combine(root, Persona), native, cancellation).ConfigureAwait(false);
        }

        private static void CheckInputs(string root)
        {
            KernelFreshness.Check(root);
            MetaPlan metas = MetaFiles.Plan(root);
            if (metas.Missing.Count + metas.LeftOver.Count > 0)
            {
                throw new InputException(metas.Missing.Concat(metas.LeftOver).First(), metas.Missing.Count > 0 ? "no such file" : "no file beside it", "a .meta file beside everything Unity sees", "./prism meta");
            }

            if (!File.Exists(Path.Combine(root, Model)))
            {
                throw new InputException(Model, "nothing", "the model that ships", "get the file from the repository");
            }
        }

        /// <summary>A folder inside the output folder, so that what is finished moves within one file system.</summary>
        private static string Stage(string output)
        {
            if (File.Exists(output))
            {
                throw new InputException(output, "a file", "a folder for the packages", "name a folder with --output");
            }

            string staging = Path.Combine(output, ".prism-pack-" + Guid.NewGuid().ToString("N")[..8] + ".tmp");
            try
            {
                Directory.CreateDirectory(staging);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new InputException(output, refused.Message.TrimEnd('.'), "a folder one may write to", "name another with --output");
            }

            return staging;
        }

        private static PackedFile Write(string folder, string name, byte[] content)
        {
            File.WriteAllBytes(Path.Combine(folder, name), content);
            return new PackedFile(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
        }

        private static string Copyright(string root) =>
            File.ReadAllLines(Path.Combine(root, "LICENSE.md")).FirstOrDefault(line => line.StartsWith("Copyright", StringComparison.Ordinal)) ?? throw new InputException("LICENSE.md", "no copyright line", "one", "restore it");
    }
}
