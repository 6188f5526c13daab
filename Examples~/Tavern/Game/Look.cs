using System;
using System.Collections.Generic;
using SkiaSharp;

namespace PrismLM.Tavern.Game
{
    /// <summary>What somebody wears on the head.</summary>
    internal enum Headwear
    {
        None,
        Helmet,
        Hood,
        Cap,
        Kerchief,
        WideHat,
    }

    /// <summary>How somebody looks.</summary>
    internal sealed record Look(SKColor Skin, SKColor Hair, SKColor Cloth, SKColor Trim, Headwear Head, SKColor HeadColor, bool Apron, bool Beard, bool LongHair, bool Skirt)
    {
        private static readonly string[] Skins = { "#f0c8a0", "#e3b088", "#c98f62", "#a56d44", "#f4d3b2", "#8a5735" };
        private static readonly string[] Hairs = { "#3a2416", "#6d4223", "#b5762f", "#d8b25f", "#8d8a86", "#241a16", "#93401f" };
        private static readonly string[] Cloths = { "#7a2f2a", "#2f5a5e", "#5d6b34", "#6a4a78", "#3f5f8c", "#8a5a2b", "#a0522f", "#44505c", "#9a7a2e", "#4f6f5a" };
        private static readonly string[] Trims = { "#d9b25a", "#e6d8b4", "#c06a3a", "#8fb0a0", "#c9a0a0" };

        private static readonly Dictionary<string, Look> Known = new(StringComparer.Ordinal)
        {
            ["Bram"] = new(C("#d69c70"), C("#3a2416"), C("#6b6258"), C("#c06a3a"), Headwear.None, default, true, true, false, false),
            ["Tessa"] = new(C("#f2cba6"), C("#b5612a"), C("#3f7a5a"), C("#f1e3bf"), Headwear.Kerchief, C("#c8432f"), true, false, true, true),
            ["Osric"] = new(C("#e3b088"), C("#4a3524"), C("#3d5681"), C("#d9b25a"), Headwear.Helmet, C("#a9b0b5"), false, true, false, false),
            ["Ysolde"] = new(C("#f0d2b6"), C("#8d8a86"), C("#5d4a78"), C("#a9c77a"), Headwear.Hood, C("#4e3d68"), false, false, true, true),
        };

        public static Look Player { get; } = new(C("#f0c8a0"), C("#5a3418"), C("#b8892f"), C("#7a2f2a"), Headwear.WideHat, C("#5a3a20"), false, false, false, false);

        public static Look For(string name, int index)
        {
            if (Known.TryGetValue(name, out Look? look))
            {
                return look;
            }

            // Not string.GetHashCode, which differs from run to run.
            uint hash = 2166136261 + (uint)index * 97;
            foreach (char letter in name)
            {
                hash = (hash ^ letter) * 16777619;
            }

            var random = new Random((int)(hash & 0x7fffffff));
            bool woman = random.Next(2) == 0;
            return new Look(
                Pick(random, Skins), Pick(random, Hairs), Pick(random, Cloths), Pick(random, Trims), (Headwear)random.Next(0, 6), Pick(random, Cloths),
                random.Next(4) == 0, !woman && random.Next(2) == 0, woman, woman);
        }

        private static SKColor Pick(Random random, string[] from) => C(from[random.Next(from.Length)]);

        private static SKColor C(string text) => SKColor.Parse(text);
    }
}
