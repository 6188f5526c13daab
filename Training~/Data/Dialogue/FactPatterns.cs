namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>
    /// What can be said about a topic, and what one would ask to hear it. A line is "what is said => question | question | * question", questions
    /// about {topic}; the starred one is validation's alone.
    /// </summary>
    internal static class FactPatterns
    {
        public static readonly FactPattern[] Buildings = FactPattern.ParseAll("""
            is closed until {until} => When does the {topic} open? | When will the {topic} open again? | * How long will the {topic} stay closed?
            was built by {who} => Who built the {topic}? | Who made the {topic}? | * Whose hands built the {topic}?
            was built {num} years ago => How old is the {topic}? | When was the {topic} built? | * What is the age of the {topic}?
            belongs to {who} => Who owns the {topic}? | Whose is the {topic}? | * Who does the {topic} belong to?
            belonged to {N} once => Who used to own the {topic}? | Whose was the {topic}? | * Who owned the {topic} before?
            is guarded by {num} men => Who guards the {topic}? | Is the {topic} guarded? | * How many men guard the {topic}?
            is full of {pest} => What is in the {topic}? | What lives in the {topic}? | * What will I find in the {topic}?
            burned down {past} => What happened to the {topic}? | When did the {topic} burn down? | * Did something happen to the {topic}?
            has {num} doors => How many doors does the {topic} have? | How do I get into the {topic}? | * How many ways into the {topic} are there?
            has a hidden stair => Is there a secret in the {topic}? | What is hidden in the {topic}? | * Does the {topic} hide something?
            is older than {p} => How old is the {topic}? | Is the {topic} old? | * Has the {topic} stood for long?
            was sold for {num} {coin} => How much was paid for the {topic}? | What did the {topic} sell for? | * For how much did the {topic} change hands?
            is kept locked since {who} died => Why is the {topic} locked? | Is the {topic} open? | * Can I enter the {topic}?
            costs {num} {coin} to enter => What does it cost to enter the {topic}? | How much must I pay at the {topic}? | * What's the fee at the {topic}?
            is open on market days only => When is the {topic} open? | When can I visit the {topic}? | * On which days is the {topic} open?
            was painted by {N} => Who painted the {topic}? | Who gave the {topic} its colour? | * Whose brush painted the {topic}?
            is being repaired by {N} => Who repairs the {topic}? | Who is working on the {topic}? | * Who mends the {topic}?
            smells of fish {often} => What does the {topic} smell of? | Why does the {topic} smell? | * What is that smell from the {topic}?
            has a crack in its north wall => Is the {topic} safe? | What is wrong with the {topic}? | * Does the {topic} have a flaw?
            is where {who} sleeps => Who sleeps in the {topic}? | Who lives in the {topic}? | * Who spends the night in the {topic}?
            is where {N} works => Who works in the {topic}? | Who can I find at the {topic}? | * Who has a job in the {topic}?
            needs a new roof => What does the {topic} need? | What is broken at the {topic}? | * What does the {topic} lack?
            can be seen from {p} => From where can I see the {topic}? | How far can one see the {topic}? | * Where do I get a view of the {topic}?
            is the pride of {p} => Who is proud of the {topic}? | Is the {topic} famous? | * Who boasts of the {topic}?
            was once {ab0} => What was the {topic} before? | What did the {topic} use to be? | * What was the {topic} in the old days?
            stands empty since {N} moved to {p} => Who lives in the {topic}? | Why is the {topic} empty? | * Does anyone use the {topic}?
            is haunted by {abeast} => Is the {topic} haunted? | What haunts the {topic}? | * Which ghost haunts the {topic}?
            has no roof since the storm => What happened to the {topic}? | What did the storm do to the {topic}? | * What damage did the {topic} take?
            feeds {num} families => Who lives off the {topic}? | How many people live off the {topic}? | * How many mouths depend on the {topic}?
            closes at sunset => When does the {topic} close? | Until when is the {topic} open? | * How late is the {topic} open?
            """);

        public static readonly FactPattern[] Lands = FactPattern.ParseAll("""
            is closed until {until} => When does the {topic} open? | Can I go to the {topic}? | * How long will the {topic} stay closed?
            belongs to {who} => Who owns the {topic}? | Whose is the {topic}? | * Who does the {topic} belong to?
            belonged to {N} once => Who used to own the {topic}? | Whose was the {topic}? | * Who owned the {topic} before?
            is guarded by {num} men => Who guards the {topic}? | Is the {topic} guarded? | * How many men guard the {topic}?
            is full of {pest} => What lives at the {topic}? | What should I fear at the {topic}? | * What will I find at the {topic}?
            floods every spring => When does the {topic} flood? | Does the {topic} flood? | * What happens to the {topic} in spring?
            can only be reached by boat => How do I reach the {topic}? | How do I get to the {topic}? | * By what way can I reach the {topic}?
            was sold for {num} {coin} => How much was paid for the {topic}? | What did the {topic} sell for? | * For how much did the {topic} change hands?
            costs {num} {coin} to cross => What does it cost to cross the {topic}? | How much must I pay at the {topic}? | * What's the toll at the {topic}?
            is said to be safe again => Is the {topic} safe? | Can I travel by the {topic}? | * Is there danger at the {topic}?
            leads to {p} => Where does the {topic} lead? | Where do I get to by the {topic}? | * What lies beyond the {topic}?
            can be seen from {p} => From where can I see the {topic}? | How far can one see the {topic}? | * Where do I get a view of the {topic}?
            is the pride of {p} => Who is proud of the {topic}? | Is the {topic} famous? | * Who boasts of the {topic}?
            is haunted by {abeast} => Is the {topic} haunted? | What haunts the {topic}? | * Which ghost haunts the {topic}?
            feeds {num} families => Who lives off the {topic}? | How many people live off the {topic}? | * How many mouths depend on the {topic}?
            has been quiet for {num} years => How long has the {topic} been quiet? | Is the {topic} quiet? | * For how long has there been peace at the {topic}?
            is where {who} goes {often} => Who goes to the {topic}? | Whom can I meet at the {topic}? | * Who spends time at the {topic}?
            is where {N} was lost => Who was lost at the {topic}? | What happened at the {topic}? | * Who went missing at the {topic}?
            is named after {N} => Who is the {topic} named after? | Where does the {topic} have its name from? | * Who gave the {topic} its name?
            is dangerous {often} => When is the {topic} dangerous? | Is the {topic} dangerous? | * When should I stay away from the {topic}?
            is {num} miles from {p} => How far is the {topic}? | Where is the {topic}? | * What's the distance to the {topic}?
            is home to {abeast} => What animal lives at the {topic}? | What lives at the {topic}? | * Which beast lives at the {topic}?
            was cleared of {pest} {past} => Is the {topic} safe? | What was done about the {topic}? | * Did someone clear the {topic}?
            is covered in fog {often} => When is there fog at the {topic}? | Can I see the {topic} well? | * When does fog cover the {topic}?
            hides {t} => What is hidden at the {topic}? | Is there treasure at the {topic}? | * What could I dig up at the {topic}?
            takes {num} hours to walk around => How big is the {topic}? | How long does it take to walk around the {topic}? | * What is the size of the {topic}?
            is watched by {who} => Who watches the {topic}? | Is someone at the {topic}? | * Who keeps an eye on the {topic}?
            is visited by {who} {often} => Who visits the {topic}? | Who comes to the {topic}? | * Whom might I run into at the {topic}?
            """);

        public static readonly FactPattern[] People = FactPattern.ParseAll("""
            comes from {p} => Where does the {topic} come from? | Where is the {topic} from? | * What is the home of the {topic}?
            has {num} children => How many children does the {topic} have? | Does the {topic} have children? | * How large is the family of the {topic}?
            has been sick for {num} days => Is the {topic} well? | How long has the {topic} been sick? | * What ails the {topic}?
            lives alone {where} => Where does the {topic} live? | Where can I find the {topic}? | * Where is the house of the {topic}?
            is afraid of {pest} => What does the {topic} fear? | What is the {topic} afraid of? | * What scares the {topic}?
            left for {p} {past} => Where is the {topic}? | Where did the {topic} go? | * When did the {topic} leave?
            keeps {abeast} => Does the {topic} have a pet? | What animal does the {topic} have? | * Which beast does the {topic} keep?
            was born in {p} => Where was the {topic} born? | Where is the {topic} from? | * What is the birthplace of the {topic}?
            never drinks ale => What does the {topic} drink? | Does the {topic} drink? | * Does the {topic} like ale?
            pays {num} {coin} for {goods} => What does the {topic} pay for? | What will the {topic} pay me for? | * How could I earn coin from the {topic}?
            is looking for {t} => What does the {topic} want? | What is the {topic} looking for? | * What does the {topic} seek?
            has the only key to the {b} => What does the {topic} have? | What does the {topic} keep safe? | * What does the {topic} carry?
            sings in the {b} {often} => Where does the {topic} sing? | What does the {topic} do for fun? | * Where can I hear the {topic}?
            cannot read => Can the {topic} read? | Should I write to the {topic}? | * Can the {topic} read a letter?
            used to be a soldier => What did the {topic} do before? | What was the {topic} once? | * What is the past of the {topic}?
            sleeps in the {b} => Where does the {topic} sleep? | Where is the {topic} at night? | * Where does the {topic} spend the night?
            owns {num} horses => How many horses does the {topic} have? | What does the {topic} own? | * Does the {topic} own horses?
            lost an eye in {p} => How did the {topic} lose an eye? | What happened to the {topic}? | * Where was the {topic} hurt?
            will marry {N} {future} => Who will the {topic} marry? | Is the {topic} married? | * When is the wedding of the {topic}?
            buys {goods} => What does the {topic} buy? | What can I sell to the {topic}? | * What would the {topic} buy from me?
            is cousin to {who} => Who is related to the {topic}? | Does the {topic} have family? | * Who is kin to the {topic}?
            knows the way to {p} => What does the {topic} know? | Where could the {topic} lead me? | * Which way does the {topic} know?
            hates {goods} => What does the {topic} hate? | What should I not give to the {topic}? | * What can the {topic} not stand?
            was once rich => Is the {topic} rich? | Did the {topic} have money? | * Did the {topic} ever have gold?
            won {num} {coin} at dice => Where does the {topic} have the money from? | Is the {topic} lucky? | * How did the {topic} get the coin?
            tells lies about {p} => Can I trust the {topic}? | Is the {topic} honest? | * Does the {topic} tell the truth?
            eats only fish => What does the {topic} eat? | What food does the {topic} like? | * What should I cook for the {topic}?
            repairs clocks for {num} {coin} => What does the {topic} do? | How much does the {topic} take for repairs? | * What could the {topic} mend for me?
            walks to {p} every week => Where does the {topic} go? | Does the {topic} travel? | * How often does the {topic} travel?
            teaches children in the {b} => What does the {topic} do? | Who teaches the children? I heard of the {topic}. | * Where does the {topic} teach?
            """);

        /// <summary>Goods without a plural: "the iron".</summary>
        public static readonly FactPattern[] Stuffs = FactPattern.ParseAll("""
            comes from {p} => Where does the {topic} come from? | Where do you get the {topic}? | * What is the source of the {topic}?
            comes from the hills near {p} => Where does this {topic} come from? | Where is the {topic} from? | * From where do they bring the {topic}?
            is brought here by {who} => Who brings the {topic}? | Where does the {topic} come from? | * Who delivers the {topic}?
            is made by {N} => Who makes the {topic}? | Whose {topic} is this? | * Who is the maker of the {topic}?
            is made in {p} => Where is the {topic} made? | Where does this {topic} come from? | * In what place is the {topic} made?
            costs {num} {coin} a pound => What does the {topic} cost? | How much is the {topic}? | * What's the price of the {topic}?
            is kept in the {b} => Where is the {topic}? | Where do they keep the {topic}? | * Where is the {topic} stored?
            has been scarce since {since} => Why is there so little {topic}? | Is there enough {topic}? | * Since when is {topic} hard to find?
            was stolen {past} => Where is the {topic}? | What happened to the {topic}? | * When was the {topic} taken?
            is better in {p} => Where is the best {topic}? | Is the {topic} any good? | * Where should I buy {topic}?
            goes to {p} by boat => Where does the {topic} go? | Who buys the {topic}? | * How is the {topic} carried?
            is sold by {who} => Who sells {topic}? | Where can I buy {topic}? | * From whom do I buy {topic}?
            is gone until {until} => When will there be {topic} again? | Is there any {topic}? | * How long will the {topic} be gone?
            was a gift from {who} => Who gave you the {topic}? | Where is the {topic} from? | * Whose gift was the {topic}?
            """);
    }
}
