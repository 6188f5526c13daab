namespace PrismLM.Cli.Packaging
{
    /// <summary>A file of a package: its path inside it, with forward slashes, and its bytes.</summary>
    internal sealed record PackEntry(string Path, byte[] Content);

    /// <summary>What is wrong with a package, in the words of every error of the command line.</summary>
    internal sealed record PackProblem(string Where, string Found, string Expected, string Hint);
}
