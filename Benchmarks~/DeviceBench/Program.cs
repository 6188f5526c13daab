using System;
using PrismLM.Vulkan.Device;

namespace PrismLM.DeviceBench
{
    /// <summary>
    /// <c>prism-device-bench test</c> compares every kernel with the reference in double precision and ends with <c>N passed, N failed</c>;
    /// <c>prism-device-bench bench</c> measures shapes, or a model file.
    /// </summary>
    internal static class Program
    {
        private const string Usage =
            """
            prism-device-bench: Prism's kernels on this machine's Vulkan device. Needs a Vulkan driver and nothing else.

              prism-device-bench test [FILTER] [--device NAME]
                  compare every kernel with the reference in double precision; FILTER is a part of a case's name
              prism-device-bench kernels [FILTER] [--device NAME] [--runs N]
                  time the kernels
              prism-device-bench bench [SHAPE or FILE ...] [--weights f16,int8,int4] [--batch 1,8] [--depth 0] [--prompt 128] [--runs 5] [--device NAME]
                  measure models next to the device's own rates; shapes with random weights: l58, moe48, prism-50m
            """;

        private static int Main(string[] arguments)
        {
            try
            {
                Arguments given = Arguments.Parse(arguments);
                switch (given.Command)
                {
                    case "test":
                        return KernelCommands.Test(given);
                    case "kernels":
                        return KernelCommands.Measure(given);
                    case "bench":
                        return BenchCommands.Run(given);
                    default:
                        Console.Out.WriteLine(Usage);
                        return given.Command is "--help" or "-h" ? 0 : 2;
                }
            }
            catch (Exception exception) when (exception is ArgumentException or System.IO.IOException or UnauthorizedAccessException or PrismVulkanException or Core.Checkpoints.PrismFileException)
            {
                Console.Error.WriteLine("prism-device-bench: " + exception.Message.ReplaceLineEndings(" "));
                return 2;
            }
        }
    }
}
