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

        /// <summary>What can be said about a building, after its name.</summary>
        public static readonly string[] BuildingPredicates = Lines("""
            is closed until {until}
            was built by {who}
            was built {num} years ago
            belongs to {who}
            belonged to {N} once
            is guarded by {num} men
            is full of {pest}
            burned down {past}
            has {num} doors
            has a hidden stair
            is older than {p}
            was sold for {num} {coin}
            is kept locked since {who} died
            costs {num} {coin} to enter
            is open on market days only
            was painted by {N}
            is being repaired by {N}
            smells of fish {often}
            has a crack in its north wall
            is where {who} sleeps
            is where {N} works
            needs a new roof
            can be seen from {p}
            is the pride of {p}
            was once {ab0}
            stands empty since {N} moved to {p}
            is haunted by {abeast}
            has no roof since the storm
            feeds {num} families
            closes at sunset
            """);

        /// <summary>What can be said about a piece of land or water.</summary>
        public static readonly string[] LandPredicates = Lines("""
            is closed until {until}
            belongs to {who}
            belonged to {N} once
            is guarded by {num} men
            is full of {pest}
            floods every spring
            can only be reached by boat
            was sold for {num} {coin}
            costs {num} {coin} to cross
            is said to be safe again
            leads to {p}
            can be seen from {p}
            is the pride of {p}
            is haunted by {abeast}
            feeds {num} families
            has been quiet for {num} years
            is where {who} goes {often}
            is where {N} was lost
            is named after {N}
            is dangerous {often}
            is {num} miles from {p}
            is home to {abeast}
            was cleared of {pest} {past}
            is covered in fog {often}
            hides {t}
            takes {num} hours to walk around
            is watched by {who}
            is visited by {who} {often}
            """);

        /// <summary>What can be said about a person.</summary>
        public static readonly string[] PersonPredicates = Lines("""
            comes from {p}
            has {num} children
            has been sick for {num} days
            lives alone {where}
            is afraid of {pest}
            left for {p} {past}
            keeps {abeast}
            was born in {p}
            never drinks ale
            pays {num} {coin} for {goods}
            is looking for {t}
            has the only key to the {b}
            sings in the {b} {often}
            cannot read
            used to be a soldier
            sleeps in the {b}
            owns {num} horses
            lost an eye in {p}
            will marry {N} {future}
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
            teaches children in the {b}
            """);

        private static string[] Lines(string text)
            => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
