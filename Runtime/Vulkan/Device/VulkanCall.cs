using System;
using System.Collections.Generic;
using Silk.NET.Core.Native;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>Turns results into typed errors, in every build.</summary>
    internal static unsafe class VulkanCall
    {
        public static void Check(Result result, string call)
        {
            if (result != Result.Success)
            {
                throw PrismVulkanException.FromResult(result, call);
            }
        }

        /// <summary>For the second call of an enumeration: a list that grew in between is complete enough.</summary>
        public static void CheckFill(Result result, string call)
        {
            if (result != Result.Incomplete)
            {
                Check(result, call);
            }
        }

        public static string VersionText(uint version)
            => FormattableString.Invariant($"{(version >> 22) & 0x7F}.{(version >> 12) & 0x3FF}.{version & 0xFFF}");

        public static HashSet<string> Names(ExtensionProperties[] properties, int count)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            fixed (ExtensionProperties* first = properties)
            {
                for (int i = 0; i < count; i++)
                {
                    names.Add(SilkMarshal.PtrToString((nint)first[i].ExtensionName) ?? string.Empty);
                }
            }

            return names;
        }
    }
}
