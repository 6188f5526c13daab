using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PrismLM.Benchmarks;
using PrismLM.Cli.Bench;
using PrismLM.Tests.Vulkan.Cases;
using PrismLM.Vulkan.Device;

namespace PrismLM.DeviceBench
{
    /// <summary>The commands about single kernels.</summary>
    internal static class KernelCommands
    {
        public static int Test(Arguments given)
        {
            IReadOnlyList<KernelCase> cases = Cases(given);
            using VulkanDevice device = Open(given);
            using var bench = new KernelBench(device, CancellationToken.None);
            Console.Out.WriteLine(device.Report.ToString());
            int failed = 0;
            foreach (KernelResult result in bench.Check(cases))
            {
                if (result.Problem is not null)
                {
                    failed++;
                    Console.Out.WriteLine($"FAILED {result.Name}: {result.Problem}");
                }
            }

            Console.Out.WriteLine(FormattableString.Invariant($"{cases.Count - failed} passed, {failed} failed"));
            return failed == 0 ? 0 : 1;
        }

        public static int Measure(Arguments given)
        {
            IReadOnlyList<KernelCase> cases = Cases(given);
            using VulkanDevice device = Open(given);
            using var bench = new KernelBench(device, CancellationToken.None);
            MachineFloor floor = MachineFloor.Measure(device);
            Console.Out.Write(BenchText.Render(device.Report.Chosen.ToString(), floor, bench.Measure(cases, floor, given.Runs, new ErrorProgress())));
            return 0;
        }

        public static VulkanDevice Open(Arguments given) => VulkanDevice.Create(new VulkanDeviceOptions { AllowSoftware = true, PreferredDevice = given.Device });

        private static IReadOnlyList<KernelCase> Cases(Arguments given)
        {
            string? filter = given.Words.SingleOrDefault();
            IReadOnlyList<KernelCase> cases = KernelBench.Find(filter);
            return cases.Count > 0 ? cases : throw new ArgumentException($"found no kernel case whose name contains '{filter}'; expected a part of a name such as matmul, attention, rope, router, model.");
        }
    }

    /// <summary>Tells on standard error what is being measured.</summary>
    internal sealed class ErrorProgress : IBenchProgress
    {
        public void Stage(string what) => Console.Error.WriteLine("... " + what);

        public void Message(string text) => Console.Error.WriteLine(text);
    }
}
