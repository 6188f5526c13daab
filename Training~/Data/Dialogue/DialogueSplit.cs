namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>
    /// Which half of every open pool a conversation draws from. A value belongs to one split by the hash of its text, so a name or fact of
    /// validation can never be a name or fact of training, whatever the seed.
    /// </summary>
    public enum DialogueSplit
    {
        Training,
        Validation,
    }

    internal static class DialogueSplits
    {
        /// <summary>True when the value belongs to the split; one value in eight is validation's.</summary>
        public static bool Owns(this DialogueSplit split, string value)
        {
            var hash = 14695981039346656037UL;
            foreach (var c in value)
            {
                hash = (hash ^ char.ToLowerInvariant(c)) * 1099511628211UL;
            }

            hash ^= hash >> 29;
            return ((hash * 0xBF58476D1CE4E5B9UL) >> 61 == 0) == (split == DialogueSplit.Validation);
        }
    }
}
