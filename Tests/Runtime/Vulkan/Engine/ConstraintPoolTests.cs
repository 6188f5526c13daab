using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Tests.Generation;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Engine
{
    public sealed class ConstraintPoolTests
    {
        private static readonly PieceTokenizer Letters = PieceTokenizer.Of("a", "b", string.Empty);
        private static readonly TokenConstraint[] Equal = { Lines("a"), Lines("b"), Lines("a"), Lines("b") };

        [Test]
        public void EachIsThereOnceAndStaysUntilItsRoomIsWanted()
        {
            int length = Equal[0].Words.Length;
            var pool = new ConstraintPool(3 * length);
            Assert.That(Take(pool, 0), Is.EqualTo((0, true)));
            Assert.That(Take(pool, 1), Is.EqualTo((length, true)));
            Assert.That(Take(pool, 0), Is.EqualTo((0, false)), "shared");
            Assert.That(Take(pool, 2), Is.EqualTo((2 * length, true)), "built alike, but another");
            Assert.That(Take(pool, 3), Is.Null, "no room: all are in use");
            pool.Return(Equal[1]);
            Assert.That(Take(pool, 1), Is.EqualTo((length, false)), "kept after its last use");
            pool.Return(Equal[0]);
            Assert.That(Take(pool, 3), Is.Null, "one of two users is left");
            pool.Return(Equal[1]);
            Assert.That(Take(pool, 3), Is.EqualTo((length, true)), "takes the room of the one nobody uses");
            Assert.That(pool.Count, Is.EqualTo(3));
        }

        [Test]
        public void TheLongestUnusedMakesRoomFirst()
        {
            int length = Equal[0].Words.Length;
            var pool = new ConstraintPool(2 * length);
            Take(pool, 0);
            Take(pool, 1);
            pool.Return(Equal[1]);
            pool.Return(Equal[0]);
            Take(pool, 1);
            pool.Return(Equal[1]);
            Assert.That(Take(pool, 2), Is.EqualTo((0, true)), "0 was used before 1");
        }

        [Test]
        public void SeveralMakeRoomForALargeOne()
        {
            int length = Equal[0].Words.Length;
            TokenConstraint large = Lines("a", "b", "ab", "ba");
            var pool = new ConstraintPool(large.Words.Length);
            for (int i = 0; i < large.Words.Length / length; i++)
            {
                Take(pool, i);
                pool.Return(Equal[i]);
            }

            Assert.That(pool.TryTake(large, out int place, out _), Is.True);
            Assert.That(place, Is.Zero);
            Assert.That(() => pool.Check(Lines("a", "b", "ab", "ba", "aa")), Throws.ArgumentException.With.Message.Contains("ConstraintWords"));
        }

        private static TokenConstraint Lines(params string[] lines) => TokenConstraint.Choice(Letters, 2, lines.ToArray());

        private static (int Place, bool IsNew)? Take(ConstraintPool pool, int which)
            => pool.TryTake(Equal[which], out int place, out bool isNew) ? (place, isNew) : ((int, bool)?)null;
    }
}
