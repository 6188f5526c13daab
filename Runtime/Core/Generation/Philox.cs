namespace PrismLM.Core.Generation
{
    /// <summary>
    /// Philox2x32-7 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011): a random number is a function of a
    /// counter and a key, so any lane computes the number of any token without a state to share. <c>Shaders/Include</c> states the same function.
    /// </summary>
    public static class Philox
    {
        private const uint Multiplier = 0xD256D193;
        private const uint Weyl = 0x9E3779B9;
        private const int Rounds = 7;

        /// <summary>Key of <see cref="Key"/>: "PRSM", so that no NPC's key is a plain function value of the generator it keys.</summary>
        private const uint KeyOfKeys = 0x5052534D;

        /// <summary>The two output words; <paramref name="first"/> is what sampling uses.</summary>
        public static void Generate(uint counter0, uint counter1, uint key, out uint first, out uint second)
        {
            for (int round = 0; round < Rounds; round++)
            {
                ulong product = (ulong)Multiplier * counter0;
                counter0 = (uint)(product >> 32) ^ key ^ counter1;
                counter1 = (uint)product;
                key += Weyl;
            }

            first = counter0;
            second = counter1;
        }

        /// <summary>The first output word.</summary>
        public static uint First(uint counter0, uint counter1, uint key)
        {
            Generate(counter0, counter1, key, out uint first, out _);
            return first;
        }

        /// <summary>The key of one NPC: Philox of (seed, npc), so that neighbouring seeds and NPCs share nothing.</summary>
        public static uint Key(uint seed, uint npc) => First(seed, npc, KeyOfKeys);
    }
}
