using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text.Json;
using PrismLM.Cli.Diagnosis;
using PrismLM.Cli.Output;
using PrismLM.Vulkan.Device;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism doctor</c>: what this machine has, what it lacks, and what to do about it. Changes nothing and installs nothing.</summary>
    internal static class DoctorCommand
    {
        public static Command Create()
        {
            var json = new Option<bool>("--json") { Description = "Print one JSON object." };
            var command = new Command("doctor", "List Vulkan devices, drivers, layers and limits, and the state of every tool, each with what to do.") { json };
            command.SetAction(parsed => Run(parsed.GetValue(json)));
            return command;
        }

        private static int Run(bool json)
        {
            DeviceReport? report = null;
            List<Finding> findings = Terminal.Progress("Looking around", progress =>
            {
                var all = new List<Finding>(SystemCheck.Run());
                progress.Report(0.2);
                all.AddRange(VulkanCheck.Run(out report));
                progress.Report(0.7);
                all.Add(TorchCheck.Run());
                return all;
            });
            if (json)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(new { ready = report is not null, findings, candidates = report?.Candidates, limits = report?.Limits }, JsonOutput.Options));
                return 0;
            }

            int width = findings.Max(finding => finding.Topic.Length);
            foreach (Finding finding in findings)
            {
                Console.Out.WriteLine($"{(finding.Good ? "ok" : "--")}  {finding.Topic.PadRight(width)}  {finding.State}");
                if (finding.Advice is not null)
                {
                    Console.Out.WriteLine($"    {new string(' ', width)}  -> {finding.Advice}");
                }
            }

            Console.Out.WriteLine();
            Console.Out.WriteLine(report is null ? "Prism cannot use Vulkan here; it can still compute with --backend reference." : $"Prism is ready: {report.Chosen.Name}.");
            return 0;
        }
    }
}
