using System.Collections.Generic;
using NUnit.Framework;
using PrismLM.Core.Generation;

namespace PrismLM.Tests.Generation
{
    public sealed class PhiloxTests
    {
        /// <summary>The seven-round vectors of the Random123 distribution.</summary>
        [TestCase(0x00000000u, 0x00000000u, 0x00000000u, 0x257a3673u, 0xcd26be2au)]
        [TestCase(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xab302c4du, 0x3dc9d239u)]
        [TestCase(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0xbedbbe6bu, 0xe4c770b3u)]
        public void GivesTheKnownAnswers(uint counter0, uint counter1, uint key, uint first, uint second)
        {
            Philox.Generate(counter0, counter1, key, out uint actualFirst, out uint actualSecond);
            Assert.That(new[] { actualFirst, actualSecond }, Is.EqualTo(new[] { first, second }));
            Assert.That(Philox.First(counter0, counter1, key), Is.EqualTo(first));
        }

        [Test]
        public void NeighbouringSeedsAndNpcsHaveUnrelatedKeys()
        {
            var keys = new HashSet<uint>();
            int bits = 0;
            for (uint seed = 0; seed < 32; seed++)
            {
                for (uint npc = 0; npc < 32; npc++)
                {
                    uint key = Philox.Key(seed, npc);
                    keys.Add(key);
                    for (uint changed = key ^ Philox.Key(seed, npc + 1); changed != 0; changed &= changed - 1)
                    {
                        bits++;
                    }
                }
            }

            Assert.That(keys, Has.Count.EqualTo(1024));
            Assert.That(bits / 1024.0, Is.EqualTo(16).Within(0.5));
        }
    }
}
