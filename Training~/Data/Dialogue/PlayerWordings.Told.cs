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
            Folk call me {told}.
            My mother named me {told}.
            You speak to {told}.
            My parents named me {told}.
            They gave me the name {told}.
            Let me tell you who I am: {told}.
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
            I was raised in {told}.
            My journey started in {told}.
            {told} is my home.
            My roots lie far away, in {told}.
            I set out from {told} this morning.
            I am on my way home to {told}.
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
            My profession? I'm {atold}.
            They pay me as {atold}.
            I spend my days as {atold}.
            All my life I've been {atold}.
            I serve as {atold} at home.
            My job is simple, I am {atold}.
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
            I could use {atold}.
            I'm hunting for {atold}.
            I was sent to fetch {atold}.
            My errand? I need {atold}.
            I set out to find {atold}.
            I have lost {atold}, you see.
            I am after {atold}.
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
            How do they call me, do you recall?
            Do you recall what I am called?
            Which name is mine?
            I wonder if you remember my name.
            What name do I go by?
            Has my name stayed in your mind?
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
            What town [am I from|do I come from]?
            Do you recall where my home is?
            Which place did I say I am from?
            Where did I begin my journey?
            Where did I tell you I live?
            What did I say about where I come from?
            Where do my people live?
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
            What is my profession?
            How do I make a living, do you know?
            Which work did I say I do?
            Do you recall my profession?
            Tell me my line of work.
            What did I tell you my trade was?
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
            What thing am I after?
            Do you recall what I am after?
            What did I say I was looking for?
            What errand brings me here?
            What was I hoping to find?
            What did I tell you I wanted?
            What am I hunting for?
            * What was I after?
            * What was my errand?
            * Surely you recall what I'm after?
            * What did I say I was hunting for?
            * Which thing did I want?
            """;
    }
}
