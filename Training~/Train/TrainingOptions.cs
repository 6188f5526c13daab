using System;
using PrismLM.Training.Data;
using PrismLM.Training.Model;

namespace PrismLM.Training.Train
{
    /// <summary>Number format of the matrix products; parameters, gradients and the residual stream are float32 always.</summary>
    public enum ComputeFormat
    {
        Float32,
        BFloat16,
    }

    /// <summary>Everything that decides a training run. It is stored in the run folder; together with the data it makes the same weights again.</summary>
    public sealed record TrainingOptions
    {
        /// <summary>Where the run lives: options, data list, tokenizer, state, metrics, plot.</summary>
        public string RunFolder { get; init; } = string.Empty;

        /// <summary>The data list, see <see cref="DataList"/>.</summary>
        public string DataFile { get; init; } = string.Empty;

        /// <summary>A name of <see cref="Presets"/>.</summary>
        public string Preset { get; init; } = Presets.Game;

        public RopeVariant Rope { get; init; } = RopeVariant.Pi;

        /// <summary>Wo = Wq^T.</summary>
        public bool StrictOutput { get; init; }

        public double LambdaInitial { get; init; } = 0.01;

        public double LambdaFinal { get; init; } = 0.1;

        /// <summary>Positions of a training row and of the model; 0 keeps the preset's.</summary>
        public int Context { get; init; }

        public ulong Seed { get; init; } = 1;

        public ComputeFormat Compute { get; init; } = ComputeFormat.BFloat16;

        /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
        public string Device { get; init; } = "cpu";

        /// <summary>Threads of the CPU; 0 for one a core.</summary>
        public int Threads { get; init; }

        public double LearningRate { get; init; } = 2e-3;

        public double WeightDecay { get; init; } = 0.1;

        public double ClipNorm { get; init; } = 1.0;

        public LearningRateSchedule Schedule { get; init; } = new LearningRateSchedule();

        /// <summary>Stop after this many tokens; 0 for no such limit.</summary>
        public long TokenBudget { get; init; }

        /// <summary>Stop after this much training time; 0 for no such limit. With both budgets the run follows the one that is further.</summary>
        public double Minutes { get; init; }

        public int TokensPerStep { get; init; } = 8192;

        public int TokensPerMicroBatch { get; init; } = 4096;

        public double SaveEverySeconds { get; init; } = 180.0;

        /// <summary>Seconds between two measurements on the data list's validation file; 0 for none.</summary>
        public double ValidateEverySeconds { get; init; } = 600.0;

        /// <summary>The preset with what these options change.</summary>
        public Architecture Architecture()
        {
            var preset = Presets.Get(Preset);
            var noise = preset.Config.NoiseHeads > 0;
            return preset with
            {
                Rope = Rope,
                StrictOutput = StrictOutput,
                LambdaInitial = noise ? LambdaInitial : 0.0,
                Config = preset.Config with
                {
                    LambdaFinal = noise ? LambdaFinal : 0.0,
                    Context = Context > 0 ? Context : preset.Config.Context,
                    Languages = new[] { "en" },
                },
            };
        }

        /// <exception cref="ArgumentException">Says which option, what was found and what is expected.</exception>
        public void Validate()
        {
            Require(RunFolder.Length > 0, nameof(RunFolder), RunFolder, "a folder");
            Require(DataFile.Length > 0, nameof(DataFile), DataFile, "a data list");
            Require(Device is "cpu" or "cuda", nameof(Device), Device, "cpu or cuda");
            Require(TokenBudget > 0 || Minutes > 0.0, nameof(TokenBudget), TokenBudget, "a number of tokens or of minutes above 0");
            Require(TokenBudget >= 0 && Minutes >= 0.0 && double.IsFinite(Minutes), nameof(Minutes), Minutes, "0 or more");
            Require(LearningRate > 0.0 && LearningRate <= 1.0, nameof(LearningRate), LearningRate, "above 0 to 1");
            Require(WeightDecay >= 0.0 && WeightDecay <= 1.0, nameof(WeightDecay), WeightDecay, "0 to 1");
            Require(ClipNorm > 0.0, nameof(ClipNorm), ClipNorm, "above 0");
            Require(TokensPerStep > 0, nameof(TokensPerStep), TokensPerStep, "1 or more");
            Require(TokensPerMicroBatch > 0, nameof(TokensPerMicroBatch), TokensPerMicroBatch, "1 or more");
            Require(Context is 0 or >= 8, nameof(Context), Context, "0 (the preset's) or at least 8");
            Require(Threads is >= 0 and <= 1024, nameof(Threads), Threads, "0 to 1024");
            Architecture().Validate();
        }

        private static void Require(bool holds, string option, object found, string expected)
        {
            if (!holds)
            {
                throw new ArgumentException(FormattableString.Invariant($"Training option {option} is '{found}'; expected {expected}."));
            }
        }
    }
}
