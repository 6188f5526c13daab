using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Cli.Output;

namespace PrismLM.Cli.Packaging.NuGet
{
    /// <summary>What the consumer showed: the sentence that the NPC said, and for native code how many warnings there were about other people's.</summary>
    internal sealed record ConsumerResult(string Managed, string? Native, int ForeignWarnings);

    /// <summary>
    /// A fresh console project outside the repository that takes the package as any user would, from a folder that is one more package source, into a package folder of its own, so
    /// that no older copy answers. It loads the shipped model, asks an NPC its name and prints what it says; once on .NET, once as native code.
    /// </summary>
    internal sealed class ConsumerProject : IDisposable
    {
        private const string Name = "Consumer";

        // Warnings of the trimmer are sorted by their origin below, so they are neither summed up nor errors here.
        private const string Project = """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <WarningsNotAsErrors>NU1603;NU1900;NU1901;NU1902;NU1903;NU1904</WarningsNotAsErrors>
                <IlcTreatWarningsAsErrors>false</IlcTreatWarningsAsErrors>
                <PublishAot>true</PublishAot>
                <TrimmerSingleWarn>false</TrimmerSingleWarn>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="PrismLM" Version="VERSION" />
              </ItemGroup>
            </Project>
            """;

        private const string Program = """
            using System;
            using PrismLM.Dialogue;
            using PrismLM.Hosting;

            using PrismRuntime prism = await PrismRuntime.LoadAsync(args[0], new PrismRuntimeOptions { AllowSoftwareVulkan = true });
            using Npc smith = prism.CreateNpc(NpcPersona.Load(args[1]));
            NpcReply reply = smith.Ask("Good day. What is your name?");
            while (!reply.IsCompleted)
            {
                prism.Tick(budgetMilliseconds: 20);
            }

            Console.Out.WriteLine(reply.Result!.Reason + " " + reply.Text);
            """;

        private readonly string _folder = Path.Combine(Path.GetTempPath(), "prism-consumer-" + Guid.NewGuid().ToString("N"));
        private readonly string _version;
        private readonly Dictionary<string, string?> _environment;

