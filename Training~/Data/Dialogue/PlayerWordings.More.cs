namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>
    /// Wordings with many choices each, for training alone: the model is to learn what a question is about from the words that matter, whatever
    /// stands around them. None of validation's wordings is among them.
    /// </summary>
    internal static partial class PlayerWordings
    {
        private const string More = """
            # AskName
            [Who|Whom] do I have [before me|in front of me]?
            With whom do I have the [honour|joy]?
            [It's a pleasure|Glad to meet you|Well met]. [And you are|Who are you|Your name]?
            [So|Now|Well|Oh], what's the name [of yours|you carry|you answer to|you use]?
            [Which|What] name [did your mother give you|have your parents chosen|is yours|do you carry|did you grow up with]?
            [How|By which name] [are you known|shall I know you|should I call you|do people know you]?
            [I did not hear|I forgot|I have forgotten|I never learned|I haven't heard] your name.
            [Would|Do] you mind [saying|giving me|sharing] your name?
            [Might|May] I [learn|hear|have|ask] [your name|who you are|how you are called]?
            [Who|Whom] [am I meeting|have I met|did I just meet|do I meet]?
            How [must|would|could] I address [you|someone like you]?
            # AskName.Back
            With whom do I [talk|have the honour], then?
            And [who might you be|whom do I talk to]?
            [Your turn now|Your turn|You now]. [What is your name|Who are you|And yours]?
            [And|So|Now] [you|yours]? [What are you called|What is your name|Who are you]?
            [Now|And now] [you|say yours|give me yours|I want to hear yours].
            With whom [am I talking|do I talk], then?
            And the name of yours?
            # AskTrade
            [What|Which] [work|trade|craft] puts [bread|meat|supper] on your table?
            How do you [keep yourself fed|earn a living|make your bread|come by your bread]?
            [Which|What] [business|trade] are you in?
            [Which|What] [job|work|trade|craft] [pays for your bread|feeds you|fills your days|brings you money|is yours|do you have]?
            [Which|What] line of [trade|craft] [is it|do you follow]?
            How do you [get your bread|fill your purse|spend your days|come by your money|make your money]?
            [Would|Could] you [tell me|say] what your [job|craft|trade|profession|work] is?
            What [profession|occupation|trade] [would you say is yours|do you practise|have you learned|do you work in]?
            [And|So] your [job|craft|trade|work|profession]?
            # AskPlace
            [Which|What] [corner|part] of [town|the country|the land] do you [live in|call your home|come home to]?
            Where [might|could|can|may] I [find your home|come and see you|knock at your door|look for you]?
            Where do you [return|walk|go] [at night|home|when the day is done|at the end of the day]?
            Where do you [lie down at night|put your head at night|rest at night|have your bed]?
            In [which|what] [town|village|street|place|house] do you [live|dwell|sleep]?
            Whereabouts [do you sleep|do you dwell|is your place|can I find you]?
            # AskKin
            [Any|Have you any|Do you have any] [family|kin|relatives|relations|loved ones] [at all|here|at home|anywhere]?
            [Have you|Do you have|Is there] [someone|anyone|anybody] [at home|in your family|you are related to|who shares your blood|you call kin]?
            Who [is dearest to you|is dear to you|is near to you|belongs to your family|are your relations]?
            [Is|Was] yours a [big|large|small] family?
            # AskKinName
            [What|Which] name [does|did] your {rel} [go by|carry|get|answer to]?
            What [shall|must|may] I call your {rel}?
            [Remind me|Tell me again|Say it again]: what is your {rel} called?
            If I [see|find|run into] your {rel}, [how should I call them|what name do I say|who do I ask for]?
            What [was your {rel} named|did your parents name your {rel}|do you call that {rel} of yours]?
            # AskOtherKin
            [And|But] [maybe|perhaps|also] {arel}?
            [Is there|Was there|Has there been] [also|ever|maybe|perhaps] {arel}[ in your life|]?
            You [have|must have|do have|wouldn't have] {arel}, [do you|don't you|right]?
            [Could|Can] it be that you have {arel}?
            How about [your {rel}|{arel}, then]?
            # AskWares
            [Anything|Something|What|What things] [for sale|to buy|to sell|on offer] [here|now|]?
            [Would|Could|Will|Can] you sell me [a thing or two|anything|your goods]?
            What [can|could|will|would] my [money|gold|silver|purse|coins] [buy|get] [here|from you|]?
            [I'm|I am] in [a mood for buying|need of goods|the market for something]. [What have you|What do you have]?
            What [wares|goods|things] [are on offer|have you brought|would you sell|might I buy|are on your table]?
            Is [anything|something] worth [buying|my coin|a coin] [here|]?
            # AskPrice
            How much [would|will] you [take|want|have me pay] for the {item}?
            [What|How much] would the {item} [be|come to|cost]?
            [The|And the] {item}: [how much|what price|what does that make|how many coins]?
            What [will|would|do] you charge [me |]for the {item}?
            [Say|Tell me|Give me|Name] [your|a|the] price[, please,|] for the {item}.
            What {be} [those coins|the price] you [want|ask] for the {item}?
            How [deep must I reach into my purse|much silver must I pay|many coins do I need] for the {item}?
            What does a [friend|customer|stranger] pay for the {item}?
            Can I afford the {item}?
            # AskPrice.It
            [Say|Tell me] [the|your] price.
            How much [would|will] that [be|cost|come to]?
            What [will|would|do] you charge for [it|that]?
            What is [it|that] [going to cost|in coin|in money]?
            # RecallName
            [Which|What] name [have I told you|did I mention|have I given you|belongs to me|do I have]?
            [Surely|Of course|I hope] you [remember|know|recall] [my name|who I am|who you are talking to]?
            [Let me see|I wonder|Let me hear] [if|whether] you [know|recall] [my name|what my name is|who I am|how I am called].
            [Did you keep|Did you forget|Have you kept] my name[ in mind|]?
            [By|Under] which name [do you know me|am I known to you|did I come to you]?
            How [did I call myself|do I call myself|am I named]?
            # RecallOrigin
            [Which|What] [town|village|place] [have I come from|did I leave|is my home|did I mention]?
            Where did I [tell you I was born|say I live|tell you I grew up]?
            [Surely|Of course|I hope] you [remember|know|recall] where I [come from|live|was born]?
            [Let me see|I wonder] [if|whether] you [remember|know] [where I am from|where my home is].
            From [which|what] [town|place|village] [am I|did I come|do I come]?
            # RecallTrade
            [Which|What] [job|work|craft|profession|occupation] [is mine|do I have|have I told you of|did I mention|feeds me|fills my days]?
            [Which|What] trade [do I have|did I learn|have I told you of|did I mention|feeds me]?
            [Surely|Of course|I hope] you [remember|know] [my trade|my job|what I do|how I earn my bread]?
            How do I [earn my money|get my bread|spend my days|fill my purse], [do you know|can you say|do you recall]?
            [Let me see|I wonder|Let me hear] [if|whether] you [remember|know|recall] [my trade|my job|what I do|what I work as].
            What [did I say|have I said|did I tell you] [my job|my work|my craft|my occupation] [is|was]?
            In [which|what] [trade|business] [am I|do I work]?
            # RecallSearch
            [Which|What] [thing|item] [do I need|am I looking for|did I come for|do I want to find]?
            [Surely|Of course|I hope] you [remember|know] what I [need|want|am looking for|came for]?
            [Let me see|I wonder] [if|whether] you [remember|know] what I [need|am looking for|am after].
            # Repeat
            [Would|Could|Can] you [kindly|please|] repeat [what you said|your words|that for me]?
            [Do|Would] you mind [repeating that|repeating your words|saying it once more]?
            I [was not listening|did not listen|was far away]. [What did you say?|Once more.|Say it again.|Repeat it.]
            [Say|Tell me|Repeat] [it|that|your words] [one more time|once more|slowly|louder].
            # AskRumour
            [Any|Are there|Have you heard any] [good|new|strange] [rumours|tales|gossip|whispers] [lately|these days|here|]?
            [What|Which] [tales|rumours|whispers|gossip|talk] [are people telling|are going about|do you hear|did you pick up|is on the street|fill the streets]?
            [Have you|Did you] [heard|hear|pick up|picked up] [a tale|a story|a whisper|a rumour|something worth telling|something new] [of late|lately|]?
            What [do the gossips say|is the word in town|does the street say|did you overhear|are they all talking about]?
            [Heard|Know] [something|anything] [new|strange|worth telling|worth a beer|good]?
            # AskQuest
            What [will|would|do] you [want|need|like] me to do?
            What [do you want|would you like|do you need] done?
            What [is there|have you] for me to do?
            How [can|may|could] I [help|be useful|serve you]?
            Is there [some way|any way] I [can|could|may] help you?
            [What|Which] [errand|task|job] [shall|should|may|can] I [do|take on] for you?
            Would you have [a task|a job|an errand|some work] for me?
            What would you have [done|a stranger do]?
            [Any|Is there an|Have you an] [errand|job|task|chore] [to run|to do|for me|that needs a pair of hands|needing to be done]?
            [Have you|Do you have] [use|need|work] for [me|a strong pair of arms|someone like me|another pair of hands|a willing hand]?
            What [would|should|could|can] I do for you?
            [Put me to use|Let me work for you|Give me a task|Give me work|Let me be useful].
            I [want|need] [work|a task|an errand]. [What have you got|Do you have something|Anything]?
            [I'm|I am] [for hire|free|strong and willing|at your service]. [What do you need|Anything to do|Do you need me]?
            # AskMood
            How [does|did] [life|the evening|the week] [go with|suit|treat] you?
            [All|Everything|Things] [good|well|right] with you?
            How [are you holding up|do you do|are things|is life|is your heart|have you been] [these days|this evening|today|now|]?
            [What kind of|Which|What] mood are you [in|having|in today]?
            [Is everything|Are things|Is all] [fine|good|well|right] [with you|today|]?
            How [would|do] you say you [are|feel|are feeling]?
            [You seem|You look|Are you] [sad|glad|quiet|cheerful|upset|busy]. [What's wrong|How do you feel|What is it]?
            # AskFact
            [Would|Could|Can|Do] you [know|tell me|share] [something|anything|a thing or two|a little] about the {topic}?
            [What is|What's|Tell me|Say] the truth [of|on] the {topic}?
            [I keep hearing|People keep talking|I hear much talk|They talk] [of|about] the {topic}. [What is it|Why is that|What do you know]?
            [Fill me in|Enlighten me|Teach me|Inform me] about the {topic}.
            [Is there|Have you] [anything|something] to [say|tell|share] about the {topic}?
            The {topic}? [What about it|What do you know|Tell me more|Do you know of it]?
            """;
    }
}
