namespace PrismLM.Dialogue
{
    /// <summary>How much of a save could be restored.</summary>
    public enum RestoreResult
    {
        /// <summary>The same model: the NPC goes on as if nothing had happened, bit for bit with the same persona, and also in the middle of a reply.</summary>
        Identical,

        /// <summary>
        /// Another model, or too little context for the reply that was on its way: what was said and the facts are kept. Of that reply, what the player
        /// had seen is kept, as after an interruption.
        /// </summary>
        TextOnly,
    }
}
