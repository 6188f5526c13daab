using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using Silk.NET.Core.Contexts;
using Silk.NET.Vulkan;

namespace PrismLM.Tests.Vulkan.Device
{
    /// <summary>
    /// Stands between Silk.NET and the driver: fails the N-th fallible call, can make every wait time out, and keeps its own ledger of live objects, by handle. All
    /// hooked functions take at most six arguments of register size, so one delegate type forwards them all.
    /// </summary>
    internal sealed unsafe class FaultInjector : INativeContext
    {
        private static readonly HashSet<string> Fallible = new HashSet<string>(StringComparer.Ordinal)
        {
            "vkEnumerateInstanceVersion", "vkEnumerateInstanceLayerProperties", "vkEnumerateInstanceExtensionProperties", "vkCreateInstance",
            "vkEnumeratePhysicalDevices", "vkEnumerateDeviceExtensionProperties", "vkCreateDevice", "vkCreateDescriptorSetLayout", "vkCreatePipelineLayout",
            "vkCreatePipelineCache", "vkGetPipelineCacheData", "vkCreateSemaphore", "vkCreateFence", "vkCreateBuffer", "vkCreateBufferView", "vkAllocateMemory", "vkBindBufferMemory",
            "vkMapMemory", "vkCreateShaderModule", "vkCreateComputePipelines", "vkCreateDescriptorPool", "vkAllocateDescriptorSets", "vkCreateCommandPool",
            "vkAllocateCommandBuffers", "vkBeginCommandBuffer", "vkEndCommandBuffer", "vkQueueSubmit", "vkGetSemaphoreCounterValue", "vkWaitSemaphores",
            "vkGetFenceStatus", "vkWaitForFences", "vkResetFences", "vkCreateQueryPool",
        };

        /// <summary>Calls that keep failing once the device is lost.</summary>
        private static readonly HashSet<string> FailWhenLost = new HashSet<string>(StringComparer.Ordinal)
        {
            "vkQueueSubmit", "vkGetSemaphoreCounterValue", "vkWaitSemaphores", "vkGetFenceStatus", "vkWaitForFences",
        };

        private readonly INativeContext inner;
        private readonly List<Hook> hooks = new List<Hook>();
        private readonly Dictionary<string, IntPtr> addresses = new Dictionary<string, IntPtr>(StringComparer.Ordinal);
        private readonly HashSet<(string Kind, long Handle)> live = new HashSet<(string Kind, long Handle)>();
        private IntPtr device;
        private bool lost;
        private int hangingWaits;

        public FaultInjector(INativeContext inner)
        {
            this.inner = inner;
        }

        private delegate IntPtr Hook(IntPtr a, IntPtr b, IntPtr c, IntPtr d, IntPtr e, IntPtr f);

        /// <summary>Fails this call, counted from 1; 0 fails none.</summary>
        public int FailAt { get; set; }

        public Result FailWith { get; set; }

        /// <summary>Instead of <see cref="FailAt"/>: asked about every fallible call until one was failed.</summary>
        public Func<string, bool>? FailWhen { get; set; }

        /// <summary>Every wait times out and nothing seems to complete.</summary>
        public bool Hangs { get; set; }

        /// <summary>Fallible calls so far.</summary>
        public List<string> Calls { get; } = new List<string>();

        /// <summary>The call that was failed, or empty.</summary>
        public string FailedCall { get; private set; } = string.Empty;

        /// <summary>Called when the call is failed.</summary>
        public Action? Failing { get; set; }

        /// <summary>Longest timeout that any wait asked for, in nanoseconds.</summary>
        public long LongestWait { get; private set; }

        /// <summary>Waits that began while <see cref="Hangs"/>.</summary>
        public int HangingWaits => Volatile.Read(ref hangingWaits);

        /// <summary>Bytes of the largest allocation of device memory.</summary>
        public ulong LargestAllocation { get; private set; }

        /// <summary>Destroyed objects that did not live.</summary>
        public int WrongDestroys { get; private set; }

        public string[] Live => live.Select(entry => entry.Kind).OrderBy(kind => kind, StringComparer.Ordinal).ToArray();

        public IntPtr GetProcAddress(string proc, int? slot = null) => TryGetProcAddress(proc, out IntPtr address) ? address : IntPtr.Zero;

        public bool TryGetProcAddress(string proc, out IntPtr addr, int? slot = null)
        {
            bool found = inner.TryGetProcAddress(proc, out addr, slot);
            if (found && NeedsHook(proc))
            {
                if (!addresses.TryGetValue(proc, out IntPtr hooked))
                {
                    IntPtr real = addr;
                    Hook hook = (a, b, c, d, e, f) => Forward(proc, real, a, b, c, d, e, f);
                    hooks.Add(hook);
                    hooked = Marshal.GetFunctionPointerForDelegate(hook);
                    addresses.Add(proc, hooked);
                }

                addr = hooked;
            }

            return found;
        }

