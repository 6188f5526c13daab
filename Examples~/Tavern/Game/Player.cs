using System;
using System.Numerics;
using System.Text;
using PrismLM.Tavern.Layout;

namespace PrismLM.Tavern.Game
{
    /// <summary>The player: walks, types, and his last line stays above his head for a while.</summary>
    internal sealed class Player
    {
        public const int MostLetters = 120;
        public const int SpeakerIndex = -1;

        private static readonly Vector2 AboveHead = new(0, -86);

        private readonly StringBuilder typing = new();
        private string said = "";
        private double saidFor;

        public Walker Walker { get; } = new(FloorPlan.Door + new Vector2(52, -48)) { Speed = 165 };

        public Bubble Bubble { get; } = new() { Speaker = SpeakerIndex, Name = "You", IsPlayer = true };

        public bool IsTyping { get; private set; }

        public string Typing => typing.ToString();

        /// <summary>Whom he talks to.</summary>
        public Villager? Partner { get; private set; }

        public bool HasBubble => said.Length > 0;

        public void BeginTyping(Villager to)
        {
            Partner = to;
            IsTyping = true;
            typing.Clear();
        }

        public void Type(string text)
        {
            foreach (char letter in text)
            {
                if (!char.IsControl(letter) && typing.Length < MostLetters)
                {
                    typing.Append(letter);
                }
            }
        }

        public void Erase()
        {
            if (typing.Length > 0)
            {
                typing.Length--;
            }
        }

        public void StopTyping()
        {
            IsTyping = false;
            typing.Clear();
        }

        /// <summary>Says what was typed.</summary>
        /// <returns>False when nothing was.</returns>
        public bool Send()
        {
            string line = typing.ToString().Trim();
            StopTyping();
            if (line.Length == 0 || Partner?.Speech == null)
            {
                return false;
            }

            said = line;
            saidFor = 3.2;
            Partner.Face(Walker.Position, 0.5);
            Partner.Speech.Ask(line);
            return true;
        }

        public void Update(double seconds, ITextMeasure measure)
        {
            saidFor -= seconds;
            if (saidFor <= 0)
            {
                said = "";
                Bubble.Room = null;
            }

            if (Partner is Villager partner && (IsTyping || partner.IsTalking) && !Walker.IsMoving)
            {
                Walker.Look(partner.Walker.Position);
            }

            Bubble.Anchor = Walker.Position + AboveHead;
            Bubble.SetText(said, measure);
            if (Bubble.Room == null)
            {
                Bubble.RoomLines = Math.Clamp(Bubble.Lines.Count, 1, Bubble.MaxLines);
            }
        }
    }
}
