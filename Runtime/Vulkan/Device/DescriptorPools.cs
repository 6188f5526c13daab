using System;
using System.Collections.Generic;
using PrismLM.Vulkan.Kernels;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>Pools of descriptor sets; a new one is made when all are full.</summary>
    internal sealed unsafe class DescriptorPools : IDisposable
    {
        private const int SetsPerPool = 64;

        private readonly VulkanDevice device;
        private readonly List<(DescriptorPool Pool, int Free)> pools = new List<(DescriptorPool Pool, int Free)>();

        public DescriptorPools(VulkanDevice device)
        {
            this.device = device;
        }

        public (DescriptorPool Pool, DescriptorSet Set) Allocate()
        {
            lock (pools)
            {
                int at = pools.FindIndex(pool => pool.Free > 0);
                if (at < 0)
                {
                    at = pools.Count;
                    pools.Add((CreatePool(), SetsPerPool));
                }

                DescriptorSetLayout layout = device.Layouts.SetLayout;
                var info = new DescriptorSetAllocateInfo
                {
                    SType = StructureType.DescriptorSetAllocateInfo,
                    DescriptorPool = pools[at].Pool,
                    DescriptorSetCount = 1,
                    PSetLayouts = &layout,
                };
                DescriptorSet set;
                device.Check(device.Api.AllocateDescriptorSets(device.Handle, &info, &set), "vkAllocateDescriptorSets");
                device.Ledger.Created("DescriptorSet");
                pools[at] = (pools[at].Pool, pools[at].Free - 1);
                return (pools[at].Pool, set);
            }
        }

        public void Free(DescriptorPool pool, DescriptorSet set)
        {
            lock (pools)
            {
                // vkFreeDescriptorSets is declared to return a result, and by specification it is always success.
                device.Api.FreeDescriptorSets(device.Handle, pool, 1, &set);
                device.Ledger.Destroyed("DescriptorSet");
                int at = pools.FindIndex(entry => entry.Pool.Handle == pool.Handle);
                pools[at] = (pool, pools[at].Free + 1);
            }
        }

        public void Dispose()
        {
            lock (pools)
            {
                foreach ((DescriptorPool pool, _) in pools)
                {
                    device.Api.DestroyDescriptorPool(device.Handle, pool, null);
                    device.Ledger.Destroyed("DescriptorPool");
                }

                pools.Clear();
            }
        }

        private DescriptorPool CreatePool()
        {
            DescriptorPoolSize* sizes = stackalloc DescriptorPoolSize[2];
            sizes[0] = new DescriptorPoolSize { Type = DescriptorType.StorageBuffer, DescriptorCount = SetsPerPool * KernelDescription.MaxBindings };
            sizes[1] = new DescriptorPoolSize { Type = DescriptorType.UniformTexelBuffer, DescriptorCount = SetsPerPool * KernelDescription.MaxBindings };
            var info = new DescriptorPoolCreateInfo
            {
                SType = StructureType.DescriptorPoolCreateInfo,
                Flags = DescriptorPoolCreateFlags.FreeDescriptorSetBit,
                MaxSets = SetsPerPool,
                PoolSizeCount = device.ReadsTexels ? 2u : 1u,
                PPoolSizes = sizes,
            };
            DescriptorPool pool;
            device.Check(device.Api.CreateDescriptorPool(device.Handle, &info, null, &pool), "vkCreateDescriptorPool");
            device.Ledger.Created("DescriptorPool");
            return pool;
        }
    }
}
