using System;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>Patterns of rumours and quests; <see cref="ValuePools.Fill"/> knows their slots.</summary>
    internal static class ClausePatterns
    {
        /// <summary>Read after "they say".</summary>
        public static readonly string[] Rumours = Lines("""
            {who} buried {t} {where}
            {who} hid {t} {where}
            {who} found {t} {where} {past}
            {who} lost {t} {where}
            {who} saw a {beast} with {num} legs {where}
            {who} was seen digging {where} {past}
            {who} sleeps {where} every night
            {who} is in love with {who}
            {who} sold {t} to {who} {past}
            {who} stole {t} from {who}
            {who} owes {num} {coin} to {who}
            {who} will leave for {p} {future}
            {who} talks to {abeast} {where}
            {who} is really {abeast} under a spell
            {who} made a bargain with {who} {past}
            {who} is building a secret door {where}
            {who} never came back from {p}
            {who} has a twin in {p}
            {who} keeps {t} in a hole {where}
            {who} and {who} were married in secret {past}
            {t} lies {where}
            {t} was stolen from the {b} {past}
            a light burns {where} {often}
            a ghost walks {where} {often}
            a giant {beast} lives {where}
            a stranger paid {num} {coin} for {t}
            a tunnel leads from the {b} to the {b}
            a white {beast} was born {where}
            nobody has slept in the {b} since {who} left
            strange music comes from the {n} {often}
            the {b} will be sold to {who} {future}
            the {n} is cursed because of {who}
            the {b} was built on top of an old {b0}
            the {b} in {p} burned down {past}
            the lord of {p} is looking for {t}
            the road to {p} is watched by {num} bandits
            there is a door {where} that only opens {often}
            there are {pest} in the {b}
            {num} soldiers from {p} were seen {where}
            {num} ships will come from {p} {future}
            """);

        /// <summary>Read after "I need someone to".</summary>
        public static readonly string[] Quests = Lines("""
            bring me {num} {goods}
            bring me {num} {goods} from {p}
            bring me {t} from the {n}
            find {t} {where}
            find my lost {beast} {where}
            find {num} {goods} for {who}
            fetch {num} {goods} from the {n}
            fetch {t} for me from {p}
            carry a letter to {N} in {p}
            carry {t} to {who} in {p}
            carry {num} {goods} to the {b}
            chase the {pest} out of the {b}
            clear the {pest} from the cellar of the {b}
            guard the {n} until morning
            guard {who} on the road to {p}
            deliver {num} {goods} to {N} in {p}
            deliver {aitem} to {who}
            ask {who} about {t}
            ask {N} in {p} for {num} {goods}
            follow {who} {often}
            watch the {n} for {num} nights
            look for {N} {where}
            look for tracks of {abeast} {where}
            mend the roof of the {b}
            mend the fence behind the {b}
            catch the {beast} that lives {where}
            catch the thief who took {t}
            light a fire in the {b} {often}
            buy {num} {goods} from {who}
            buy {aitem} at the market in {p}
            trade {t} for {num} {goods}
            walk with {N} to {p}
            warn {who} about the {pest}
            warn the people of {p} about the {beast}
            draw a map of the {n}
            win back {t} from {who}
            talk {who} out of leaving for {p}
            gather {num} {goods} before the snow
            dig up {t} {where}
            return {t} to {who}
            """);

        private static string[] Lines(string text)
            => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
