using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using PrismLM.Cli.Output;

namespace PrismLM.Cli.Packaging
{
    /// <summary>Says no to a kernel pack that is older than its shaders, before anything is built; the rule is that of Shaders/Freshness.targets.</summary>
    internal static class KernelFreshness
    {
        public static void Check(string root)
        {
            IEnumerable<string> shaders = new[] { "Shaders/Include", "Shaders" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder)).Where(path => Path.GetExtension(path) is ".comp" or ".glsl"));
            HashSet<string> found = shaders.Select(path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))) + " " + Path.GetRelativePath(root, path).Replace('\\', '/')).ToHashSet(StringComparer.Ordinal);
            string[] packed = File.ReadAllLines(Path.Combine(root, "Shaders", "Compiled", "kernels.sources"));
            string? different = found.Except(packed).Concat(packed.Where(line => line.Length > 0).Except(found)).Select(line => line.Split(' ', 2)[^1]).Order(StringComparer.Ordinal).FirstOrDefault();
            if (different is not null)
            {
                throw new InputException("Shaders/Compiled/kernels.bytes", $"a pack that does not fit {different}", "one made of the shaders as they are", "./prism shaders");
            }
        }
    }
}
