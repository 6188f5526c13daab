using NUnit.Framework;

namespace PrismLM.Tests.Vulkan
{
    /// <summary>Disposes the shared device after the last Vulkan test, and checks that nothing of it is left.</summary>
    [SetUpFixture]
    public class SharedDeviceTeardown
    {
        [OneTimeTearDown]
        public void DisposeSharedDevice()
        {
            VulkanTest.DisposeShared();
            Assert.That(VulkanTest.TakeMessages(), Is.Empty);
        }
    }
}
