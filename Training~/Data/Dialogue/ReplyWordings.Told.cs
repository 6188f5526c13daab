namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>Answers to what players say about themselves, and pleasantries.</summary>
    internal static partial class ReplyWordings
    {
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
            {hello}, I'm {name}. [And you|What do you need|Who are you]?
            {hello}. [You must be new here|I don't think we have met|You look like you came a long way|Come in and sit down|It is a good day to talk].
            {hello}[, friend|, stranger|]. {name} is my name. [Ask what you like.|What do you need?|Speak your mind.]
            # Farewell
            [Farewell|Goodbye|Safe travels|Go well|So long|Take care], [friend|stranger|traveller].
            [Farewell|Goodbye|Safe travels|Go well], and [watch the road|mind your step|keep warm|stay safe|come back soon|good luck].
            [Until next time|See you again|May the road be kind to you|Good luck out there|Walk safely|Till we meet again].
            [Off you go, then.|Leaving already?|So soon?] [Take care|Farewell|Goodbye|Go well].
            [You know where to find me|My door is open|Don't be a stranger]. [Goodbye|Farewell|Take care].
            # Thanks
            [You are welcome|You're welcome|Don't mention it|It was nothing|No trouble at all|My pleasure|Any time], [friend|stranger|traveller].
            [You are welcome|You're welcome|Don't mention it|It was nothing|No trouble at all|Glad to help|Any time].
            [Think nothing of it|I was glad to help|One does what one can|A word costs nothing]. [Anything else|Is there more|What else]?
            [No need for thanks|Keep your thanks|You owe me nothing], [friend|stranger|traveller].
            # SmallTalk
            [Yes, I see|So it is|I feel the same|You may be right|Is that so|I thought so too|That happens|True enough]. [It is what it is|Sit down for a while|Tell me more|The day is long|Some days are like that|We must make the best of it].
            [Yes|Indeed|Perhaps|Oh|Hm|Is that so], [such is the season|so it goes|one gets used to it|it could be worse|things are what they are|these are the times we live in|I have seen worse|I could say the same].
            [I've seen worse|It could be worse|Who can say|Things change]. [Anything else?|What brings you here?|Do you need something?|Sit, if you like.]
            # Mood.Free
            [Well enough|Not bad|I can't complain|Neither good nor bad|As always|Same as ever|I'm well], [thank you|friend|thanks for asking].
            [Well enough|I'm all right|Not too bad|No better, no worse than yesterday]. [How are you?|And you?|Thanks for asking.|It's kind of you to ask.]
            # Cue
            [Hello|Good day|Welcome|Greetings|Well met], [friend|stranger|traveller]. [What can I do for you?|What brings you here?|How can I help?|Do you need something?|Come closer.]
            [Hello|Good day|Welcome|Greetings|Well met]. I am {name}. [What can I do for you|What brings you here|How can I help you|Who are you]?
            [Welcome|Come in|Ah, there you are|Look who is here|Step closer], [friend|stranger|traveller]. [It has been a quiet day|I did not hear you come|You look tired from the road|Let me look at you|I was just thinking of company].
            [Hello|Greetings|Good day], {name} is my name. [Speak.|What do you need?|And who are you?|How can I help?]
            """;
    }
}
