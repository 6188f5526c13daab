using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Tests.Vulkan.Device;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>Row 86 of the bad-input catalogue: weights larger than one binding or one allocation are split, and refused with both numbers where one layer does not fit.</summary>
    public class WeightSegmentTests : VulkanTest
    {
        [Test]
        public void WeightsAreSplitToFitTheDevicesAllocations()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("mixture");
            long whole = 4L * new WeightLayout(checkpoint, 64, 1 << 30).Segments.Single();
            ulong limit = (ulong)whole * 3 / 5;
            int[] expected = Tokens(checkpoint, null, out ulong unlimited, out int one);
            int[] found = Tokens(checkpoint, limit, out ulong largest, out int several);
            Assert.That(one, Is.EqualTo(1));
            Assert.That(several, Is.GreaterThan(1), "segments");
            Assert.That(unlimited, Is.GreaterThan(limit), "otherwise nothing had to be split");
            Assert.That(largest, Is.LessThanOrEqualTo(limit));
            Assert.That(found, Is.EqualTo(expected));
        }

        [Test]
        public void ALayerThatIsLargerThanOneBindingIsRefused()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game");
            VulkanDeviceOptions options = Options();
            options.MaxAllocationBytes = 8192;
            using VulkanDevice device = VulkanDevice.Create(options);
            long allocated = device.AllocatedBytes;
            var clock = Stopwatch.StartNew();
            PrismVulkanException error = Assert.Throws<PrismVulkanException>(() => VulkanLanguageModel.Create(device, checkpoint, contextLength: 16))!;
            Assert.That(clock.ElapsedMilliseconds, Is.LessThanOrEqualTo(2000));
            Assert.That(error.Code, Is.EqualTo("PT086"));
            Assert.That(error.Message, Does.Contain("8,192").And.Match("needs [0-9,]+ bytes").And.Contain("int8"));
            Assert.That(error.Message.Length, Is.LessThanOrEqualTo(400));
            Assert.That(device.AllocatedBytes, Is.EqualTo(allocated));
        }

        [Test]
        public void ABufferThatIsLargerThanOneAllocationIsRefusedBeforeAnythingIsAllocated()
        {
            VulkanDeviceOptions options = Options();
            options.MaxAllocationBytes = 65_536;
            using VulkanDevice device = VulkanDevice.Create(options);
            long created = device.Ledger.CreatedCount("DeviceMemory");
            var plan = new MemoryPlan();
            plan.AddBytes(ArenaKind.KvPages, 65_536);
            plan.AddBytes(ArenaKind.KvPages, 65_537);
            PrismVulkanException error = Assert.Throws<PrismVulkanException>(() => MemoryArenas.Create(device, plan, "too large"))!;
            Assert.That(error.Code, Is.EqualTo("PG022"));
            Assert.That(error.Message, Does.Contain("65,537").And.Contain("65,536").And.Contain("maxMemoryAllocationSize"));
            Assert.That(device.Ledger.CreatedCount("DeviceMemory"), Is.EqualTo(created), "allocations");
            Assert.That(Device.Report.Limits["maxMemoryAllocationSize"], Is.GreaterThanOrEqualTo(1 << 30), "what every device grants");
        }

        private static int[] Tokens(PrismCheckpoint checkpoint, ulong? limit, out ulong largest, out int segments)
        {
            FaultInjector? injector = null;
            VulkanDeviceOptions options = Options();
            options.MaxAllocationBytes = limit;
            options.WrapContext = inner => injector = new FaultInjector(inner);
            using VulkanDevice device = VulkanDevice.Create(options);
            using VulkanEngine engine = VulkanEngine.Create(device, checkpoint, new VulkanEngineOptions { Slots = 1, ContextLength = 64, PrefillChunk = 8 });
            Assert.That(engine.TryAdmit(new SequenceRequest(new[] { 5, 6, 7 }, SamplingOptions.Greedy) { MaxTokens = 12 }, out _), Is.True);
            var tokens = new List<int>();
            var events = new TokenEvent[16];
            var clock = Stopwatch.StartNew();
            while (engine.Advance(double.PositiveInfinity))
            {
                Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(60));
                engine.Wait(1000);
                int count = engine.Drain(events);
                tokens.AddRange(events.Take(count).Select(e => e.Token));
            }

            tokens.AddRange(events.Take(engine.Drain(events)).Select(e => e.Token));
            largest = injector!.LargestAllocation;
            segments = engine.Model.SegmentCount;
            Assert.That(tokens, Has.Count.EqualTo(12));
            return tokens.ToArray();
        }
    }
}
