using System.Collections.Generic;

namespace PrismLM.Dialogue.Tracing
{
    /// <summary>One token of a reply with what else could have been said in its place.</summary>
    public sealed class TracedToken
    {
        internal TracedToken(int id, string text, double probability, double chance, IReadOnlyList<TokenAlternative> alternatives)
        {
            Id = id;
            Text = text;
            Probability = probability;
            Chance = chance;
            Alternatives = alternatives;
        }

        public int Id { get; }

        /// <summary>As text: a special token by its name, bytes of half a character as <c>\xE2</c>.</summary>
        public string Text { get; }

        /// <summary>The model's own, 0 to 1: the softmax of its logits over the whole vocabulary, before anything is done to them.</summary>
        public double Probability { get; }

        /// <summary>With which the sampler takes it, 0 to 1: after constraint, repetition penalty, temperature, top-k, top-p and min-p. 0 says that this model would not have said it here.</summary>
        public double Chance { get; }

        /// <summary>The most probable tokens of the model at this place, at most <see cref="ReplyTrace.Alternatives"/>, the best first; the token itself may be among them.</summary>
        public IReadOnlyList<TokenAlternative> Alternatives { get; }
    }

    /// <summary>A token that the model thought of.</summary>
    public readonly struct TokenAlternative
    {
        internal TokenAlternative(int id, string text, double probability, bool isAllowed)
        {
            Id = id;
            Text = text;
            Probability = probability;
            IsAllowed = isAllowed;
        }

        public int Id { get; }

        /// <inheritdoc cref="TracedToken.Text"/>
        public string Text { get; }

        /// <inheritdoc cref="TracedToken.Probability"/>
        public double Probability { get; }

        /// <summary>False when the constraint (banned characters, actions, lines to choose from) excludes it.</summary>
        public bool IsAllowed { get; }
    }
}
