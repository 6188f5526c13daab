using System;
using System.Collections.Generic;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>Descriptor sets, static: one for each kernel and weight segment. The order of buffers is each kernel's Binding enumeration.</summary>
    internal sealed class ModelBindings : IDisposable
    {
        private readonly VulkanDevice device;
        private readonly Weights weights;
        private readonly ModelBuffers buffers;
        private readonly Dictionary<(string Kernel, int Segment), BindingSet> sets = new Dictionary<(string Kernel, int Segment), BindingSet>();

        public ModelBindings(VulkanDevice device, Weights weights, ModelBuffers buffers)
        {
            this.device = device;
            this.weights = weights;
            this.buffers = buffers;
        }

        public BindingSet Embed(int segment) => Get("embed", segment, buffers.Stream, buffers.State);

        public BindingSet Qkv(int segment) => Get("qkv", segment, buffers.Stream, buffers.State, buffers.Pages);

        public BindingSet Attention() => Get("attention", -1, buffers.Pages, buffers.Stream, buffers.State, buffers.Partials);

        public BindingSet AttentionOut(int segment) => Get("attention_out", segment, buffers.Partials, buffers.State, buffers.Stream);

        public BindingSet GateUp(int segment) => Get("gate_up", segment, buffers.Stream, buffers.State, buffers.Hidden);

        public BindingSet Down(int segment) => Get("down", segment, buffers.Hidden, buffers.State, buffers.Stream);

        public BindingSet Router(int segment) => Get("router", segment, buffers.Stream, buffers.State, buffers.Routes);

        public BindingSet ExpertGateUp(int segment) => Get("expert_gate_up", segment, buffers.Stream, buffers.Routes, buffers.Hidden);

        public BindingSet ExpertDown(int segment) => Get("expert_down", segment, buffers.Hidden, buffers.Routes, buffers.Stream);

        public BindingSet ExpertSum(int segment) => Get("expert_sum", segment, buffers.Stream, buffers.Routes);

        public BindingSet IstaResidual(int segment) => Get("ista_residual", segment, buffers.Stream, buffers.State, buffers.Hidden);

        public BindingSet IstaStep(int segment) => Get("ista_step", segment, buffers.Hidden, buffers.State);

        public BindingSet Head(int segment) => Get("head", segment, buffers.Stream, buffers.State);

        public BindingSet Sample(int segment) => Get("sample", segment, buffers.Stream, buffers.State, buffers.Ring);

        public void Dispose()
        {
            foreach (BindingSet set in sets.Values)
            {
                set.Dispose();
            }
        }

        private BindingSet Get(string kernel, int segment, params GpuBuffer[] rest)
        {
            if (!sets.TryGetValue((kernel, segment), out BindingSet? set))
            {
                var ranges = new List<BufferRange>();
                if (segment >= 0)
                {
                    ranges.Add(weights.Segments[segment].WholeRange);
                }

                foreach (GpuBuffer buffer in rest)
                {
                    ranges.Add(buffer.WholeRange);
                }

                set = device.CreateBindings(FormattableString.Invariant($"{kernel} {segment}"), ranges.ToArray());
                sets.Add((kernel, segment), set);
            }

            return set;
        }
    }
}
