namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>
    /// What NPCs answer, by intent. A section "X.Unknown" is for what the persona does not say; each of its lines holds one of
    /// <see cref="DeclineMarkers"/>, and no line of a known answer does.
    /// </summary>
    internal static partial class ReplyWordings
    {
        public static readonly WordingBook Book = new(Known, Unknown, AboutPlayer, Social);

        private const string Known = """
            # AskName
            My name is {name}.
            [I am|I'm] {name}.
            They call me {name}.
            Folk call me {name}.
            You [may|can] call me {name}.
            The name is {name}.
            {name} is my name.
            I am called {name}.
            I go by {name}.
            Call me {name}.
            My mother named me {name}.
            Around here I'm known as {name}.
            # AskTrade
            [I am|I'm] {atrade}.
            I work as {atrade}.
            I earn my bread as {atrade}.
            By trade [I am|I'm] {atrade}.
            You are talking to {atrade}.
            I make my living as {atrade}.
            I have been {atrade} for years.
            My work? I'm {atrade}.
            They know me as {atrade}.
            I serve this place as {atrade}.
            # AskPlace
            I live in {place}.
            My home is in {place}.
            You'll find me in {place}.
            I sleep in {place}.
            I have a bed in {place}.
            Look for me in {place}.
            I make my home in {place}.
            I've lived in {place} all my life.
            My place is in {place}.
            I stay in {place}.
            # AskKin
            I have {kin}.
            There is {kin}.
            My family? I have {kin}.
            I've got {kin}.
            I share my home with {kin}.
            I am blessed with {kin}.
            At home I have {kin}.
            By blood or by bond, I have {kin}.
            All I have is {kin}.
            Yes, I have {kin}.
            # AskKinName
            My {rel} is called {kinname}.
            My {rel}'s name is {kinname}.
            {kinname} is my {rel}.
            The name of my {rel} is {kinname}.
            We call my {rel} {kinname}.
            That would be {kinname}.
            Ask for {kinname}.
            They named my {rel} {kinname}.
            You mean {kinname}.
            # AskWares
            I sell {wares}.
            I have {wares} for sale.
            Today I can offer {wares}.
            You can buy {wares} from me.
            I've got {wares}.
            Look here: {wares}.
            In my pack I have {wares}.
            If you have coin, I have {wares}.
            Take your pick: {wares}.
            I'm selling {wares}.
            # AskPrice
            The {item} will cost you {price}.
            The price of the {item} is {price}.
            I want {price} for the {item}.
            I ask {price} for the {item}.
            {price} for the {item}.
            That will be {price}.
            It's yours for {price}.
            For the {item}? {price}.
            Give me {price} and the deal is done.
            You can have it for {price}.
            The price is {price}.
            I could let the {item} go for {price}.
            # AskRumour
            They say {rumour}.
            [I heard|I've heard] that {rumour}.
            People whisper that {rumour}.
            Word is that {rumour}.
            In the tavern they say {rumour}.
            Rumour has it that {rumour}.
            Have you heard? They say {rumour}.
            Between you and me, {rumour}.
            If the talk is true, {rumour}.
            Someone told me that {rumour}.
            The latest is that {rumour}.
            # AskQuest
            I need someone to {quest}.
            You could {quest}.
            If you want to help, {quest}.
            I'd be glad if you could {quest}.
            There is one thing: {quest}.
            I'm looking for someone to {quest}.
            I'd pay well if you {quest}.
            I want you to {quest}.
            My task for you: {quest}.
            Would you {quest}?
            It would help me if you {quest}.
            # AskMood
            [I am|I'm] {mood}.
            I feel {mood}.
            I'm {mood}, if you must know.
            Today I am {mood}.
            To be honest, I'm {mood}.
            I've been {mood} all day.
            You see me {mood}.
            Can't you tell? I am {mood}.
            I must say I feel {mood}.
            Right now I'm {mood}.
            # AskFact
            As far as I know, {fact}.
            I can tell you that {fact}.
            Everyone here knows that {fact}.
            I know that {fact}.
            This much is true: {fact}.
            What I know is that {fact}.
            Yes, {fact}.
            It's no secret that {fact}.
            You should know that {fact}.
            Believe me, {fact}.
            They told me that {fact}.
            # RequestAction
            [Very well|All right|As you wish|Fine|Of course|Gladly|Certainly], I will {doact}.
            [Very well|All right|As you wish|Fine|Of course|Gladly|Certainly], I'll {doact}.
            I'll {doact} [at once|right away|now].
            You want me to {doact}? It shall be done.
            Watch me {doact}.
            I can {doact}.
            Consider it done, I'll {doact}.
            If you ask me to {doact}, I will.
            To {doact}? Yes, I will do that.
            Let me {doact} for you.
            # Repeat
            I said: {again}
            As I said: {again}
            Once more then. {again}
            Again? {again}
            Listen this time. {again}
            I'll say it again. {again}
            Let me repeat it. {again}
            You missed it? {again}
            """;

        private const string Unknown = """
            # AskName.Unknown
            I'd rather not [tell you my|give my] name.
            [I keep my name|My name stays] to myself.
            I'd rather not say who I am.
            Names? I'd rather not share mine.
            My name is not for me to say.
            I have no name that I care to share.
            I'd rather not be known by name.
            [I'm sorry|Forgive me], but I can't tell you my name.
            A name? I have no name worth telling.
            Who I am? I couldn't say.
            # AskTrade.Unknown
            I have no trade to speak of.
            My work? I'd rather not say.
            I can't say that I have a trade.
            I have no craft, friend.
            I'd rather not talk about my work.
            What I do I keep to myself.
            I couldn't tell you what my trade is.
            I have no real work.
            I'm not sure I have a trade at all.
            # AskPlace.Unknown
            I'd rather not say where I live.
            I have no home to speak of.
            Where I live I keep to myself.
            I couldn't tell you where my home is.
            I can't say where I'll sleep tonight.
            I have no fixed home.
            I'm not sure where I belong.
            My home? I'd rather not tell.
            # AskKin.Unknown
            I have no family [to speak of|that I know of|left].
            I'd rather not talk about my family.
            My family? I know nothing of them.
            I have no kin to tell you about.
            I keep my family to myself.
            I couldn't tell you about any kin.
            I'm not sure I have any family.
            I have no one to speak of.
            # AskOtherKin.Unknown
            I have no {rel}.
            A {rel}? [Not that I know of|None that I know of].
            I don't know of any {rel}.
            I have no {rel} that I know of.
            You must mean someone else. I have no {rel}.
            I couldn't tell you about a {rel}.
            A {rel}? I have no such kin.
            I know nothing of a {rel}.
            # AskWares.Unknown
            I have nothing for sale.
            I don't sell anything.
            [I'm sorry|Sorry], I have nothing to sell.
            I do not sell goods.
            My pack is empty. I have nothing for sale.
            You want to buy? I have nothing to sell.
            I have no wares.
            There is nothing for sale here.
            # AskPrice.Unknown
            I don't sell {aitem}.
            I have no {item}.
            I do not sell {aitem} here.
            The {item}? I have no such thing.
            {cap:aitem}? I have nothing like that, and I don't know the price.
            I couldn't tell you what the {item} would cost.
            I have no {item} for sale.
            Sorry, but I don't sell {aitem}.
            I can't say what {aitem} would cost. I have none.
            # AskRumour.Unknown
            I haven't heard any news.
            I have heard nothing [new|of note|lately].
            I know nothing of rumours.
            Rumours? I have no rumours to share.
            I'd rather not gossip.
            I don't know any gossip.
            I have no news.
            No one tells me anything. I know nothing.
            I can't say I have heard anything.
            # AskQuest.Unknown
            I have no work for you.
            I have no task to give.
            [I'm sorry|Sorry], I have no job for you.
            I don't know of any work.
            I can't think of anything. I have no task.
            Work? I have no need of help.
            I have nothing for you to do, none that I know of.
            There is no work that I know of.
            I couldn't say what you might do.
            # AskFact.Unknown
            I know nothing about the {topic}.
            I don't know anything about the {topic}.
            The {topic}? I have no idea.
            I couldn't tell you about the {topic}.
            I have never heard of the {topic}. I don't know it.
            The {topic}? I can't say.
            About the {topic} I know nothing.
            I have no news of the {topic}.
            You'd have to ask someone else about the {topic}. I couldn't say.
            I can't tell you a thing about the {topic}.
            The {topic}? Never heard of it.
            I wish I knew more about the {topic}, but I have no idea.
            I'm not sure what you mean by the {topic}.
            # AskOffWorld.Unknown
            I don't know that.
            I have no idea.
            That I couldn't tell you.
            That is beyond me.
            I couldn't say.
            I have no answer to that.
            I wish I knew.
            How should I know? I have no idea.
            I don't know about such things.
            You ask too much of me. I don't know.
            I know nothing of such matters.
            I can't help you with that. I don't know.
            [I'm sorry|Forgive me], but I don't know.
            That is a question I have no answer to.
            Such things are beyond me.
            # Refusal
            [No|Sorry|I'm sorry], I [will not|won't|cannot|can't] {doact}.
            I [will not|won't|cannot|can't] {doact}.
            I'm not allowed to {doact}.
            You ask me to {doact}? I can't do that.
            I must not {doact}.
            To {doact} is not something I can do.
            I won't {doact} for you.
            No one may ask me to {doact}. I won't.
            I'd like to help, but I can't {doact}.
            I refuse to {doact}.
            """;

        private const string AboutPlayer = """
            # TellName
            [Well met|Welcome|Hello|Greetings|Good day], {told}.
            [Nice|Good|Glad] to meet you, {told}.
            {told}? I'll remember that name.
            So you are {told}.
            {told}, is it? A fine name.
            I will call you {told}, then.
            I'm pleased to know you, {told}.
            I have not met a {told} before.
            # TellOrigin
            So you come from {told}.
            {cap:told}? That is a long way.
            I've never been to {told}.
            I have heard good things about {told}.
            Is life good in {told}?
            From {told}, then. Welcome.
            You are far from {told}.
            Not many come here from {told}.
            # TellTrade
            So you're {atold}.
            {cap:atold}, you say? Honest work.
            We could use {atold} here.
            I would not have taken you for {atold}.
            It must be hard to be {atold}.
            I once wanted to be {atold} too.
            We don't see {atold} every day.
            A traveller who is {atold}, good.
            # TellSearch
            I hope you find {atold}.
            {cap:atold}, you say? Good luck.
            I'll keep my eyes open for {atold}.
            Not easy to find {atold} these days.
            So it's {atold} you need.
            Good luck in your search for {atold}.
            If I see {atold}, I'll call you.
            # RecallName
            [You are|You're] {told}.
            Your name is {told}.
            You told me your name is {told}.
            You said they call you {told}.
            I remember you. {told} is your name.
            {told}, of course.
            You're {told}, I have not forgotten.
            # RecallOrigin
            You come from {told}.
            You said you come from {told}.
            [You are|You're] from {told}.
            You told me you're from {told}.
            Your home is {told}, you said.
            From {told}, of course.
            I remember, you are from {told}.
            # RecallTrade
            [You are|You're] {atold}.
            You said you are {atold}.
            You told me that you're {atold}.
            You work as {atold}.
            I remember, you are {atold}.
            You make your living as {atold}.
            # RecallSearch
            You are looking for {atold}.
            You said you need {atold}.
            You told me you're looking for {atold}.
            I remember, you want {atold}.
            You came here for {atold}.
            It was {atold} you wanted.
            # RecallName.Unknown
            You never told me your name.
            You haven't told me your name.
            I don't know your name.
            How should I know? You never told me your name.
            Your name? I don't know it.
            I couldn't say, we have only just met.
            I have no idea who you are.
            # RecallOrigin.Unknown
            You never told me where you come from.
            You haven't told me where you're from.
            I don't know where you come from.
            I have no idea where your home is.
            I couldn't say where you are from.
            How should I know? You never told me about your home.
            # RecallTrade.Unknown
            You never told me what you do.
            You haven't told me your trade.
            I don't know what you do.
            I have no idea what your trade is.
            I couldn't say what work you do.
            How should I know? You never told me about your work.
            # RecallSearch.Unknown
            You never told me what you need.
            You haven't told me what you're looking for.
            I don't know what you're looking for.
            I have no idea what you are looking for.
            I couldn't say what you want.
            How should I know? You never told me what you came for.
            """;

        private const string Social = """
            # Greeting
            {hello}[, friend|, stranger|, traveller|]. What [can I do for you|brings you here|do you want|do you need]?
            {hello} to you[ too|, friend|, stranger|]. [How can I help|What brings you here|What is it]?
            {hello}. I am {name}. [What can I do for you|How can I help you|What brings you here]?
            {hello}, I'm {name}. [And you|What do you need|Who are you|Speak]?
            {hello}. [You must be new here|I don't think we have met|You look like you came a long way|Come in and sit down|It is a good day to talk].
            {hello}[, friend|, stranger|]. {name} is my name. [Ask what you like|What do you need|Speak your mind].
            # Farewell
            [Farewell|Goodbye|Safe travels|Go well|So long|Take care], [friend|stranger|traveller].
            [Farewell|Goodbye|Safe travels|Go well], and [watch the road|mind your step|keep warm|stay safe|come back soon|good luck].
            [Until next time|See you again|May the road be kind to you|Good luck out there|Walk safely|Till we meet again].
            [Off you go, then|Leaving already|So soon]? [Take care|Farewell|Goodbye|Go well].
            [You know where to find me|My door is open|Don't be a stranger]. [Goodbye|Farewell|Take care].
            # Thanks
            [You are welcome|You're welcome|Don't mention it|It was nothing|No trouble at all|My pleasure|Any time], [friend|stranger|traveller].
            [You are welcome|You're welcome|Don't mention it|It was nothing|No trouble at all|Glad to help|Any time].
            [Think nothing of it|I was glad to help|One does what one can|A word costs nothing]. [Anything else|Is there more|What else]?
            [No need for thanks|Keep your thanks|You owe me nothing], [friend|stranger|traveller].
            # SmallTalk
            [Yes, I see|So it is|I feel the same|You may be right|Is that so|I thought so too|That happens|True enough]. [It is what it is|Sit down for a while|Tell me more|The day is long|Some days are like that|We must make the best of it].
            [Yes|Indeed|Perhaps|Oh|Hm|Is that so], [such is the season|so it goes|one gets used to it|it could be worse|things are what they are|these are the times we live in|I have seen worse|I could say the same].
            [I've seen worse|It could be worse|Who can say|Things change]. [Anything else|What brings you here|Do you need something|Sit, if you like].
            # Mood.Free
            [Well enough|Not bad|I can't complain|Neither good nor bad|As always|Same as ever|I'm well], [thank you|friend|thanks for asking|and you].
            [Well enough|I'm all right|Not too bad|No better, no worse than yesterday]. [How are you|And you|Thanks for asking|It's kind of you to ask].
            # Cue
            [Hello|Good day|Welcome|Greetings|Well met|Ah, a visitor|A new face], [friend|stranger|traveller]. [What can I do for you|What brings you here|How can I help|Do you need something|Come closer].
            [Hello|Good day|Welcome|Greetings|Well met]. I am {name}. [What can I do for you|What brings you here|How can I help you|Who are you].
            [Welcome|Come in|Ah, there you are|Look who is here|Step closer], [friend|stranger|traveller]. [It has been a quiet day|I did not hear you come|You look tired from the road|Let me look at you|I was just thinking of company].
            [Hello|Greetings|Good day], {name} is my name. [Speak|What do you need|And who are you|How can I help].
            """;
    }
}
