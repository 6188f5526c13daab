using System;
using System.IO;

namespace PrismLM.Tools.KernelPacking
{
    /// <summary><c>dotnet run --project Tools~/KernelPack</c>: compiles both packs of the repository that contains the current folder.</summary>
    internal static class Program
    {
        private static int Main()
        {
            try
            {
                string root = FindRoot(Directory.GetCurrentDirectory());
                foreach (ShaderFolder folder in ShaderFolder.All(root))
                {
                    PackBuilder builder = PackBuilder.Compile(folder);
                    builder.Save();
                    Console.WriteLine(FormattableString.Invariant($"{folder.PackFile}: {builder.KernelCount} kernels, {builder.ToBytes().Length:N0} bytes"));
                }

                return 0;
            }
            catch (ShaderException error)
            {
                Console.Error.WriteLine(error.Message);
                return 2;
            }
        }

        private static string FindRoot(string start)
        {
            for (DirectoryInfo? folder = new DirectoryInfo(start); folder != null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Prism.sln")))
                {
                    return folder.FullName;
                }
            }

            throw new ShaderException("No Prism.sln above " + start + ". Run this inside the repository.");
        }
    }
}
