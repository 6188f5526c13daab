using NUnit.Framework;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Device
{
    public class HazardTests : VulkanTest
    {
        private ComputePipeline plain = null!;
        private ComputePipeline twice = null!;
        private GpuBuffer<float> x = null!;
        private GpuBuffer<float> y = null!;
        private GpuBuffer<float> z = null!;

        private static SmokeKernel.Push Push => new SmokeKernel.Push { A = 1f, Count = 4 };

        [OneTimeSetUp]
        public void Create()
        {
            plain = Device.CreatePipeline(TestKernels, SmokeKernel.Description);
            twice = Device.CreatePipeline(TestKernels, SmokeKernel.Double);
            x = Device.CreateBuffer<float>(ArenaKind.Activations, 64, BufferAccess.ReadWrite, "stream");
            y = Device.CreateBuffer<float>(ArenaKind.Activations, 64, BufferAccess.ReadWrite, "query");
            z = Device.CreateBuffer<float>(ArenaKind.Activations, 64, BufferAccess.ReadWrite, "hidden");
        }

        [OneTimeTearDown]
        public void Dispose()
        {
            plain.Dispose();
            twice.Dispose();
            x.Dispose();
            y.Dispose();
            z.Dispose();
        }

        [Test]
        public void FindsAMissingBarrierBetweenWriteAndRead()
        {
            using BindingSet writesY = Device.CreateBindings("first", x, y);
            using BindingSet readsY = Device.CreateBindings("second", y, z);
            using CommandRecorder recorder = Device.Record("hazard");
            recorder.Dispatch(plain, writesY, Push, 1);
            PrismVulkanException error = Assert.Throws<PrismVulkanException>(() => recorder.Dispatch(twice, readsY, Push, 1))!;
            Assert.That(error.Code, Is.EqualTo("PG030"));
            Assert.That(error.Message, Does.Contain("smoke.double reads buffer query").And.Contain("smoke writes"));
        }

        [Test]
        public void FindsWriteAfterWriteAndWriteAfterRead()
        {
            using BindingSet writesY = Device.CreateBindings("first", x, y);
            using BindingSet writesYToo = Device.CreateBindings("second", z, y);
            using BindingSet writesX = Device.CreateBindings("third", z, x);
            using CommandRecorder recorder = Device.Record("hazard");
            recorder.Dispatch(plain, writesY, Push, 1);
            Assert.That(() => recorder.Dispatch(plain, writesYToo, Push, 1), Throws.TypeOf<PrismVulkanException>().With.Message.Contains("query"));
            using CommandRecorder other = Device.Record("hazard");
            other.Dispatch(plain, writesY, Push, 1);
            Assert.That(() => other.Dispatch(plain, writesX, Push, 1), Throws.TypeOf<PrismVulkanException>().With.Message.Contains("stream"));
        }

        [Test]
        public void FindsHazardsOfFillsAndCopies()
        {
            using BindingSet writesY = Device.CreateBindings("first", x, y);
            using CommandRecorder recorder = Device.Record("hazard");
            recorder.Fill(y, 0);
            Assert.That(() => recorder.Dispatch(plain, writesY, Push, 1), Throws.TypeOf<PrismVulkanException>().With.Message.Contains("a fill"));
            using CommandRecorder other = Device.Record("hazard");
            other.Copy(x, z);
            Assert.That(() => other.Fill(x, 0), Throws.TypeOf<PrismVulkanException>().With.Message.Contains("a copy"));
        }

        [Test]
        public void BarriersReadsAndSeparateRangesAreNoHazard()
        {
            using BindingSet first = Device.CreateBindings("first", x, y.Range(0, 4));
            using BindingSet second = Device.CreateBindings("second", x, y.Range(16, 4));
            using BindingSet readsY = Device.CreateBindings("third", y, z);
            using CommandRecorder recorder = Device.Record("no hazard");
            recorder.Fill(x, 0);
            recorder.Fill(y, 0);
            recorder.Fill(z, 0);
            recorder.Barrier();
            recorder.Dispatch(plain, first, Push, 1);
            recorder.Dispatch(plain, second, Push, 1);
            recorder.Barrier();
            recorder.Dispatch(plain, readsY, Push, 1);
            using RecordedCommands commands = recorder.End();
            Assert.That(commands.DispatchCount, Is.EqualTo(3));
            Assert.That(commands.BarrierCount, Is.EqualTo(2));
            Device.Submit(commands).WaitOrThrow(5000);
        }

        [Test]
        public void RefusesBindingsAndPushConstantsThatDoNotFit()
        {
            using GpuBuffer<float> weights = Device.CreateBuffer<float>(ArenaKind.Weights, 64, BufferAccess.ReadOnly, "weights");
            using BindingSet one = Device.CreateBindings("one", x);
            using BindingSet writesWeights = Device.CreateBindings("weights", x, weights);
            using BindingSet good = Device.CreateBindings("good", x, y);
            using CommandRecorder recorder = Device.Record("refused");
            Assert.That(() => recorder.Dispatch(plain, one, Push, 1), Throws.TypeOf<PrismVulkanException>().With.Message.Contains("2 bindings"));
            Assert.That(() => recorder.Dispatch(plain, writesWeights, Push, 1), Throws.TypeOf<PrismVulkanException>().With.Message.Contains("read-only"));
            Assert.That(() => recorder.Dispatch(plain, good, 1f, 1), Throws.TypeOf<PrismVulkanException>().With.Message.Contains("Single"));
            Assert.That(() => recorder.Dispatch(plain, good, 1), Throws.TypeOf<PrismVulkanException>().With.Message.Contains("push constants"));
            Assert.That(() => recorder.Dispatch(plain, good, Push, 0), Throws.TypeOf<PrismVulkanException>().With.Property("Code").EqualTo("PG022"));
            Assert.That(() => Device.CreatePipeline(TestKernels, SmokeKernel.Description, new SpecializationConstant(7, 1u)),
                Throws.TypeOf<PrismVulkanException>().With.Message.Contains("constant 7"));
        }
    }
}
