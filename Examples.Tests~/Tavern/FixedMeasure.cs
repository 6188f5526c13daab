using PrismLM.Tavern.Layout;

namespace PrismLM.Examples.Tests.Tavern
{
    /// <summary>Letters of known width.</summary>
    internal sealed class FixedMeasure : ITextMeasure
    {
        public float LineHeight => 22;

        public float Size => 17;

        public float Advance(char letter) => letter is 'i' or 'l' or ' ' or '.' ? 5 : letter is 'm' or 'w' ? 13 : 9;
    }
}
