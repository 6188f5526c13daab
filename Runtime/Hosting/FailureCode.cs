using System;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.Hosting
{
    /// <summary>The stable code of an exception, for hosts that report failures as data.</summary>
    internal static class FailureCode
    {
        /// <returns>Null for an exception that has none.</returns>
        public static string? Of(Exception failure)
        {
            switch (failure)
            {
                case PrismFileException file:
                    return file.Code;
                case PrismVulkanException vulkan:
                    return vulkan.Code;
                default:
                    return null;
            }
        }
    }
}
