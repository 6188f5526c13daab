using System;

namespace PrismLM.Dialogue
{
    /// <summary>Sees each sentence of a reply before anyone else does, inside the tick. With a filter, words come a sentence at a time.</summary>
    public interface IReplyFilter
    {
        /// <param name="npc">Who is about to say it.</param>
        /// <param name="sentence">Without white space around it; valid during the call only.</param>
        FilterVerdict Check(Npc npc, ReadOnlySpan<char> sentence);
    }

    /// <summary>What becomes of a sentence.</summary>
    public readonly struct FilterVerdict
    {
        private FilterVerdict(bool stops, string? replacement)
        {
            Stops = stops;
            Replacement = replacement;
        }

        /// <summary>It is said as it is.</summary>
        public static FilterVerdict Allow => default;

        /// <summary>It is not said, and the reply ends as Filtered; the persona's fallback line follows if nothing was said yet.</summary>
        public static FilterVerdict Stop => new FilterVerdict(true, null);

        internal bool Stops { get; }

        internal string? Replacement { get; }

        /// <summary>Something else is said in its place; an empty text leaves the sentence out.</summary>
        public static FilterVerdict Replace(string text) => new FilterVerdict(false, text ?? throw new ArgumentNullException(nameof(text)));
    }
}
