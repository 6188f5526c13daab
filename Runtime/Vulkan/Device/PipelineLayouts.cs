using System;
using PrismLM.Vulkan.Kernels;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>
    /// The one descriptor set layout (four storage buffers, and the same four as texel buffers where the device reads those) and the one pipeline layout (128
    /// bytes of push constants) that every kernel has.
    /// </summary>
    internal sealed unsafe class PipelineLayouts : IDisposable
    {
        private readonly VulkanDevice device;

        public PipelineLayouts(VulkanDevice device)
        {
            this.device = device;
        }

        public DescriptorSetLayout SetLayout { get; private set; }

        public PipelineLayout Layout { get; private set; }

        public void Create()
        {
            int count = device.ReadsTexels ? 2 * KernelDescription.MaxBindings : KernelDescription.MaxBindings;
            DescriptorSetLayoutBinding* bindings = stackalloc DescriptorSetLayoutBinding[2 * KernelDescription.MaxBindings];
            for (int i = 0; i < count; i++)
            {
                bindings[i] = new DescriptorSetLayoutBinding
                {
                    Binding = (uint)i,
                    DescriptorType = i < KernelDescription.MaxBindings ? DescriptorType.StorageBuffer : DescriptorType.UniformTexelBuffer,
                    DescriptorCount = 1,
                    StageFlags = ShaderStageFlags.ComputeBit,
                };
            }

            var setInfo = new DescriptorSetLayoutCreateInfo
            {
                SType = StructureType.DescriptorSetLayoutCreateInfo,
                BindingCount = (uint)count,
                PBindings = bindings,
            };
            DescriptorSetLayout set;
            device.Check(device.Api.CreateDescriptorSetLayout(device.Handle, &setInfo, null, &set), "vkCreateDescriptorSetLayout");
            device.Ledger.Created("DescriptorSetLayout");
            SetLayout = set;
            var push = new PushConstantRange { StageFlags = ShaderStageFlags.ComputeBit, Size = KernelDescription.MaxPushConstantBytes };
            var layoutInfo = new PipelineLayoutCreateInfo
            {
                SType = StructureType.PipelineLayoutCreateInfo,
                SetLayoutCount = 1,
                PSetLayouts = &set,
                PushConstantRangeCount = 1,
                PPushConstantRanges = &push,
            };
            PipelineLayout layout;
            device.Check(device.Api.CreatePipelineLayout(device.Handle, &layoutInfo, null, &layout), "vkCreatePipelineLayout");
            device.Ledger.Created("PipelineLayout");
            Layout = layout;
        }

        public void Dispose()
        {
            if (Layout.Handle != 0)
            {
                device.Api.DestroyPipelineLayout(device.Handle, Layout, null);
                device.Ledger.Destroyed("PipelineLayout");
                Layout = default;
            }

            if (SetLayout.Handle != 0)
            {
                device.Api.DestroyDescriptorSetLayout(device.Handle, SetLayout, null);
                device.Ledger.Destroyed("DescriptorSetLayout");
                SetLayout = default;
            }
        }
    }
}
