using System;
using System.Collections.Generic;
using PrismLM.Core.Generation;
using PrismLM.Core.Tokenization;

namespace PrismLM.Dialogue
{
    /// <summary>A reply that is saved in its middle, and one that goes on from there.</summary>
    public sealed partial class NpcReply
    {
        private int[] _begun = Array.Empty<int>();

        /// <summary>All tokens of the reply, those before it was restored included.</summary>
        internal int[] AllTokens()
        {
            ReadOnlySpan<int> more = _generation == null ? default : _generation.Tokens;
            var all = new int[_begun.Length + more.Length];
            _begun.CopyTo(all, 0);
            more.CopyTo(all.AsSpan(_begun.Length));
            return all;
        }

        /// <summary>What is needed to go on; null for a reply that does not go on: one that was stopped, or never reached the model.</summary>
        internal ReplySave? Capture()
        {
            // Tokens of a model that is being replaced mean nothing to the next one.
            bool isOld = !string.Equals(_model, _stage.ModelHash, StringComparison.Ordinal);
            if (isOld || IsCompleted || _generation == null || _cancelRequested || (_ending != null && !IsWhole))
            {
                return null;
            }

            // The last token of a reply that the model has ended, and a held scene not yet, is made again: it ends the reply again.
            int[] tokens = AllTokens();
            Array.Resize(ref tokens, _generation.IsCompleted ? tokens.Length - 1 : tokens.Length);
            GenerationRequest request = _generation.Request;
            var save = new ReplySave
            {
                Turn = Turn,
                Prompt = request.Prompt.AsSpan(0, request.Prompt.Length - _begun.Length).ToArray(),
                Tokens = tokens,
                MaxTokens = request.MaxTokens + _begun.Length,
                Draws = unchecked(request.DrawCounter - (uint)_begun.Length),
                Sampling = request.Sampling,
                HeadDials = request.HeadDials,
                DroppedTurns = DroppedTurns,
                IsSilent = IsSilent,
                Lines = request.Constraint != null && request.Constraint.IsChoice ? new List<string>(request.Constraint.Lines) : null,
                Said = _text.Span.Slice(0, _raised).ToString(),
                Pending = PendingBefore(tokens),
                Sentence = _sentence,
                Shown = _shown == int.MaxValue ? -1 : _shown,
            };
            return save;
        }

        /// <summary>Takes up where the save left off; raises nothing.</summary>
        internal void Resume(ReplySave save)
        {
            _begun = save.Tokens;
            TakeUp(save.Tokens, _text, out _acts);
            int end = Math.Max(0, _text.Length - save.Pending);

            // A filter may have put other words in the place of the model's.
            if (!_text.Span.Slice(0, end).SequenceEqual(save.Said.AsSpan()))
            {
                end = _text.Replace(0, end, save.Said.AsSpan(), allowMarkup: true);
            }

            _raised = end;
            _sentence = Math.Min(save.Sentence, _text.Length);
            _shown = save.Shown < 0 ? int.MaxValue : save.Shown;
        }

        /// <summary>Characters of some tokens that were not raised. Of a reply that has ended, what ended it let out is not among them.</summary>
        private int PendingBefore(int[] tokens)
        {
            var text = new ReplyText(256, _allowMarkup);
            TakeUp(tokens, text, out _);

            // Words are replaced only as they are raised, so what was not raised is the end of the model's own.
            int pending = _text.Length - _raised;
            int released = IsWhole ? Math.Max(0, Raw().Length - text.Length) : 0;
            return Math.Min(text.Length, Math.Max(0, pending - released));
        }

        /// <summary>The model's own words, complete.</summary>
        private ReplyText Raw()
        {
            var text = new ReplyText(256, _allowMarkup);
            TakeUp(AllTokens(), text, out _);
            text.Complete();
            return text;
        }

        private void TakeUp(int[] tokens, ReplyText text, out bool acts)
        {
            var decoder = new Utf8StreamDecoder();
            var characters = new char[Utf8StreamDecoder.MaxCharCount(256)];
            acts = false;
            for (int i = 0; i < tokens.Length && !acts; i++)
            {
                acts = tokens[i] == _format.Special.Action;
                text.Append(characters.AsSpan(0, acts ? 0 : decoder.Decode(_format.Tokenizer.TokenBytes(tokens[i]), characters)));
            }
        }
    }
}
