using System;
using System.Collections.Generic;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Dialogue
{
    /// <summary>Head dials as a request takes them.</summary>
    internal static class HeadDialRules
    {
        /// <summary>A copy; empty when every factor is 1, so that such dials are none, bit for bit.</summary>
        public static float[] Checked(IReadOnlyList<float> dials, ModelConfig config)
        {
            if (dials == null)
            {
                throw new ArgumentNullException(nameof(dials));
            }

            int heads = config.Layers * config.Heads;
            if (dials.Count != 0 && dials.Count != heads)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{dials.Count} head dials; allowed: none or {heads}, one for each of {config.Heads} heads in {config.Layers} layers."));
            }

            var copy = new float[dials.Count];
            bool ones = true;
            for (int i = 0; i < copy.Length; i++)
            {
                copy[i] = dials[i];
                if (float.IsNaN(copy[i]) || float.IsInfinity(copy[i]))
                {
                    throw new ArgumentException(FormattableString.Invariant($"Head dial {i} is {copy[i]}; allowed: finite numbers."));
                }

                ones &= copy[i] == 1f;
            }

            return ones ? Array.Empty<float>() : copy;
        }
    }
}
