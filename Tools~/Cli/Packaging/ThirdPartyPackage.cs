using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using PrismLM.Cli.Output;

namespace PrismLM.Cli.Packaging
{
    /// <summary>
    /// A NuGet package of other people, as the restored folder describes it. <see cref="Copyright"/> is the line that their licence wants repeated; <see cref="Notices"/> is what the package
    /// says about works inside itself, null without such a file.
    /// </summary>
    internal sealed record ThirdPartyPackage(string Id, string Version, string Licence, string Copyright, string Url, string? Notices)
    {
        // Its package names the .NET Foundation alone; the repository's licence of the years before names the company that began it.
        private const string SilkOrigin = "Copyright (c) 2019-2020 Ultz Limited; Copyright (c) .NET Foundation and Contributors";

        /// <summary>Only MIT is known here: another licence is read by a person before it ships.</summary>
        public static ThirdPartyPackage Read(string folder)
        {
            string file = Directory.EnumerateFiles(folder, "*.nuspec").Single();
            XElement metadata = XDocument.Load(file).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
            string? Value(string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
            string? licenceFile = Directory.EnumerateFiles(folder).FirstOrDefault(path => Path.GetFileName(path).Equals("LICENSE.TXT", StringComparison.OrdinalIgnoreCase));
            string[] licenceText = licenceFile is null ? Array.Empty<string>() : File.ReadAllLines(licenceFile);
            string licence = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license" && (string?)element.Attribute("type") == "expression")?.Value
                ?? (licenceText.Any(line => line.Contains("MIT License", StringComparison.Ordinal)) ? "MIT" : "unknown");
            string id = Value("id")!;
            if (licence != "MIT")
            {
                throw new InputException(Path.GetFileName(file), "licence " + licence, "MIT", $"read the licence of {id}, and teach prism pack what it asks for");
            }

            string copyright = id.StartsWith("Silk.NET.", StringComparison.Ordinal) ? SilkOrigin
                : licenceText.FirstOrDefault(line => line.StartsWith("Copyright", StringComparison.Ordinal))?.Trim() ?? Value("copyright")?.TrimEnd('.') ?? "Copyright (c) " + Value("authors");
            string? notices = Directory.EnumerateFiles(folder).FirstOrDefault(path => Path.GetFileName(path).StartsWith("THIRD-PARTY-NOTICES", StringComparison.OrdinalIgnoreCase));
            string? repository = (string?)metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "repository")?.Attribute("url");
            return new ThirdPartyPackage(id, Value("version")!, licence, copyright, repository ?? Value("projectUrl") ?? "https://www.nuget.org/packages/" + id, notices is null ? null : File.ReadAllText(notices).Replace("\r\n", "\n", StringComparison.Ordinal));
        }
    }
}
