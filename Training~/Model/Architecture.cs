using System;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Training.Model
{
    /// <summary>A model configuration with what only training knows: how frequencies are chosen, whether Wo is tied, and lambda's path.</summary>
    public sealed record Architecture
    {
        public ModelConfig Config { get; init; } = new ModelConfig();

        public ModelFamily Family { get; init; } = ModelFamily.Prism;

        public RopeVariant Rope { get; init; } = RopeVariant.Pi;

        /// <summary>
        /// <c>strict</c>: Wo = Wq^T per head, no Wo of its own. Only this form makes the minus sign of the noise heads a real constraint.
        /// </summary>
        public bool StrictOutput { get; init; }

        /// <summary>Lambda at the first step; the last one is <see cref="ModelConfig.LambdaFinal"/>. Equal values make it constant.</summary>
        public double LambdaInitial { get; init; } = 0.01;

        /// <summary>Lambda after a share of training: a half cosine from the initial to the final value [P2].</summary>
        /// <param name="progress">0 to 1.</param>
        public double LambdaAt(double progress)
        {
            var p = Math.Clamp(progress, 0.0, 1.0);
            return LambdaInitial + ((Config.LambdaFinal - LambdaInitial) * 0.5 * (1.0 - Math.Cos(Math.PI * p)));
        }

        /// <summary>0 for signal heads, 1 for noise heads; (layers, heads) row-major, the same in every layer.</summary>
        public byte[] HeadGroups()
        {
            var groups = new byte[Config.Layers * Config.Heads];
            for (var i = 0; i < groups.Length; i++)
            {
                groups[i] = (byte)(i % Config.Heads < Config.SignalHeads ? 0 : 1);
            }

            return groups;
        }

        /// <summary>+1 for signal heads, -lambda for noise heads; (layers, heads) row-major.</summary>
        public float[] Gains(double lambda)
        {
            var gains = new float[Config.Layers * Config.Heads];
            for (var i = 0; i < gains.Length; i++)
            {
                gains[i] = i % Config.Heads < Config.SignalHeads ? 1f : (float)-lambda;
            }

            return gains;
        }

        /// <summary>Throws when the configuration cannot be built.</summary>
        /// <exception cref="ArgumentException">Says which value, what was found and what is expected.</exception>
        public void Validate()
        {
            var c = Config;
            Require(c.Dim > 0, nameof(c.Dim), c.Dim, "at least 1");
            Require(c.Layers > 0, nameof(c.Layers), c.Layers, "at least 1");
            Require(c.SignalHeads >= 0 && c.NoiseHeads >= 0 && c.Heads > 0, nameof(c.Heads), c.Heads, "at least 1 signal or noise head");
            Require(c.HeadDim > 0 && c.HeadDim % 2 == 0, nameof(c.HeadDim), c.HeadDim, "an even number");
            Require(c.KvHeads > 0 && c.Heads % c.KvHeads == 0, nameof(c.KvHeads), c.KvHeads, FormattableString.Invariant($"a divisor of {c.Heads} heads"));
            Require(c.KvHeads == c.Heads || c.Qkv == QkvMode.Separate, nameof(c.KvHeads), c.KvHeads, "as many as heads unless K and V are separate");
            Require(c.SignalHeads % (c.Heads / Math.Max(c.KvHeads, 1)) == 0, nameof(c.KvHeads), c.KvHeads, "key/value heads that serve one frequency group each");
            Require(c.Vocabulary > 0, nameof(c.Vocabulary), c.Vocabulary, "at least 1");
            Require(c.Context > 1, nameof(c.Context), c.Context, "at least 2");
            Require(c.Hidden > 0, nameof(c.Hidden), c.Hidden, "at least 1");
            Require(c.Experts >= 1, nameof(c.Experts), c.Experts, "at least 1");
            Require(c.TopK >= 1 && c.TopK <= c.Experts, nameof(c.TopK), c.TopK, FormattableString.Invariant($"1 to {c.Experts} experts"));
            Require(c.Experts == 1 || c.FeedForward != FeedForwardKind.Ista, nameof(c.Experts), c.Experts, "1 with ista");
            Require(Family == ModelFamily.Prism || (c.NoiseHeads == 0 && c.KvHeads == c.Heads), nameof(c.Heads), c.Heads, "one group of heads, each with its own keys and values, in gpt2");
            Require(Family == ModelFamily.Prism || (c.FeedForward == FeedForwardKind.Gelu && c.Experts == 1 && c.Tied), nameof(c.FeedForward), c.FeedForward, "a dense Gelu and a tied output in gpt2");
            Require(Family == ModelFamily.Prism || !StrictOutput, nameof(StrictOutput), StrictOutput, "false in gpt2");
            Require(Family == ModelFamily.Prism || Rope == RopeVariant.Pi, nameof(Rope), Rope, "nothing in gpt2, whose positions are learned");
            Require(!StrictOutput || c.KvHeads == c.Heads, nameof(StrictOutput), StrictOutput, "false with grouped-query attention");
        }

        private static void Require(bool holds, string name, object found, string expected)
        {
            if (!holds)
            {
                throw new ArgumentException(FormattableString.Invariant($"{name} is {found}; expected {expected}."));
            }
        }
    }
}
