using System.IO;

namespace PrismLM.Cli.Output
{
    /// <summary>Checks where a result is to go before any work is done.</summary>
    internal static class OutputPath
    {
        public static string Check(string path, bool replace)
        {
            string full = Path.GetFullPath(path);
            string? folder = Path.GetDirectoryName(full);
            if (Directory.Exists(full))
            {
                throw new InputException(path, "a folder", "the name of a file to write", "add a file name");
            }

            if (folder is null || !Directory.Exists(folder))
            {
                throw new InputException(path, $"no folder {folder}", "an existing folder", "create it first");
            }

            if (File.Exists(full) && !replace)
            {
                throw new InputException(path, "a file that is there already", "a new name", "say --force to replace it");
            }

            return path;
        }
    }
}
