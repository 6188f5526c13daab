namespace PrismLM.Tavern.Layout
{
    /// <summary>How wide letters are.</summary>
    internal interface ITextMeasure
    {
        /// <summary>From one line to the next, in pixels.</summary>
        float LineHeight { get; }

        /// <summary>The size that the text is drawn at, in pixels.</summary>
        float Size { get; }

        /// <summary>In whole pixels, so that letters stay sharp.</summary>
        float Advance(char letter);
    }
}
