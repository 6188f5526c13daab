using System;
using System.Diagnostics;
using System.IO;
using NUnit.Framework;

namespace PrismLM.Examples.Tests.Tavern
{
    public sealed class ShaderTests
    {
        private const string RecordedWith = "2023.2";

        [TestCase("quad.vert")]
        [TestCase("quad.frag")]
        public void TheCompiledShaderIsThatOfItsSource(string name)
        {
            string folder = Path.Combine(Root(), "Examples~", "Tavern", "Shaders");
            string made = Path.GetTempFileName();
            try
            {
                if (!Run("--version").Contains(RecordedWith, StringComparison.Ordinal))
                {
                    Assert.Inconclusive("Another version of glslc may make other code; the committed one is of " + RecordedWith + ".");
                }

                Run("-O", "--target-env=vulkan1.1", Path.Combine(folder, name), "-o", made);
                Assert.That(File.ReadAllBytes(made), Is.EqualTo(File.ReadAllBytes(Path.Combine(folder, "Compiled", name + ".spv"))), "compile it again, as CONTRIBUTING.md says");
            }
            finally
            {
                File.Delete(made);
            }
        }

        private static string Run(params string[] arguments)
        {
            using Process process = Process.Start(new ProcessStartInfo("glslc", arguments) { RedirectStandardOutput = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero);
            return output;
        }

        private static string Root()
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder != null && !File.Exists(Path.Combine(folder.FullName, "Prism.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new InvalidOperationException("No Prism.sln above " + AppContext.BaseDirectory);
        }
    }
}
