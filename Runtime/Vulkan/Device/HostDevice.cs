using System;
using System.Collections.Generic;

namespace PrismLM.Vulkan.Device
{
    /// <summary>
    /// A Vulkan device that a host engine made and lends to Prism. Prism destroys none of the handles, uses only features named here, and submits
    /// only between <see cref="IQueueGuard.Enter"/> and <see cref="IQueueGuard.Exit"/>.
    /// </summary>
    public sealed class HostDevice
    {
        /// <summary>VkInstance.</summary>
        public IntPtr Instance { get; init; }

        /// <summary>VkPhysicalDevice.</summary>
        public IntPtr PhysicalDevice { get; init; }

        /// <summary>VkDevice.</summary>
        public IntPtr Device { get; init; }

        /// <summary>VkQueue with compute.</summary>
        public IntPtr Queue { get; init; }

        /// <summary>The family of <see cref="Queue"/>.</summary>
        public int QueueFamily { get; init; }

        /// <summary>The host's vkGetInstanceProcAddr.</summary>
        public IntPtr GetInstanceProcAddr { get; init; }

        /// <summary>The API version the host made its instance and device with, as VK_MAKE_API_VERSION packs it; at least 1.1.</summary>
        public uint ApiVersion { get; init; }

        /// <summary>Device extensions that the host enabled.</summary>
        public IReadOnlyCollection<string> EnabledExtensions { get; init; } = Array.Empty<string>();

        /// <summary>The host enabled the timelineSemaphore feature of Vulkan 1.2.</summary>
        public bool TimelineSemaphore { get; init; }

        /// <summary>The host enabled subgroupSizeControl and computeFullSubgroups.</summary>
        public bool SubgroupSizeControl { get; init; }

        /// <summary>Serialises access to the queue; null when the host uses the queue from the thread that ticks Prism alone.</summary>
        public IQueueGuard? Guard { get; init; }

        /// <summary>Called once with an action that the host runs before it destroys its device; the action disposes Prism's.</summary>
        public Action<Action>? RegisterClosing { get; init; }
    }

    /// <summary>A host's lock around its queue.</summary>
    public interface IQueueGuard
    {
        void Enter();

        void Exit();
    }
}
