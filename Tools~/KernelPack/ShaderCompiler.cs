using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;

namespace PrismLM.Tools.KernelPacking
{
    /// <summary>Runs glslc and spirv-val.</summary>
    internal static class ShaderCompiler
    {
        /// <summary>The version lines of glslc, joined: shaderc, SPIRV-Tools and glslang decide the bytes.</summary>
        public static string Version()
        {
            string output = Run("glslc", new[] { "--version" }, "glslc");
            var lines = new List<string>();
            foreach (string line in output.Split('\n'))
            {
                string trimmed = line.Trim();
                if (trimmed.Length == 0)
                {
                    break;
                }

                lines.Add(trimmed);
            }

            return string.Join("; ", lines);
        }

        public static byte[] Compile(ShaderFolder folder, KernelSource source)
        {
            string output = Path.Combine(Path.GetTempPath(), "prism-" + Guid.NewGuid().ToString("N") + ".spv");
            try
            {
                var arguments = new List<string>
                {
                    "-fshader-stage=compute", "--target-env=vulkan1.1", "-O", "-Werror", "-I", folder.FullPath("Shaders/Include"), "-I", folder.FullPath(folder.Folder),
                };
                arguments.AddRange(source.Defines);
                arguments.AddRange(new[] { folder.FullPath(source.File), "-o", output });
                Run("glslc", arguments, source.Key);
                Run("spirv-val", new[] { "--target-env", "vulkan1.1", output }, source.Key);
                return File.ReadAllBytes(output);
            }
            finally
            {
                File.Delete(output);
            }
        }

        private static string Run(string tool, IEnumerable<string> arguments, string what)
        {
            var start = new ProcessStartInfo(tool) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            foreach (string argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            try
            {
                using Process process = Process.Start(start)!;
                System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
                string output = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                if (process.ExitCode != 0)
                {
                    throw new ShaderException(what + ": " + tool + " failed.\n" + errors.Result + output);
                }

                return output;
            }
            catch (Win32Exception)
            {
                throw new ShaderException(tool + " is not installed. Debian: apt-get install glslc spirv-tools; elsewhere: the Vulkan SDK.");
            }
        }
    }
}
