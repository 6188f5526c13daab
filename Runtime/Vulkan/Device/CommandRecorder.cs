using System;
using System.Collections.Generic;
using PrismLM.Vulkan.Kernels;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>
    /// Records commands once; <see cref="End"/> gives them for replay. The commands start after everything submitted before has finished writing, and what
    /// they wrote can be read by the host when their submission has ended; within them the caller places barriers.
    /// </summary>
    internal sealed unsafe class CommandRecorder : DeviceObject
    {
        private readonly VulkanDevice device;
        private readonly HazardTracker? hazards;
        private readonly List<DeviceObject> used = new List<DeviceObject>();
        private readonly HashSet<DeviceObject> seen = new HashSet<DeviceObject>();
        private CommandPool pool;
        private CommandBuffer commands;
        private ComputePipeline? bound;
        private readonly List<DispatchInfo> dispatches = new List<DispatchInfo>();
        private readonly SharedCommandPool? shared;
        private int barriers;
        private int labels;
        private int label = -1;

        /// <param name="device">Where the commands will run.</param>
        /// <param name="name">Shown in errors and in GPU debuggers.</param>
        /// <param name="shared">A pool that outlives the recording; null for a pool of its own.</param>
        internal CommandRecorder(VulkanDevice device, string name, SharedCommandPool? shared = null)
            : base(device, name)
        {
            device.ThrowIfUnusable();
            this.device = device;
            this.shared = shared;
            hazards = device.TracksHazards ? new HazardTracker() : null;
            device.Adopt(this);
            try
            {
                Begin();
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        /// <summary>Dispatches recorded so far.</summary>
        public int DispatchCount => dispatches.Count;

        /// <summary>Records a part of what follows only; null for all.</summary>
        public DispatchWindow? Window { get; set; }

        /// <summary>Barriers recorded by <see cref="Barrier"/> so far; the one at either end of the commands is not counted.</summary>
        public int BarrierCount => barriers;

        /// <summary>For benchmarks: receives a timestamp after each dispatch, from index 1 on; the caller resets it and writes index 0.</summary>
        public TimestampPool? Profile { get; set; }

        /// <summary>Dispatches groups of one subgroup each.</summary>
        public void Dispatch<TPush>(ComputePipeline pipeline, BindingSet bindings, in TPush push, int groupsX, int groupsY = 1, int groupsZ = 1)
            where TPush : unmanaged
        {
            if (pipeline.Kernel.PushConstantType != typeof(TPush))
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.BindingMismatch,
                    "Kernel " + pipeline.Name + " takes push constants " + (pipeline.Kernel.PushConstantType?.Name ?? "(none)") + ", not " + typeof(TPush).Name + ".",
                    "Pass the struct of the kernel's description.");
            }

            if (!Prepare(pipeline, bindings, groupsX, groupsY, groupsZ))
            {
                return;
            }

            fixed (TPush* data = &push)
            {
                device.Api.CmdPushConstants(commands, device.Layouts.Layout, ShaderStageFlags.ComputeBit, 0, (uint)sizeof(TPush), data);
            }

            Emit(pipeline, bindings, groupsX, groupsY, groupsZ);
        }

        /// <summary>Dispatches a kernel without push constants.</summary>
        public void Dispatch(ComputePipeline pipeline, BindingSet bindings, int groupsX, int groupsY = 1, int groupsZ = 1)
        {
            if (pipeline.Kernel.PushConstantType != null)
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.BindingMismatch, "Kernel " + pipeline.Name + " needs push constants.", "Pass " + pipeline.Kernel.PushConstantType.Name + ".");
            }

            if (Prepare(pipeline, bindings, groupsX, groupsY, groupsZ))
            {
                Emit(pipeline, bindings, groupsX, groupsY, groupsZ);
            }
        }

        /// <summary>What was written before is visible to what comes after.</summary>
        public void Barrier()
        {
            ThrowIfEnded();
            if (Window == null)
            {
                RecordBarrier();
            }
            else
            {
                Window.Barrier();
            }
        }

        /// <summary>Fills a range with copies of a word. Offset and size must be multiples of 4.</summary>
        public void Fill(BufferRange range, uint value)
        {
            ThrowIfEnded();
            if (range.Bytes % 4 != 0 || range.BlockOffset % 4 != 0)
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.LimitExceeded,
                    FormattableString.Invariant($"A fill of buffer {range.Buffer.Name} at byte {range.Offset} for {range.Bytes} bytes; allowed: multiples of 4."),
                    "Pad the buffer.");
            }

            Use(range.Buffer);
            hazards?.NextCommand();
            hazards?.Touch(range, writes: true, "a fill");
            device.Api.CmdFillBuffer(commands, range.Buffer.Block.Buffer, range.BlockOffset, range.Bytes, value);
        }

        /// <summary>Copies bytes; both ranges have the same length.</summary>
        public void Copy(BufferRange source, BufferRange destination)
        {
            ThrowIfEnded();
            if (source.Bytes != destination.Bytes)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Copy of {source.Bytes} bytes of {source.Buffer.Name} into {destination.Bytes} bytes of {destination.Buffer.Name}."),
                    nameof(destination));
            }

            Use(source.Buffer);
            Use(destination.Buffer);
            hazards?.NextCommand();
            hazards?.Touch(source, writes: false, "a copy");
            hazards?.Touch(destination, writes: true, "a copy");
            var region = new BufferCopy { SrcOffset = source.BlockOffset, DstOffset = destination.BlockOffset, Size = source.Bytes };
            device.Api.CmdCopyBuffer(commands, source.Buffer.Block.Buffer, destination.Buffer.Block.Buffer, 1, &region);
        }

        /// <summary>Opens a named pass for GPU debuggers.</summary>
        public void BeginLabel(string name)
        {
            ThrowIfEnded();
            label = labels++;
            device.Debug.BeginLabel(commands, name);
        }

        public void EndLabel()
        {
            ThrowIfEnded();
            label = -1;
            device.Debug.EndLabel(commands);
        }

        /// <summary>Makes queries writable again; must come before their <see cref="WriteTimestamp"/>.</summary>
        public void ResetTimestamps(TimestampPool timestamps, int first, int count)
        {
            ThrowIfEnded();
            Use(timestamps);
            device.Api.CmdResetQueryPool(commands, timestamps.Handle, (uint)first, (uint)count);
        }

        /// <summary>Writes the device's time when all commands before have ended.</summary>
        public void WriteTimestamp(TimestampPool timestamps, int index)
        {
            ThrowIfEnded();
            Use(timestamps);
            device.Api.CmdWriteTimestamp(commands, PipelineStageFlags.BottomOfPipeBit, timestamps.Handle, (uint)index);
        }

        /// <summary>Ends the recording. The recorder is used up.</summary>
        public RecordedCommands End()
        {
            ThrowIfEnded();
            Memory(PipelineStageFlags.HostBit, AccessFlags.HostReadBit);
            device.Check(device.Api.EndCommandBuffer(commands), "vkEndCommandBuffer");
            var recorded = new RecordedCommands(device, Name, shared == null ? pool : default, commands, used.ToArray(), dispatches.ToArray(), barriers);
            pool = default;
            device.Adopt(recorded);
            Dispose();
            return recorded;
        }

        /// <summary>Drops a recording that was not ended.</summary>
        internal override void Destroy()
        {
            if (pool.Handle != 0 && shared == null)
            {
                device.Api.DestroyCommandPool(device.Handle, pool, null);
                device.Ledger.Destroyed("CommandPool");
            }

            pool = default;
        }

        private const AccessFlags Transfer = AccessFlags.TransferReadBit | AccessFlags.TransferWriteBit;

        private void Begin()
        {
            pool = shared?.Handle ?? SharedCommandPool.NewPool(device);
            var allocate = new CommandBufferAllocateInfo
            {
                SType = StructureType.CommandBufferAllocateInfo,
                CommandPool = pool,
                Level = CommandBufferLevel.Primary,
                CommandBufferCount = 1,
            };
            CommandBuffer buffer;
            device.Check(device.Api.AllocateCommandBuffers(device.Handle, &allocate, &buffer), "vkAllocateCommandBuffers");
            commands = buffer;
            device.Debug.Name(ObjectType.CommandBuffer, (ulong)commands.Handle, Name);
            var begin = new CommandBufferBeginInfo { SType = StructureType.CommandBufferBeginInfo, Flags = CommandBufferUsageFlags.SimultaneousUseBit };
            device.Check(device.Api.BeginCommandBuffer(commands, &begin), "vkBeginCommandBuffer");
            Memory(PipelineStageFlags.ComputeShaderBit | PipelineStageFlags.TransferBit, AccessFlags.ShaderReadBit | AccessFlags.ShaderWriteBit | Transfer);
        }

        private void Memory(PipelineStageFlags nextStages, AccessFlags nextAccess)
        {
            var barrier = new MemoryBarrier
            {
                SType = StructureType.MemoryBarrier,
                SrcAccessMask = AccessFlags.ShaderWriteBit | AccessFlags.TransferWriteBit,
                DstAccessMask = nextAccess,
            };
            device.Api.CmdPipelineBarrier(
                commands, PipelineStageFlags.ComputeShaderBit | PipelineStageFlags.TransferBit, nextStages, 0, 1, &barrier, 0, null, 0, null);
            hazards?.Barrier();
        }

        private void RecordBarrier()
        {
            Memory(PipelineStageFlags.ComputeShaderBit | PipelineStageFlags.TransferBit, AccessFlags.ShaderReadBit | AccessFlags.ShaderWriteBit | Transfer);
            barriers++;
        }

        /// <summary>False when the window does not take this dispatch.</summary>
        private bool Prepare(ComputePipeline pipeline, BindingSet bindings, int groupsX, int groupsY, int groupsZ)
        {
            ThrowIfEnded();
            if (Window != null && !Window.Takes())
            {
                return false;
            }

            if (Window != null && Window.TakeBarrier())
            {
                RecordBarrier();
            }

            KernelDescription kernel = pipeline.Kernel;
            if (bindings.Ranges.Length != kernel.Bindings.Count)
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.BindingMismatch,
                    FormattableString.Invariant($"Kernel {kernel.Key} has {kernel.Bindings.Count} bindings, set {bindings.Name} has {bindings.Ranges.Length}."),
                    "Make the set from the kernel's description.");
            }

            CheckGroups(kernel, groupsX, groupsY, groupsZ);
            Use(pipeline);
            Use(bindings);
            hazards?.NextCommand();
            for (int i = 0; i < kernel.Bindings.Count; i++)
            {
                BufferRange range = bindings.Ranges[i];
                bool writes = kernel.Bindings[i].Access != KernelAccess.Read;
                if (writes && range.Buffer.Access == BufferAccess.ReadOnly)
                {
                    throw new PrismVulkanException(
                        VulkanErrorCode.BindingMismatch,
                        "Kernel " + kernel.Key + " writes binding " + kernel.Bindings[i].Name + ", and buffer " + range.Buffer.Name + " is read-only.",
                        "Allocate the buffer as ReadWrite.");
                }

                Use(range.Buffer);
                hazards?.Touch(range, writes, kernel.Key);
            }

            return true;
        }

        private void CheckGroups(KernelDescription kernel, int groupsX, int groupsY, int groupsZ)
        {
            if (groupsX < 1 || groupsY < 1 || groupsZ < 1 || groupsX > device.MaxGroups(0) || groupsY > device.MaxGroups(1) || groupsZ > device.MaxGroups(2))
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.LimitExceeded,
                    FormattableString.Invariant(
                        $"Dispatch of {kernel.Key} with {groupsX} x {groupsY} x {groupsZ} groups; allowed: 1 to {device.MaxGroups(0)} x {device.MaxGroups(1)} x {device.MaxGroups(2)}."),
                    "Spread the groups over another dimension.");
            }
        }

        private void Emit(ComputePipeline pipeline, BindingSet bindings, int groupsX, int groupsY, int groupsZ)
        {
            if (!ReferenceEquals(bound, pipeline))
            {
                device.Api.CmdBindPipeline(commands, PipelineBindPoint.Compute, pipeline.Handle);
                bound = pipeline;
            }

            DescriptorSet set = bindings.Handle;
            device.Api.CmdBindDescriptorSets(commands, PipelineBindPoint.Compute, device.Layouts.Layout, 0, 1, &set, 0, null);
            device.Debug.BeginLabel(commands, pipeline.Name);
            var info = new DispatchInfo(pipeline.Kernel.Key, groupsX, groupsY, groupsZ, label);
            Dispatch(info);
            device.Debug.EndLabel(commands);
            dispatches.Add(info);
            if (Profile != null)
            {
                WriteTimestamp(Profile, dispatches.Count);
            }
        }

        private void Dispatch(in DispatchInfo info)
        {
            (int start, int end) = Window?.Cut(info.Widest) ?? (0, info.Widest);
            uint first = (uint)start, count = (uint)(end - start), x = (uint)info.GroupsX, y = (uint)info.GroupsY, z = (uint)info.GroupsZ;
            if (count == info.Widest)
            {
                device.Api.CmdDispatch(commands, x, y, z);
            }
            else if (info.GroupsX == info.Widest)
            {
                device.Api.CmdDispatchBase(commands, first, 0, 0, count, y, z);
            }
            else if (info.GroupsY == info.Widest)
            {
                device.Api.CmdDispatchBase(commands, 0, first, 0, x, count, z);
            }
            else
            {
                device.Api.CmdDispatchBase(commands, 0, 0, first, x, y, count);
            }
        }

        private void Use(DeviceObject resource)
        {
            resource.ThrowIfDisposed();
            if (seen.Add(resource))
            {
                used.Add(resource);
            }
        }

        private void ThrowIfEnded()
        {
            if (pool.Handle == 0)
            {
                throw new ObjectDisposedException("recorder of " + Name);
            }
        }
    }
}
