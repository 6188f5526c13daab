using System;
using System.IO;
using PrismLM.Cli.Output;

namespace PrismLM.Cli
{
    /// <summary>Where the repository stands: the launcher says so; without it, the first folder above the tool that holds Prism.sln.</summary>
    internal static class RepositoryRoot
    {
        public static string Path { get; } = Find();

        public static string Combine(params string[] parts) => System.IO.Path.Combine(Path, System.IO.Path.Combine(parts));

        private static string Find()
        {
            string? named = Environment.GetEnvironmentVariable("PRISM_ROOT");
            if (!string.IsNullOrEmpty(named) && File.Exists(System.IO.Path.Combine(named, "Prism.sln")))
            {
                return named;
            }

            for (DirectoryInfo? folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(System.IO.Path.Combine(folder.FullName, "Prism.sln")))
                {
                    return folder.FullName;
                }
            }

            throw new InputException("the repository", "no Prism.sln above " + AppContext.BaseDirectory, "the tool inside a clone of Prism", "start it with ./prism");
        }
    }
}
