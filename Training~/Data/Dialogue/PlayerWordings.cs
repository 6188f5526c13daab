namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>What players say, by intent. Lines with a star are validation's alone.</summary>
    internal static partial class PlayerWordings
    {
        public static readonly WordingBook Book = new(AboutPersona, AboutWorld, AboutPlayer, Social);

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
            * What name did your parents give you?
            * By what name are you known [here|around here]?
            * Whom do I have the pleasure of meeting?
            * I didn't catch your name.
            * Mind telling me what your name is?
            * How should I address you?
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
            * Whereabouts do you live?
            * Where do you go home to at night?
            * Where do you lay your head?
            * Which corner of the world do you call home?
            * Where might I come to visit you?
            # AskKin
            [Do|Have] you [have|got] [a family|any family|family|kin|relatives|any relatives]?
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
            You have a {rel}? [What's the name|What name]?
            Does your {rel} have a name?
            I'd like to know the name of your {rel}.
            What name does your {rel} have?
            [Could|Can|Would] you tell me your {rel}'s name?
            What's that {rel} of yours called?
            [May|Can] I know your {rel}'s name?
            * By what name does your {rel} go?
            * What should I call your {rel}?
            * Remind me, what's your {rel}'s name?
            * What did they name your {rel}?
            * If I meet your {rel}, what name should I use?
            # AskOtherKin
            Do you have a {rel}?
            Have you [got|] a {rel}?
            Is there a {rel} in your family?
            What about a {rel}?
            Do you not have a {rel}?
            [Tell me about|What of] your {rel}.
            [What is|What's] your {rel}'s name?
            And a {rel}? Do you have one?
            Did you ever have a {rel}?
            How is your {rel}?
            Where is your {rel}?
            Who is your {rel}?
            Do you also have a {rel}?
            [Surely|Perhaps] you have a {rel}?
            I heard you have a {rel}.
            Say, is that your {rel} over there?
            * Might there be a {rel} as well?
            * And how about a {rel}?
            * Is it true that you have a {rel}?
            * You wouldn't happen to have a {rel}?
            * Was there ever a {rel}?
            # AskWares
            What do you [sell|have for sale|offer]?
            [What|Which] [goods|wares|things] do you [sell|have|offer]?
            [Show me|Let me see] your [wares|goods].
            What can I buy [here|from you]?
            [Do|Have] you [have|got] anything [for sale|to sell]?
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
            * What could my coin get me here?
            * Anything worth buying?
            * I'm in the mood to shop. What have you got?
            * What's on offer [today|]?
            * Would you sell me something?
            # AskPrice
            How much [is|for|do you want for] the {item}?
            What's the price of the {item}?
            What [does|do] the {item} cost?
            How much [does|do] the {item} cost?
            [Tell me|Say] the price of the {item}.
            And the {item}? How much?
            What do you want for the {item}?
            I'd like the {item}. How much?
            How many coins for the {item}?
            What would the {item} cost me?
            What must I pay for the {item}?
            I want to buy the {item}. What's the price?
            What are you asking for the {item}?
            Is the {item} expensive?
            How much money [is|for] the {item}?
            What is your price for the {item}?
            * What would you charge me for the {item}?
            * How much would the {item} set me back?
            * Name your price for the {item}.
            * What's the {item} worth to you?
            * The {item}, how much is that?
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
            * What's the word on the street?
            * What are the gossips saying?
            * Picked up any interesting tales?
            * What stories are going round?
            * Heard anything worth repeating?
            # AskQuest
            [Do you have|Have you got|Is there] any work [for me|]?
            [Do you need|Do you want|Need] [any help|help|a hand]?
            [Can|May|How can|What can] I [help you|do for you]?
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
            * How are you holding up?
            * What kind of mood is this?
            * How is your heart today?
            * Everything fine with you?
            * How would you say you feel?
            """;

        private const string AboutWorld = """
            # AskFact
            What do you know about the {topic}?
            [Tell me|Can you tell me|Could you tell me] about the {topic}.
            What about the {topic}?
            What [can|could] you [tell me|say] about the {topic}?
            Do you know [anything|something] about the {topic}?
            [Have you heard|Did you hear] [anything|] about the {topic}?
            What's [the matter|the story|going on] with the {topic}?
            Is there anything I should know about the {topic}?
            I want to know [more|something] about the {topic}.
            [I'm|I am] curious about the {topic}.
            And the {topic}?
            Do you know the {topic}?
            What's with the {topic}?
            I need to know about the {topic}.
            Someone mentioned the {topic}. What do you know?
            What do you think of the {topic}?
            Say something about the {topic}.
            * Anything you could share about the {topic}?
            * What's the truth about the {topic}?
            * I keep hearing about the {topic}. Why?
            * Fill me in on the {topic}.
            * Would you know a thing or two about the {topic}?
            # AskOffWorld
            What is the capital of [France|Spain|the moon|Japan]?
            How do I [fix a computer|cook rice|drive a car|fly|build a rocket|write a play]?
            Who won the [game|war|race|election|crown] [last year|in the east|yesterday]?
            What is [seven times eight|twelve times nine|the square root of two|a quark]?
            Do you know [any magic spells|how to speak to trees|the way to the moon|the king's secret name]?
            Who [made the stars|painted the sky|wrote the first book|invented bread|discovered fire]?
            How [far away is the sun|deep is the sea|old is the world|many stars are there|heavy is a cloud]?
            What [year is it|day is it tomorrow|will happen next year|did I eat this morning|am I thinking of]?
            When does [the next ship leave|the train come|the king sleep|the world end|summer start]?
            Where does [the wind come from|the river end|the king hide his gold|the sun go at night]?
            Why is [the sky blue|grass green|the sea salty|water wet|fire hot]?
            What [does my sword weigh|is in my pocket|is behind that wall|colour is my horse]?
            [Who is|Who's] the [king of the elves|ruler of the north|strongest man alive|richest woman on earth]?
            Can you [solve this riddle|read this strange writing|explain algebra|tell the future]?
            What do you [think of football|know about electricity|know about dinosaurs|know about the internet]?
            How much does [the moon weigh|a castle cost|a dragon eat|a king earn]?
            * What is the [fastest ship|tallest mountain|longest river|biggest city] [in the world|of all]?
            * How does [a clock|a volcano|lightning|a compass] work?
            * Who will be the next [king|queen|emperor|champion]?
            * Why do [birds sing|cats purr|stars shine|people dream]?
            * What happened [a thousand years ago|before the world began|on the moon|beyond the sea]?
            # RequestAction
            [Please|] {act}.
            [Can|Could|Would|Will] you [please|] {act}?
            I [want|need] you to {act}.
            {act}, will you?
            {act} now!
            {act}, please.
            You [should|must|have to] {act}.
            [Come on|Quick|Hurry], {act}!
            Be so kind and {act}.
            [Might|May] I ask you to {act}?
            I'd like you to {act}.
            Why don't you {act}?
            Do me a favour and {act}.
            It's time. {act}!
            Go on, {act}.
            [Would|Do] you mind? I need you to {act}.
            * I'd be grateful if you could {act}.
            * How about you {act}?
            * Kindly {act}.
            * Let's see you {act}.
            * I order you to {act}.
            # Repeat
            [Could|Can|Would] you [say that again|repeat that]?
            [Sorry|Pardon|Excuse me], what did you say?
            [Say|Tell me] that again.
            I didn't [hear|catch] that.
            What was that?
            Once more, please.
            Come again?
            [Sorry|Pardon me], I missed that.
            Can you repeat what you said?
            I forgot. What did you say just now?
            What did you just say?
            Again, please.
            Wait, what was that?
            Repeat that, please.
            Please say it once more.
            My ears are bad. What did you say?
            * Run that by me again.
            * Would you mind repeating yourself?
            * I wasn't listening. What was that?
            * Tell me once again.
            * Speak up, I didn't get that.
            """;
    }
}
