using System;
using System.Collections.Generic;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>The variants of kernels that a model needs, each compiled once.</summary>
    internal sealed class KernelSet : IDisposable
    {
        /// <summary>Columns of the widest tile: more do not stay in registers.</summary>
        private const int WideColumns = 8;

        private readonly VulkanDevice device;
        private readonly KernelPack pack;
        private readonly ModelShape shape;
        private readonly ModelConfig config;
        private readonly Dictionary<(string Name, WeightFormat Format, int Tile), Kernel> kernels =
            new Dictionary<(string Name, WeightFormat Format, int Tile), Kernel>();

        public KernelSet(VulkanDevice device, KernelPack pack, ModelShape shape)
        {
            this.device = device;
            this.pack = pack;
            this.shape = shape;
            config = shape.Config;
        }

        /// <summary>Compiled variants so far.</summary>
        public int Count => kernels.Count;

        /// <summary>Columns of a tile for a step of so many columns, a power of two: a weight is loaded and decoded once for all columns of its tile.</summary>
        public static int Tile(int columns) => Math.Min(columns, WideColumns);

        /// <summary>The same for experts: grouped from about two entries an expert on, in tiles of what an expert has on average.</summary>
        public static int ExpertTile(int columns, ModelConfig config)
        {
            int entries = columns * config.TopK / config.Experts;
            return entries < 2 ? 1 : Math.Min(StepShape.Bucket(entries), WideColumns);
        }

        public EmbedKernel Embed(WeightFormat format) => Get("embed", format, 1, () => new EmbedKernel(device, pack, format));

        public QkvKernel Qkv(WeightFormat format, int tile)
            => Get("qkv", format, tile, () => new QkvKernel(device, pack, format, tile, config.HeadDim, shape.KvFloat32, config.Qkv));

        public AttentionKernel Attention() => Get("attention", default, 1, () => new AttentionKernel(device, pack, config.HeadDim, shape.KvFloat32));

        public AttentionOutKernel AttentionOut(WeightFormat format, int tile)
            => Get("attention_out", format, tile, () => new AttentionOutKernel(device, pack, format, tile, config.HeadDim));

        public GateUpKernel GateUp(WeightFormat format, int tile) => Get("gate_up", format, tile, () => new GateUpKernel(device, pack, format, tile, config.FeedForward));

        public DownKernel Down(WeightFormat format, int tile) => Get("down", format, tile, () => new DownKernel(device, pack, format, tile));

        public RouterKernel Router(WeightFormat format) => Get("router", format, 1, () => new RouterKernel(device, pack, format));

        /// <summary>Columns of an expert's tile: 1 where entries are computed one by one, more where they are grouped by expert.</summary>
        public ExpertGateUpKernel ExpertGateUp(WeightFormat format, int tile)
            => Get("expert_gate_up", format, tile, () => new ExpertGateUpKernel(device, pack, format, tile, config.FeedForward, tile > 1));

        public ExpertDownKernel ExpertDown(WeightFormat format, int tile) => Get("expert_down", format, tile, () => new ExpertDownKernel(device, pack, format, tile, tile > 1));

        public ExpertSumKernel ExpertSum() => Get("expert_sum", default, 1, () => new ExpertSumKernel(device, pack));

        public IstaResidualKernel IstaResidual(WeightFormat format, int tile) => Get("ista_residual", format, tile, () => new IstaResidualKernel(device, pack, format, tile));

        public IstaStepKernel IstaStep(WeightFormat format, int tile) => Get("ista_step", format, tile, () => new IstaStepKernel(device, pack, format, tile));

        public HeadKernel Head(WeightFormat format, int tile) => Get("head", format, tile, () => new HeadKernel(device, pack, format, tile));

        public SampleKernel Sample(WeightFormat format) => Get("sample", format, 1, () => new SampleKernel(device, pack, format));

        public void Dispose()
        {
            foreach (Kernel kernel in kernels.Values)
            {
                kernel.Dispose();
            }
        }

        private T Get<T>(string name, WeightFormat format, int tile, Func<T> create)
            where T : Kernel
        {
            if (!kernels.TryGetValue((name, format, tile), out Kernel? kernel))
            {
                kernel = create();
                kernels.Add((name, format, tile), kernel);
            }

            return (T)kernel;
        }
    }
}
