using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// Records one step: five dispatches a dense layer, six with a mixture of experts (seven where columns are grouped by expert), seven with ista; a barrier after each, since each reads what the one
    /// before wrote. Nothing in the recording depends on tokens, positions or slots.
    /// </summary>
    internal sealed class StepRecorder
    {
        private readonly ModelShape shape;
        private readonly ModelConfig config;
        private readonly WeightLayout weights;
        private readonly KernelSet kernels;
        private readonly ModelBindings bindings;

        public StepRecorder(ModelShape shape, WeightLayout weights, KernelSet kernels, ModelBindings bindings)
        {
            this.shape = shape;
            this.weights = weights;
            this.kernels = kernels;
            this.bindings = bindings;
            config = shape.Config;
        }

        public void Record(CommandRecorder recorder, in StepShape step)
        {
            if (step.Gather)
            {
                var push = new EmbedKernel.Push { Embedding = weights.Embedding, To = Residual(weights.FirstNorm) };
                kernels.Embed(weights.EmbeddingFormat).Record(recorder, bindings.Embed(weights.EmbeddingSegment), push, step.Columns);
                recorder.Barrier();
            }

            int tile = KernelSet.Tile(step.Columns);
            for (int layer = 0; layer < config.Layers; layer++)
            {
                recorder.BeginLabel("layer");
                RecordAttention(recorder, step, layer, tile);
                RecordFeedForward(recorder, step, layer, tile);
                recorder.EndLabel();
            }

            if (step.LogitRows > 0)
            {
                RecordLogits(recorder, step);
            }
        }

        private void RecordAttention(CommandRecorder recorder, in StepShape step, int layer, int tile)
        {
            LayerWeights w = weights.Layers[layer];
            var qkv = new QkvKernel.Push
            {
                Qkv = w.Qkv,
                Norm = Norm(),
                Q = (uint)shape.QueryStart,
                QueryDim = (uint)config.HeadsDim,
                KvHeads = (uint)config.KvHeads,
                Layer = (uint)layer,
                Layers = (uint)config.Layers,
                RopeGroups = (uint)weights.RopeGroups,
                HeadGroup = w.HeadGroup,
                SlotStride = (uint)shape.State.SlotStride,
                Context = (uint)shape.Context,
                PageCount = (uint)shape.Pages,
            };
            kernels.Qkv(w.QkvFormat, tile).Record(recorder, bindings.Qkv(w.Segment), qkv, step.Columns);
            recorder.Barrier();
            var attention = new AttentionKernel.Push
            {
                Q = (uint)shape.QueryStart / 4,
                Heads = (uint)config.Heads,
                KvHeads = (uint)config.KvHeads,
                Layer = (uint)layer,
                Layers = (uint)config.Layers,
                SlotStride = (uint)shape.State.SlotStride,
                Context = (uint)shape.Context,
                PageCount = (uint)shape.Pages,
                Splits = (uint)step.Splits,
                Scale = shape.Scale,
            };
            kernels.Attention().Record(recorder, bindings.Attention(), attention, step.Columns);
            recorder.Barrier();
            var output = new AttentionOutKernel.Push
            {
                Output = w.Output,
                To = Residual(w.FeedForwardNorm),
                Heads = (uint)config.Heads,
                Layer = (uint)layer,
                Splits = (uint)step.Splits,
                SlotStride = (uint)shape.State.SlotStride,
                Gains = (uint)shape.State.Gains,
            };
            kernels.AttentionOut(w.OutputFormat, tile).Record(recorder, bindings.AttentionOut(w.Segment), output, step.Columns);
            recorder.Barrier();
        }

        private void RecordFeedForward(CommandRecorder recorder, in StepShape step, int layer, int tile)
        {
            LayerWeights w = weights.Layers[layer];
            if (config.IsMixture)
            {
                RecordExperts(recorder, step, w);
                return;
            }

            var up = new GateUpKernel.Push
            {
                Up = w.Up.First,
                Norm = Norm(),
                Units = (uint)config.Hidden,
                HiddenStride = (uint)shape.HiddenStride,
                Eta = (float)config.IstaEta,
                Lambda = (float)config.IstaLambda,
            };
            kernels.GateUp(w.Up.Format, tile).Record(recorder, bindings.GateUp(w.Segment), up, step.Columns);
            recorder.Barrier();
            if (shape.IsIsta)
            {
                RecordSecondCode(recorder, step, w, tile);
            }

            var down = new DownKernel.Push { Down = w.Down.First, HiddenStride = (uint)shape.HiddenStride / 4, To = Residual(w.NextNorm) };
            kernels.Down(w.Down.Format, tile).Record(recorder, bindings.Down(w.Segment), down, step.Columns);
            recorder.Barrier();
        }

        private void RecordSecondCode(CommandRecorder recorder, in StepShape step, LayerWeights w, int tile)
        {
            var residual = new IstaResidualKernel.Push
            {
                Dictionary = w.Transposed,
                Norm = Norm(),
                CodeStride = (uint)shape.HiddenStride / 4,
                Residual = (uint)shape.ResidualStart,
                ResidualStride = (uint)shape.XStride,
            };
            kernels.IstaResidual(w.TransposedFormat, tile).Record(recorder, bindings.IstaResidual(w.Segment), residual, step.Columns);
            recorder.Barrier();
            var code = new IstaStepKernel.Push
            {
                Dictionary = w.Up.First,
                Residual = (uint)shape.ResidualStart / 4,
                ResidualStride = (uint)shape.XStride / 4,
                CodeStride = (uint)shape.HiddenStride,
                Eta = (float)config.IstaEta,
                Lambda = (float)config.IstaLambda,
            };
            kernels.IstaStep(w.Up.Format, tile).Record(recorder, bindings.IstaStep(w.Segment), code, step.Columns);
            recorder.Barrier();
        }

        private void RecordExperts(CommandRecorder recorder, in StepShape step, LayerWeights w)
        {
            int tile = KernelSet.ExpertTile(step.Columns, config);
            var router = new RouterKernel.Push { Router = w.Router, Norm = Norm(), TopK = (uint)config.TopK };
            kernels.Router(w.RouterFormat).Record(recorder, bindings.Router(w.Segment), router, step.Columns);
            recorder.Barrier();
            var up = new ExpertGateUpKernel.Push
            {
                Up = w.Up.First,
                Norm = Norm(),
                ExpertWords = w.Up.Words,
                ExpertScales = w.Up.Scales,
                TopK = (uint)config.TopK,
                Entries = (uint)(step.Columns * config.TopK),
                Units = (uint)config.Hidden,
                HiddenStride = (uint)shape.HiddenStride,
            };
            kernels.ExpertGateUp(w.Up.Format, tile).Record(recorder, bindings.ExpertGateUp(w.Segment), up, config.Experts);
            recorder.Barrier();
            var down = new ExpertDownKernel.Push
            {
                Down = w.Down.First,
                ExpertWords = w.Down.Words,
                ExpertScales = w.Down.Scales,
                TopK = (uint)config.TopK,
                HiddenStride = (uint)shape.HiddenStride / 4,
                Entries = (uint)(step.Columns * config.TopK),
                Results = (uint)shape.ExpertResultsStart,
                To = Residual(w.NextNorm),
            };
            kernels.ExpertDown(w.Down.Format, tile).Record(recorder, bindings.ExpertDown(w.Segment), down, config.Experts);
            recorder.Barrier();
            if (tile > 1)
            {
                var sum = new ExpertSumKernel.Push { Rows = (uint)config.Dim, TopK = (uint)config.TopK, Results = (uint)shape.ExpertResultsStart, To = Residual(w.NextNorm) };
                kernels.ExpertSum().Record(recorder, bindings.ExpertSum(w.Segment), sum, step.Columns);
                recorder.Barrier();
            }
        }

        private void RecordLogits(CommandRecorder recorder, in StepShape step)
        {
            int tile = KernelSet.Tile(step.LogitRows);
            var head = new HeadKernel.Push
            {
                Head = weights.Head,
                Norm = Norm(),
                Logits = (uint)shape.LogitsStart,
                LogitsStride = (uint)shape.LogitRowStride,
            };
            kernels.Head(weights.HeadFormat, tile).Record(recorder, bindings.Head(weights.HeadSegment), head, step.LogitRows);
            if (!step.Sample)
            {
                return;
            }

            recorder.Barrier();
            var sample = new SampleKernel.Push
            {
                Embedding = weights.Embedding,
                To = Residual(weights.FirstNorm),
                Logits = (uint)shape.LogitsStart,
                RowStride = (uint)shape.LogitRowStride,
                ArrayStride = (uint)shape.LogitsStride,
                Vocabulary = (uint)config.Vocabulary,
                SlotStride = (uint)shape.State.SlotStride,
                RingTokens = ModelBuffers.RingTokens,
                Mask = (uint)shape.State.Mask,
            };
            kernels.Sample(weights.EmbeddingFormat).Record(recorder, bindings.Sample(weights.EmbeddingSegment), sample, step.LogitRows);
        }

        private NormSource Norm() => new NormSource
        {
            X = (uint)shape.ScaledStart / 4,
            XStride = (uint)shape.XStride / 4,
            Squares = (uint)shape.SquaresStart / 4,
            Dim = (uint)config.Dim,
            Epsilon = (float)config.NormEpsilon,
        };

        private ResidualTarget Residual(uint gain) => new ResidualTarget
        {
            XStride = (uint)shape.XStride,
            Scaled = (uint)shape.ScaledStart,
            Squares = (uint)shape.SquaresStart,
            Gain = gain,
        };
    }
}
