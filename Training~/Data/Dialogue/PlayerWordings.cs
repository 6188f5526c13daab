namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>What players say, by intent. Lines with a star are validation's alone.</summary>
    internal static partial class PlayerWordings
    {
        public static readonly WordingBook Book = new(AboutPersona, AboutWorld, AboutPlayer, Social, More);

        private const string AboutPersona = """
            # AskName
            [What is|What's] your name?
            Who are you?
            [May|Can|Could] I [ask|know|have] your name?
            What do [people|they|folk] call you?
            What [should|shall|may|do] I call you?
            [Tell me|Say|Give me] your name.
            [And you are|You are]...?
            I [don't|do not] know your name yet.
            [How|What] are you called?
            [Do|Might] you have a name?
            I'd like to know your name.
            [Would|Could|Will] you tell me your name?
            With whom am I speaking?
            Who am I [speaking|talking] [to|with]?
            And your name?
            What name do you go by?
            [Have we met|Do I know you]? What's your name?
            Your name, please.
            Let me hear your name.
            What name were you [given|born with]?
            How [do|may|can] I address you?
            I missed your name. What was it?
            [Do you mind|Would you mind] telling me your name?
            Whom am I [talking|speaking] to?
            What is it that folk call you [here|around here]?
            Are you going to tell me your name?
            It is a pleasure. What is your name?
            Introduce yourself.
            * What name did your parents give you?
            * By what name are you known [here|around here]?
            * Whom do I have the pleasure of meeting?
            * I didn't catch your name.
            * Mind telling me what your name is?
            * How should I address you?
            # AskName.Back
            And [yours|you]?
            And who are you?
            And what is your name?
            What about [you|yours]?
            Now tell me yours.
            And how are you called?
            Who are you, then?
            And what should I call you?
            Now you know mine. What's yours?
            * And your own name?
            * With whom do I speak, in turn?
            * Now it's your turn.
            # AskTrade
            What do you do [here|for a living|all day|for work]?
            [What is|What's] your [trade|work|job|craft|profession|occupation]?
            What [kind|sort] of work do you do?
            What work do you do?
            How do you earn your [bread|living|money|keep]?
            [Tell me|Say something] about your [work|trade|job|craft].
            What are you by trade?
            Do you have a [trade|job|profession]?
            And what do you do?
            [What|Which] trade did you learn?
            What's your line of work?
            I wonder what you do for a living.
            What is it that you do?
            What do you work as?
            [May|Can] I ask what you do?
            What keeps you busy all day?
            What craft [do you know|is yours|are you skilled in]?
            How do you pay for your [food|bread|roof]?
            What puts bread on your table?
            Which profession do you follow?
            What line of [work|business] is yours?
            What would you call your [job|work|profession]?
            What do your hands do all day?
            Do you practise a [craft|trade]?
            What is your occupation here?
            Who are you to this town, what is your work?
            * How do you make a living?
            * What would you say your profession is?
            * What craft do you practise?
            * What job puts food on your table?
            * Which line of work are you in?
            # AskPlace
            Where do you [live|dwell|stay|sleep]?
            Where is your [home|house]?
            [Do|Might] you live [near here|around here|nearby]?
            Where can I find you [later|tomorrow|again]?
            Where do you make your home?
            [What|Which] place do you call home?
            [Tell me|Say] where you live.
            And where do you live?
            Where's home for you?
            [What|Which] town do you live in?
            Where do you spend your nights?
            I'd like to know where you live.
            [Could|Would|Can] you tell me where you live?
            In what place do you live?
            Is your home far from here?
            Where should I look for you if I need you?
            Where do you go [in the evening|after work|when night falls]?
            Where is your bed?
            Which part of the land do you live in?
            Where can I visit you?
            Where would I find your [door|house|home]?
            At night, where do you sleep?
            Whereabouts is your [home|house]?
            What corner do you live in?
            Where do you rest your head?
            If I wanted to visit, where would I go?
            * Whereabouts do you live?
            * Where do you go home to at night?
            * Where do you lay your head?
            * Which corner of the world do you call home?
            * Where might I come to visit you?
            # AskKin
            [Do you have|Have you got] [a family|any family|family|kin|relatives|any relatives]?
            [Tell me|Say something] about your [family|kin|relatives].
            What about your family?
            [Who is|Who's] in your family?
            Have you any [family|relatives|kin]?
            Is there anyone in your family?
            And your family?
            Who are your [kin|relatives|people]?
            Are you alone in the world?
            I'd like to hear about your family.
            Do you have any [kinfolk|loved ones]?
            Do you live alone or do you have family?
            What family do you have?
            Who waits for you at home?
            Who do you share your blood with?
            [May|Can] I ask about your [family|kin]?
            Is there anyone [you love|close to you|dear to you]?
            Are you related to anyone [here|]?
            Do you have a big family?
            Who is near to your heart?
            Have you [no|any] blood relatives?
            Who do you call [family|kin]?
            Does your family live here?
            Is anyone of your blood still alive?
            Do you come from a large family?
            I have a family at home. And you?
            * Have you anyone you call family?
            * Who are your nearest and dearest?
            * Any family of your own?
            * Do you come from a big family?
            * Is there someone related to you?
            # AskKinName
            [What is|What's] your {rel}'s name?
            [What is|What's] your {rel} called?
            [What is|What's] the name of your {rel}?
            And your {rel}'s name?
            Who is your {rel}?
            How is your {rel} called?
            Tell me your {rel}'s name.
            What do you call your {rel}?
            You have {arel}? [What's the name|What name]?
            Does your {rel} have a name?
            I'd like to know the name of your {rel}.
            What name does your {rel} have?
            [Could|Can|Would] you tell me your {rel}'s name?
            What's that {rel} of yours called?
            [May|Can] I know your {rel}'s name?
            What name [did they give|was given to] your {rel}?
            By what name is your {rel} known?
            Remind me of your {rel}'s name.
            How should I call your {rel}?
            When I see your {rel}, who should I ask for?
            What did you say your {rel} was called?
            Who is this {rel} of yours?
            What's your {rel} named?
            * By what name does your {rel} go?
            * What should I call your {rel}?
            * Remind me, what's your {rel}'s name?
            * What did they name your {rel}?
            * If I meet your {rel}, what name should I use?
            # AskOtherKin
            Do you have {arel}?
            Have you [got |]{arel}?
            Is there {arel} in your family?
            What about {arel}?
            Do you not have {arel}?
            [Tell me about|What of] your {rel}.
            [What is|What's] your {rel}'s name?
            And {arel}? Do you have one?
            Did you ever have {arel}?
            How is your {rel}?
            Where is your {rel}?
            Who is your {rel}?
            Do you also have {arel}?
            [Surely|Perhaps] you have {arel}?
            I heard you have {arel}.
            Is that your {rel} over there?
            Would you have {arel}?
            Have you ever had {arel}?
            How about {arel}?
            Is it true you've got {arel}?
            Might you have {arel} somewhere?
            Do you happen to have {arel}?
            You have {arel}, don't you?
            * Might there be {arel} as well?
            * And how about {arel}?
            * Is it true that you have {arel}?
            * You wouldn't happen to have {arel}?
            * Did fate ever give you {arel}?
            # AskWares
            What do you [sell|have for sale|offer]?
            [What|Which] [goods|wares|things] do you [sell|have|offer]?
            [Show me|Let me see] your [wares|goods].
            What can I buy [here|from you]?
            [Do you have|Have you got] anything [for sale|to sell]?
            [Can|May|Could] I see [your wares|your goods|what you sell]?
            I'd like to buy something.
            I want to [buy|see] [your wares|some goods].
            What's for sale [today|here|]?
            Are you selling anything?
            Do you sell anything?
            What [do|might] you have in stock?
            Let's trade.
            And what do you sell?
            I have coin to spend. What do you have?
            What's in your [shop|pack|store]?
            What [could|might|may] I buy here?
            Is there anything worth [having|my money|looking at] here?
            What have you got [today|for me|]?
            I'd like to spend some coin.
            What's on your shelves?
            Could you sell me something [useful|nice|]?
            I'm here to shop.
            What do you offer for good coin?
            Which things are for sale?
            Is your shop open?
            I feel like buying something. What have you got?
            * What could my coin get me here?
            * Anything worth buying?
            * I'm in the mood to shop. What have you got?
            * What's on offer [today|]?
            * Would you sell me something?
            # AskPrice
            How much [{be}|for|do you want for] the {item}?
            What's the price of the {item}?
            What {does} the {item} cost?
            How much {does} the {item} cost?
            [Tell me|Say] the price of the {item}.
            And the {item}? How much?
            What do you want for the {item}?
            I'd like the {item}. How much?
            How many coins for the {item}?
            What would the {item} cost me?
            What must I pay for the {item}?
            I want to buy the {item}. What's the price?
            What are you asking for the {item}?
            {cap:be} the {item} expensive?
            How much money for the {item}?
            What is your price for the {item}?
            What would you take for the {item}?
            How much would you [ask|charge|want] for the {item}?
            What {be} the {item} worth?
            The {item}, what's the price?
            How much coin must I bring for the {item}?
            Name the price of the {item}.
            Set me a price for the {item}.
            What sum do you ask for the {item}?
            The {item} over there, how much?
            * How dear {be} the {item}?
            * How much would the {item} set me back?
            * What figure did you have in mind for the {item}?
            * What {be} the {item} worth to you?
            * The {item}, how much is that?
            # AskPrice.It
            How much is [it|that]?
            What does [it|that] cost?
            And the price?
            How much do you want for it?
            What's the price?
            How much?
            How many coins?
            I'll take it. How much?
            What do you ask for it?
            Is it expensive?
            And what does that cost?
            I want it. What must I pay?
            * What would that set me back?
            * Name your price.
            * What are you charging for it?
            * How much is it worth to you?
            # AskRumour
            [Have you heard|Heard|Do you know|Know] any [rumours|gossip|news]?
            What's [new|the news|the latest|the word]?
            [Any|Is there any] [news|gossip|rumours]?
            What do people [say|whisper|talk about] [these days|around here|]?
            What have you heard [lately|]?
            [Tell me|Share|Give me] [a rumour|some gossip|some news|the news].
            What's [going on|happening] [here|around here|in town|]?
            [I'm|I am] looking for [rumours|news].
            Did you hear anything [strange|interesting|of note|lately]?
            Is anything strange going on [here|]?
            And what news is there?
            What do they say in the [tavern|market|streets]?
            Has anything happened lately?
            What's the talk of the town?
            I love gossip. What do you have?
            Any whispers I should know about?
            What word is going [round|around]?
            What tales do the gossips tell?
            Have you picked up any [gossip|news|rumours]?
            Is there a story people tell?
            What's the gossip?
            Heard any good [stories|tales] lately?
            What are folk [saying|talking about]?
            Do you have a tale worth telling?
            What's being whispered in the street?
            Anything interesting going round?
            Tell me what you heard.
            * What's the word on the street?
            * What are the gossips saying?
            * Picked up any interesting tales?
            * What stories are going round?
            * Heard anything worth repeating?
            # AskQuest
            [Do you have|Have you got|Is there] any work [for me|]?
            [Do you need|Do you want|Need] [any help|help|a hand]?
            [Can I help you|May I help you|How can I help you|What can I do for you]?
            [I'm|I am] looking for [work|a job|a quest|a task].
            [Is there|Have you got] [anything|something] I can do [for you|]?
            Do you have a [quest|task|job] for me?
            What do you need [done|]?
            I could use [some work|a job]. Anything for me?
            [Got|Have] a job for me?
            What troubles you? Maybe I can help.
            How can I be of [service|use|help]?
            I'd like to earn some coin.
            Do you need someone for a job?
            Give me something to do.
            And do you need help with anything?
            Is there a task you would trust me with?
            What would you like me to do [for you|]?
            Could you use a strong [hand|arm|back]?
            Is there an errand I can run?
            I'm for hire. What's the job?
            Any [errands|tasks|jobs|odd jobs]?
            Put my hands to use. What needs doing?
            Do you have an errand for me?
            Would you hire me?
            I have time. What should I do?
            What can an adventurer do for you?
            * Might you have use for a pair of strong hands?
            * Any errand that needs running?
            * Put me to work!
            * I'm for hire. Got anything?
            * What would you have me do?
            # AskMood
            How are you [today|]?
            How do you [feel|do] [today|]?
            How are you feeling [today|]?
            How's it going?
            Are you [all right|well]?
            How has your day been?
            What's the matter with you?
            How are things with you?
            And how are you?
            Is something the matter?
            Are you feeling well?
            You look [different|strange] today. How are you?
            How goes it?
            What mood are you in?
            Tell me how you feel.
            How fare you?
            How is your [mood|spirit] today?
            Is everything [fine|all right|well] [with you|]?
            What kind of day are you having?
            How would you describe your mood?
            In what mood do I find you?
            How do things stand with you?
            What's on your mind? How do you feel?
            Are you holding up well?
            How are your spirits?
            * How does the day find you?
            * What kind of mood is this?
            * How is life treating you?
            * Everything fine with you?
            * What sort of mood has hold of you?
            """;
    }
}
