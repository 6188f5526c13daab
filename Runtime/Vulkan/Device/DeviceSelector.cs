using System;
using System.Collections.Generic;
using System.Globalization;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>Chooses a physical device and says why.</summary>
    internal static unsafe class DeviceSelector
    {
        public static (DeviceFacts Facts, DeviceReport Report) Choose(Vk api, VulkanInstance instance, VulkanDeviceOptions options)
        {
            List<DeviceFacts> all = ReadAll(api, instance);
            var candidates = new List<DeviceCandidate>();
            foreach (DeviceFacts facts in all)
            {
                candidates.Add(facts.Candidate);
            }

            (DeviceFacts chosen, string reason) = options.PreferredDevice is { Length: > 0 } preferred ? Preferred(all, preferred, options) : Best(all, options);
            return (chosen, new DeviceReport(candidates, chosen.Candidate, reason, adopted: false));
        }

        /// <summary>Looks the host's device up in the list, so that the report shows it among the others.</summary>
        public static (DeviceFacts Facts, DeviceReport Report) Adopt(Vk api, VulkanInstance instance, HostDevice host)
        {
            DeviceFacts facts = DeviceFacts.Read(api, new PhysicalDevice(host.PhysicalDevice), 0, host.ApiVersion);
            if (!facts.Candidate.IsSuitable)
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.HostUnusable,
                    "The host's device " + facts.Candidate.Name + " has " + facts.Candidate.Lacks + ".",
                    "Let Prism make its own device.");
            }

            var report = new DeviceReport(new[] { facts.Candidate }, facts.Candidate, "Adopted from the host.", adopted: true);
            return (facts, report);
        }

        private static List<DeviceFacts> ReadAll(Vk api, VulkanInstance instance)
        {
            uint count = 0;
            VulkanCall.Check(api.EnumeratePhysicalDevices(instance.Handle, &count, null), "vkEnumeratePhysicalDevices");
            var devices = new PhysicalDevice[count];
            fixed (PhysicalDevice* first = devices)
            {
                VulkanCall.CheckFill(api.EnumeratePhysicalDevices(instance.Handle, &count, first), "vkEnumeratePhysicalDevices");
            }

            var all = new List<DeviceFacts>();
            for (int i = 0; i < (int)count; i++)
            {
                all.Add(DeviceFacts.Read(api, devices[i], i, instance.ApiVersion));
            }

            return all;
        }

        private static (DeviceFacts Facts, string Reason) Preferred(List<DeviceFacts> all, string preferred, VulkanDeviceOptions options)
        {
            bool byIndex = int.TryParse(preferred, NumberStyles.None, CultureInfo.InvariantCulture, out int index);
            foreach (DeviceFacts facts in all)
            {
                bool matches = byIndex ? facts.Candidate.Index == index : facts.Candidate.Name.IndexOf(preferred, StringComparison.OrdinalIgnoreCase) >= 0;
                if (!matches)
                {
                    continue;
                }

                if (!facts.Candidate.IsSuitable)
                {
                    throw new PrismVulkanException(
                        VulkanErrorCode.PreferredMissing,
                        "The preferred device " + facts.Candidate.Name + " has " + facts.Candidate.Lacks + ".",
                        "Choose another: " + Listing(all) + ".");
                }

                RefuseSoftware(facts, options);
                return (facts, "Preferred by the caller (" + preferred + ").");
            }

            throw new PrismVulkanException(
                VulkanErrorCode.PreferredMissing, "No device matches \"" + Clip(preferred) + "\".", "Choose one of: " + Listing(all) + ".");
        }

        private static (DeviceFacts Facts, string Reason) Best(List<DeviceFacts> all, VulkanDeviceOptions options)
        {
            DeviceFacts? best = null;
            foreach (DeviceFacts facts in all)
            {
                if (facts.Candidate.IsSuitable && (best == null || Rank(facts) < Rank(best)))
                {
                    best = facts;
                }
            }

            if (best == null)
            {
                string seen = all.Count == 0 ? "Vulkan lists no device." : "No Vulkan device meets the floor: " + Listing(all) + ".";
                throw new PrismVulkanException(
                    VulkanErrorCode.NoDevice, seen, "Install a graphics driver, or software Vulkan (Debian: mesa-vulkan-drivers) for tools and tests.");
            }

            RefuseSoftware(best, options);
            string reason = best.Candidate.IsSoftware
                ? "The only suitable device is software Vulkan, which the caller allows."
                : FormattableString.Invariant($"The first of the fastest kind ({best.Candidate.Kind}) among {all.Count} device(s).");
            return (best, reason);
        }

        private static void RefuseSoftware(DeviceFacts facts, VulkanDeviceOptions options)
        {
            if (facts.Candidate.IsSoftware && !options.AllowSoftware)
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.SoftwareRefused,
                    "The only suitable device is software Vulkan (" + facts.Candidate.Name + ").",
                    "Install a graphics driver, or set AllowSoftware.");
            }
        }

        private static int Rank(DeviceFacts facts) => facts.Type switch
        {
            PhysicalDeviceType.DiscreteGpu => 0,
            PhysicalDeviceType.IntegratedGpu => 1,
            PhysicalDeviceType.VirtualGpu => 2,
            PhysicalDeviceType.Cpu => 4,
            _ => 3,
        };

        private static string Listing(List<DeviceFacts> all)
        {
            var lines = new List<string>();
            foreach (DeviceFacts facts in all)
            {
                string lacks = facts.Candidate.IsSuitable ? string.Empty : " (" + facts.Candidate.Lacks + ")";
                lines.Add(FormattableString.Invariant($"{facts.Candidate.Index} = {facts.Candidate.Name}{lacks}"));
            }

            return lines.Count == 0 ? "(none)" : string.Join(", ", lines);
        }

        private static string Clip(string text) => text.Length <= 64 ? text : text.Substring(0, 64) + "...";
    }
}
