using System;
using System.Collections.Generic;
using System.Threading;
using PrismLM.Vulkan.Kernels;
using Silk.NET.Vulkan;
using VkDevice = Silk.NET.Vulkan.Device;

namespace PrismLM.Vulkan.Device
{
    /// <summary>
    /// A Vulkan device for compute, made here or adopted from a host engine. It owns everything made from it and disposes what is left. Its methods may
    /// be called from any thread; one recorder belongs to one thread at a time.
    /// </summary>
    public sealed unsafe class VulkanDevice : IDisposable
    {
        // What a submission of the past may add to the patience of disposal. Software computes slowly, but it does not hang.
        private const int SliceLimitMilliseconds = 1000;
        private const int SoftwareSliceLimitMilliseconds = 5000;

        private readonly VulkanDeviceOptions options;
        private readonly VulkanLoader loader;
        private readonly HashSet<DeviceObject> children = new HashSet<DeviceObject>();
        private readonly RetiredObjects retired = new RetiredObjects();
        private VulkanInstance? instance;
        private LogicalDevice? logical;
        private SubmissionQueue? queue;
        private PipelineLayouts? layouts;
        private DescriptorPools? descriptors;
        private PipelineCacheFile? pipelineCache;
        private MemoryArenas? memory;
        private MemoryTypes? memoryTypes;
        private Transfers? transfers;
        private DebugUtils? debug;
        private DeviceFacts? facts;
        private DeviceReport? report;
        private readonly long[] allocatedBytes = new long[Vk.MaxMemoryHeaps];
        private int disposed;
        private volatile bool lost;

        private VulkanDevice(VulkanDeviceOptions options, VulkanLoader loader)
        {
            this.options = options;
            this.loader = loader;
            Kernels = options.KernelPackBytes == null ? KernelPack.LoadEmbedded() : KernelPack.Parse(options.KernelPackBytes, "of the options");
            Api = new Vk(options.WrapContext == null ? loader : options.WrapContext(loader));
        }

        /// <summary>Only reports: the thread of finalizers is not one from which Vulkan may be called.</summary>
        ~VulkanDevice()
        {
            if (Ledger.TotalLive != 0)
            {
                Log("A VulkanDevice was not disposed; these Vulkan objects leak: " + Ledger + ".");
            }
        }

        /// <summary>Every device that was seen, and why this one was chosen.</summary>
        public DeviceReport Report => report!;

        /// <summary>Invocations of one workgroup of every kernel.</summary>
        public int SubgroupSize => Report.SubgroupSize;

        /// <summary>A workgroup of <see cref="SubgroupSize"/> invocations fills exactly one subgroup: required from the device, or seen by the start-up canary.</summary>
        public bool FullSubgroups { get; internal set; }

        /// <summary>The device was lost; everything but disposal throws.</summary>
        public bool IsLost => lost;

        public bool IsDisposed => Volatile.Read(ref disposed) != 0;

        /// <summary>Submissions did not end when the device was disposed; its Vulkan objects were left alone.</summary>
        public bool WasAbandoned { get; private set; }

        /// <summary>The queue can write timestamps.</summary>
        public bool HasTimestamps => Facts.TimestampValidBits > 0;

        /// <summary>Bytes of device memory allocated now.</summary>
        public long AllocatedBytes
        {
            get
            {
                long total = 0;
                for (int heap = 0; heap < allocatedBytes.Length; heap++)
                {
                    total += AllocatedIn(heap);
                }

                return total;
            }
        }

        internal Vk Api { get; }

        internal ObjectLedger Ledger { get; } = new ObjectLedger();

        /// <summary>The shaders of the runtime.</summary>
        internal KernelPack Kernels { get; }

        internal VkDevice Handle => Logical.Handle;

        internal IntPtr InstanceHandle => instance!.Handle.Handle;

        internal LogicalDevice Logical => logical!;

        internal DeviceFacts Facts => facts!;

        internal MemoryTypes MemoryTypes => memoryTypes!;

        /// <summary>Growing arenas for small and short-lived buffers; a model makes its own from a <see cref="MemoryPlan"/>.</summary>
        internal MemoryArenas Memory => memory!;

        internal PipelineLayouts Layouts => layouts!;

        internal DescriptorPools Descriptors => descriptors!;

        internal PipelineCacheFile PipelineCache => pipelineCache!;

        internal SubmissionQueue Queue => queue!;

        internal Transfers Transfers => transfers!;

        internal DebugUtils Debug => debug!;

        internal int RetiredCount => retired.Count;

        internal long? MemoryLimitBytes => options.MemoryLimitBytes;

        internal bool TracksHazards { get; private set; }

        /// <summary>
        /// Every buffer has a VkBuffer of its own: GPU-assisted validation compares an access with the end of the VkBuffer, not of the binding, and would
        /// see no access outside a part of a larger one.
        /// </summary>
        internal bool IsolatesBuffers => options.EnableValidation && options.EnableGpuAssistedValidation;

