using System;
using System.Collections.Generic;
using System.IO;

namespace PrismLM.Tools.KernelPacking
{
    /// <summary>
    /// One kernel to compile: a file, and one of its variants. How to add a kernel:
    /// <list type="number">
    /// <item>Write <c>Shaders/NAME.comp</c>. It declares <c>layout(local_size_x_id = 0) in;</c>, at most 4 storage buffers in set 0 and at most 128 bytes of push constants.
    /// <c>#include "x.glsl"</c> finds files of <c>Shaders/Include</c>.</item>
    /// <item>Optionally give it variants, one comment line each, anywhere in the file: <c>// variant: f16 -DWEIGHTS_F16=1 -DROWS=8</c> makes the pack's key
    /// <c>NAME.f16</c>. The variant <c>-</c> has no suffix. Without such lines there is one kernel <c>NAME</c>.</item>
    /// <item>Run <c>dotnet run --project Tools~/KernelPack</c> and commit the pack with the shader.</item>
    /// <item>Describe it to C# with a <c>KernelDescription</c> in the <c>KernelCatalog</c>; one test compares the two.</item>
    /// </list>
    /// </summary>
    internal sealed class KernelSource
    {
        private const string VariantMark = "// variant:";

        private KernelSource(string file, string key, IReadOnlyList<string> defines)
        {
            File = file;
            Key = key;
            Defines = defines;
        }

        /// <summary>Relative to the root.</summary>
        public string File { get; }

        public string Key { get; }

        /// <summary>Arguments of the form <c>-DNAME=VALUE</c>.</summary>
        public IReadOnlyList<string> Defines { get; }

        public static IReadOnlyList<KernelSource> Read(ShaderFolder folder, string file)
        {
            string name = Path.GetFileNameWithoutExtension(file);
            var variants = new List<KernelSource>();
            foreach (string raw in System.IO.File.ReadAllLines(folder.FullPath(file)))
            {
                string line = raw.Trim();
                if (line.StartsWith(VariantMark, StringComparison.Ordinal))
                {
                    variants.Add(Parse(file, name, line.Substring(VariantMark.Length)));
                }
            }

            if (variants.Count == 0)
            {
                variants.Add(new KernelSource(file, name, Array.Empty<string>()));
            }

            return variants;
        }

        private static KernelSource Parse(string file, string name, string text)
        {
            string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
            {
                throw new ShaderException(file + ": a variant line without a name. Expected: // variant: NAME -DX=1 ...");
            }

            var defines = new List<string>();
            for (int i = 1; i < words.Length; i++)
            {
                if (!words[i].StartsWith("-D", StringComparison.Ordinal))
                {
                    throw new ShaderException(file + ": variant " + words[0] + " has \"" + words[i] + "\"; only -DNAME=VALUE is allowed.");
                }

                defines.Add(words[i]);
            }

            return new KernelSource(file, words[0] == "-" ? name : name + "." + words[0], defines);
        }
    }
}
