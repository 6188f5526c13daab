namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>What players say about themselves, and pleasantries.</summary>
    internal static partial class PlayerWordings
    {
        private const string AboutPlayer = """
            # TellName
            [My name is|My name's] {told}.
            [I am|I'm] {told}.
            [They|People|My friends] call me {told}.
            Call me {told}.
            You [can|may] call me {told}.
            The name is {told}.
            {told} is my name.
            {told}, at your service.
            [Hello|Good day|Greetings], [I'm|I am] {told}.
            I go by {told}.
            I should introduce myself: {told}.
            By the way, my name is {told}.
            In case you wonder, [I'm|I am] {told}.
            [Hello|Hi], my name is {told}.
            I am called {told}.
            Remember the name {told}. That's me.
            * Folk know me as {told}.
            * {told} is what my mother named me.
            * Let me introduce myself, I'm {told}.
            * You are speaking to {told}.
            * I was given the name {told}.
            # TellOrigin
            I come from {told}.
            [I am|I'm] from {told}.
            I was born in {told}.
            My home is {told}.
            I grew up in {told}.
            I [travelled|walked|rode] here from {told}.
            I live in {told}.
            {told} is where I come from.
            I have come all the way from {told}.
            My family lives in {told}.
            I left {told} a week ago.
            I'm a stranger here. I come from {told}.
            My people are from {told}.
            You may know {told}. That's my home.
            Back home in {told} it is colder.
            I just arrived from {told}.
            * I hail from {told}.
            * {told} is my birthplace.
            * My journey began in {told}.
            * They raised me in {told}.
            * My roots are in {told}.
            # TellTrade
            [I am|I'm] {atold}.
            I work as {atold}.
            By trade [I am|I'm] {atold}.
            I earn my bread as {atold}.
            You know, [I am|I'm] {atold}.
            I make my living as {atold}.
            I was trained as {atold}.
            At home I work as {atold}.
            I've been {atold} for years.
            My father was a soldier, but I am {atold}.
            I became {atold} last year.
            Would you believe that I am {atold}?
            I'm just {atold}.
            I may not look it, but I'm {atold}.
            My trade? I am {atold}.
            Between us, I'm {atold}.
            * My profession is that of {atold}.
            * I've spent my life as {atold}.
            * I happen to be {atold}.
            * My days are spent working as {atold}.
            * They pay me to work as {atold}.
            # TellSearch
            [I am|I'm] looking for {atold}.
            I need {atold}.
            [I am|I'm] searching for {atold}.
            I came here to find {atold}.
            I want to find {atold}.
            I have been looking for {atold} all day.
            I hope to find {atold} here.
            All I want is {atold}.
            I lost {atold} somewhere.
            I'm here because I need {atold}.
            I must find {atold} before dark.
            My master sent me to get {atold}.
            I came to town for {atold}.
            I really need {atold}.
            I'd give anything for {atold}.
            What I seek is {atold}.
            * I'm on the hunt for {atold}.
            * My errand is to find {atold}.
            * I set out to get {atold}.
            * I've been sent to fetch {atold}.
            * I could really use {atold}.
            # RecallName
            [What is|What's] my name?
            Do you [remember|know|recall] my name?
            [Who am I|Do you know who I am]?
            What did I say my name was?
            [Tell me|Say] my name.
            What was my name again?
            Have you forgotten my name?
            Can you tell me my name?
            How am I called?
            I told you my name, [remember|right]?
            And who am I?
            What do people call me?
            What name did I give you?
            Do you still know my name?
            You know my name, don't you?
            Do you remember who I am?
            * By what name do I go?
            * Surely you recall what I'm called?
            * Let's see if you remember what I am called.
            * Which name did I tell you?
            * Did my name stick in your mind?
            # RecallOrigin
            Where do I come from?
            Where am I from?
            Do you [remember|know|recall] where [I come from|I'm from]?
            Where did I say I come from?
            What is my home?
            Which place do I come from?
            Tell me where I come from.
            Where is my home?
            Where did I grow up?
            Have you forgotten where I come from?
            And where am I from?
            What did I tell you about my home?
            Do you still know where I am from?
            From where did I come?
            You know where I'm from, don't you?
            Can you tell me where I come from?
            * Where did I say my home was?
            * What place am I from?
            * Which town did I tell you I'm from?
            * Do you recall my home?
            * Where did my journey begin?
            # RecallTrade
            What is my trade?
            What do I do for a living?
            Do you [remember|know|recall] [my trade|what I do|my job]?
            What did I say I do?
            What's my [job|profession|work]?
            Tell me what my trade is.
            What do I work as?
            Have you forgotten what I do?
            And what is my work?
            What did I tell you about my work?
            How do I earn my bread?
            Do you still know my trade?
            You know what I do, don't you?
            Can you tell me what my job is?
            What am I by trade?
            What kind of work do I do?
            * What did I say my profession was?
            * Which trade is mine?
            * How do I make my living, remember?
            * Surely you recall what I work as?
            * What line of work am I in?
            # RecallSearch
            What am I looking for?
            Do you [remember|know|recall] what I'm looking for?
            What did I say I need?
            What was I looking for?
            What am I searching for?
            Tell me what I am looking for.
            Have you forgotten what I need?
            And what am I here for?
            What did I come here for?
            Why did I come here?
            What do I need?
            What was it that I wanted to find?
            Do you still know what I need?
            You know what I'm looking for, don't you?
            Can you tell me what I was searching for?
            What did I want to find?
            * What was I after?
            * What was my errand?
            * Surely you recall what I'm after?
            * What did I say I was hunting for?
            * Which thing did I want?
            """;

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
