using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PrismLM.Vulkan.Device;

namespace PrismLM.Cli.Diagnosis
{
    /// <summary>Loader, layers, devices, and whether the device that Prism would choose passes its start-up test.</summary>
    internal static class VulkanCheck
    {
        private const string InstallDriver = "Install a driver: the GPU vendor's, or software Vulkan (Debian: apt-get install libvulkan1 mesa-vulkan-drivers).";

        public static IEnumerable<Finding> Run(out DeviceReport? report)
        {
            var findings = new List<Finding>();
            report = null;
            foreach (string layer in Layers())
            {
                findings.Add(new Finding("Vulkan layer", true, layer));
            }

            try
            {
                using VulkanDevice device = VulkanDevice.Create(new VulkanDeviceOptions { AllowSoftware = true });
                report = device.Report;
                foreach (DeviceCandidate candidate in report.Candidates)
                {
                    findings.Add(new Finding("Vulkan device", candidate.IsSuitable, candidate.ToString(), candidate.IsSuitable ? null : "It cannot run Prism; another device is used, or update its driver."));
                }

                findings.Add(new Finding("choice", true, report.Reason, report.IsSoftware ? "Software Vulkan is for tools and tests; a game refuses it unless it sets AllowSoftwareVulkan." : null));
                findings.Add(new Finding("subgroup", true, FormattableString.Invariant($"{report.SubgroupSize} invocations, full subgroups {(report.FullSubgroupsRequired ? "required from the device" : "observed by the start-up test")}")));
                findings.Add(new Finding("completion", true, report.UsesTimelineSemaphore ? "timeline semaphore" : "fences"));
                findings.Add(new Finding("limits", true, string.Join(", ", report.Limits.Select(limit => FormattableString.Invariant($"{limit.Key} {limit.Value:N0}")))));
            }
            catch (PrismVulkanException exception)
            {
                findings.Add(new Finding("Vulkan", false, exception.Message, InstallDriver));
                return findings;
            }

            findings.Add(Validation());
            return findings;
        }

        private static Finding Validation()
        {
            try
            {
                using VulkanDevice device = VulkanDevice.Create(new VulkanDeviceOptions { AllowSoftware = true, EnableValidation = true, ValidationMessage = _ => { } });
                return new Finding("validation layer", true, "loads");
            }
            catch (PrismVulkanException exception)
            {
                return new Finding("validation layer", false, exception.Message, "Only tests need it. Debian: apt-get install vulkan-validationlayers.");
            }
        }

        private static IEnumerable<string> Layers()
        {
            string[] folders = { "/usr/share/vulkan", "/usr/local/share/vulkan", "/etc/vulkan" };
            return folders.SelectMany(folder => new[] { "explicit_layer.d", "implicit_layer.d" }.Select(kind => Path.Combine(folder, kind)))
                .Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder, "*.json")).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);
        }
    }
}
