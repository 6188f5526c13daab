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
            {cap:arel}? [Not that I know of|None that I know of].
            I don't know of any {rel}.
            I have no {rel} that I know of.
            You must mean someone else. I have no {rel}.
            I couldn't tell you about {arel}.
            {cap:arel}? I have no such kin.
            I know nothing of {arel}.
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
            I have never heard of the {topic}.
            The {topic}? I can't say.
            About the {topic} I know nothing.
            I have no news of the {topic}.
            You'd have to ask someone else about the {topic}. I couldn't say.
            I can't tell you a thing about the {topic}.
            The {topic}? I've never heard of that.
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
    }
}
