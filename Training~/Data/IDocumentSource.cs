namespace PrismLM.Training.Data
{
    /// <summary>
    /// An endless stream of documents for training. The stream is a pure function of what the source was built from (files, seed)
    /// and of its cursor: a source built the same way and given a saved state goes on with the very next document.
    /// </summary>
    /// <remarks>Used from one thread at a time.</remarks>
    public interface IDocumentSource
    {
        /// <summary>Names the source in the data list, in metrics and in the saved state; unique within a run.</summary>
        string Name { get; }

        /// <summary>The next document; the stream never ends (a source starts its next epoch by itself).</summary>
        TokenDocument Next();

        /// <summary>The cursor as a short text; opaque to the caller.</summary>
        string SaveState();

        /// <summary>Goes to a cursor that <see cref="SaveState"/> gave.</summary>
        /// <exception cref="System.ArgumentException">The text is not a state of this source.</exception>
        void LoadState(string state);
    }
}
