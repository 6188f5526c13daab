using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NUnit.Framework;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Device
{
    public class MemoryTests : VulkanTest
    {
        [Test]
        public void RefusesAPlanThatTheHeapCannotHoldAndNamesBothNumbers()
        {
            long created = Device.Ledger.CreatedCount("DeviceMemory");
            ulong available = Device.MemoryTypes.Available(Device.MemoryTypes.HeapOf(ArenaKind.Weights));
            var plan = new MemoryPlan();
            plan.Add<float>(ArenaKind.Weights, 25_000_000);
            plan.AddBytes(ArenaKind.KvPages, (long)available);
            PrismVulkanException error = Assert.Throws<PrismVulkanException>(() => MemoryArenas.Create(Device, plan, "too much"))!;
            Assert.That(error.Code, Is.EqualTo("PG020"));
            Assert.That(error.Message, Does.Contain(plan.TotalBytes(Device).ToString("N0", CultureInfo.InvariantCulture)));
            Assert.That(error.Message, Does.Contain(available.ToString("N0", CultureInfo.InvariantCulture)));
            Assert.That(Device.Ledger.CreatedCount("DeviceMemory"), Is.EqualTo(created), "allocations");
        }

        [Test]
        public void ObeysTheCallersLimit()
        {
            VulkanDeviceOptions options = Options();
            options.MemoryLimitBytes = 3 << 20;
            using VulkanDevice device = VulkanDevice.Create(options);
            var plan = new MemoryPlan();
            plan.AddBytes(ArenaKind.Weights, 3 << 20);
            PrismVulkanException error = Assert.Throws<PrismVulkanException>(() => MemoryArenas.Create(device, plan, "limited"))!;
            Assert.That(error.Code, Is.EqualTo("PG020"));
            Assert.That(error.Message, Does.Contain("3,145,728").And.Contain("limit that the caller set"));
            Assert.That(
                () => device.CreateBuffer<byte>(ArenaKind.Weights, 3 << 20, BufferAccess.ReadOnly, "limited"),
                Throws.TypeOf<PrismVulkanException>().With.Property("Code").EqualTo("PG020"));
        }

        [Test]
        public void APlanIsExactAndNothingIsAllocatedAfterwards()
        {
            var plan = new MemoryPlan();
            int[] counts = { 1, 7, 97, 1025, 4096 };
            foreach (int count in counts)
            {
                plan.Add<float>(ArenaKind.Weights, count);
                plan.Add<ushort>(ArenaKind.KvPages, count);
            }

            long before = Device.AllocatedBytes;
            MemoryArenas arenas = MemoryArenas.Create(Device, plan, "exact");
            Assert.That(arenas.AllocatedBytes, Is.EqualTo(plan.TotalBytes(Device)));
            Assert.That(Device.AllocatedBytes, Is.EqualTo(before + plan.TotalBytes(Device)));
            long created = Device.Ledger.CreatedCount("DeviceMemory");
            GpuBuffer<float>[] weights = counts.Select(count => arenas.Allocate<float>(ArenaKind.Weights, count, BufferAccess.ReadOnly, "weights")).ToArray();
            foreach (int count in counts)
            {
                arenas.Allocate<ushort>(ArenaKind.KvPages, count, BufferAccess.ReadWrite, "pages");
            }

            PrismVulkanException error = Assert.Throws<PrismVulkanException>(() => arenas.Allocate<float>(ArenaKind.Weights, 1, BufferAccess.ReadOnly, "one more"))!;
            Assert.That(error.Code, Is.EqualTo("PG021"));
            Assert.That(error.Message, Does.Contain("one more").And.Contain("exact"));
            weights[2].Dispose();
            Assert.That(() => arenas.Allocate<float>(ArenaKind.Weights, 97, BufferAccess.ReadOnly, "again"), Throws.Nothing);
            Assert.That(Device.Ledger.CreatedCount("DeviceMemory"), Is.EqualTo(created), "allocations");
            arenas.Dispose();
            Assert.That(Device.AllocatedBytes, Is.EqualTo(before));
        }

        [Test]
        public void LargePlansAreCutIntoBlocks()
        {
            var plan = new MemoryPlan();
            for (int i = 0; i < 5; i++)
            {
                plan.AddBytes(ArenaKind.Weights, 100 << 20);
            }

            Assert.That(plan.Blocks(ArenaKind.Weights, Device), Is.EqualTo(new[] { 200UL << 20, 200UL << 20, 100UL << 20 }));
        }

        [Test]
        public void RangesNeverOverlapAndMergeWhenFreed()
        {
            var random = new Random(17);
            var ranges = new RangeAllocator(1 << 16);
            var live = new List<(ulong Offset, ulong Size)>();
            for (int i = 0; i < 20_000; i++)
            {
                ulong size = (ulong)random.Next(1, 40) * 16;
                if (random.Next(2) == 0 && ranges.TryAllocate(size, out ulong offset))
                {
                    foreach ((ulong other, ulong length) in live)
                    {
                        Assert.That(offset + size <= other || other + length <= offset, Is.True, "ranges overlap");
                    }

                    Assert.That(offset + size, Is.LessThanOrEqualTo(1UL << 16));
                    live.Add((offset, size));
                }
                else if (live.Count > 0)
                {
                    int at = random.Next(live.Count);
                    ranges.Free(live[at].Offset, live[at].Size);
                    live.RemoveAt(at);
                }

                Assert.That(ranges.Used, Is.EqualTo((ulong)live.Sum(range => (long)range.Size)));
            }

            live.ForEach(range => ranges.Free(range.Offset, range.Size));
            Assert.That(ranges.TryAllocate(1 << 16, out _), Is.True, "the whole block is free again");
        }
    }
}
