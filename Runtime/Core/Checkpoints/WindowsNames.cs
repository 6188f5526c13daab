using System;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>Paths that Windows resolves to something other than the file they seem to name.</summary>
    internal static class WindowsNames
    {
        private static readonly string[] Reserved = { "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$" };

        /// <summary>What is wrong with the path, or null.</summary>
        public static string? Problem(string path)
        {
            string unified = path.Replace('/', '\\');
            if (unified.StartsWith("\\\\.\\", StringComparison.Ordinal) || unified.StartsWith("\\\\?\\", StringComparison.Ordinal))
            {
                return "a device path";
            }

            string name = unified.Substring(unified.LastIndexOf('\\') + 1);
            if (name.IndexOf(':', unified.Length - name.Length == 0 && name.Length > 1 && name[1] == ':' ? 2 : 0) >= 0)
            {
                return "a stream of a file (':' in the name)";
            }

            if (name.EndsWith(".", StringComparison.Ordinal) || name.EndsWith(" ", StringComparison.Ordinal))
            {
                return "a name that ends with a dot or space";
            }

            string stem = name.Split('.')[0].TrimEnd(' ').ToUpperInvariant();
            bool port = stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)) && stem[3] >= '0' && stem[3] <= '9';
            return port || Array.IndexOf(Reserved, stem) >= 0 ? "a name that Windows reserves for a device" : null;
        }
    }
}
