using System;
using System.Collections.Generic;
using System.Threading;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;

namespace PrismLM.Dialogue.Tracing
{
    /// <summary>Reads a reply again, token by token, and asks the sampler what it would have done: the same steps as <see cref="LanguageModelSlot"/> takes.</summary>
    internal static class TraceScorer
    {
        public static IReadOnlyList<TracedToken> Score(ReplyTrace trace, ILanguageModel model, BpeTokenizer tokenizer, IProgress<double>? progress, CancellationToken cancellation)
        {
            GenerationRequest request = TraceReplay.Request(trace, new DialogueFormat(tokenizer, model.Config.Special));
            TraceReplay.Check(trace, model.Config);
            int vocabulary = model.Config.Vocabulary;
            var sampler = new Sampler(vocabulary);
            var parameters = new SamplerParameters(request.Sampling, request.Npc);
            var recent = new RecentTokens();
            int[] stops = GenerationRequest.StopTokensOf(model.Config);
            recent.Fill(request.Prompt.AsSpan(request.ReplyStart), stops);
            var names = new TokenText(tokenizer, model.Config.Special);
            var mask = new uint[TokenMask.Words(vocabulary)];
            var logits = new float[vocabulary];
            var scored = new List<TracedToken>();
            int state = request.ConstraintState;
            using ILanguageSequence sequence = model.CreateSequence(request.HeadDials);
            sequence.Append(request.Prompt, logits);
            for (int i = trace.RestoredTokens; i < trace.Tokens.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                int token = trace.Tokens[i];
                int generated = i - trace.RestoredTokens;
                state = request.Constraint!.Narrow(state, request.MaxTokens - generated);
                request.Constraint.CopyMask(state, mask);
                int best = sampler.Choose(logits, parameters, unchecked(request.DrawCounter + (uint)generated), recent.Span, mask);
                double total = LogSumExp.Of(logits);
                scored.Add(new TracedToken(
                    token, names.Of(token), Math.Exp(logits[token] - total), Chance(sampler, parameters, best, token), Alternatives(logits, total, mask, names)));
                state = request.Constraint.Next(state, token);
                recent.Add(token);
                progress?.Report((generated + 1.0) / (trace.Tokens.Count - trace.RestoredTokens));
                if (state < 0 || i + 1 == trace.Tokens.Count)
                {
                    // Another model's vocabulary may put a token where the constraint has none; nothing after it means anything.
                    break;
                }

                sequence.Append(new[] { token }, logits);
            }

            return scored;
        }

        private static double Chance(Sampler sampler, in SamplerParameters parameters, int best, int token)
        {
            if (parameters.Scale == 0f)
            {
                return token == best ? 1 : 0;
            }

            double sum = 0;
            double own = 0;
            ReadOnlySpan<int> ids = sampler.Candidates;
            ReadOnlySpan<uint> weights = sampler.CandidateWeights;
            for (int i = 0; i < ids.Length; i++)
            {
                sum += weights[i];
                own = ids[i] == token ? weights[i] : own;
            }

            return sum > 0 ? own / sum : 0;
        }

        private static TokenAlternative[] Alternatives(float[] logits, double total, ReadOnlySpan<uint> mask, TokenText names)
        {
            var best = new List<int>(ReplyTrace.Alternatives + 1);
            for (int token = 0; token < logits.Length; token++)
            {
                int place = best.Count;
                while (place > 0 && logits[token] > logits[best[place - 1]])
                {
                    place--;
                }

                if (place < ReplyTrace.Alternatives)
                {
                    best.Insert(place, token);
                    best.RemoveRange(Math.Min(best.Count, ReplyTrace.Alternatives), Math.Max(0, best.Count - ReplyTrace.Alternatives));
                }
            }

            var alternatives = new TokenAlternative[best.Count];
            for (int i = 0; i < alternatives.Length; i++)
            {
                alternatives[i] = new TokenAlternative(best[i], names.Of(best[i]), Math.Exp(logits[best[i]] - total), TokenMask.Allows(mask, best[i]));
            }

            return alternatives;
        }
    }
}