        /// <summary>Writes the project; the package is in the folder <paramref name="source"/>.</summary>
        public ConsumerProject(string source, string version)
        {
            _version = version;
            Directory.CreateDirectory(_folder);
            File.WriteAllText(Path.Combine(_folder, Name + ".csproj"), Project.Replace("VERSION", version, StringComparison.Ordinal));
            File.WriteAllText(Path.Combine(_folder, "Program.cs"), Program);

            // Settings of a folder above, such as those of a user who keeps the temporary folder inside a project, must not reach in.
            File.WriteAllText(Path.Combine(_folder, "Directory.Build.props"), "<Project />");
            File.WriteAllText(Path.Combine(_folder, "Directory.Build.targets"), "<Project />");
            File.WriteAllText(Path.Combine(_folder, "Directory.Packages.props"), "<Project />");
            string machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set ? set : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

            // Everybody's packages come from the machine's folder, ours cannot: one of the same version there would be taken instead.
            bool fallback = Directory.Exists(machine) && !Directory.Exists(Path.Combine(machine, NuGetPackage.Id.ToLowerInvariant()));
            File.WriteAllText(
                Path.Combine(_folder, "nuget.config"),
                $"<configuration>\n  <packageSources><add key=\"prism-pack\" value=\"{Escape(source)}\" /></packageSources>\n" +
                (fallback ? $"  <fallbackPackageFolders><add key=\"machine\" value=\"{Escape(machine)}\" /></fallbackPackageFolders>\n" : "") + "</configuration>\n");
            _environment = new Dictionary<string, string?> { ["NUGET_PACKAGES"] = Path.Combine(_folder, "packages"), ["MSBUILDDISABLENODEREUSE"] = "1" };
        }

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        /// <summary>Builds and runs it; with <paramref name="native"/> also publishes it with NativeAOT and runs that.</summary>
        public async Task<ConsumerResult> RunAsync(string model, string persona, bool native, CancellationToken cancellation)
        {
            await DotNetAsync("dotnet build of a project that takes " + NuGetPackage.Id, cancellation, "build", "-c", "Release", "-v", "quiet", "--nologo").ConfigureAwait(false);
            if (!Directory.Exists(Path.Combine(_folder, "packages", NuGetPackage.Id.ToLowerInvariant(), _version)))
            {
                throw new InputException("the consumer project", "another package than the one just made", "it to be unpacked into a folder of its own", "remove PrismLM from the machine's package folders");
            }

            string managed = await SpeakAsync("dotnet", new[] { "exec", Path.Combine(_folder, "bin", "Release", "net10.0", Name + ".dll"), model, persona }, cancellation).ConfigureAwait(false);
            if (!native)
            {
                return new ConsumerResult(managed, null, 0);
            }

            string target = Path.Combine(_folder, "native");
            string[] arguments = { "publish", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", target, "-v", "quiet", "--nologo" };
            string log = await DotNetAsync("dotnet publish with NativeAOT", cancellation, arguments.Concat(DotNet.NativeLinker()).ToArray()).ConfigureAwait(false);
            (IReadOnlyList<string> own, int foreign) = SortWarnings(log);
            if (own.Count > 0)
            {
                throw new InputException("dotnet publish with NativeAOT", own[0], "no warning about Prism's own code", "see the member it names");
            }

            string said = await SpeakAsync(Path.Combine(target, OperatingSystem.IsWindows() ? Name + ".exe" : Name), new[] { model, persona }, cancellation).ConfigureAwait(false);
            return new ConsumerResult(managed, said, foreign);
        }

        /// <summary>
        /// Warnings of trimming and ahead-of-time compilation, ours apart from those about members of Silk.NET and the .NET libraries under it: it can look for libraries beside an assembly's
        /// file and in its list of dependencies; one executable has neither, and the system finds the Vulkan loader by name. A warning whose origin is not theirs is ours.
        /// </summary>
        internal static (IReadOnlyList<string> Own, int Foreign) SortWarnings(string log)
        {
            string[] warnings = log.Split('\n').Where(line => Regex.IsMatch(line, @"warning IL\d{4}:")).Select(line => line.Split(" [", 2)[0].Trim()).Distinct(StringComparer.Ordinal).ToArray();
            string[] own = warnings.Where(line => !Regex.IsMatch(line, @"warning IL\d{4}: (Silk\.NET\.|Microsoft\.(Extensions\.DependencyModel|DotNet\.PlatformAbstractions)\.|System\.)")).ToArray();
            return (own, warnings.Length - own.Length);
        }

        private async Task<string> DotNetAsync(string what, CancellationToken cancellation, params string[] arguments)
        {
            ProgramResult result = await DotNet.RunAsync("dotnet", _folder, arguments, cancellation, _environment).ConfigureAwait(false);
            return result.Code == 0 ? result.Text : throw new InputException(what, result.Problem, "no error and no warning", "native code needs a C compiler and zlib: sudo apt-get install clang zlib1g-dev; --skip-native leaves it out");
        }

        private async Task<string> SpeakAsync(string program, string[] arguments, CancellationToken cancellation)
        {
            ProgramResult result = await DotNet.RunAsync(program, _folder, arguments, cancellation).ConfigureAwait(false);
            Match said = Regex.Match(result.Text, @"^Finished (\S.*)$", RegexOptions.Multiline);
            return result.Code == 0 && said.Success ? said.Groups[1].Value.Trim()
                : throw new InputException("the consumer program", result.Code == 0 ? $"\"{result.Text.Trim()}\"" : result.Text.Split('\n')[0].Trim(), "a sentence of the NPC", "./prism doctor");
        }

        private static string Escape(string text) => System.Security.SecurityElement.Escape(text);
    }
}
