using PrismLM.Core.Generation;
using PrismLM.Dialogue;

namespace PrismLM.Tavern.Game
{
    /// <summary>What one NPC says: the model writes a reply, and its words are shown at reading speed.</summary>
    internal sealed class Speech
    {
        /// <summary>How long a whole text stays, in seconds.</summary>
        private const double Linger = 2.2;

        private readonly Npc npc;
        private readonly TextReveal reveal = new() { CharactersPerSecond = 34 };
        private NpcReply? reply;
        private double linger;
        private string text = "";

        public Speech(Npc npc)
        {
            this.npc = npc;
        }

        /// <summary>From the question until the last word was seen.</summary>
        public bool IsBusy => reply != null;

        /// <summary>The model has not given a word that is shown.</summary>
        public bool IsThinking => reply != null && text.Length == 0 && !reveal.IsComplete;

        /// <summary>The words that are shown, always whole.</summary>
        public string Shown => text;

        /// <summary>The game has no room for the words at the moment: they wait.</summary>
        public bool IsPaused
        {
            get => reveal.IsPaused;
            set => reveal.IsPaused = value;
        }

        /// <summary>The reply has ended, its words may still be on their way to the screen.</summary>
        public bool IsWritten => reply is { IsCompleted: true };

        /// <summary>Replies that the model ended.</summary>
        public int Written { get; private set; }

        public FinishReason? Reason => reply?.Result?.Reason;

        public string? Error => reply?.Result?.Error;

        public void Ask(string line) => Follow(npc.Ask(line));

        public void Begin(string cue) => Follow(npc.Speak(cue));

        /// <summary>Time passes.</summary>
        /// <returns>True when the speech has ended and is gone.</returns>
        public bool Update(double seconds)
        {
            if (reply == null)
            {
                return false;
            }

            if (reveal.Advance(seconds))
            {
                text = reveal.Shown.ToString();
            }

            linger = reveal.IsFinished ? linger + seconds : 0;
            if (linger < (text.Length == 0 ? 0.2 : Linger))
            {
                return false;
            }

            reply = null;
            text = "";
            return true;
        }

        private void Follow(NpcReply started)
        {
            reply = started;
            text = "";
            linger = 0;
            reveal.Follow(started);
            started.Completed += _ => Written++;
        }
    }
}
