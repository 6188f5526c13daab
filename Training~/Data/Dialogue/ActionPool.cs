namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>An action a game may allow: its name, and the words a player asks for it with.</summary>
    internal sealed record ActionValue(string Name, string Phrase)
    {
        /// <summary>The phrase as the NPC says it: "show me" becomes "show you".</summary>
        public string ToPlayer => string.Join(' ', System.Linq.Enumerable.Select(Phrase.Split(' '), word => word is "me" or "us" ? "you" : word));
    }

    /// <summary>Actions built from verbs and what they fit: "open_north_gate", asked for as "open the north gate".</summary>
    internal static class ActionPool
    {
        private static readonly string[] Kinds =
        {
            "open close lock unlock guard repair:gate door chest trapdoor shutters drawbridge cage hatch window cellar",
            "light put_out bring raise lower:lamp fire torch candle lantern beacon",
            "ring hide bring polish sell:bell horn shield crown sword drum",
            "play sing start stop:song music dance march tune",
            "give_me show_me fetch lend_me bring_me:key map sword potion rope letter book ring bread blanket bow ladder",
            "take_me_to show_me lead_me_to walk_to:mill bridge harbour temple market tavern tower mine chapel castle",
            "feed saddle call chase_away release:dog horse cat goat falcon mule pigs geese",
            "attack arrest follow free warn call:guards thief bandits prisoner spy captain stranger",
        };

        private static readonly string[] Plain =
        {
            "follow_me", "wait_here", "sit_down", "stand_up", "come_with_me", "go_away", "stop_that", "step_aside", "turn_around", "dance_with_me", "tell_a_story",
            "sing_for_us", "keep_watch", "stay_close", "lie_down", "go_home", "hide_here", "kneel_down", "run_away", "be_quiet", "wave_back", "trade_with_me", "heal_me", "teach_me",
        };

        private static readonly string[] Adjectives = { "north", "south", "old", "new", "small", "big", "iron", "red", "black", "white", "east", "west" };

        public static ActionValue Draw(ValuePools pools)
        {
            ActionValue? drawn = null;
            pools.Draw((_, random) =>
            {
                if (random.Chance(0.2))
                {
                    var plain = random.Pick(Plain);
                    drawn = new ActionValue(plain, Words(plain));
                    return plain;
                }

                var kind = random.Pick(Kinds).Split(':');
                var verb = random.Pick(kind[0].Split(' '));
                var thing = (random.Chance(0.35) ? random.Pick(Adjectives) + "_" : string.Empty) + random.Pick(kind[1].Split(' '));
                drawn = new ActionValue(verb + "_" + thing, Words(verb) + " the " + Words(thing));
                return drawn.Name;
            });
            return drawn!;
        }

        /// <summary>An action that is easily taken for another: the same thing with another verb, the same verb with another thing, or another gate of two.</summary>
        public static ActionValue Near(ValuePools pools, SeededRandom random, ActionValue action)
        {
            var words = action.Name.Split('_');
            var sameThing = random.Chance(0.5);
            for (var tries = 0; tries < 60; tries++)
            {
                var other = Draw(pools);
                var own = other.Name.Split('_');
                if (other.Name != action.Name && (sameThing ? own[^1] == words[^1] : own[0] == words[0]))
                {
                    return other;
                }
            }

            return Draw(pools);
        }

        private static string Words(string name) => name.Replace('_', ' ');
    }
}
