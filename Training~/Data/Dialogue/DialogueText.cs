using System.Collections.Generic;
using System.Text;
using PrismLM.Core.Prompting;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>Conversations as plain text, for training a tokenizer and for reading.</summary>
    public static class DialogueText
    {
        /// <summary>The text of conversations 0 to <paramref name="count"/> - 1, without markers: what the tokenizer will have to encode.</summary>
        public static IEnumerable<string> ForTokenizer(DialogueGenerator generator, int count)
        {
            for (var i = 0; i < count; i++)
            {
                var dialogue = generator.Generate(i).Dialogue;
                yield return DialogueFormat.PersonaText(dialogue.Persona);
                foreach (var turn in dialogue.Turns)
                {
                    yield return turn.Text;
                    if (turn.Action != null)
                    {
                        yield return turn.Action;
                    }
                }
            }
        }

        /// <summary>One conversation for a reader.</summary>
        public static string Transcript(DialoguePrompt dialogue)
        {
            var builder = new StringBuilder(DialogueFormat.PersonaText(dialogue.Persona));
            foreach (var turn in dialogue.Turns)
            {
                builder.Append(turn.Kind == TurnKind.Player ? "> " : turn.Kind == TurnKind.Cue ? "* " : "  ").Append(turn.Text);
                if (turn.Action != null)
                {
                    builder.Append(" <").Append(turn.Action).Append('>');
                }

                builder.Append('\n');
            }

            return builder.ToString();
        }
    }
}
