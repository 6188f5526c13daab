using System;
using PrismLM.Core.Generation;

namespace PrismLM.Dialogue
{
    /// <summary>
    /// Shows words at reading speed, which is not the speed at which a model writes: whole words only, with pauses at punctuation. Time is what
    /// the host passes, never a clock, so a paused game pauses the words. A label that breaks lines at spaces never moves a word that was shown.
    /// </summary>
    /// <remarks>Allocates only when the text outgrows its buffer. For one thread.</remarks>
    public sealed class TextReveal
    {
        private char[] _text = new char[512];
        private NpcReply? _reply;
        private double _time;
        private double _pause;
        private double _speed = 40;

        /// <summary>40 unless set: a calm reader.</summary>
        public double CharactersPerSecond
        {
            get => _speed;
            set => _speed = value > 0 && !double.IsInfinity(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Allowed: above 0.");
        }

        /// <summary>Seconds after a word that ends a sentence.</summary>
        public double SentencePause { get; set; } = 0.35;

        /// <summary>Seconds after a word that ends with another mark, such as a comma.</summary>
        public double ClausePause { get; set; } = 0.15;

        /// <summary>Time that passes while paused does not count.</summary>
        public bool IsPaused { get; set; }

        /// <summary>Characters of <see cref="Known"/> that are shown: always the end of a word.</summary>
        public int ShownLength { get; private set; }

        /// <summary>Characters that have come so far.</summary>
        public int KnownLength { get; private set; }

        /// <summary>True when no more will come.</summary>
        public bool IsComplete { get; private set; }

        /// <summary>True when everything is shown and no more will come.</summary>
        public bool IsFinished => IsComplete && ShownLength == KnownLength;

        /// <summary>What to draw. Valid until more text comes.</summary>
        public ReadOnlySpan<char> Shown => _text.AsSpan(0, ShownLength);

        /// <summary>All text so far: lay out this, and draw the first <see cref="ShownLength"/> characters of it.</summary>
        public ReadOnlySpan<char> Known => _text.AsSpan(0, KnownLength);

        /// <summary>Starts over with the words of a reply, as they come; tells the reply what was shown, so that an interruption keeps just that.</summary>
        public void Follow(NpcReply reply)
        {
            if (reply == null)
            {
                throw new ArgumentNullException(nameof(reply));
            }

            Clear();
            _reply = reply;
            Append(reply.Text.AsSpan());
            if (reply.IsCompleted)
            {
                Complete();
                return;
            }

            reply.ShownCharacters = 0;
            reply.TextAdded += (_, added) =>
            {
                if (ReferenceEquals(_reply, reply))
                {
                    Append(added);
                }
            };
            reply.Completed += done =>
            {
                if (ReferenceEquals(_reply, reply))
                {
                    End(done);
                }
            };
        }

        /// <summary>More text.</summary>
        public void Append(ReadOnlySpan<char> added)
        {
            if (_text.Length - KnownLength < added.Length)
            {
                Array.Resize(ref _text, Math.Max(KnownLength + added.Length, 2 * _text.Length));
            }

            added.CopyTo(_text.AsSpan(KnownLength));
            KnownLength += added.Length;
        }

        /// <summary>No more text will come: the last word is whole.</summary>
        public void Complete() => IsComplete = true;

        /// <summary>Forgets the text, and the reply it follows.</summary>
        public void Clear()
        {
            _reply = null;
            ShownLength = KnownLength = 0;
            IsComplete = false;
            _time = _pause = 0;
        }

        /// <summary>Shows all that is known, at once.</summary>
        public void SkipToEnd()
        {
            while (RevealUnits.Next(Known, ShownLength, IsComplete) is int end && end > ShownLength)
            {
                ShownLength = end;
            }

            _time = _pause = 0;
            Tell();
        }

        /// <summary>Time passes.</summary>
        /// <param name="seconds">The host's, since the last call.</param>
        /// <returns>True when more is shown than before.</returns>
        public bool Advance(double seconds)
        {
            if (!(seconds >= 0) || double.IsInfinity(seconds))
            {
                throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "Allowed: 0 or more.");
            }

            if (IsPaused)
            {
                return false;
            }

            int before = ShownLength;
            _time += seconds;
            int end;
            while ((end = RevealUnits.Next(Known, ShownLength, IsComplete)) > ShownLength)
            {
                double cost = _pause + ((end - ShownLength) / _speed);
                if (_time < cost)
                {
                    break;
                }

                _time -= cost;
                ShownLength = end;
                _pause = RevealUnits.EndsSentence(Shown) ? SentencePause : RevealUnits.EndsClause(Shown) ? ClausePause : 0;
            }

            // Time spent waiting for the model is not saved up for a burst of words later.
            if (end <= ShownLength)
            {
                _time = Math.Min(_time, _pause);
            }

            Tell();
            return ShownLength > before;
        }

        private void Tell()
        {
            if (_reply != null)
            {
                _reply.ShownCharacters = ShownLength;
            }
        }

        private void End(NpcReply reply)
        {
            // Interrupted: what was not shown by then will not be.
            bool cut = reply.Result!.Reason == FinishReason.Interrupted || reply.Result.Reason == FinishReason.Cancelled;
            KnownLength = Math.Max(ShownLength, cut ? ShownLength : Math.Min(KnownLength, reply.TextLength));
            IsComplete = true;
        }
    }
}
