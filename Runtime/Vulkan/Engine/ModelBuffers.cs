using System;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>What steps read and write, besides weights.</summary>
    internal sealed class ModelBuffers : IDisposable
    {
        /// <summary>Tokens of one slot that the host may leave in the ring.</summary>
        public const int RingTokens = 64;

        private readonly ModelShape shape;

        public ModelBuffers(ModelShape shape)
        {
            this.shape = shape;
        }

        /// <summary>Residual stream, queries and logits.</summary>
        public GpuBuffer<float> Stream { get; private set; } = null!;

        /// <summary>Results of attention splits.</summary>
        public GpuBuffer<float> Partials { get; private set; } = null!;

        public GpuBuffer<float> Hidden { get; private set; } = null!;

        /// <summary>(columns, top-k) of expert and weight; one entry for a dense model.</summary>
        public GpuBuffer<uint> Routes { get; private set; } = null!;

        public GpuBuffer<uint> Pages { get; private set; } = null!;

        public GpuBuffer<uint> State { get; private set; } = null!;

        public GpuBuffer<uint> Ring { get; private set; } = null!;

        /// <summary>Descriptions of steps that follow another in the same submission.</summary>
        public GpuBuffer<uint> Plans { get; private set; } = null!;

        private int RouteWords => 2 * shape.Columns * shape.Config.TopK;

        public void Plan(MemoryPlan plan)
        {
            plan.Add<float>(ArenaKind.Activations, shape.StreamFloats);
            plan.Add<float>(ArenaKind.Activations, shape.PartialFloats);
            plan.Add<float>(ArenaKind.Activations, shape.HiddenFloats);
            plan.Add<uint>(ArenaKind.Activations, RouteWords);
            plan.Add<uint>(ArenaKind.KvPages, shape.PoolWords);
            plan.Add<uint>(ArenaKind.SequenceState, shape.State.Words);
            plan.Add<uint>(ArenaKind.SequenceState, StepPlans.Words);
            plan.Add<uint>(ArenaKind.Readback, shape.Slots * RingTokens);
        }

        public void Allocate(MemoryArenas arenas)
        {
            Stream = arenas.Allocate<float>(ArenaKind.Activations, shape.StreamFloats, BufferAccess.ReadWrite, "stream");
            Partials = arenas.Allocate<float>(ArenaKind.Activations, shape.PartialFloats, BufferAccess.ReadWrite, "attention partials");
            Hidden = arenas.Allocate<float>(ArenaKind.Activations, shape.HiddenFloats, BufferAccess.ReadWrite, "hidden units");
            Routes = arenas.Allocate<uint>(ArenaKind.Activations, RouteWords, BufferAccess.ReadWrite, "routes");
            Pages = arenas.Allocate<uint>(ArenaKind.KvPages, shape.PoolWords, BufferAccess.ReadWrite, "key/value pages");
            State = arenas.Allocate<uint>(ArenaKind.SequenceState, shape.State.Words, BufferAccess.ReadWrite, "state");
            Plans = arenas.Allocate<uint>(ArenaKind.SequenceState, StepPlans.Words, BufferAccess.ReadWrite, "plans");
            Ring = arenas.Allocate<uint>(ArenaKind.Readback, shape.Slots * RingTokens, BufferAccess.ReadWrite, "token ring");
            State.Mapped.Clear();
            Ring.Mapped.Fill(TokenRing.Empty);
        }

        public void Dispose()
        {
            Stream?.Dispose();
            Partials?.Dispose();
            Hidden?.Dispose();
            Routes?.Dispose();
            Pages?.Dispose();
            State?.Dispose();
            Plans?.Dispose();
            Ring?.Dispose();
        }
    }
}
