namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>What players ask about the world and of the NPC.</summary>
    internal static partial class PlayerWordings
    {
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
            What's the truth of the {topic}?
            Everyone talks about the {topic}. Why?
            What should a stranger know about the {topic}?
            I keep thinking of the {topic}. What do you know?
            Do you know a thing about the {topic}?
            Share what you know about the {topic}.
            Tell me what you know of the {topic}.
            What news of the {topic}?
            Any word about the {topic}?
            Fill my ears about the {topic}.
            Could you share something about the {topic}?
            And what about the {topic}?
            I've got a question about the {topic}.
            * Anything you could share about the {topic}?
            * What's the truth about the {topic}?
            * I keep hearing about the {topic}. Why?
            * Fill me in on the {topic}.
            * Might you have learned something of the {topic}?
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
            Could you kindly {act}?
            I order you: {act}!
            I would be glad if you {act}.
            How about this: {act}.
            Let me see you {act}.
            I'd be thankful if you would {act}.
            I command you to {act}.
            Now {act}.
            Are you able to {act}?
            {act}!
            {act}.
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
            Say it again.
            I wasn't [listening|paying attention]. What did you say?
            Could you run through that again?
            Speak louder, I did not hear that.
            Would you mind saying that again?
            Tell me again.
            I didn't get that.
            Say again?
            * Run that by me again.
            * Would you mind repeating yourself?
            * I wasn't listening. What was that?
            * Tell me once again.
            * Speak up, I didn't get that.
            """;
    }
}
