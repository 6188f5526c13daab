using System;
using PrismLM.Core.Generation;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>What whole steps of an engine allocate on this thread.</summary>
    internal static class EngineSteps
    {
        /// <summary>The least of several windows: the runtime allocates a little once, whenever it recompiles a method that got hot.</summary>
        public static long LeastAllocation(VulkanEngine engine, int warmUp, int window)
        {
            var events = new TokenEvent[4];
            void Steps(int count)
            {
                for (int i = 0; i < count; i++)
                {
                    engine.Advance(double.PositiveInfinity);
                    engine.Wait(1000);
                    engine.Drain(events);
                }
            }

            Steps(warmUp);
            long least = long.MaxValue;
            for (int i = 0; i < 3; i++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                Steps(window);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return least;
        }
    }
}
