using System;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Core.Generation
{
    /// <summary>What a request must obey whatever engine serves it: engines and the scheduler check the same list.</summary>
    public static class RequestRules
    {
        /// <summary>Most stop tokens of a request.</summary>
        public const int MaxStopTokens = 8;

        /// <summary>Most biased tokens of a request.</summary>
        public const int MaxBias = 32;

        /// <exception cref="ArgumentException">The request can never be served; the message says what was found and what is allowed.</exception>
        public static void Check(SequenceRequest request, ModelConfig config, int contextLength)
        {
            if (request is null)
            {
                throw new ArgumentNullException(nameof(request));
            }

            Require(request.Prompt.Length > 0, "The prompt is empty; at least one token is needed.");
            Require(request.Prompt.Length < contextLength, FormattableString.Invariant(
                $"The prompt has {request.Prompt.Length} tokens; allowed: at most {contextLength - 1}, one less than the context."));
            Tokens("The prompt", request.Prompt, config.Vocabulary);
            Require(request.MaxTokens >= 1, FormattableString.Invariant($"MaxTokens is {request.MaxTokens}; allowed: 1 or more."));
            Require(request.ReplyStart >= -1 && request.ReplyStart <= request.Prompt.Length, FormattableString.Invariant(
                $"ReplyStart is {request.ReplyStart}; allowed: -1, or an index from 0 to {request.Prompt.Length}."));
            Require(request.StopTokens.Length <= MaxStopTokens, FormattableString.Invariant(
                $"{request.StopTokens.Length} stop tokens; allowed: at most {MaxStopTokens}."));
            Tokens("The list of stop tokens", request.StopTokens, config.Vocabulary);
            int dials = config.Layers * config.Heads;
            Require(request.HeadDials.Length == 0 || request.HeadDials.Length == dials, FormattableString.Invariant(
                $"{request.HeadDials.Length} head dials; allowed: none or {dials}, one for each head of each layer."));
            int words = TokenMask.Words(config.Vocabulary);
            Require(request.AllowedTokens.Length == 0 || request.AllowedTokens.Length == words, FormattableString.Invariant(
                $"The mask of allowed tokens has {request.AllowedTokens.Length} words; allowed: none or {words}."));
            Biases(request.Bias, config.Vocabulary);
            if (request.Constraint != null)
            {
                Constraint(request, request.Constraint, config.Vocabulary, Limit(request, contextLength));
            }

            request.Sampling.Validate();
        }

        /// <summary>Most tokens that the reply can have: its own limit, or what the context leaves.</summary>
        public static int Limit(SequenceRequest request, int contextLength) => Math.Min(request.MaxTokens, contextLength - request.Prompt.Length);

        private static void Constraint(SequenceRequest request, TokenConstraint constraint, int vocabulary, int limit)
        {
            Require(constraint.Vocabulary == vocabulary, FormattableString.Invariant(
                $"The constraint was built for {constraint.Vocabulary} tokens; this model has {vocabulary}. Build it with the model's tokenizer."));
            Require(request.AllowedTokens.Length == 0, "A constraint and a mask of allowed tokens exclude each other; give the constraint its banned characters instead.");
            Require(Array.IndexOf(request.StopTokens, constraint.EndToken) >= 0, FormattableString.Invariant(
                $"The constraint ends with token {constraint.EndToken}, which is not among the stop tokens."));
            int state = request.ConstraintState;
            Require((uint)state < (uint)constraint.StateCount, FormattableString.Invariant(
                $"The constraint's state is {state}; allowed: 0 to {constraint.StateCount - 1}."));

            // A reply that goes on may be near its end already, and in the same state as one that begins.
            int needed = state == constraint.StartState && request.ReplySoFar.IsEmpty ? constraint.RequiredTokens : constraint.Need(state);
            Require(needed > 0, "The constraint has ended; nothing can follow.");
            Require(needed <= limit, FormattableString.Invariant(
                $"The reply may have {limit} tokens; the constraint needs {needed} for its longest line. Raise MaxTokens, shorten the prompt, or shorten the line."));
        }

        private static void Biases(TokenBias[] bias, int vocabulary)
        {
            Require(bias.Length <= MaxBias, FormattableString.Invariant($"{bias.Length} biased tokens; allowed: at most {MaxBias}."));
            for (int i = 0; i < bias.Length; i++)
            {
                Require((uint)bias[i].Token < (uint)vocabulary && !float.IsNaN(bias[i].Value) && !float.IsInfinity(bias[i].Value), FormattableString.Invariant(
                    $"Bias {i} adds {bias[i].Value} to token {bias[i].Token}; allowed: a finite number and an id from 0 to {vocabulary - 1}."));
                for (int j = 0; j < i; j++)
                {
                    Require(bias[i].Token != bias[j].Token, FormattableString.Invariant($"Token {bias[i].Token} is biased twice."));
                }
            }
        }

        private static void Tokens(string what, int[] tokens, int vocabulary)
        {
            for (int i = 0; i < tokens.Length; i++)
            {
                Require((uint)tokens[i] < (uint)vocabulary, FormattableString.Invariant(
                    $"{what} has the id {tokens[i]} at index {i}; allowed: 0 to {vocabulary - 1}."));
            }
        }

        private static void Require(bool holds, string message)
        {
            if (!holds)
            {
                throw new ArgumentException(message);
            }
        }
    }
}
