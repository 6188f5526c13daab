using System;
using System.Collections.Generic;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Json;
using PrismLM.Core.Prompting;
using PrismLM.Dialogue.Tracing;

namespace PrismLM.Dialogue
{
    /// <summary>Saving and restoring.</summary>
    public sealed partial class Npc
    {
        /// <summary>
        /// The conversation as bytes for the game's own save file, a few kilobytes: what was said, the facts that the game added, what the game set, and the
        /// counter of random numbers. A reply that is on its way is kept as well and goes on after <see cref="Restore"/>. The persona is not in it.
        /// </summary>
        /// <exception cref="ObjectDisposedException">The NPC or the runtime was disposed.</exception>
        /// <exception cref="InvalidOperationException">Not on the thread that ticks.</exception>
        public byte[] Save()
        {
            Check();
            var save = new NpcSave
            {
                Model = _stage.ModelHash, Persona = DialogueName, Id = Id, Draws = Draws, Exchanges = Memory.Exchanges,
                Sampling = _sampling, MaxReplyTokens = _maxReplyTokens, HeadDials = _dials, Reply = Current?.Capture(),
            };
            save.History.AddRange(Memory.History);
            save.Facts.AddRange(Memory.Facts);
            if (Current is NpcReply stopped && save.Reply == null && !stopped.IsCommitted)
            {
                // It has been stopped, and the next tick will say so: what was seen is what the history will have.
                save.Draws = stopped.Generation == null ? Draws : stopped.Generation.Result?.DrawCounter ?? unchecked(stopped.Generation.Request.DrawCounter + (uint)stopped.Generation.TokenCount);
                Keep(save, stopped.Turn, stopped.IsSilent ? string.Empty : stopped.ShownText);
            }

            return SaveWriter.Write(save);
        }

        /// <summary>
        /// Puts a saved conversation in the place of this one; what the NPC was saying is interrupted. A reply that was on its way when it was saved becomes
        /// <see cref="Current"/>: its <see cref="NpcReply.Text"/> has the words so far, its events tell the rest.
        /// </summary>
        /// <param name="save">What <see cref="Save"/> gave.</param>
        /// <returns>Whether the conversation goes on bit for bit, or with its text alone.</returns>
        /// <exception cref="PrismFileException">PS119 to PS135, see Documentation~/saves.md; the NPC is as it was.</exception>
        /// <exception cref="ObjectDisposedException">The NPC or the runtime was disposed.</exception>
        /// <exception cref="InvalidOperationException">Not on the thread that ticks.</exception>
        public RestoreResult Restore(ReadOnlySpan<byte> save)
        {
            Check();
            NpcSave read = SaveReader.Read(save, DisplayedName + " (save)", _stage.ModelHash, _stage.Scheduler.Engine.Config);
            _stage.CheckId(this, read.Id, DisplayedName + " (save)");
            bool same = _stage.ModelHash.Length > 0 && string.Equals(read.Model, _stage.ModelHash, StringComparison.Ordinal);
            NpcReply? resumed = same && read.Reply != null ? Resume(read, read.Reply) : null;
            if (read.Reply != null && resumed == null)
            {
                Keep(read, read.Reply.Turn, read.Reply.IsSilent ? string.Empty : read.Reply.Seen);
            }

            _last?.Interrupt();
            _stage.TakeId(this, read.Id);
            Draws = read.Draws;
            _sampling = read.Sampling;
            _maxReplyTokens = read.MaxReplyTokens;
            _dials = same ? read.HeadDials : Array.Empty<float>();
            Memory.Replace(read.History, read.Facts, read.Exchanges);
            Current = _last = resumed;
            if (resumed != null)
            {
                _stage.Add(resumed);
            }

            return same && (read.Reply == null || resumed != null) ? RestoreResult.Identical : RestoreResult.TextOnly;
        }

        private string DialogueName => _persona.Facts.Name ?? string.Empty;

        private string DisplayedName => SafeText.Show(_persona.DisplayName);

        private static void Keep(NpcSave save, DialogueTurn turn, string seen)
        {
            if (seen.Length > 0)
            {
                save.History.Add(turn);
                save.History.Add(DialogueTurn.Npc(seen));
                save.Exchanges = save.Exchanges == long.MaxValue ? save.Exchanges : save.Exchanges + 1;
                save.History.RemoveRange(0, Math.Max(0, save.History.Count - NpcMemory.MaxTurns));
            }
        }

        /// <summary>Null when it cannot go on here: the context is smaller, or the persona no longer allows what was said.</summary>
        private NpcReply? Resume(NpcSave npc, ReplySave save)
        {
            DialogueFormat format = _stage.Format!;
            var prompt = new int[save.Prompt.Length + save.Tokens.Length];
            save.Prompt.CopyTo(prompt, 0);
            save.Tokens.CopyTo(prompt, save.Prompt.Length);
            try
            {
                TokenConstraint constraint = save.Lines != null ? _stage.Grammars(format).Choice(save.Lines) : _stage.Grammars(format).Speech(_persona, save.MaxTokens);
                int state = constraint.StateAfter(save.Tokens);
                if (state < 0)
                {
                    return null;
                }

                var reply = new NpcReply(this, _stage, format, save.Turn, save.DroppedTurns, save.MaxTokens) { IsSilent = save.IsSilent };
                reply.Resume(save);
                var request = new GenerationRequest(prompt)
                {
                    ReplyStart = save.Prompt.Length,
                    Sampling = save.Sampling,
                    Priority = _priority,
                    DeadlineMilliseconds = _deadline,
                    MaxTokens = save.MaxTokens - save.Tokens.Length,
                    DrawCounter = unchecked(save.Draws + (uint)save.Tokens.Length),
                    Npc = npc.Id,
                    HeadDials = save.HeadDials,
                    Constraint = constraint,
                    ConstraintState = state,
                };
                reply.Begin(_stage.Scheduler.Submit(request));
                if (_tracing)
                {
                    reply.StartTrace(Record(save.Prompt, new List<TraceSection>(), TraceRules.Of(request, _stage.Scheduler.Engine.ContextLength, save.Lines == null ? _persona.Banned : string.Empty)));
                }

                return reply;
            }
            catch (ArgumentException)
            {
                // The engine refuses the request before it takes it in: a smaller context, or lines that are none. The text is kept.
                return null;
            }
        }
    }
}
