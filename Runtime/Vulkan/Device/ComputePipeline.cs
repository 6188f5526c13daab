using System;
using PrismLM.Vulkan.Kernels;
using Silk.NET.Core.Native;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>A kernel compiled for this device, with its specialization constants. One workgroup is one subgroup (constant 0).</summary>
    internal sealed unsafe class ComputePipeline : DeviceObject
    {
        private ComputePipeline(VulkanDevice device, KernelDescription kernel)
            : base(device, kernel.Key)
        {
            Kernel = kernel;
        }

        public KernelDescription Kernel { get; }

        internal Pipeline Handle { get; private set; }

        /// <param name="device">Where it will run.</param>
        /// <param name="kernel">What the shader takes.</param>
        /// <param name="spirv">Little-endian SPIR-V words.</param>
        /// <param name="constants">The kernel's own constants; constant 0 is added.</param>
        /// <param name="workgroupSize">Invocations of a workgroup; 0 for the device's subgroup size. Only the start-up canary asks for another.</param>
        internal static ComputePipeline Create(
            VulkanDevice device, KernelDescription kernel, ReadOnlySpan<byte> spirv, ReadOnlySpan<SpecializationConstant> constants, int workgroupSize = 0)
        {
            device.ThrowIfUnusable();
            CheckConstants(kernel, constants);
            var pipeline = new ComputePipeline(device, kernel);
            pipeline.CreateHandle(spirv, constants, workgroupSize == 0 ? device.SubgroupSize : workgroupSize);
            device.Adopt(pipeline);
            return pipeline;
        }

        internal override void Destroy()
        {
            if (Handle.Handle != 0)
            {
                Device.Api.DestroyPipeline(Device.Handle, Handle, null);
                Device.Ledger.Destroyed("Pipeline");
                Handle = default;
            }
        }

        private static void CheckConstants(KernelDescription kernel, ReadOnlySpan<SpecializationConstant> constants)
        {
            foreach (SpecializationConstant constant in constants)
            {
                bool known = false;
                foreach (uint id in kernel.SpecializationIds)
                {
                    known |= id == constant.Id;
                }

                if (!known)
                {
                    throw new PrismVulkanException(
                        VulkanErrorCode.BindingMismatch,
                        FormattableString.Invariant($"Kernel {kernel.Key} has no specialization constant {constant.Id}."),
                        "List it in the kernel's description.");
                }
            }
        }

        private void CreateHandle(ReadOnlySpan<byte> spirv, ReadOnlySpan<SpecializationConstant> constants, int workgroupSize)
        {
            ShaderModule module = default;
            byte* entry = (byte*)SilkMarshal.StringToPtr("main");
            try
            {
                fixed (byte* code = spirv)
                {
                    var moduleInfo = new ShaderModuleCreateInfo { SType = StructureType.ShaderModuleCreateInfo, CodeSize = (nuint)spirv.Length, PCode = (uint*)code };
                    Device.Check(Device.Api.CreateShaderModule(Device.Handle, &moduleInfo, null, &module), "vkCreateShaderModule");
                    Device.Ledger.Created("ShaderModule");
                }

                int count = constants.Length + 1;
                SpecializationMapEntry* entries = stackalloc SpecializationMapEntry[count];
                uint* values = stackalloc uint[count];
                entries[0] = new SpecializationMapEntry(0, 0, 4);
                values[0] = (uint)workgroupSize;
                for (int i = 1; i < count; i++)
                {
                    entries[i] = new SpecializationMapEntry(constants[i - 1].Id, (uint)(4 * i), 4);
                    values[i] = constants[i - 1].Value;
                }

                var specialization = new SpecializationInfo { MapEntryCount = (uint)count, PMapEntries = entries, DataSize = (nuint)(4 * count), PData = values };
                var required = new PipelineShaderStageRequiredSubgroupSizeCreateInfo
                {
                    SType = StructureType.PipelineShaderStageRequiredSubgroupSizeCreateInfo,
                    RequiredSubgroupSize = (uint)workgroupSize,
                };
                bool require = Device.Logical.SubgroupControl;
                var info = new ComputePipelineCreateInfo
                {
                    SType = StructureType.ComputePipelineCreateInfo,

                    // A wide dispatch may be cut by groups: the parts begin at another group than 0.
                    Flags = PipelineCreateFlags.CreateDispatchBaseBit,
                    Layout = Device.Layouts.Layout,
                    Stage = new PipelineShaderStageCreateInfo
                    {
                        SType = StructureType.PipelineShaderStageCreateInfo,
                        PNext = require ? &required : null,
                        Flags = require ? PipelineShaderStageCreateFlags.RequireFullSubgroupsBit : 0,
                        Stage = ShaderStageFlags.ComputeBit,
                        Module = module,
                        PName = entry,
                        PSpecializationInfo = &specialization,
                    },
                };
                Pipeline handle;
                Device.Check(Device.Api.CreateComputePipelines(Device.Handle, Device.PipelineCache.Handle, 1, &info, null, &handle), "vkCreateComputePipelines");
                Device.Ledger.Created("Pipeline");
                Handle = handle;
                NameHandle();
            }
            finally
            {
                SilkMarshal.Free((nint)entry);
                if (module.Handle != 0)
                {
                    Device.Api.DestroyShaderModule(Device.Handle, module, null);
                    Device.Ledger.Destroyed("ShaderModule");
                }
            }
        }

        private void NameHandle()
        {
            try
            {
                Device.Debug.Name(ObjectType.Pipeline, Handle.Handle, Name);
            }
            catch
            {
                Destroy();
                throw;
            }
        }
    }
}
