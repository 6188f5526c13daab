using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Tokenization;

namespace PrismLM.Dialogue.Tracing
{
    /// <summary>
    /// Why did he say that? All that decided the tokens of one reply: model, prompt by section, what the context had no room for, settings, seed. It does not change
    /// any more. <c>./prism replay FILE</c> makes the reply again and shows what else the model thought of.
    /// </summary>
    public sealed class ReplyTrace
    {
        /// <summary>Version of the file format.</summary>
        public const int Version = 1;

        /// <summary>Largest file.</summary>
        public const int MaxBytes = 4 << 20;

        /// <summary>Most alternatives of a token.</summary>
        public const int Alternatives = 5;

        internal ReplyTrace(TraceOrigin origin, IReadOnlyList<TraceSection> prompt, IReadOnlyList<TraceSection> dropped, TraceRules rules, TraceOutcome outcome)
        {
            Origin = origin;
            Prompt = prompt;
            Dropped = dropped;
            Rules = rules;
            Outcome = outcome;
        }

        /// <summary>Name of the NPC; empty for a persona without one.</summary>
        public string Npc => Origin.Npc;

        public string ModelName => Origin.ModelName;

        /// <summary>SHA-256 of the model's file.</summary>
        public string ModelHash => Origin.ModelHash;

        /// <summary>What computed: the name of the device, or the reference.</summary>
        public string Backend => Origin.Backend;

        /// <summary>Every token that the model read, in order; the last but one section is the line that was answered.</summary>
        public IReadOnlyList<TraceSection> Prompt { get; }

        /// <summary>What the context had no room for: turns, the oldest first, then facts of the game, then the end of the line.</summary>
        public IReadOnlyList<TraceSection> Dropped { get; }

        public SamplingOptions Sampling => Rules.Sampling;

        /// <summary>Most tokens that the reply could have.</summary>
        public int MaxTokens => Rules.Limit;

        /// <summary>The reply had to be one of <see cref="Lines"/>.</summary>
        public bool IsChoice => Rules.IsChoice;

        /// <summary>The lines of a choice, or the actions that were allowed.</summary>
        public IReadOnlyList<string> Lines => Rules.Lines;

        /// <summary>Characters that were not allowed.</summary>
        public string Banned => Rules.Banned;

        /// <summary>Tokens of the reply so far, the one that ended it included.</summary>
        public IReadOnlyList<int> Tokens => Outcome.Tokens;

        /// <summary>How many of <see cref="Tokens"/> were said before the reply was saved and restored; 0 for one that was never interrupted so.</summary>
        public int RestoredTokens => Outcome.Restored;

        /// <summary>Null while the reply goes on.</summary>
        public FinishReason? Reason => Outcome.Reason;

        /// <summary>The words that were raised: as a filter, a fallback line and an interruption left them.</summary>
        public string Text => Outcome.Text;

        public string? Action => Outcome.Action;

        /// <summary><see cref="ReplyResult.Code"/>.</summary>
        public string? Code => Outcome.Code;

        internal TraceOrigin Origin { get; }

        internal TraceRules Rules { get; }

        internal TraceOutcome Outcome { get; }

        /// <summary>Reads a file that <see cref="Save"/> wrote, and that nobody vouches for.</summary>
        /// <exception cref="PrismFileException">PX001 to PX007.</exception>
        public static ReplyTrace Load(string path)
        {
            using FileStream stream = SmallFile.Open(path, TraceCodes.NoFile, "a trace");
            return TraceReader.Read(stream, path);
        }

        /// <inheritdoc cref="Load"/>
        /// <summary>Reads what <see cref="ToJson"/> gave.</summary>
        /// <param name="json">UTF-8.</param>
        /// <param name="displayName">What errors call it.</param>
        public static ReplyTrace Parse(ReadOnlySpan<byte> json, string displayName) => TraceReader.Read(json, displayName);

        /// <summary>One JSON object, UTF-8. It holds what was said to the NPC, and no path and no name of the machine but the device's.</summary>
        public byte[] ToJson() => TraceWriter.Write(this);

        /// <summary>Writes <see cref="ToJson"/> to a file, whole or not at all.</summary>
        /// <exception cref="IOException">The disk is full, the folder is missing, or the path is a folder.</exception>
        public void Save(string path) => AtomicFile.WriteAllBytes(path, ToJson());

        /// <summary>
        /// What the model thought at each token: reads prompt and reply again. It takes as long as generating does, so not within a frame. Exact for the model and the device
        /// that wrote the reply; with others it says what those think of it.
        /// </summary>
        /// <param name="model">Whose vocabulary has the tokens; its context must hold them.</param>
        /// <param name="tokenizer">The model's.</param>
        /// <param name="progress">0 to 1.</param>
        /// <param name="cancellation">Looked at before each token.</param>
        /// <exception cref="ArgumentException">The model's vocabulary, context, or heads are not those of the trace.</exception>
        public IReadOnlyList<TracedToken> Score(ILanguageModel model, BpeTokenizer tokenizer, IProgress<double>? progress = null, CancellationToken cancellation = default) =>
            TraceScorer.Score(this, model, tokenizer, progress, cancellation);
    }
}
