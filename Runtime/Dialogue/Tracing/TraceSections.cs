using System;
using System.Collections.Generic;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue.Tracing
{
    /// <summary>Takes a prompt apart again. Its tokens are what the model read, so the parts are read from them and not from what was meant.</summary>
    internal static class TraceSections
    {
        /// <summary>All of a prompt, in order.</summary>
        /// <param name="format">The grammar it was written in.</param>
        /// <param name="prompt">As <see cref="DialogueFormat.BuildPrompt"/> writes it.</param>
        /// <param name="persona">Lines that are not its own come from the game.</param>
        public static List<TraceSection> Of(DialogueFormat format, ReadOnlySpan<int> prompt, PersonaFacts persona)
        {
            var sections = new List<TraceSection>();
            int at = Persona(format, prompt, persona, sections);
            while (at < prompt.Length)
            {
                int end = prompt.Slice(at).IndexOf(format.Special.End);
                int length = end < 0 ? prompt.Length - at : end + 1;
                ReadOnlySpan<int> turn = prompt.Slice(at, length);
                sections.Add(new TraceSection(end < 0 ? TraceSectionKind.ReplyStart : KindOf(turn[0], format.Special), TextOf(format, turn), turn.ToArray()));
                at += length;
            }

            return sections;
        }

        /// <summary>Turns as sections: those that the context had no room for.</summary>
        public static void Add(DialogueFormat format, DialogueTurn turn, List<TraceSection> sections)
        {
            var tokens = new List<int>();
            format.AppendTurn(turn, tokens);
            int[] all = tokens.ToArray();
            sections.Add(new TraceSection(KindOf(all[0], format.Special), TextOf(format, all), all));
        }

        /// <summary>A fact of the game that the context had no room for.</summary>
        public static void AddFact(DialogueFormat format, string fact, List<TraceSection> sections)
        {
            string line = DialogueFormat.PersonaText(new PersonaFacts { Facts = new[] { fact } });
            sections.Add(new TraceSection(TraceSectionKind.GameFact, line.TrimEnd('\n'), format.Tokenizer.Encode(line)));
        }

        /// <summary>Lines of one kind that follow each other are one section.</summary>
        private static int Persona(DialogueFormat format, ReadOnlySpan<int> prompt, PersonaFacts persona, List<TraceSection> sections)
        {
            var own = new HashSet<string>(DialogueFormat.PersonaText(persona).Split('\n'), StringComparer.Ordinal);
            int close = prompt.IndexOf(format.Special.End);
            int end = close < 0 ? prompt.Length : close + 1;
            int from = 0;
            int line = 0;
            var kind = TraceSectionKind.Persona;
            for (int i = 0; i < end; i++)
            {
                ReadOnlySpan<byte> bytes = format.Tokenizer.TokenBytes(prompt[i]);
                if (bytes.IsEmpty || bytes[bytes.Length - 1] != (byte)'\n')
                {
                    continue;
                }

                string text = format.Tokenizer.Decode(prompt.Slice(line, i + 1 - line)).TrimEnd('\n');
                TraceSectionKind found = own.Contains(text) ? TraceSectionKind.Persona : TraceSectionKind.GameFact;
                if (found != kind && line > from)
                {
                    Take(format, prompt.Slice(from, line - from), kind, sections);
                    from = line;
                }

                kind = found;
                line = i + 1;
            }

            // What closes the persona is the persona's.
            if (kind != TraceSectionKind.Persona && line > from)
            {
                Take(format, prompt.Slice(from, line - from), kind, sections);
                from = line;
                kind = TraceSectionKind.Persona;
            }

            if (end > from)
            {
                Take(format, prompt.Slice(from, end - from), kind, sections);
            }

            return end;
        }

        private static void Take(DialogueFormat format, ReadOnlySpan<int> tokens, TraceSectionKind kind, List<TraceSection> sections) =>
            sections.Add(new TraceSection(kind, format.Tokenizer.Decode(tokens).TrimEnd('\n'), tokens.ToArray()));

        private static TraceSectionKind KindOf(int first, SpecialTokens special) =>
            first == special.Player ? TraceSectionKind.Player : first == special.Cue ? TraceSectionKind.Cue : TraceSectionKind.Npc;

        private static string TextOf(DialogueFormat format, ReadOnlySpan<int> turn)
        {
            int action = turn.IndexOf(format.Special.Action);
            return action < 0 ? format.Tokenizer.Decode(turn) : format.Tokenizer.Decode(turn.Slice(0, action)) + " *" + format.Tokenizer.Decode(turn.Slice(action)) + "*";
        }
    }
}
