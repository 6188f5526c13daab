using System.Collections.Generic;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// Valid UTF-8 without some characters, byte by byte. State 0 is between two characters; the others are inside one, told apart by what may follow
    /// (Unicode, table 3-7) and by which banned characters begin so.
    /// </summary>
    internal sealed class TextAutomaton
    {
        public const int Between = 0;
        public const int Dead = -1;

        private enum Inside
        {
            Nowhere,
            OneLeft,
            TwoLeft,
            ThreeLeft,
            AfterE0,
            AfterED,
            AfterF0,
            AfterF4,
            Invalid,
        }

        private readonly BannedCharacters banned;
        private readonly List<(Inside Place, int Ban)> states = new List<(Inside Place, int Ban)>();
        private readonly Dictionary<(Inside Place, int Ban), int> numbers = new Dictionary<(Inside Place, int Ban), int>();

        public TextAutomaton(BannedCharacters banned)
        {
            this.banned = banned;
            Number(Inside.Nowhere, BannedCharacters.Root);
        }

        /// <summary>States met so far.</summary>
        public int Count => states.Count;

        /// <summary>The state after a byte, or <see cref="Dead"/>.</summary>
        public int Step(int state, byte value)
        {
            (Inside place, int ban) = states[state];
            Inside next = place == Inside.Nowhere ? First(value) : Following(place, value);
            if (next == Inside.Invalid)
            {
                return Dead;
            }

            int nextBan = banned.Child(ban, value);
            if (next != Inside.Nowhere)
            {
                return Number(next, nextBan);
            }

            // UTF-8 is free of prefixes: who is still on the tree when the character is whole has spelled a banned one.
            return nextBan == BannedCharacters.None ? Between : Dead;
        }

        private static Inside First(byte value)
        {
            if (value < 0x80)
            {
                return Inside.Nowhere;
            }

            switch (value)
            {
                case 0xE0: return Inside.AfterE0;
                case 0xED: return Inside.AfterED;
                case 0xF0: return Inside.AfterF0;
                case 0xF4: return Inside.AfterF4;
            }

            return value < 0xC2 ? Inside.Invalid : value < 0xE0 ? Inside.OneLeft : value < 0xF0 ? Inside.TwoLeft : value < 0xF4 ? Inside.ThreeLeft : Inside.Invalid;
        }

        private static Inside Following(Inside place, byte value)
        {
            int least = place == Inside.AfterE0 ? 0xA0 : place == Inside.AfterF0 ? 0x90 : 0x80;
            int most = place == Inside.AfterED ? 0x9F : place == Inside.AfterF4 ? 0x8F : 0xBF;
            if (value < least || value > most)
            {
                return Inside.Invalid;
            }

            switch (place)
            {
                case Inside.OneLeft: return Inside.Nowhere;
                case Inside.ThreeLeft:
                case Inside.AfterF0:
                case Inside.AfterF4: return Inside.TwoLeft;
                default: return Inside.OneLeft;
            }
        }

        private int Number(Inside place, int ban)
        {
            if (!numbers.TryGetValue((place, ban), out int number))
            {
                number = states.Count;
                states.Add((place, ban));
                numbers.Add((place, ban), number);
            }

            return number;
        }
    }
}
