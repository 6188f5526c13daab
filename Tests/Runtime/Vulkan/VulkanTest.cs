using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan
{
    /// <summary>
    /// Base of fixtures that use Vulkan. They share one software device with core and synchronization validation on; a message of the validation layer during a test
    /// fails that test. No software Vulkan is a failure, not a skip.
    /// </summary>
    public abstract class VulkanTest
    {
        private static readonly List<string> Messages = new List<string>();
        private static VulkanDevice? shared;
        private static KernelPack? testKernels;

        /// <summary>The shared device. Do not dispose it.</summary>
        internal static VulkanDevice Device => shared ??= VulkanDevice.Create(Options());

        /// <summary>The kernels of Tests/Shaders.</summary>
        internal static KernelPack TestKernels => testKernels ??= LoadTestKernels();

        [SetUp]
        public void ForgetValidationMessages()
        {
            lock (Messages)
            {
                Messages.Clear();
            }
        }

        [TearDown]
        public void NoValidationMessage() => Assert.That(TakeMessages(), Is.Empty, "messages of the validation layer");

        internal static void DisposeShared()
        {
            shared?.Dispose();
            shared = null;
        }

        /// <summary>Options of a software device with validation, whose messages fail the running test.</summary>
        internal static VulkanDeviceOptions Options() => new VulkanDeviceOptions
        {
            PreferredDevice = "llvmpipe",
            AllowSoftware = true,
            EnableValidation = true,
            EnableSynchronizationValidation = true,
            ValidationMessage = AddMessage,
            TrackHazards = true,
        };

        internal static string[] TakeMessages()
        {
            lock (Messages)
            {
                string[] all = Messages.ToArray();
                Messages.Clear();
                return all;
            }
        }

        internal static void AddMessage(string message)
        {
            lock (Messages)
            {
                Messages.Add(message);
            }
        }

        private static KernelPack LoadTestKernels()
        {
            using Stream? stream = typeof(VulkanTest).Assembly.GetManifestResourceStream("PrismLM.Tests.kernels.bytes");
            using var copy = new MemoryStream();
            stream!.CopyTo(copy);
            return KernelPack.Parse(copy.ToArray(), "test kernels");
        }
    }
}
