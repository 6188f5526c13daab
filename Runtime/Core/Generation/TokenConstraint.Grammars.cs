using System;
using System.Collections.Generic;
using PrismLM.Core.Tokenization;

namespace PrismLM.Core.Generation
{
    /// <content>The grammars there are.</content>
    public sealed partial class TokenConstraint
    {
        /// <summary>Most lines of a choice, and most actions of speech.</summary>
        public const int MaxLines = 256;

        /// <summary>A reply is one of some lines, word for word, in the tokens that the tokenizer itself makes of it.</summary>
        /// <param name="tokenizer">The model's.</param>
        /// <param name="endToken">The token that ends a reply.</param>
        /// <param name="lines">1 to <see cref="MaxLines"/>, no two alike, none empty.</param>
        /// <param name="banned">Characters that no line may have; empty for none.</param>
        /// <exception cref="ArgumentException">A line is empty, is there twice, or has a banned character.</exception>
        public static TokenConstraint Choice(ITextTokenizer tokenizer, int endToken, IReadOnlyList<string> lines, string banned = "")
        {
            var builder = new TokenConstraintBuilder(tokenizer, endToken);
            CheckLines(lines, "line");
            if (lines.Count == 0)
            {
                throw new ArgumentException("A choice of no lines; at least one is needed.", nameof(lines));
            }

            var bans = new BannedCharacters(banned);
            for (int i = 0; i < lines.Count; i++)
            {
                int found = bans.FindIn(lines[i]);
                if (found >= 0)
                {
                    throw new ArgumentException(FormattableString.Invariant($"Line {i} has a banned character, U+{found:X4}; leave it out, or do not ban it."), nameof(lines));
                }
            }

            builder.AddLines(builder.AddFixedNode(), lines);
            return builder.Build(lines, isChoice: true);
        }

        /// <summary>A reply is the name of one of an enumeration's values; <see cref="IndexOf"/> counts <see cref="Enum.GetNames"/>.</summary>
        /// <inheritdoc cref="Choice"/>
        public static TokenConstraint ForEnum<TEnum>(ITextTokenizer tokenizer, int endToken)
            where TEnum : struct, Enum
            => Choice(tokenizer, endToken, Enum.GetNames(typeof(TEnum)));

        /// <summary>A reply is any text without the banned characters.</summary>
        /// <inheritdoc cref="SpeechWithAction"/>
        public static TokenConstraint Speech(ITextTokenizer tokenizer, int endToken, string banned = "")
            => SpeechWithAction(tokenizer, endToken, -1, Array.Empty<string>(), banned);

        /// <summary>
        /// A reply is any text without the banned characters, then perhaps the action token and one of the allowed names. Text that only looks like an action
        /// is text: no text can make the action token.
        /// </summary>
        /// <param name="tokenizer">The model's.</param>
        /// <param name="endToken">The token that ends a reply.</param>
        /// <param name="actionToken">The token that begins an action; not used when there is no action.</param>
        /// <param name="actions">Names, at most <see cref="MaxLines"/>, no two alike, none empty; none for no action at all.</param>
        /// <param name="banned">Characters that the text may not have, however tokens split them; empty for none. Names of actions may have them.</param>
        /// <exception cref="ArgumentException">An action is empty or there twice, or what is banned has half a surrogate pair.</exception>
        public static TokenConstraint SpeechWithAction(
            ITextTokenizer tokenizer, int endToken, int actionToken, IReadOnlyList<string> actions, string banned = "")
        {
            var builder = new TokenConstraintBuilder(tokenizer, endToken);
            CheckLines(actions, "action");
            int speech = builder.AddSpeech(new BannedCharacters(banned));
            if (actions.Count > 0)
            {
                int root = builder.AddFixedNode();
                builder.AddEdge(speech, actionToken, root);
                builder.AddLines(root, actions);
            }

            return builder.Build(actions, isChoice: false);
        }

        private static void CheckLines(IReadOnlyList<string> lines, string what)
        {
            if (lines is null)
            {
                throw new ArgumentNullException(nameof(lines));
            }

            if (lines.Count > MaxLines)
            {
                throw new ArgumentException(FormattableString.Invariant($"{lines.Count} {what}s; allowed: at most {MaxLines}."), nameof(lines));
            }

            for (int i = 0; i < lines.Count; i++)
            {
                if (string.IsNullOrEmpty(lines[i]))
                {
                    throw new ArgumentException(FormattableString.Invariant($"The {what} at index {i} is empty."), nameof(lines));
                }
            }
        }
    }
}