        /// <summary>
        /// Kernels read buffers as texel buffers, in their variant <c>texel</c>. Software Vulkan loads storage one lane after the other; GPUs have no need of it, and
        /// some allow 65,536 texels only.
        /// </summary>
        internal bool ReadsTexels { get; private set; }

        /// <summary>Whether products run on matrix units, and why.</summary>
        internal MatrixUnits MatrixUnits { get; private set; } = null!;

        /// <summary>Bytes that every buffer and every binding offset is aligned to (minStorageBufferOffsetAlignment, at least 16).</summary>
        internal int BufferAlignment { get; private set; }

        /// <summary>Bytes of one allocation, at most (maxMemoryAllocationSize).</summary>
        internal ulong MaxAllocationBytes => Math.Min(Facts.MaxAllocationBytes, options.MaxAllocationBytes ?? ulong.MaxValue);

        /// <summary>Bytes of one binding, at most: maxStorageBufferRange, and a buffer lies in one allocation.</summary>
        internal long MaxBindingBytes => (long)Math.Min(Facts.Limits.MaxStorageBufferRange, MaxAllocationBytes);

        /// <summary>Makes or adopts a device and tests it.</summary>
        /// <exception cref="PrismVulkanException">No loader, no suitable device, a driver error, or a failed start-up canary; nothing is left behind.</exception>
        public static VulkanDevice Create(VulkanDeviceOptions? options = null)
        {
            options ??= new VulkanDeviceOptions();
            HostDevice? host = options.HostDevice;
            if (host != null && (host.Instance == IntPtr.Zero || host.PhysicalDevice == IntPtr.Zero || host.Device == IntPtr.Zero || host.Queue == IntPtr.Zero
                || host.GetInstanceProcAddr == IntPtr.Zero || host.ApiVersion < Vk.Version11))
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.HostUnusable, "The host's description lacks a handle, vkGetInstanceProcAddr, or Vulkan 1.1.", "Fill every member of HostDevice.");
            }

