using System;
using System.Globalization;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>Anything that the Vulkan device layer refuses or that Vulkan reports. The code is stable; the prose is not.</summary>
    public sealed class PrismVulkanException : Exception
    {
        internal PrismVulkanException(string code, string what, string hint, string call = "", int vkResult = 0, Exception? inner = null)
            : base(code + ": " + what + " " + hint, inner)
        {
            Code = code;
            Hint = hint;
            Call = call;
            VkResult = vkResult;
        }

        /// <summary>One of the codes of <see cref="VulkanErrorCode"/>, for example <c>PG010</c>.</summary>
        public string Code { get; }

        /// <summary>The Vulkan function that failed, or empty.</summary>
        public string Call { get; }

        /// <summary>The VkResult as a number, or 0 where no Vulkan call failed.</summary>
        public int VkResult { get; }

        /// <summary>What to do about it.</summary>
        public string Hint { get; }

        /// <summary>True when the device is gone and a new one has to be made.</summary>
        public bool IsDeviceLost => Code == VulkanErrorCode.DeviceLost;

        internal static PrismVulkanException FromResult(Result result, string call)
        {
            (string code, string hint) = result switch
            {
                Result.ErrorDeviceLost => (VulkanErrorCode.DeviceLost, "Dispose this device and create a new one; replies can be replayed from their tokens."),
                Result.ErrorOutOfDeviceMemory => (VulkanErrorCode.OutOfDeviceMemory, "Use a smaller model, fewer sequences or a shorter context."),
                Result.ErrorOutOfHostMemory => (VulkanErrorCode.OutOfHostMemory, "Close other programs or use a smaller model."),
                Result.ErrorInitializationFailed => (VulkanErrorCode.InitializationFailed, "Update the graphics driver, or choose another device."),
                Result.ErrorIncompatibleDriver => (VulkanErrorCode.NoDevice, "Install a Vulkan driver (Debian: mesa-vulkan-drivers)."),
                Result.Timeout => (VulkanErrorCode.Timeout, "The device is busy or hangs; dispose it and create a new one."),
                _ => (VulkanErrorCode.CallFailed, "Run with EnableValidation to see what is wrong."),
            };
            string what = string.Format(CultureInfo.InvariantCulture, "{0} returned {1} ({2}).", call, result, (int)result);
            return new PrismVulkanException(code, what, hint, call, (int)result);
        }
    }
}
