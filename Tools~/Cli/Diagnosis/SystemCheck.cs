using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace PrismLM.Cli.Diagnosis
{
    /// <summary>The machine below Vulkan: runtime, cultures, tools.</summary>
    internal static class SystemCheck
    {
        public static IEnumerable<Finding> Run()
        {
            yield return new Finding(".NET", true, $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors");
            bool cultures = HasCultures();
            yield return new Finding("cultures", cultures, cultures ? "ICU is there" : "invariant only", cultures ? null : "Install ICU (Debian: apt-get install libicu-dev, or the libicu of your release): the culture tests need it; games do not.");
            string? waiting = Environment.GetEnvironmentVariable("OMP_WAIT_POLICY");
            bool passive = string.Equals(waiting, "passive", StringComparison.OrdinalIgnoreCase);
            yield return new Finding("OMP_WAIT_POLICY", passive, waiting ?? "not set", passive ? null : "Start through ./prism, or set it to passive: training beside another busy process is otherwise 5 to 10 times slower.");
            yield return Tool("glslc", "compiles the shaders (needed only to change them)", "Debian: apt-get install glslc");
            yield return Tool("spirv-val", "checks the compiled shaders (tests)", "Debian: apt-get install spirv-tools");
            yield return Tool("mono", "runs tests as Unity's runtime would (tests)", "Debian: apt-get install mono-devel");
        }

        /// <summary>Without ICU, .NET starts in invariant mode alone, and knows no culture but the invariant one.</summary>
        private static bool HasCultures()
        {
            try
            {
                return CultureInfo.GetCultureInfo("tr-TR").TextInfo.ToLower("I") == "ı";
            }
            catch (CultureNotFoundException)
            {
                return false;
            }
        }

        private static Finding Tool(string name, string purpose, string advice)
        {
            string? path = Find(name);
            return new Finding(name, path is not null, path ?? "not found", path is null ? $"It {purpose}. {advice}" : null);
        }

        private static string? Find(string name) =>
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => folder.Length > 0)
                .SelectMany(folder => new[] { Path.Combine(folder, name), Path.Combine(folder, name + ".exe") }).FirstOrDefault(File.Exists);
    }
}
