using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace PrismLM.Vulkan.Device
{
    /// <summary>Every device that was seen, the one that was chosen, and why.</summary>
    public sealed class DeviceReport
    {
        internal DeviceReport(IReadOnlyList<DeviceCandidate> candidates, DeviceCandidate chosen, string reason, bool adopted)
        {
            Candidates = candidates;
            Chosen = chosen;
            Reason = reason;
            IsAdopted = adopted;
        }

        public IReadOnlyList<DeviceCandidate> Candidates { get; }

        public DeviceCandidate Chosen { get; }

        /// <summary>Why <see cref="Chosen"/> was chosen, in one sentence.</summary>
        public string Reason { get; }

        /// <summary>The device belongs to a host engine.</summary>
        public bool IsAdopted { get; }

        /// <summary>The device computes on the processor.</summary>
        public bool IsSoftware => Chosen.IsSoftware;

        /// <summary>Invocations of a workgroup of every kernel: one subgroup.</summary>
        public int SubgroupSize { get; internal set; }

        /// <summary>Full subgroups are promised by the device (required) rather than observed by the start-up canary.</summary>
        public bool FullSubgroupsRequired { get; internal set; }

        /// <summary>Submissions signal a timeline semaphore; otherwise fences.</summary>
        public bool UsesTimelineSemaphore { get; internal set; }

        /// <summary>Whether matrix products run on the device's matrix units, and why.</summary>
        public string MatrixUnits { get; internal set; } = string.Empty;

        /// <summary>Loop iterations after which the device was seen to stop silently, or 0 where it was not.</summary>
        public int LoopIterationLimit { get; internal set; }

        /// <summary>Limits that Prism obeys, by their Vulkan names.</summary>
        public IReadOnlyDictionary<string, long> Limits { get; internal set; } = new Dictionary<string, long>();

        public override string ToString()
        {
            var text = new StringBuilder();
            foreach (DeviceCandidate candidate in Candidates)
            {
                text.AppendFormat(CultureInfo.InvariantCulture, "{0} {1}\n", ReferenceEquals(candidate, Chosen) ? "*" : " ", candidate);
            }

            text.Append(Reason).Append('\n');
            text.AppendFormat(
                CultureInfo.InvariantCulture,
                "subgroup {0} ({1}), {2}{3}\nmatrix units {4}",
                SubgroupSize,
                FullSubgroupsRequired ? "required" : "observed",
                UsesTimelineSemaphore ? "timeline semaphore" : "fences",
                LoopIterationLimit == 0 ? string.Empty : FormattableString.Invariant($", loops stop at {LoopIterationLimit} iterations"),
                MatrixUnits);
            return text.ToString();
        }
    }

    /// <summary>One Vulkan device of the machine.</summary>
    public sealed class DeviceCandidate
    {
        /// <summary>Its place in Vulkan's list; <see cref="VulkanDeviceOptions.PreferredDevice"/> accepts it.</summary>
        public int Index { get; internal init; }

        public string Name { get; internal init; } = string.Empty;

        /// <summary>discrete, integrated, virtual, software or other.</summary>
        public string Kind { get; internal init; } = string.Empty;

        /// <summary>Driver name and version.</summary>
        public string Driver { get; internal init; } = string.Empty;

        /// <summary>As major.minor.patch.</summary>
        public string ApiVersion { get; internal init; } = string.Empty;

        /// <summary>Bytes of the largest device-local heap.</summary>
        public long DeviceMemoryBytes { get; internal init; }

        public bool IsSoftware { get; internal init; }

        /// <summary>Empty for a device that meets the floor; otherwise what it lacks.</summary>
        public string Lacks { get; internal init; } = string.Empty;

        public bool IsSuitable => Lacks.Length == 0;

        public override string ToString()
            => string.Format(
                CultureInfo.InvariantCulture,
                "{0}: {1} ({2}, {3}, Vulkan {4}, {5:N0} MiB){6}",
                Index,
                Name,
                Kind,
                Driver,
                ApiVersion,
                DeviceMemoryBytes >> 20,
                IsSuitable ? string.Empty : " - " + Lacks);
    }
}
