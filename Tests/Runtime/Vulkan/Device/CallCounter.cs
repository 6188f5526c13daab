using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Silk.NET.Core.Contexts;

namespace PrismLM.Tests.Vulkan.Device
{
    /// <summary>Stands between Silk.NET and the driver and counts the calls that a frame may not make, and those it makes once.</summary>
    internal sealed unsafe class CallCounter : INativeContext
    {
        private const long QueryResultWait = 2;

        private static readonly string[] Counted =
        {
            "vkWaitForFences", "vkWaitSemaphores", "vkQueueWaitIdle", "vkDeviceWaitIdle", "vkGetQueryPoolResults", "vkQueueSubmit", "vkQueueSubmit2",
            "vkGetSemaphoreCounterValue", "vkGetFenceStatus", "vkResetFences", "vkCreateCommandPool", "vkAllocateMemory", "vkBeginCommandBuffer",
        };

        private readonly INativeContext inner;
        private readonly List<Hook> hooks = new List<Hook>();
        private readonly Dictionary<string, IntPtr> addresses = new Dictionary<string, IntPtr>(StringComparer.Ordinal);

        public CallCounter(INativeContext inner)
        {
            this.inner = inner;
        }

        // The longest of them has eight arguments; the others ignore the rest.
        private delegate IntPtr Hook(IntPtr a, IntPtr b, IntPtr c, IntPtr d, IntPtr e, IntPtr f, IntPtr g, IntPtr h);

        /// <summary>Calls by name, since <see cref="Clear"/>.</summary>
        public Dictionary<string, int> Calls { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

        /// <summary>Calls that may wait for the device.</summary>
        public int Blocking { get; private set; }

        public int Total => Calls.Values.Sum();

        public int Of(string name) => Calls.TryGetValue(name, out int count) ? count : 0;

        public void Clear()
        {
            Calls.Clear();
            Blocking = 0;
        }

        public IntPtr GetProcAddress(string proc, int? slot = null) => TryGetProcAddress(proc, out IntPtr address) ? address : IntPtr.Zero;

        public bool TryGetProcAddress(string proc, out IntPtr addr, int? slot = null)
        {
            bool found = inner.TryGetProcAddress(proc, out addr, slot);
            string? name = Array.Find(Counted, counted => proc == counted || proc == counted + "KHR");
            if (found && name != null)
            {
                if (!addresses.TryGetValue(proc, out IntPtr hooked))
                {
                    IntPtr real = addr;
                    Hook hook = (a, b, c, d, e, f, g, h) => Forward(name, real, a, b, c, d, e, f, g, h);
                    hooks.Add(hook);
                    hooked = Marshal.GetFunctionPointerForDelegate(hook);
                    addresses.Add(proc, hooked);
                }

                addr = hooked;
            }

            return found;
        }

        public void Dispose() => inner.Dispose();

        private IntPtr Forward(string name, IntPtr real, IntPtr a, IntPtr b, IntPtr c, IntPtr d, IntPtr e, IntPtr f, IntPtr g, IntPtr h)
        {
            lock (Calls)
            {
                Calls[name] = Of(name) + 1;
                bool waits = name.Contains("Wait", StringComparison.Ordinal) || (name == "vkGetQueryPoolResults" && (h.ToInt64() & QueryResultWait) != 0);
                Blocking += waits ? 1 : 0;
            }

            return ((delegate* unmanaged<IntPtr, IntPtr, IntPtr, IntPtr, IntPtr, IntPtr, IntPtr, IntPtr, IntPtr>)real)(a, b, c, d, e, f, g, h);
        }
    }
}
