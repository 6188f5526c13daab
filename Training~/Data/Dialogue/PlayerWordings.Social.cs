namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>Pleasantries, cues, and what may stand before or after a question.</summary>
    internal static partial class PlayerWordings
    {
        private const string Social = """
            # Greeting
            [Hello|Hi|Hey|Greetings|Good day|Good morning|Good evening|Good afternoon|Well met|Hail].
            [Hello|Hi|Hey|Good day|Good morning|Good evening], [friend|stranger|there|good sir|neighbour].
            [Hello|Greetings] to you.
            Nice to [meet|see] you.
            Hello there!
            Hi there!
            Peace be with you.
            It's good to see you.
            [Good morning|Good evening|Good day] to you!
            I greet you.
            Hail and well met!
            Hey you!
            A good [day|evening|morning] to you.
            Glad to meet you.
            Excuse me?
            Hey! Over here!
            * Salutations!
            * What a pleasure to meet you.
            * Howdy!
            * Fair greetings, [friend|stranger].
            * A fine morning to you!
            # Farewell
            [Goodbye|Farewell|Bye|Good night|So long|Until next time].
            I [must|have to|should|need to] go [now|].
            See you [later|soon|tomorrow|].
            I'll be on my way.
            Take care.
            I'm leaving [now|].
            [Goodbye|Farewell], [friend|then].
            That's all. Goodbye.
            Time for me to go.
            Until we meet again.
            I'll be back [later|soon].
            Have a good [day|night|evening].
            I won't keep you any longer. Bye!
            Well, I'm off.
            The road calls me. Farewell.
            Good night, then.
            * I bid you farewell.
            * I'd best be going.
            * It's getting late, I must leave.
            * Catch you later.
            * Fare well, and good luck.
            # Thanks
            [Thank you|Thanks|Many thanks|My thanks].
            [Thank you|Thanks] [very much|so much|a lot|for your help|for telling me|for your time].
            I [thank you|am grateful].
            That's [kind|good|nice] of you.
            That helps [a lot|].
            [Great|Good|Wonderful], thank you.
            You've been [very|most] helpful.
            Thanks, friend.
            I owe you one.
            I appreciate it.
            That was useful, thanks.
            How kind. Thank you.
            Good to know. Thanks!
            Ah, thank you!
            Bless you for that.
            You have my thanks.
            * Much obliged.
            * You've done me a kindness.
            * I won't forget your help.
            * I'm in your debt.
            * Thanks a million.
            # SmallTalk
            [Nice|Lovely|Terrible|Fine|Strange] weather [today|], isn't it?
            It [looks like|smells like|may] rain [soon|].
            What a [fine|cold|long|hot|strange] day.
            It's [cold|hot|quiet|busy|windy] [today|here|tonight].
            I [like|love] this place.
            You have a kind face.
            You look [busy|well|strong].
            I'm [tired|hungry|thirsty|cold].
            The road was [long|hard|muddy].
            I had a [strange|bad|wonderful] dream last night.
            My feet hurt.
            I could sleep for a week.
            You are [funny|clever|a good listener].
            The days are getting [shorter|longer].
            It's a small world.
            I'm only passing through.
            * Quite the breeze this morning.
            * My boots are soaked through.
            * I could eat a horse.
            * The stars are bright tonight.
            * This silence is pleasant.
            # Cue
            [The player|A stranger|A traveller] [comes in|enters|walks in|arrives|approaches].
            [The player|A stranger|A traveller] [comes closer|stops in front of you|looks around|waits|sits down|walks by].
            [The player|A stranger|A traveller] [knocks at the door|opens the door|steps inside|looks at you].
            The player [returns|comes back|is back] [after a long time|from the road|].
            It is [morning|evening|night|noon] and the player [comes in|walks by|arrives].
            It starts to [rain|snow] and the player comes in.
            The player stands in front of you.
            Someone is at the door.
            The door opens.
            A traveller greets you with a nod.
            The player bumps into you.
            You meet the player on the road.
            You see the player for the first time.
            The player waves at you.
            You notice a traveller.
            The player wants to talk.
            * The player clears their throat.
            * A newcomer stands at the door.
            * The player taps you on the shoulder.
            * You hear steps and turn around.
            * A visitor has come.
            # Prefix
            Excuse me, 
            Tell me, 
            Say, 
            Please, 
            So, 
            Hello! 
            Hey, 
            Listen, 
            Oh, and 
            One question: 
            Friend, 
            Well, 
            Good day. 
            I wonder, 
            By the way, 
            One more thing: 
            Now, 
            * Pardon me, 
            * Before I go, 
            * If I may ask, 
            * Just out of interest, 
            # Address
            friend
            please
            good sir
            stranger
            then
            my friend
            if I may ask
            by the way
            * neighbour
            * kind one
            * if you don't mind
            """;
    }
}
