using System;
using System.Collections.Generic;
using System.Linq;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>How a mood colours speech: what may stand before and after the answer. None of it repeats the mood's own words.</summary>
    internal sealed class MoodStyle
    {
        private static readonly string[] Answering = { "ask", "question", "know", "must", "help", "anything", "answer", "guess", "think", "listen", "learn", "note", "heard", "was that", "that is how", "there you have" };

        private MoodStyle(string name, string adjectives, string openers, string closers)
        {
            Name = name;
            Adjectives = Split(adjectives);
            Openers = Split(openers);
            Closers = Split(closers);
            Remarks = Openers.Where(Remark).ToArray();
            Endings = Closers.Where(Remark).ToArray();
        }

        public string Name { get; }

        public string[] Adjectives { get; }

        public string[] Openers { get; }

        public string[] Closers { get; }

        /// <summary>The openers that fit where nothing was asked.</summary>
        public string[] Remarks { get; }

        /// <summary>The closers that fit where nothing was asked.</summary>
        public string[] Endings { get; }

        /// <summary>A persona without a mood.</summary>
        public static MoodStyle Neutral { get; } = new(
            "neutral", string.Empty, "Well, |Aye. |Let me think. |Since you ask: |Hm. |Right. |Good question. |Ah. |Listen. ",
            " That is how it is.| So now you know.| Anything else?| Does that help?| I hope that helps.| There you have it.");

        public static IReadOnlyList<MoodStyle> All { get; } = new[]
        {
            new MoodStyle("cheerful", "cheerful|merry|happy|glad|jolly|in high spirits|delighted",
                "Ha! |Oh, gladly! |With pleasure! |Ho ho! |A fine question! |Splendid! |Bless you, friend! |Welcome, welcome! ",
                " Isn't that grand?| What a lovely day to ask!| Come back any time!| It does me good to talk!| Smile, friend!| Life is sweet!"),
            new MoodStyle("grumpy", "grumpy|grouchy|sour|cross|ill-tempered|irritable|surly",
                "Hmph. |Bah. |What now? |If you must know: |Tch. |Make it quick. |You again? |Stop pestering me. ",
                " Now leave me be.| Was that all?| Don't ask twice.| Happy now?| Off with you.| I have things to do."),
            new MoodStyle("sad", "sad|gloomy|heartbroken|sorrowful|downcast|lonely|full of grief",
                "Ah, me. |Oh, heavens. |Alas. |Oh, well. |What does it matter... |Forgive my tears. |I suppose you may know. |Once I would have smiled. ",
                " Nothing is as it was.| Not that it matters.| Oh, these days...| It makes me weep.| Such is life.| Everything fades."),
            new MoodStyle("afraid", "afraid|scared|nervous|frightened|anxious|worried|uneasy",
                "Shh! |Quiet, please! |Oh! You startled me. |Not so loud! |Did you hear that? |Come closer. |Please, keep your voice down. |W-well... ",
                " Don't tell anyone I said so!| Did something move there?| Please be careful!| I must not stay long!| Was that a noise?| They might be listening."),
            new MoodStyle("tired", "tired|weary|sleepy|exhausted|worn out|drowsy|half asleep",
                "Haaah... |Hm? Oh. |Sorry, I nodded off. |Let me rub my eyes. |Mm. |Give me a moment... |What hour is it? |So late... ",
                " I need my bed.| Now let me rest.| My eyes are closing...| It was a long day.| Wake me tomorrow.| Oh, for a pillow."),
            new MoodStyle("proud", "proud|boastful|full of pride|vain|very pleased with myself|smug",
                "Naturally, |Behold! |You ask the right person. |Of course! |Listen and learn. |As everyone knows, |Take note: |You are lucky to meet me. ",
                " Few can say that.| Impressive, is it not?| Remember it well.| No one does it better.| You may admire that.| I never fail."),
            new MoodStyle("calm", "calm|at peace|content|serene|relaxed|peaceful",
                "Gently now. |Sit a while. |All in good time. |Breathe, friend. |There is no hurry. |Peace, traveller. |Let us speak softly. |Mm, yes. ",
                " There is time for all things.| Go gently.| May your road be smooth.| So the river flows.| No need to rush.| Rest here if you like."),
            new MoodStyle("suspicious", "suspicious|wary|distrustful|watchful|full of doubt|mistrustful",
                "Why do you ask? |Who sent you? |Hm, you ask a lot. |I'm watching you. |Hands where I can see them. |Strange question. |Who wants to know? |I hope you're no spy. ",
                " Why do you want to know?| I have my eye on you.| Keep it to yourself.| And don't try anything.| Who told you to ask?| Stay where I can see you."),
            new MoodStyle("angry", "angry|furious|full of rage|fuming|enraged|seething",
                "Enough! |By thunder! |Grr! |Damn it all! |What do you want?! |Curse this day! |Out of my way! |Blast! ",
                " And I'll hear no more of it!| Don't test me!| Someone will pay for this day!| Now get out!| I could break something!| Do not cross me!"),
            new MoodStyle("shy", "shy|bashful|timid|embarrassed|awkward",
                "Um... |Oh, er, |You're asking me? |I, um... |Well, if you like... |Please don't laugh. |Oh dear. |Er, hello. ",
                " Sorry, I'm not used to talking.| Um, that's all.| I hope that's all right.| Please don't stare.| Sorry.| Oh, I'm blushing."),
            new MoodStyle("busy", "busy|hurried|pressed for time|rushed|overworked|swamped with work",
                "Quickly then: |I've got work to do. |One moment. |Be brief! |Mind your elbows. |Walk with me. |Hold this, will you? |No time, no time! ",
                " Now, back to work.| I really must go on.| Next!| That's all I have time for.| Time is short.| The work won't wait."),
            new MoodStyle("hopeful", "hopeful|excited|eager|full of hope|thrilled|curious",
                "Oh, yes! |I was hoping you'd ask! |Just you wait! |Guess what! |Oh, how wonderful! |At last, someone asks! |You'll like this! |Yes, yes! ",
                " Good things will come!| I can hardly wait!| Tomorrow will be better!| Just imagine!| Isn't it something?| Tell me more about you!"),
        };

        private static bool Remark(string text) => !Answering.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

        private static string[] Split(string text) => text.Length == 0 ? Array.Empty<string>() : text.Split('|');
    }
}
