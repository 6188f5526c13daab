using System;
using W = PrismLM.Training.Data.Dialogue.ValueWords;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>Draws names, places and values from open pools, each only from its split.</summary>
    internal sealed class ValuePools
    {
        private readonly SeededRandom random;
        private readonly DialogueSplit split;

        public ValuePools(SeededRandom random, DialogueSplit split)
        {
            this.random = random;
            this.split = split;
        }

        public DialogueSplit Split => split;

        public string Name() => Draw(static (pools, r)
            => r.Chance(0.15) ? Given(r, r.Chance(0.5)) + " " + r.Pick(W.SurnameStart) + r.Pick(W.SurnameEnd) : Given(r, r.Chance(0.5)));

        /// <summary>A given name alone.</summary>
        public string ShortName() => ShortName(random.Chance(0.5));

        /// <summary>A given name alone; only names from real life differ between women and men.</summary>
        public string ShortName(bool woman) => Draw((pools, r) => Given(r, woman));

        public string Town() => Draw(static (pools, r) => r.Pick(W.PlaceStart) + r.Pick(W.PlaceEnd));

        public string Place() => Draw(static (pools, r) => r.Next(14) switch
        {
            0 => "the village of " + pools.Town(),
            1 => "a stone house near " + pools.Town(),
            2 => "a cottage outside " + pools.Town(),
            3 => "the old mill at " + pools.Town(),
            4 => "the hills above " + pools.Town(),
            5 => "the " + r.Pick(Directions) + " quarter of " + pools.Town(),
            6 => "a hut in the woods near " + pools.Town(),
            7 => "a small room above the " + pools.Building(),
            8 => "the town of " + pools.Town(),
            9 => "the house behind the " + pools.Building(),
            _ => pools.Town(),
        });

        public string Trade() => Draw(static (pools, r) =>
        {
            var noun = r.Chance(0.55) ? r.Pick(W.TradeNouns) : r.Pick(W.TradeGoods) + " " + r.Pick(W.TradeDoers);
            return r.Chance(0.3) ? r.Pick(W.TradeAdjectives) + " " + noun : noun;
        });

        public string Mood(MoodStyle style) => Draw((pools, r) =>
        {
            var adjective = r.Pick(style.Adjectives);
            return pools.split == DialogueSplit.Training && r.Chance(0.55)
                ? adjective
                : adjective + " " + pools.Fill(r.Pick(W.Causes));
        });

        public string Price() => Draw(static (pools, r)
            => FormattableString.Invariant($"{(r.Chance(0.7) ? 2 + r.Next(30) : 2 + r.Next(200))} {r.Pick(W.Coins)}"));

        /// <summary>An item for sale, and whether it is plural.</summary>
        public (string Item, bool Plural) Item()
        {
            var plural = random.Chance(0.2);
            var item = plural
                ? Draw(static (pools, r) => r.Chance(0.6) ? r.Pick(W.Qualities) + " " + r.Pick(W.PluralGoods) : r.Pick(W.PluralGoods))
                : Draw(static (pools, r) =>
                {
                    if (r.Chance(0.15))
                    {
                        var vessel = r.Pick(W.Vessels).Split(':');
                        return (r.Chance(0.4) ? r.Pick(W.Qualities) + " " : string.Empty) + r.Pick(vessel[0].Split(',')) + " " + r.Pick(vessel[1].Split(','));
                    }

                    var kind = r.Next(W.Materials.Length);
                    var material = r.Pick(After(W.Materials[kind], ' '));
                    var good = r.Pick(After(W.Goods[kind], ','));
                    var item = material + " " + good;
                    return r.Chance(0.4) ? r.Pick(W.Qualities) + " " + item : r.Chance(0.2) ? r.Pick(W.Qualities) + " " + good : item;
                });
            return (item, plural);
        }

        /// <summary>A building or a piece of land, with or without an adjective: "old bridge".</summary>
        public string Noun() => random.Chance(0.6) ? Building() : Land();

        public string Building() => Described(random.Pick(W.Buildings));

        public string Land() => Described(random.Pick(W.Lands));

        public string Person() => random.Pick(W.Persons);

        public string Stuff() => random.Pick(W.Stuffs);

        /// <summary>Replaces {n} place, {b} building, {b0} bare building, {p} town, {N} name, {w} cause, {who} person, {t} treasure, and the other slots, named after their lists.</summary>
        public string Fill(string pattern)
        {
            var open = pattern.IndexOf('{', StringComparison.Ordinal);
            if (open < 0)
            {
                return pattern;
            }

            var close = pattern.IndexOf('}', open);
            var value = pattern.Substring(open + 1, close - open - 1) switch
            {
                "n" => Noun(),
                "b" => Building(),
                "b0" => random.Pick(W.Buildings),
                "ab0" => EnglishGrammar.WithArticle(random.Pick(W.Buildings)),
                "p" => Town(),
                "N" => ShortName(),
                "w" => random.Pick(W.CauseNouns),
                "who" => random.Chance(0.75) ? "the " + Person() : ShortName() + " the " + random.Pick(W.TradeNouns),
                "t" => random.Pick(W.Treasures),
                "where" => Fill(random.Pick(W.Wheres)),
                "past" => random.Pick(W.Past),
                "often" => random.Pick(W.Often),
                "future" => random.Pick(W.Future),
                "until" => random.Pick(W.Until),
                "since" => random.Pick(W.Since),
                "num" => random.Pick(W.Numbers),
                "coin" => random.Pick(W.Coins),
                "beast" => random.Pick(W.Animals),
                "abeast" => EnglishGrammar.WithArticle(random.Pick(W.Animals)),
                "goods" => random.Pick(W.QuestGoods),
                "pest" => random.Pick(W.Pests),
                "aitem" => ItemWithArticle(),
                var slot => throw new FormatException($"Unknown slot '{slot}' in: {pattern}"),
            };
            return pattern.Substring(0, open) + value + Fill(pattern.Substring(close + 1));
        }

        /// <summary>A filled pattern that belongs to the split.</summary>
        public string Clause(string[] patterns) => Draw((pools, r) => pools.Fill(r.Pick(patterns)));

        /// <summary>Draws until the value belongs to the split.</summary>
        public string Draw(Func<ValuePools, SeededRandom, string> draw)
        {
            for (var tries = 0; tries < 10000; tries++)
            {
                var value = draw(this, random);
                if (split.Owns(value))
                {
                    return value;
                }
            }

            throw new InvalidOperationException("A pool of values has none for the split " + split + ".");
        }

        private static string Given(SeededRandom r, bool woman) => r.Chance(0.25)
            ? r.Pick(woman ? W.WomensNames : W.MensNames)
            : r.Pick(W.NameStart) + (r.Chance(0.4) ? r.Pick(W.NameMiddle) : string.Empty) + r.Pick(W.NameEnd);

        private string Described(string noun) => random.Chance(0.5) ? random.Pick(W.NounAdjectives) + " " + noun : noun;

        private string ItemWithArticle()
        {
            var (item, plural) = Item();
            return plural ? item : EnglishGrammar.WithArticle(item);
        }

        private static readonly string[] Directions = { "north", "south", "east", "west", "old", "upper", "lower", "harbour" };

        private static string[] After(string line, char separator)
            => line.Substring(line.IndexOf(':', StringComparison.Ordinal) + 1).Split(separator);
    }
}
