using System;
using System.Diagnostics;
using System.IO;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
using PrismLM.Training.Data;
using PrismLM.Training.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace PrismLM.Training.Train
{
    /// <summary>A run in memory: model, optimizer, data and cursor, put together from its folder.</summary>
    internal sealed class TrainingSession : IDisposable
    {
        private const double LossMemory = 0.98;
        private readonly Stopwatch _watch = new();
        private readonly double _secondsBefore;
        private readonly MixedSource _source;

        /// <param name="state">The saved state to go on from, where it exists; null begins anew.</param>
        public TrainingSession(RunPlan plan, string? state)
        {
            Options = plan.Options;
            Special = plan.Special;
            Model = CreateModel(Options, Special, plan.Tokenizer.VocabularySize);
            Workers = new GradientWorkers(Model, Model.Device.type == DeviceType.CPU ? RunPlan.ThreadCount(Options) : 1);
            Optimizer = new AdamW(Model.Parameters, Options.WeightDecay);
            _source = DocumentSources.Open(plan.Data, plan.Tokenizer, Special, Model.Config.Context, Options.Seed);
            Batches = new BatchStream(_source, new BatchOptions
            {
                TokensPerStep = Options.TokensPerStep,
                TokensPerMicroBatch = Options.TokensPerMicroBatch,
                PadId = Special.Pad,
                Seed = Options.Seed,
            });
            Cursor = new TrainingCursor();
            if (state is not null && File.Exists(state))
            {
                Cursor = TrainingState.Load(state, 3, (int)Model.Parameters.Values.numel(), out var vectors);
                Copy(vectors[0], Model.Parameters.Values);
                Copy(vectors[1], Optimizer.First);
                Copy(vectors[2], Optimizer.Second);
                Optimizer.Steps = Cursor.Step;
                Batches.LoadState(Cursor.Data);
                Model.Lambda = Cursor.Lambda;
            }

            _secondsBefore = Cursor.Seconds;
            _watch.Start();
        }

        public TrainingOptions Options { get; }

        public SpecialTokens Special { get; }

        public TrainedModel Model { get; }

        public GradientWorkers Workers { get; }

        public AdamW Optimizer { get; }

        public BatchStream Batches { get; }

        public TrainingCursor Cursor { get; private set; }

        /// <summary>The last step's own loss, rate and gradient norm.</summary>
        public (double Loss, double LearningRate, double GradientNorm) Last { get; private set; }

        public double Seconds => _secondsBefore + _watch.Elapsed.TotalSeconds;

        /// <summary>Share of the budget used; a requested decay that has ended counts as all of it.</summary>
        public double Progress
        {
            get
            {
                var byTokens = Options.TokenBudget > 0 ? Cursor.Tokens / (double)Options.TokenBudget : 0.0;
                var byTime = Options.Minutes > 0.0 ? Seconds / (60.0 * Options.Minutes) : 0.0;
                return DecayProgress >= 1.0 ? 1.0 : Math.Min(1.0, Math.Max(byTokens, byTime));
            }
        }

        private double DecayProgress => Cursor.DecayStart < 0 ? 0.0 : (Cursor.Tokens - Cursor.DecayStart) / (double)Cursor.DecayTokens;

        public static TrainedModel CreateModel(TrainingOptions options, SpecialTokens special, int vocabulary)
        {
            set_num_threads(RunPlan.ThreadCount(options));
            var architecture = options.Architecture();
            var config = architecture.Config with { Vocabulary = vocabulary, Special = special, DialogueFormat = DialogueFormat.Version };
            var compute = options.Compute == ComputeFormat.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
            return TrainedModel.Create(architecture with { Config = config }, options.Seed, device(options.Device), compute);
        }

        /// <summary>The model of a run's last saved state.</summary>
        public static TrainedModel LoadModel(RunFolder folder, out TrainingCursor cursor)
        {
            var tokenizer = BpeTokenizer.FromJson(folder.ReadTokenizerJson());
            var model = CreateModel(folder.ReadOptions() with { Compute = ComputeFormat.Float32, Device = "cpu" }, DialogueFormat.FindSpecialTokens(tokenizer), tokenizer.VocabularySize);
            cursor = TrainingState.Load(folder.State, 3, (int)model.Parameters.Values.numel(), out var vectors);
            Copy(vectors[0], model.Parameters.Values);
            model.Lambda = cursor.Lambda;
            return model;
        }

        /// <summary>One optimizer step.</summary>
        public void Step()
        {
            var progress = Progress;
            Model.Lambda = Model.Architecture.LambdaAt(LambdaProgress(progress));
            var batches = Batches.Next();
            var loss = Workers.Accumulate(batches, Special.Pad);
            var rate = Options.LearningRate * RateFactor(progress);
            var norm = Optimizer.Step(rate, Options.ClipNorm);
            var tokens = 0L;
            foreach (var batch in batches)
            {
                tokens += batch.TokenCount;
            }

            Last = (loss, rate, norm);
            Cursor = Cursor with
            {
                Step = Cursor.Step + 1,
                Tokens = Cursor.Tokens + tokens,
                Loss = Cursor.Step == 0 ? loss : (LossMemory * Cursor.Loss) + ((1.0 - LossMemory) * loss),
                Lambda = Model.Lambda,
            };
        }

        /// <summary>Begins the decay now, over a number of tokens (0 for a sixth of those seen), at most those that the budget leaves.</summary>
        /// <returns>False when it had begun before.</returns>
        public bool BeginDecay(long tokens)
        {
            if (Cursor.DecayStart >= 0)
            {
                return false;
            }

            var length = tokens > 0 ? tokens : Cursor.Tokens / 6;
            var left = Options.TokenBudget > 0 ? Options.TokenBudget - Cursor.Tokens : long.MaxValue;
            Cursor = Cursor with { DecayStart = Cursor.Tokens, DecayTokens = Math.Max(1, Math.Min(length, left)), DecayFrom = Progress };
            return true;
        }

        public void Save(string path, bool finished)
        {
            Cursor = Cursor with { Seconds = Seconds, Data = Batches.SaveState(), Finished = finished };
            TrainingState.Save(path, Cursor, Read(Model.Parameters.Values), Read(Optimizer.First), Read(Optimizer.Second));
        }

        public void Dispose()
        {
            Workers.Dispose();
            Optimizer.Dispose();
            Model.Dispose();
            _source.Dispose();
        }

        private static float[] Read(Tensor vector) => vector.detach().cpu().data<float>().ToArray();

        private static void Copy(float[] values, Tensor vector)
        {
            using var noGradient = no_grad();
            using var copy = tensor(values);
            vector.copy_(copy);
        }

        private double RateFactor(double progress) => Cursor.DecayStart < 0
            ? Options.Schedule.Factor(Cursor.Tokens, progress)
            : Options.Schedule.FactorInDecay(Cursor.DecayStart, Cursor.DecayFrom, DecayProgress);

        /// <summary>Lambda must reach its final value by the end of training, also when a decay brings that end nearer.</summary>
        private double LambdaProgress(double progress) => Cursor.DecayStart < 0
            ? progress
            : Math.Max(progress, Cursor.DecayFrom + ((1.0 - Cursor.DecayFrom) * DecayProgress));
    }
}
