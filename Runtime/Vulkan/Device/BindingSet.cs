using System;
using PrismLM.Vulkan.Kernels;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>Up to four buffer ranges as one static descriptor set, written once. The buffers must live as long as the set is used.</summary>
    internal sealed unsafe class BindingSet : DeviceObject
    {
        private readonly BufferRange[] ranges;
        private DescriptorPool pool;

        private BindingSet(VulkanDevice device, BufferRange[] ranges, string name)
            : base(device, name)
        {
            this.ranges = ranges;
        }

        public ReadOnlySpan<BufferRange> Ranges => ranges;

        internal DescriptorSet Handle { get; private set; }

        internal static BindingSet Create(VulkanDevice device, string name, ReadOnlySpan<BufferRange> ranges)
        {
            device.ThrowIfUnusable();
            if (ranges.Length == 0 || ranges.Length > KernelDescription.MaxBindings)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Binding set {name} has {ranges.Length} ranges; allowed: 1 to {KernelDescription.MaxBindings}."), nameof(ranges));
            }

            foreach (BufferRange range in ranges)
            {
                range.Buffer.ThrowIfDisposed();
                if (range.Bytes > (ulong)device.MaxBindingBytes)
                {
                    throw new PrismVulkanException(
                        VulkanErrorCode.LimitExceeded,
                        FormattableString.Invariant($"A range of buffer {range.Buffer.Name} has {range.Bytes} bytes; one binding holds at most {device.MaxBindingBytes}."),
                        "Split it into segments.");
                }
            }

            var set = new BindingSet(device, ranges.ToArray(), name);
            try
            {
                set.CreateHandle();
            }
            catch
            {
                set.Destroy();
                throw;
            }

            device.Adopt(set);
            return set;
        }

        internal override void Destroy()
        {
            if (pool.Handle != 0)
            {
                Device.Descriptors.Free(pool, Handle);
                pool = default;
                Handle = default;
            }
        }

        private void CreateHandle()
        {
            (pool, Handle) = Device.Descriptors.Allocate();
            DescriptorBufferInfo* buffers = stackalloc DescriptorBufferInfo[KernelDescription.MaxBindings];
            WriteDescriptorSet* writes = stackalloc WriteDescriptorSet[KernelDescription.MaxBindings];
            for (int i = 0; i < ranges.Length; i++)
            {
                buffers[i] = new DescriptorBufferInfo(ranges[i].Buffer.Block.Buffer, ranges[i].BlockOffset, ranges[i].Bytes);
                writes[i] = new WriteDescriptorSet
                {
                    SType = StructureType.WriteDescriptorSet,
                    DstSet = Handle,
                    DstBinding = (uint)i,
                    DescriptorCount = 1,
                    DescriptorType = DescriptorType.StorageBuffer,
                    PBufferInfo = &buffers[i],
                };
            }

            Device.Api.UpdateDescriptorSets(Device.Handle, (uint)ranges.Length, writes, 0, null);
            Device.Debug.Name(ObjectType.DescriptorSet, Handle.Handle, Name);
        }
    }
}
