namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>What a line of the player (or a cue) wants.</summary>
    public enum DialogueIntent
    {
        AskName,
        AskTrade,
        AskPlace,
        AskKin,

        /// <summary>The name of a relative: "What is your sister called?".</summary>
        AskKinName,

        /// <summary>A relative the NPC does not have.</summary>
        AskOtherKin,
        AskWares,
        AskPrice,
        AskRumour,
        AskQuest,
        AskMood,

        /// <summary>Something that one of the persona's free facts is about, or that none is about.</summary>
        AskFact,

        /// <summary>Something outside of the NPC's world.</summary>
        AskOffWorld,
        TellName,
        TellOrigin,
        TellTrade,
        TellSearch,
        RecallName,
        RecallOrigin,
        RecallTrade,
        RecallSearch,

        /// <summary>The last answer once more.</summary>
        Repeat,
        RequestAction,
        Greeting,
        Farewell,
        Thanks,
        SmallTalk,
        Cue,
    }
}
