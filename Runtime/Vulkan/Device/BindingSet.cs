using System;
using PrismLM.Vulkan.Kernels;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>Up to four buffer ranges as one static descriptor set, written once. The buffers must live as long as the set is used.</summary>
    internal sealed unsafe class BindingSet : DeviceObject
    {
        /// <summary>Bytes of a texel: four 32-bit words.</summary>
        public const int TexelBytes = 16;

        private readonly BufferRange[] ranges;
        private readonly BufferView[] views;
        private DescriptorPool pool;

        private BindingSet(VulkanDevice device, BufferRange[] ranges, string name)
            : base(device, name)
        {
            this.ranges = ranges;
            views = new BufferView[device.ReadsTexels ? ranges.Length : 0];
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

            for (int i = 0; i < views.Length; i++)
            {
                if (views[i].Handle != 0)
                {
                    Device.Api.DestroyBufferView(Device.Handle, views[i], null);
                    Device.Ledger.Destroyed("BufferView");
                    views[i] = default;
                }
            }
        }

        private void CreateHandle()
        {
            (pool, Handle) = Device.Descriptors.Allocate();
            DescriptorBufferInfo* buffers = stackalloc DescriptorBufferInfo[KernelDescription.MaxBindings];
            WriteDescriptorSet* writes = stackalloc WriteDescriptorSet[2 * KernelDescription.MaxBindings];
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

            fixed (BufferView* texels = views)
            {
                for (int i = 0; i < views.Length; i++)
                {
                    texels[i] = CreateView(ranges[i]);
                    writes[ranges.Length + i] = new WriteDescriptorSet
                    {
                        SType = StructureType.WriteDescriptorSet,
                        DstSet = Handle,
                        DstBinding = (uint)(KernelDescription.MaxBindings + i),
                        DescriptorCount = 1,
                        DescriptorType = DescriptorType.UniformTexelBuffer,
                        PTexelBufferView = &texels[i],
                    };
                }

                Device.Api.UpdateDescriptorSets(Device.Handle, (uint)(ranges.Length + views.Length), writes, 0, null);
            }

            Device.Debug.Name(ObjectType.DescriptorSet, Handle.Handle, Name);
        }

        // The last texel may reach past the range, never past its allocation: those are aligned to whole texels.
        private BufferView CreateView(in BufferRange range)
        {
            var info = new BufferViewCreateInfo
            {
                SType = StructureType.BufferViewCreateInfo,
                Buffer = range.Buffer.Block.Buffer,
                Format = Format.R32G32B32A32Uint,
                Offset = range.BlockOffset,
                Range = (range.Bytes + TexelBytes - 1) / TexelBytes * TexelBytes,
            };
            BufferView view;
            Device.Check(Device.Api.CreateBufferView(Device.Handle, &info, null, &view), "vkCreateBufferView");
            Device.Ledger.Created("BufferView");
            return view;
        }
    }
}
