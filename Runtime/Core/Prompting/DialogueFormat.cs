using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Tokenization;

namespace PrismLM.Core.Prompting
{
    /// <summary>
    /// The prompt grammar, version 1, that trainer, evaluation, chat and game share.
    /// <code>
    /// conversation = bos persona {turn}
    /// persona      = &lt;|persona|&gt; {Label ": " value "\n"} &lt;|end|&gt;            fields in the order of DialogueFields
    /// turn         = &lt;|player|&gt; text &lt;|end|&gt; | &lt;|cue|&gt; text &lt;|end|&gt; | &lt;|npc|&gt; text [&lt;|action|&gt; name] &lt;|end|&gt;
    /// </code>
    /// A prompt ends with <c>&lt;|npc|&gt;</c>; the reply ends with <c>&lt;|end|&gt;</c>. Special tokens are written by id alone: no text can make one.
    /// </summary>
    public sealed class DialogueFormat
    {
        /// <summary>Stored in the checkpoint as <see cref="ModelConfig.DialogueFormat"/>.</summary>
        public const int Version = 1;

        private static readonly string[] Names =
        {
            "<|bos|>", "<|eos|>", "<|pad|>", "<|persona|>", "<|player|>", "<|npc|>", "<|cue|>", "<|action|>", "<|end|>",
        };

        private readonly BpeTokenizer tokenizer;
        private readonly SpecialTokens special;

        // By reference, and gone with the turn.
        private readonly ConditionalWeakTable<DialogueTurn, int[]> known = new ConditionalWeakTable<DialogueTurn, int[]>();

        /// <exception cref="ArgumentException">The vocabulary lacks a token that a conversation needs.</exception>
        public DialogueFormat(BpeTokenizer tokenizer, SpecialTokens special)
        {
            this.tokenizer = tokenizer ?? throw new ArgumentNullException(nameof(tokenizer));
            this.special = special ?? throw new ArgumentNullException(nameof(special));
            Check(special.Bos, "bos");
            Check(special.Persona, "persona");
            Check(special.Player, "player");
            Check(special.Npc, "npc");
            Check(special.Cue, "cue");
            Check(special.Action, "action");
            Check(special.End, "end");
        }

        /// <summary>The special tokens of a Prism vocabulary, in the order of their ids.</summary>
        public static IReadOnlyList<string> SpecialTokenNames => Names;

        public SpecialTokens Special => special;

        /// <summary>Turns that prompts with a budget had to tokenize, so far.</summary>
        internal int TokenizedTurns { get; private set; }

        public BpeTokenizer Tokenizer => tokenizer;

        /// <summary>Reads the ids of the special tokens from a tokenizer; -1 for one it lacks.</summary>
        public static SpecialTokens FindSpecialTokens(BpeTokenizer tokenizer)
        {
            if (tokenizer == null)
            {
                throw new ArgumentNullException(nameof(tokenizer));
            }

            int Id(int index) => tokenizer.TryGetSpecial(Names[index], out var id) ? id : -1;
            return new SpecialTokens
            {
                Bos = Id(0), Eos = Id(1), Pad = Id(2), Persona = Id(3), Player = Id(4), Npc = Id(5), Cue = Id(6), Action = Id(7), End = Id(8),
            };
        }

        /// <summary>The persona section as text, one field a line.</summary>
        public static string PersonaText(PersonaFacts persona)
        {
            if (persona == null)
            {
                throw new ArgumentNullException(nameof(persona));
            }

            var builder = new StringBuilder();
            foreach (var field in DialogueFields.All)
            {
                foreach (var value in persona.Lines(field.Field))
                {
                    var line = PromptText.OneLine(value);
                    if (line.Length > 0)
                    {
                        builder.Append(field.Label).Append(": ").Append(line).Append('\n');
                    }
                }
            }

            return builder.ToString();
        }

        /// <summary>bos and the persona section.</summary>
        public void AppendPersona(PersonaFacts persona, List<int> tokens)
        {
            tokens.Add(special.Bos);
            tokens.Add(special.Persona);
            tokenizer.Encode(PersonaText(persona).AsSpan(), tokens);
            tokens.Add(special.End);
        }

        /// <summary>One whole turn.</summary>
        public void AppendTurn(DialogueTurn turn, List<int> tokens)
        {
            if (turn == null)
            {
                throw new ArgumentNullException(nameof(turn));
            }

            tokens.Add(turn.Kind == TurnKind.Player ? special.Player : turn.Kind == TurnKind.Cue ? special.Cue : special.Npc);
            tokenizer.Encode(PromptText.OneLine(turn.Text).AsSpan(), tokens);
            if (turn.Kind == TurnKind.Npc && !string.IsNullOrEmpty(turn.Action))
            {
                tokens.Add(special.Action);
                tokenizer.Encode(PromptText.OneLine(turn.Action!).AsSpan(), tokens);
            }

            tokens.Add(special.End);
        }

        /// <summary>One whole turn, tokenized when it is first met: a conversation brings the same turns to every prompt.</summary>
        internal void AppendKnownTurn(DialogueTurn turn, List<int> tokens)
        {
            if (!known.TryGetValue(turn, out int[]? whole))
            {
                var fresh = new List<int>();
                AppendTurn(turn, fresh);
                whole = fresh.ToArray();
                known.Add(turn, whole);
                TokenizedTurns++;
            }

            tokens.AddRange(whole);
        }

        /// <summary>What opens the reply that the model goes on with.</summary>
        public void AppendReplyStart(List<int> tokens) => tokens.Add(special.Npc);

        /// <summary>The whole prompt, without a budget: persona, turns, and the opening of the reply.</summary>
        public int[] BuildPrompt(DialoguePrompt prompt)
        {
            if (prompt == null)
            {
                throw new ArgumentNullException(nameof(prompt));
            }

            var tokens = new List<int>();
            AppendPersona(prompt.Persona, tokens);
            foreach (var turn in prompt.Turns)
            {
                AppendTurn(turn, tokens);
            }

            AppendReplyStart(tokens);
            return tokens.ToArray();
        }

        /// <summary>Splits a generated reply into words and action. Ends at the first end or eos token; other special tokens are left out.</summary>
        /// <param name="tokens">What the model wrote after the prompt, with or without the closing token.</param>
        public DialogueTurn ParseReply(ReadOnlySpan<int> tokens)
        {
            var words = new List<int>(tokens.Length);
            List<int>? action = null;
            foreach (var token in tokens)
            {
                if (token == special.End || token == special.Eos)
                {
                    break;
                }

                if (token == special.Action)
                {
                    action ??= new List<int>();
                }
                else if (!tokenizer.IsSpecial(token))
                {
                    (action ?? words).Add(token);
                }
            }

            var name = action == null ? null : tokenizer.Decode(action.ToArray()).Trim();
            return DialogueTurn.Npc(tokenizer.Decode(words.ToArray()).Trim(), string.IsNullOrEmpty(name) ? null : name);
        }

        private static void Check(int id, string name)
        {
            if (id < 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The vocabulary has no '{name}' token (id {id}); a conversation needs it. Use a model trained with dialogue format {Version}."));
            }
        }
    }
}
