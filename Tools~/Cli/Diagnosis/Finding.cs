namespace PrismLM.Cli.Diagnosis
{
    /// <summary>One thing that doctor looked at.</summary>
    /// <param name="Topic">What it is about.</param>
    /// <param name="Good">False when something that is needed is missing.</param>
    /// <param name="State">What was found.</param>
    /// <param name="Advice">What to do, or null when nothing is to be done.</param>
    internal sealed record Finding(string Topic, bool Good, string State, string? Advice = null);
}
