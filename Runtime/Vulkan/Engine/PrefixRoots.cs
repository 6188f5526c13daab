using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// Where paths of the prefix tree begin: one root for each setting of the head dials, since dials change every key and value behind the first layer. A root is a
    /// negative number, so that it cannot be a page.
    /// </summary>
    internal sealed class PrefixRoots
    {
        private readonly List<Root> roots = new List<Root>();

        /// <summary>Settings in use.</summary>
        public int Count { get; private set; }

        /// <summary>The root of a setting, with one more reference. Dials of 1 everywhere give the bits of none, so they are none.</summary>
        public int Take(ReadOnlySpan<float> dials)
        {
            ReadOnlySpan<float> setting = IsNeutral(dials) ? default : dials;
            int free = -1;
            for (int i = 0; i < roots.Count; i++)
            {
                if (roots[i].References == 0)
                {
                    free = i;
                }
                else if (SameBits(roots[i].Dials, setting))
                {
                    roots[i].References++;
                    return ~i;
                }
            }

            if (free < 0)
            {
                free = roots.Count;
                roots.Add(new Root());
            }

            roots[free].Dials = setting.ToArray();
            roots[free].References = 1;
            Count++;
            return ~free;
        }

        public void AddReference(int root) => roots[~root].References++;

        public void Release(int root)
        {
            if (--roots[~root].References == 0)
            {
                Count--;
            }
        }

        private static bool IsNeutral(ReadOnlySpan<float> dials)
        {
            foreach (float dial in dials)
            {
                if (dial != 1f)
                {
                    return false;
                }
            }

            return true;
        }

        private static bool SameBits(ReadOnlySpan<float> left, ReadOnlySpan<float> right) => MemoryMarshal.AsBytes(left).SequenceEqual(MemoryMarshal.AsBytes(right));

        private sealed class Root
        {
            public float[] Dials { get; set; } = Array.Empty<float>();

            public int References { get; set; }
        }
    }
}
