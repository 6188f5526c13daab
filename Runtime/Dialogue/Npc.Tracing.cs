using System;
using System.Collections.Generic;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Dialogue.Tracing;

namespace PrismLM.Dialogue
{
    /// <summary>Why did he say that?</summary>
    public sealed partial class Npc
    {
        private bool _tracing;

        /// <summary>Its replies keep what they were made from: <see cref="NpcReply.Trace"/>. Counts from the next reply on; off, it costs nothing.</summary>
        public bool Tracing
        {
            get => _tracing;
            set
            {
                Check();
                _tracing = value;
            }
        }

        /// <summary>What a reply is made from. Of one that was restored, what its context had no room for is not known any more.</summary>
        private TraceStart Record(ReadOnlySpan<int> prompt, List<TraceSection> dropped, TraceRules rules) => new TraceStart(
            new TraceOrigin(DialogueName, _stage.ModelName, _stage.ModelHash, _stage.BackendName), TraceSections.Of(_stage.Format!, prompt, _persona.Facts).ToArray(), dropped.ToArray(), rules);

        /// <param name="prompt">As the model reads it.</param>
        /// <param name="asked">The line before it was cut.</param>
        /// <param name="request">Null when the prompt does not fit and the model is not asked.</param>
        /// <param name="context">Of the engine.</param>
        private TraceStart Record(NpcPrompt prompt, DialogueTurn asked, GenerationRequest? request, int context)
        {
            DialogueFormat format = _stage.Format!;
            var dropped = new List<TraceSection>();
            for (int i = 0; i < prompt.DroppedTurns; i++)
            {
                TraceSections.Add(format, Memory.History[i], dropped);
            }

            for (int i = 0; i < prompt.DroppedFacts; i++)
            {
                TraceSections.AddFact(format, Memory.Facts[i], dropped);
            }

            if (asked.Text.Length > prompt.Line.Text.Length)
            {
                string cut = asked.Text.Substring(prompt.Line.Text.Length);
                dropped.Add(new TraceSection(asked.Kind == TurnKind.Cue ? TraceSectionKind.Cue : TraceSectionKind.Player, cut, format.Tokenizer.Encode(cut)));
            }

            return Record(prompt.Fitted.Tokens, dropped, request == null ? new TraceRules { Sampling = Sampling, Banned = _persona.Banned } : TraceRules.Of(request, context, _persona.Banned));
        }
    }
}
