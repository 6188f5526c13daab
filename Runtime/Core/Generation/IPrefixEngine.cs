using System;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// An engine that computes what prompts have in common once: a persona that two NPCs share, the conversation that one goes on with. Prompts do so by themselves as they
    /// come; these members are for beginnings that a game computes when it is built, and ships. For the thread of the engine.
    /// </summary>
    public interface IPrefixEngine
    {
        /// <summary>Computes a beginning and writes it to a file. For tools: it waits for the device.</summary>
        /// <param name="path">Replaced as a whole, or left as it was.</param>
        /// <param name="tokens">From the start of the prompt; what lies behind the last whole page of 16 is left out.</param>
        /// <param name="headDials">Factors on the head gains, (layers, heads) row-major; empty for none. Only sequences with the same use the prefix.</param>
        /// <returns>Tokens in the file.</returns>
        /// <exception cref="InvalidOperationException">Sequences are in flight.</exception>
        /// <exception cref="ArgumentException">Fewer than 16 tokens, or not fewer than the context.</exception>
        int SavePrefix(string path, ReadOnlySpan<int> tokens, ReadOnlySpan<float> headDials = default);

        /// <summary>Reads a computed beginning from a file, and keeps it until <see cref="UnloadPrefixes"/>. Sequences admitted from now on use it.</summary>
        /// <returns>Tokens that it covers.</returns>
        /// <exception cref="PrismFileException">PR001 to PR011: no prefix file, damaged, or made for another model; PF001 to PF019: it cannot be read.</exception>
        int LoadPrefix(string path);

        /// <summary>What was loaded is kept no longer than other beginnings: while there is room.</summary>
        void UnloadPrefixes();
    }
}
