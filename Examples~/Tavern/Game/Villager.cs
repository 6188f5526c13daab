using System;
using System.Numerics;
using PrismLM.Tavern.Layout;

namespace PrismLM.Tavern.Game
{
    /// <summary>Somebody in the tavern who lives by himself.</summary>
    internal sealed class Villager
    {
        private static readonly Vector2 AboveHead = new(0, -84);

        private string said = "";
        private double saidFor;
        private double listensFor;

        public Villager(int index, string name, string trade, Look look, Vector2 position)
        {
            Index = index;
            Name = name;
            Trade = trade;
            Look = look;
            Walker = new Walker(position);
            Bubble = new Bubble { Speaker = index, Name = name };
        }

        public int Index { get; }

        public string Name { get; }

        public string Trade { get; }

        public Look Look { get; }

        public Walker Walker { get; }

        public Bubble Bubble { get; }

        /// <summary>Null until the model is loaded.</summary>
        public Speech? Speech { get; set; }

        /// <summary>Whom he talks with; nobody walks away in the middle of a sentence.</summary>
        public Vector2? Partner { get; private set; }

        /// <summary>Seconds until he does something new.</summary>
        public double Rest { get; set; }

        public bool IsTalking => Speech is { IsBusy: true };

        public bool IsFree => !IsTalking && saidFor <= 0;

        public bool HasBubble => said.Length > 0 || Speech is { Shown.Length: > 0 };

        /// <summary>A line of his own that no model writes: what he asks his neighbour.</summary>
        public void Say(string line, double seconds)
        {
            said = line;
            saidFor = seconds;
        }

        /// <summary>Turns to somebody who talks or listens, and stays: while he talks himself, and for this long.</summary>
        public void Face(Vector2 at, double seconds)
        {
            Partner = at;
            listensFor = seconds;
        }

        public void Update(double seconds, ITextMeasure measure)
        {
            saidFor -= seconds;
            listensFor -= seconds;
            if (saidFor <= 0)
            {
                said = "";
            }

            if (Speech is Speech speech)
            {
                speech.IsPaused = HasBubble && Bubble.Room == null;
                if (speech.Update(seconds))
                {
                    Partner = null;
                }
            }

            if (IsFree && listensFor <= 0)
            {
                Partner = null;
            }

            if (Partner is Vector2 partner)
            {
                Walker.Stop();
                Walker.Look(partner);
            }

            Walker.Update((float)seconds);
            Bubble.Anchor = Walker.Position + AboveHead;
            bool speaks = Speech is { IsBusy: true };
            Bubble.SetText(speaks ? Speech!.Shown : said, measure);
            if (Bubble.Room == null)
            {
                Bubble.RoomLines = speaks ? Bubble.MaxLines : Math.Clamp(Bubble.Lines.Count, 1, Bubble.MaxLines);
            }

            if (!HasBubble)
            {
                Bubble.Room = null;
            }
        }
    }
}
