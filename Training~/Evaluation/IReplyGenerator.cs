using System;
using System.Collections.Generic;
using System.Threading;
using PrismLM.Core.Prompting;

namespace PrismLM.Training.Evaluation
{
    /// <summary>Whatever answers as an NPC: a model, or words written by hand.</summary>
    public interface IReplyGenerator
    {
        /// <summary>One reply for each prompt, in order.</summary>
        /// <param name="prompts">Prompts of one conversation stand together.</param>
        /// <param name="progress">Number of replies made.</param>
        /// <param name="cancellationToken">Ends the work between two replies.</param>
        IReadOnlyList<DialogueTurn> Reply(IReadOnlyList<DialoguePrompt> prompts, IProgress<int>? progress = null, CancellationToken cancellationToken = default);
    }
}