        public void Dispose() => inner.Dispose();

        private static bool NeedsHook(string name)
            => Fallible.Contains(name) || name.StartsWith("vkDestroy", StringComparison.Ordinal) || name == "vkFreeMemory";

        private static string KindOf(string name)
        {
            string kind = name.Replace("vkCreate", string.Empty, StringComparison.Ordinal).Replace("vkDestroy", string.Empty, StringComparison.Ordinal);
            return kind switch
            {
                "ComputePipelines" => "Pipeline",
                "vkAllocateMemory" => "Memory",
                "vkFreeMemory" => "Memory",
                _ => kind,
            };
        }

        private IntPtr Forward(string name, IntPtr real, IntPtr a, IntPtr b, IntPtr c, IntPtr d, IntPtr e, IntPtr f)
        {
            bool fails;
            Result result;
            long hang;
            lock (live)
            {
                fails = Fails(name, a, c, e, out result, out hang);
            }

            if (fails)
            {
                // Outside the lock: other threads go on while this one hangs.
                Hang(hang);
                return (IntPtr)(int)result;
            }

            var call = (delegate* unmanaged<IntPtr, IntPtr, IntPtr, IntPtr, IntPtr, IntPtr, IntPtr>)real;
            IntPtr returned = call(a, b, c, d, e, f);
            lock (live)
            {
                Track(name, (int)returned, a, b, c, d, f);
            }

            return returned;
        }

        private void Hang(long milliseconds)
        {
            if (milliseconds > 0)
            {
                Interlocked.Increment(ref hangingWaits);
                Thread.Sleep((int)milliseconds);
            }
        }

        private bool Fails(string name, IntPtr a, IntPtr c, IntPtr e, out Result result, out long hang)
        {
            result = FailWith;
            hang = 0;
            if (!Fallible.Contains(name))
            {
                return false;
            }

            Calls.Add(name);
            bool waits = name == "vkWaitSemaphores" || name == "vkWaitForFences";
            long timeout = waits ? (name == "vkWaitSemaphores" ? c : e).ToInt64() : 0;
            LongestWait = Math.Max(LongestWait, timeout);
            if (Hangs && waits)
            {
                hang = timeout / 1_000_000;
                result = Result.Timeout;
                return true;
            }

            if (Hangs && name == "vkGetFenceStatus")
            {
                result = Result.NotReady;
                return true;
            }

            if (lost && FailWhenLost.Contains(name))
            {
                result = Result.ErrorDeviceLost;
                return true;
            }

            if (Calls.Count != FailAt && !(FailedCall.Length == 0 && FailWhen != null && FailWhen(name)))
            {
                return false;
            }

            FailedCall = name;
            Failing?.Invoke();
            if (FailWith == Result.ErrorDeviceLost)
            {
                // A real lost device runs nothing any more; the real one behind this shim has to stop first.
                lost = true;
                Idle();
            }

            return true;
        }

        private void Idle()
        {
            if (device != IntPtr.Zero && inner.TryGetProcAddress("vkDeviceWaitIdle", out IntPtr wait))
            {
                ((delegate* unmanaged<IntPtr, Result>)wait)(device);
            }
        }

        private void Track(string name, int result, IntPtr a, IntPtr b, IntPtr c, IntPtr d, IntPtr f)
        {
            if (Hangs && name == "vkGetSemaphoreCounterValue")
            {
                *(ulong*)c = 0;
            }

            if (name == "vkAllocateMemory")
            {
                LargestAllocation = Math.Max(LargestAllocation, ((MemoryAllocateInfo*)b)->AllocationSize);
            }

            bool creates = name.StartsWith("vkCreate", StringComparison.Ordinal) || name == "vkAllocateMemory";
            if (creates && result == 0)
            {
                IntPtr output = name == "vkCreateInstance" ? c : name == "vkCreateComputePipelines" ? f : d;
                live.Add((KindOf(name), *(long*)output));
                if (name == "vkCreateDevice")
                {
                    device = *(IntPtr*)output;
                }
            }
            else if (name.StartsWith("vkDestroy", StringComparison.Ordinal) || name == "vkFreeMemory")
            {
                bool dispatchable = name == "vkDestroyInstance" || name == "vkDestroyDevice";
                WrongDestroys += live.Remove((KindOf(name), (dispatchable ? a : b).ToInt64())) ? 0 : 1;
            }
        }
    }
}