            VulkanLoader loader = host == null ? VulkanLoader.Open() : VulkanLoader.Adopt(host.GetInstanceProcAddr);
            var device = new VulkanDevice(options, loader);
            try
            {
                device.Initialize(host);
                return device;
            }
            catch
            {
                device.Dispose();
                throw;
            }
        }

        /// <summary>
        /// Waits for running submissions, 250 ms and as long as one submission has taken so far, and destroys everything. May be called from any thread, and again.
        /// </summary>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref disposed, 1) != 0)
            {
                return;
            }

            GC.SuppressFinalize(this);
            if (queue != null && !queue.Drain(options.DisposeTimeoutMilliseconds + SliceMilliseconds(queue)))
            {
                // Destroying objects that the device still uses is undefined and may crash the game; a leak of a hanging device is the smaller harm.
                WasAbandoned = true;
                Log("The device did not finish its work; its Vulkan objects are left alone: " + Ledger + ".");
                return;
            }

            foreach (DeviceObject child in TakeChildren())
            {
                child.Dispose();
            }

            retired.CollectAll();
            queue?.Dispose();
            descriptors?.Dispose();
            pipelineCache?.Dispose();
            layouts?.Dispose();
            logical?.Dispose();
            instance?.Dispose();
            Api.Dispose();
            loader.Dispose();
        }

        /// <summary>Compiles a kernel of a pack.</summary>
        internal ComputePipeline CreatePipeline(KernelPack pack, KernelDescription kernel, params SpecializationConstant[] constants)
            => ComputePipeline.Create(this, kernel, pack.Spirv(VariantOf(kernel)), constants);

        private string VariantOf(KernelDescription kernel)
            => MatrixUnits.AreUsed && kernel.HasMatrixPlace ? kernel.MatrixKey : ReadsTexels && kernel.HasTexelVariant ? kernel.TexelKey : kernel.Key;

        internal BindingSet CreateBindings(string name, params BufferRange[] ranges) => BindingSet.Create(this, name, ranges);

        /// <summary>A buffer from the device's own growing arenas; models allocate from <see cref="MemoryArenas"/> of their own.</summary>
        internal GpuBuffer<T> CreateBuffer<T>(ArenaKind kind, long count, BufferAccess access, string name)
            where T : unmanaged
            => Memory.Allocate<T>(kind, count, access, name);

        internal CommandRecorder Record(string name, SharedCommandPool? pool = null) => new CommandRecorder(this, name, pool);

        internal SharedCommandPool CreateCommandPool(string name) => SharedCommandPool.Create(this, name);

        internal TimestampPool CreateTimestamps(int capacity, string name) => TimestampPool.Create(this, capacity, name);

        internal Submission Submit(RecordedCommands commands)
        {
            ReadOnlySpan<RecordedCommands> one = System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref commands, 1);
            return Queue.Submit(one);
        }

        /// <summary>Submits several at once, in order.</summary>
        internal Submission Submit(ReadOnlySpan<RecordedCommands> commands) => Queue.Submit(commands);

        /// <summary>Writes the pipeline cache, if it has a folder; call it after the pipelines of a model are compiled.</summary>
        internal void SavePipelineCache() => PipelineCache.Save();

        internal int MaxGroups(int dimension)
        {
            PhysicalDeviceLimits limits = Facts.Limits;
            return (int)Math.Min(int.MaxValue, limits.MaxComputeWorkGroupCount[dimension]);
        }

        internal ulong AlignUp(ulong bytes) => (bytes + (ulong)BufferAlignment - 1) / (ulong)BufferAlignment * (ulong)BufferAlignment;

        internal long AllocatedIn(int heap) => Interlocked.Read(ref allocatedBytes[heap]);

        internal void AddAllocated(ArenaKind kind, long bytes) => Interlocked.Add(ref allocatedBytes[MemoryTypes.HeapOf(kind)], bytes);

        internal void Log(string message) => options.Log?.Invoke(message);

        internal void Check(Result result, string call, bool allowTimeout = false)
        {
            if (result == Result.Success || (allowTimeout && result == Result.Timeout))
            {
                return;
            }

            lost |= result == Result.ErrorDeviceLost;
            throw PrismVulkanException.FromResult(result, call);
        }

        internal void ThrowIfUnusable()
        {
            if (IsDisposed)
            {
                throw new ObjectDisposedException(nameof(VulkanDevice));
            }

            if (lost)
            {
                throw PrismVulkanException.FromResult(Result.ErrorDeviceLost, "an earlier call");
            }
        }

        internal void Adopt(DeviceObject child)
        {
            lock (children)
            {
                children.Add(child);
            }
        }

        internal void Retire(DeviceObject child)
        {
            lock (children)
            {
                children.Remove(child);
            }

            ulong serial = queue?.Submitted ?? 0;
            retired.Add(child, serial);
            CollectRetired();
        }

        internal void CollectRetired()
        {
            if (queue != null && !WasAbandoned)
            {
                retired.Collect(queue);
            }
        }

        private int SliceMilliseconds(SubmissionQueue ended)
        {
            bool software = report != null && report.Chosen.IsSoftware;
            return Math.Min(ended.LongestMilliseconds, software ? SoftwareSliceLimitMilliseconds : SliceLimitMilliseconds);
        }

        private DeviceObject[] TakeChildren()
        {
            lock (children)
            {
                var all = new DeviceObject[children.Count];
                children.CopyTo(all);
                return all;
            }
        }

        private void Initialize(HostDevice? host)
        {
            if (host == null)
            {
                instance = VulkanInstance.Create(Api, loader, Ledger, options);
                (facts, report) = DeviceSelector.Choose(Api, instance, options);
                logical = LogicalDevice.Create(Api, loader, Ledger, facts, options.Restrictions);
            }
            else
            {
                instance = VulkanInstance.Adopt(Api, loader, Ledger, host);
                (facts, report) = DeviceSelector.Adopt(Api, instance, host);
                logical = LogicalDevice.Adopt(Api, loader, Ledger, host, facts, options.Restrictions);
            }

            ReadsTexels = facts.Type == PhysicalDeviceType.Cpu && (options.Restrictions & DeviceRestrictions.NoTexelReads) == 0
                && (long)facts.Limits.MaxTexelBufferElements * BindingSet.TexelBytes >= MaxBindingBytes;
            MatrixUnits = MatrixUnits.Choose(facts.HasCooperativeMatrix, facts.VendorId, facts.DeviceId, Kernels, MatrixUnits.Measured);
            BufferAlignment = (int)Math.Max(16, facts.Limits.MinStorageBufferOffsetAlignment);
            if (ReadsTexels)
            {
                BufferAlignment = (int)Math.Max((ulong)BufferAlignment, facts.Limits.MinTexelBufferOffsetAlignment);
            }

            TracksHazards = options.TrackHazards ?? DebugBuild;
            debug = new DebugUtils(loader, logical.Handle, instance.HasDebugUtils);
            memoryTypes = new MemoryTypes(this, facts, options.Restrictions);
            transfers = new Transfers(this);
            layouts = new PipelineLayouts(this);
            layouts.Create();
            descriptors = new DescriptorPools(this);
            pipelineCache = new PipelineCacheFile(this, options.PipelineCacheFolder, Kernels.Hash);
            pipelineCache.Create();
            queue = new SubmissionQueue(this, host?.Guard);
            queue.Create();
            memory = MemoryArenas.CreateGrowing(this, "device");
            report.MatrixUnits = MatrixUnits.Reason;
            report.UsesTimelineSemaphore = logical.TimelineSemaphore;
            report.Limits = facts.LimitTable();
            DeviceSelfTest.Run(this, Kernels);
            host?.RegisterClosing?.Invoke(Dispose);
        }

#if DEBUG
        private const bool DebugBuild = true;
#else
        private const bool DebugBuild = false;
#endif
    }
}
