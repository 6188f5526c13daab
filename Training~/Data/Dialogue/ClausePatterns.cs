using System;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>Patterns of rumours, quests and facts; <see cref="ValuePools.Fill"/> knows their slots.</summary>
    internal static class ClausePatterns
    {
        /// <summary>Read after "they say".</summary>
        public static readonly string[] Rumours = Lines("""
            {who} buried {t} {where}
            {who} hid {t} {where}
            {who} found {t} {where} {when}
            {who} lost {t} {where}
            {who} saw a {beast} with {num} legs {where}
            {who} was seen digging {where} {when}
            {who} sleeps {where} every night
            {who} is in love with {who}
            {who} sold {t} to {who} {when}
            {who} stole {t} from {who}
            {who} owes {num} {coin} to {who}
            {who} will leave for {p} before winter
            {who} talks to a {beast} {where}
            {who} is really a {beast} under a spell
            {who} made a bargain with {who} {when}
            {who} is building a secret door {where}
            {who} never came back from {p}
            {who} has a twin in {p}
            {who} keeps {t} in a hole {where}
            {who} and {who} were married in secret {when}
            {t} lies {where}
            {t} was stolen from the {n} {when}
            a light burns {where} {when}
            a ghost walks {where} {when}
            a giant {beast} lives {where}
            a stranger paid {num} {coin} for {t}
            a tunnel leads from the {n} to the {n}
            a white {beast} was born {where}
            nobody has slept in the {n} since {who} left
            strange music comes from the {n} {when}
            the {n} will be sold to {who}
            the {n} is cursed because of {who}
            the {n} was built on top of an old {n}
            the {n} in {p} burned down {when}
            the lord of {p} is looking for {t}
            the road to {p} is watched by {num} bandits
            there is a door {where} that only opens {when}
            there are {pest} in the {n}
            {num} soldiers from {p} were seen {where}
            {num} ships will come from {p} {when}
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
            carry {num} {goods} to the {n}
            chase the {pest} out of the {n}
            clear the {pest} from the cellar of the {n}
            guard the {n} until morning
            guard {who} on the road to {p}
            deliver {num} {goods} to {N} in {p}
            deliver this {item} to {who}
            ask {who} about {t}
            ask {N} in {p} for {num} {goods}
            follow {who} and see where he goes {when}
            watch the {n} for {num} nights
            look for {N} {where}
            look for tracks of a {beast} {where}
            mend the roof of the {n}
            mend the fence behind the {n}
            catch the {beast} that lives {where}
            catch the thief who took {t}
            light a fire in the {n} {when}
            buy {num} {goods} from {who}
            buy me a {item} at the market in {p}
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

        /// <summary>What can be said about a place, after its name.</summary>
        public static readonly string[] PlacePredicates = Lines("""
            is closed until {when}
            has been dry for {num} years
            was built by {who}
            was built {num} years ago
            belongs to {who}
            belonged to {N} once
            is guarded by {num} men
            is full of {pest}
            burned down {when}
            floods every spring
            can only be reached by boat
            has {num} doors
            has a hidden stair
            is older than {p}
            was sold for {num} {coin}
            is kept locked since {who} died
            costs {num} {coin} to enter
            is open on market days only
            was painted by {N}
            is being repaired by {N}
            smells of fish {when}
            is said to be safe again
            has a crack in its north wall
            is where {who} sleeps
            is where {N} works
            needs a new roof
            leads to {p}
            can be seen from {p}
            is the pride of {p}
            was once a {n}
            stands empty
            is haunted by a {beast}
            has no roof since the storm
            feeds {num} families
            closes at sunset
            """);

        /// <summary>What can be said about a person.</summary>
        public static readonly string[] PersonPredicates = Lines("""
            comes from {p}
            has {num} children
            has been sick for {num} days
            lives alone {where}
            is afraid of {pest}
            left for {p} {when}
            keeps a {beast}
            was born in {p}
            never drinks ale
            pays {num} {coin} for {goods}
            is looking for {t}
            has the only key to the {n}
            sings in the {n} {when}
            cannot read
            used to be a soldier
            sleeps in the {n}
            owns {num} horses
            lost an eye in {p}
            will marry {N} in spring
            buys {goods}
            is cousin to {who}
            knows the way to {p}
            hates {goods}
            was once rich
            won {num} {coin} at dice
            tells lies about {p}
            eats only fish
            repairs clocks for {num} {coin}
            walks to {p} every week
            teaches children in the {n}
            """);

        private static string[] Lines(string text)
            => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
