using System.Globalization;
using NUnit.Framework;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Device
{
    public class DeviceSelectionTests : VulkanTest
    {
        [Test]
        public void SoftwareIsRefusedUnlessAllowed()
        {
            PrismVulkanException error = Assert.Throws<PrismVulkanException>(() => VulkanDevice.Create(new VulkanDeviceOptions { PreferredDevice = "llvmpipe" }))!;
            Assert.That(error.Code, Is.EqualTo("PG004"));
            Assert.That(error.Hint, Does.Contain("AllowSoftware"));
        }

        [Test]
        public void AMissingPreferenceListsWhatThereIs([Values("Voodoo 2", "99")] string preferred)
        {
            PrismVulkanException error = Assert.Throws<PrismVulkanException>(
                () => VulkanDevice.Create(new VulkanDeviceOptions { PreferredDevice = preferred, AllowSoftware = true }))!;
            Assert.That(error.Code, Is.EqualTo("PG005"));
            Assert.That(error.Message, Does.Contain(preferred).And.Contain("llvmpipe"));
        }

        [Test]
        public void AnIndexIsAPreference()
        {
            string index = Device.Report.Chosen.Index.ToString(CultureInfo.InvariantCulture);
            using VulkanDevice device = VulkanDevice.Create(new VulkanDeviceOptions { PreferredDevice = index, AllowSoftware = true });
            Assert.That(device.Report.Chosen.Name, Is.EqualTo(Device.Report.Chosen.Name));
        }

        [Test]
        public void ChoosesByItselfAndSaysWhy()
        {
            using VulkanDevice device = VulkanDevice.Create(new VulkanDeviceOptions { AllowSoftware = true });
            Assert.That(device.Report.Reason, Is.Not.Empty);
            Assert.That(device.Report.Chosen.IsSuitable, Is.True);
        }
    }
}
