using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>Pages by their tokens: found only behind the same pages, taken again in the order of their last use, a path from its end.</summary>
    public class PrefixTreeTests
    {
        [Test]
        public void FindsAPageOnlyBehindTheSamePages()
        {
            var tree = new PrefixTree(8);
            int root = tree.Roots.Take(default);
            tree.Add(3, root, Page(1));
            tree.Add(5, 3, Page(2));
            Assert.That(tree.Find(root, Page(1)), Is.EqualTo(3));
            Assert.That(tree.Find(3, Page(2)), Is.EqualTo(5));
            Assert.That(tree.Find(root, Page(2)), Is.EqualTo(-1));
            Assert.That(tree.Find(5, Page(1)), Is.EqualTo(-1));
        }

        [Test]
        public void DialsHaveTheirOwnRootAndOnesHaveTheRootOfNone()
        {
            var roots = new PrefixTree(4).Roots;
            int none = roots.Take(default);
            Assert.That(roots.Take(new[] { 1f, 1f }), Is.EqualTo(none));
            int other = roots.Take(new[] { 1f, 0.5f });
            Assert.That(other, Is.Not.EqualTo(none));
            Assert.That(roots.Take(new[] { 1f, 0.5f }), Is.EqualTo(other));
            Assert.That(roots.Take(new[] { 1f, -0.5f }), Is.Not.EqualTo(other).And.Not.EqualTo(none));
            Assert.That(roots.Count, Is.EqualTo(3));
            roots.Release(other);
            roots.Release(other);
            Assert.That(roots.Count, Is.EqualTo(2));
            Assert.That(roots.Take(new[] { 2f, 2f }), Is.EqualTo(other), "its place is used again");
        }

        [Test]
        public void TheLeastRecentlyUsedGoesFirstAndAPathFromItsEnd()
        {
            var pool = new KvPages(4);
            PrefixTree tree = pool.Tree;
            int root = tree.Roots.Take(default);
            var pages = new int[4];
            Assert.That(pool.TryTake(pages), Is.True);
            tree.Add(pages[0], root, Page(1));
            tree.Add(pages[1], pages[0], Page(2));
            tree.Add(pages[2], root, Page(3));
            Release(pool, pages[1], pages[0]);
            Release(pool, pages[2]);
            pool.Return(pages[3]);
            Assert.That(pool.Free, Is.EqualTo(4));
            tree.AddReference(pages[0]);
            pool.Release(pages[0]);
            var taken = new int[4];
            Assert.That(pool.TryTake(taken), Is.True);
            Assert.That(taken, Is.EqualTo(new[] { pages[3], pages[1], pages[2], pages[0] }), "the empty, then the end of the path, then by last use");
            Assert.That(tree.Find(root, Page(1)), Is.EqualTo(-1));
            Assert.That(pool.TryTake(new int[1]), Is.False);
            pool.Return(taken);
            Assert.That(() => pool.Return(0), Throws.InvalidOperationException);
        }

        [Test]
        public void ADroppedPageIsNotFoundAndGoesWithItsLastReference()
        {
            var pool = new KvPages(2);
            int root = pool.Tree.Roots.Take(default);
            var page = new int[1];
            pool.TryTake(page);
            pool.Tree.Add(page[0], root, Page(1));
            pool.Tree.Drop(page[0]);
            Assert.That(pool.Tree.Find(root, Page(1)), Is.EqualTo(-1));
            Assert.That(pool.Free, Is.EqualTo(1));
            pool.Release(page[0]);
            Assert.That(pool.Free, Is.EqualTo(2));
            Assert.That(pool.Tree.Idle, Is.Zero);
        }

        /// <summary>A thousand random operations, beside a dictionary.</summary>
        [Test]
        public void AgreesWithADictionary()
        {
            const int Count = 24;
            var pool = new KvPages(Count);
            PrefixTree tree = pool.Tree;
            int root = tree.Roots.Take(default);
            var random = new TestRandom(4);
            var known = new Dictionary<(int Before, int Content), int>();
            var held = new List<int>();
            var page = new int[1];
            for (int i = 0; i < 1000; i++)
            {
                if (held.Count > 0 && random.Below(3) == 0)
                {
                    int at = random.Below(held.Count);
                    pool.Release(held[at]);
                    held.RemoveAt(at);
                    continue;
                }

                // Holding a page holds those before it, as sequences do.
                int before = root, content = random.Below(6);
                int found = tree.Find(before, Page(content));
                Assert.That(found, Is.EqualTo(known.TryGetValue((before, content), out int expected) ? expected : -1));
                if (found >= 0)
                {
                    tree.AddReference(found);
                    held.Add(found);
                }
                else if (pool.TryTake(page))
                {
                    foreach ((int Before, int Content) key in known.Where(each => each.Value == page[0]).Select(each => each.Key).ToArray())
                    {
                        known.Remove(key);
                    }

                    tree.Add(page[0], before, Page(content));
                    known[(before, content)] = page[0];
                    held.Add(page[0]);
                }

                Assert.That(pool.Free, Is.EqualTo(Count - held.Distinct().Count()));
            }
        }

        private static int[] Page(int content) => Enumerable.Range(0, StateLayout.PageTokens).Select(i => (content * 1000) + i).ToArray();

        private static void Release(KvPages pool, params int[] pages) => Array.ForEach(pages, pool.Release);
    }
}
