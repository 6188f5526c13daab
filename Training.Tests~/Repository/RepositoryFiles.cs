using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PrismLM.Training.Tests.Repository
{
    /// <summary>The files of the repository as the tests see them: relative paths with forward slashes, build output and version control left out.</summary>
    internal static class RepositoryFiles
    {
        public static string Root { get; } = FindRoot();

        public static IReadOnlyList<string> All { get; } = List("").ToList();

        public static IEnumerable<string> Sources => All.Where(path => path.EndsWith(".cs", StringComparison.Ordinal));

        public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

        public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

        private static IEnumerable<string> List(string folder)
        {
            foreach (FileSystemInfo entry in new DirectoryInfo(Path.Combine(Root, folder)).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
            {
                if (entry.Name is ".git" or ".artifacts" or ".cache" or ".vs" or ".idea" or "bin" or "obj")
                {
                    continue;
                }

                if (entry is DirectoryInfo)
                {
                    foreach (string child in List(folder + entry.Name + "/"))
                    {
                        yield return child;
                    }
                }
                else
                {
                    yield return folder + entry.Name;
                }
            }
        }

        private static string FindRoot()
        {
            DirectoryInfo? folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Prism.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new InvalidOperationException("No Prism.sln above " + AppContext.BaseDirectory);
        }
    }
}
