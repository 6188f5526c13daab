using System;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// Many replies at once: admit a prompt, advance a slice of work, drain the tokens, release. The seam of game, chat and benchmark;
    /// the scheduler is the one generation loop above it.
    /// </summary>
    /// <remarks>All members are for one thread. None waits for the device except <see cref="Wait"/>. An engine may keep what it computed of earlier prompts and replies and
    /// start a later prompt that begins alike, with the same dials, behind it: tokens stay the same bits. The Vulkan engine does (see <see cref="IPrefixEngine"/>);
    /// <see cref="LanguageModelEngine"/> reads every prompt from its start.</remarks>
    public interface ITokenEngine : IDisposable
    {
        ModelConfig Config { get; }

        /// <summary>Sequences that can be in flight together, at most 32.</summary>
        int SlotCount { get; }

        /// <summary>Most tokens a sequence may hold, prompt and reply together.</summary>
        int ContextLength { get; }

        /// <summary>Why sequences end with <see cref="SequenceEnd.Failed"/>: what happened and one hint; null while all is well.</summary>
        string? FailureReason { get; }

        /// <summary>Takes a prompt in; nothing runs yet. An engine that has failed takes it and ends it as failed.</summary>
        /// <returns>False when no slot or no cache page is free: try again after a <see cref="Release"/>.</returns>
        /// <exception cref="ArgumentException">The request can never be served: an empty prompt, an id out of range, longer than the context.</exception>
        bool TryAdmit(SequenceRequest request, out SequenceHandle sequence);

        /// <summary>Submits the slices that fit a budget and collects those that have ended.</summary>
        /// <param name="budgetMilliseconds">Device time to fill; <see cref="double.PositiveInfinity"/> for one whole step.</param>
        /// <returns>True while any admitted sequence still has work.</returns>
        bool Advance(double budgetMilliseconds);

        /// <summary>Moves finished tokens into <paramref name="destination"/>, in the order each sequence made them.</summary>
        int Drain(Span<TokenEvent> destination);

        /// <summary>Blocks until a submitted slice has ended or the time is over. For tools; a game never calls it.</summary>
        bool Wait(int milliseconds);

        /// <summary>Ends a sequence, finished or not, and frees its slot and pages. Its undrained tokens are dropped.</summary>
        void Release(SequenceHandle sequence);
    }

    /// <summary>Names one admitted sequence; a released handle never becomes valid again.</summary>
    public readonly struct SequenceHandle : IEquatable<SequenceHandle>
    {
        public SequenceHandle(int slot, int generation)
        {
            Slot = slot;
            Generation = generation;
        }

        public int Slot { get; }

        public int Generation { get; }

        public bool Equals(SequenceHandle other) => Slot == other.Slot && Generation == other.Generation;

        public override bool Equals(object? obj) => obj is SequenceHandle other && Equals(other);

        public override int GetHashCode() => (Slot * 397) ^ Generation;

        public static bool operator ==(SequenceHandle left, SequenceHandle right) => left.Equals(right);

        public static bool operator !=(SequenceHandle left, SequenceHandle right) => !left.Equals(right);
    }

    /// <summary>Why a sequence stopped making tokens on the device.</summary>
    public enum SequenceEnd
    {
        /// <summary>It goes on.</summary>
        None,

        /// <summary>The token is one of the request's stop tokens.</summary>
        StopToken,

        /// <summary>The request's token limit, or the context, is reached.</summary>
        MaxTokens,

        /// <summary>The device failed; no token is carried.</summary>
        Failed,
    }

    /// <summary>One generated token.</summary>
    public readonly struct TokenEvent
    {
        public TokenEvent(SequenceHandle sequence, int token, int index, SequenceEnd end)
        {
            Sequence = sequence;
            Token = token;
            Index = index;
            End = end;
        }

        public SequenceHandle Sequence { get; }

        public int Token { get; }

        /// <summary>0 for the first token after the prompt.</summary>
        public int Index { get; }

        public SequenceEnd End { get; }
    }

    /// <summary>What an engine needs to know to generate one reply.</summary>
    public sealed class SequenceRequest
    {
        public SequenceRequest(int[] prompt, SamplingOptions sampling)
        {
            Prompt = prompt ?? throw new ArgumentNullException(nameof(prompt));
            Sampling = sampling ?? throw new ArgumentNullException(nameof(sampling));
        }

        /// <summary>At least one id.</summary>
        public int[] Prompt { get; }

        public SamplingOptions Sampling { get; }

        /// <summary>The tokens of the prompt that are the reply's own already.</summary>
        public ReadOnlySpan<int> ReplySoFar => Prompt.AsSpan(ReplyStart < 0 ? Prompt.Length : ReplyStart);

        /// <summary>Most tokens to generate, at least 1.</summary>
        public int MaxTokens { get; set; } = 256;

        /// <summary>At most 8 ids that end the sequence; the stop token itself is reported.</summary>
        public int[] StopTokens { get; set; } = Array.Empty<int>();

        /// <summary>Random numbers this NPC has drawn before; continues a saved reply bit for bit.</summary>
        public uint DrawCounter { get; set; }

        /// <summary>Index in the prompt from which on its tokens are the reply's own, said before it was cut short; -1 when the reply begins after the prompt.
        /// The repetition penalty looks at the reply alone: what a prompt states may be repeated.</summary>
        public int ReplyStart { get; set; } = -1;

        /// <summary>Distinguishes NPCs that share a seed.</summary>
        public uint Npc { get; set; }

        /// <summary>Factors on the head gains, (layers, heads) row-major; empty for 1 everywhere.</summary>
        public float[] HeadDials { get; set; } = Array.Empty<float>();

        /// <summary>A <see cref="TokenMask"/> of the tokens that may be generated; empty allows all. An engine that cannot mask throws
        /// <see cref="NotSupportedException"/> when such a request is admitted.</summary>
        public uint[] AllowedTokens { get; set; } = Array.Empty<uint>();

        /// <summary>What the reply may say, token by token; null for anything. An engine that cannot do it throws <see cref="NotSupportedException"/>.
        /// Not together with <see cref="AllowedTokens"/>.</summary>
        public TokenConstraint? Constraint { get; set; }

        /// <summary>Where the constraint stands before the first token: its start, or <see cref="TokenConstraint.StateAfter"/> of what was said already.</summary>
        public int ConstraintState { get; set; }

        /// <summary>Who comes first when an engine narrows its batch; higher first. Changes when tokens come, never which.</summary>
        public float Priority { get; set; }

        /// <summary>Numbers added to logits, at most 32, a token at most once. An engine that cannot do it throws <see cref="NotSupportedException"/>.</summary>
        public TokenBias[] Bias { get; set; } = Array.Empty<TokenBias>();
    }
}
