using System;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// Chooses the next token. This is the definition: <c>Shaders/sample.comp</c> gives the same token from the same logits, bit for bit, because
    /// everything after one float32 multiplication is integer arithmetic and order-independent. The algorithm is written out in
    /// <c>Documentation~/sampling.md</c>; one test compares the two.
    /// </summary>
    /// <remarks>Owns its scratch, so it allocates nothing per token; for one thread.</remarks>
    public sealed class Sampler
    {
        /// <summary>Largest vocabulary: sums of weights then stay below 2^47.</summary>
        public const int MaxVocabulary = 65536;

        private readonly RadixThreshold _threshold = new RadixThreshold();
        private readonly uint[] _keys;
        private readonly int[] _ids;
        private readonly uint[] _idKeys;
        private readonly uint[] _weights;
        private readonly uint[] _distances;

        public Sampler(int vocabulary)
        {
            if (vocabulary < 1 || vocabulary > MaxVocabulary)
            {
                throw new ArgumentOutOfRangeException(nameof(vocabulary), vocabulary, FormattableString.Invariant($"Allowed: 1 to {MaxVocabulary}."));
            }

            _keys = new uint[vocabulary];
            _ids = new int[vocabulary];
            _idKeys = new uint[vocabulary];
            _weights = new uint[vocabulary];
            _distances = new uint[vocabulary];
        }

        /// <summary>Tokens that could have been chosen in the last call, ascending ids; for tests and traces.</summary>
        public ReadOnlySpan<int> Candidates => _ids.AsSpan(0, CandidateCount);

        /// <summary>Their weights, 2^30 for the best; probabilities are proportional to them.</summary>
        public ReadOnlySpan<uint> CandidateWeights => _weights.AsSpan(0, CandidateCount);

        private int CandidateCount { get; set; }

        /// <summary>Chooses a token.</summary>
        /// <param name="logits">(vocabulary). NaN and minus infinity exclude a token.</param>
        /// <param name="parameters">What to do.</param>
        /// <param name="draw">Random numbers this NPC has drawn before: the draw counter of its sequence plus the index of this token.</param>
        /// <param name="recent">Tokens the repetition penalty applies to, newest last; only the last <c>Window</c> count, each id once.</param>
        /// <param name="allowed">A <see cref="TokenMask"/>; empty allows all.</param>
        /// <param name="bias">Added to logits after the penalty; a token at most once.</param>
        /// <returns>The token, or -1 when every token is excluded.</returns>
        public int Choose(
            ReadOnlySpan<float> logits,
            in SamplerParameters parameters,
            uint draw,
            ReadOnlySpan<int> recent = default,
            ReadOnlySpan<uint> allowed = default,
            ReadOnlySpan<TokenBias> bias = default)
        {
            Check(logits.Length, allowed.Length);
            BuildKeys(logits, parameters, recent, allowed, bias);
            int best = Best(out int usable);
            CandidateCount = 0;
            if (best < 0 || parameters.Scale == 0f)
            {
                return best;
            }

            KeepTopK(parameters.TopK, usable);
            Weigh(SamplingKey.Logit(_keys[best]), parameters.Scale);
            KeepTopP(parameters.TopP);
            KeepMinWeight(parameters.MinWeight);
            return Draw(parameters.Key, draw);
        }

        private void Check(int logits, int allowedWords)
        {
            if (logits != _keys.Length)
            {
                throw new ArgumentException(FormattableString.Invariant($"{logits} logits; this sampler's vocabulary has {_keys.Length}."));
            }

            if (allowedWords != 0 && allowedWords != TokenMask.Words(logits))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"The mask of allowed tokens has {allowedWords} words; allowed: none or {TokenMask.Words(logits)}."));
            }
        }

        private void BuildKeys(
            ReadOnlySpan<float> logits, in SamplerParameters parameters, ReadOnlySpan<int> recent, ReadOnlySpan<uint> allowed, ReadOnlySpan<TokenBias> bias)
        {
            for (int token = 0; token < logits.Length; token++)
            {
                _keys[token] = TokenMask.Allows(allowed, token) && SamplingKey.IsUsable(logits[token])
                    ? SamplingKey.Of(SamplingKey.Canonical(logits[token]))
                    : SamplingKey.Excluded;
            }

            int window = Math.Min((int)parameters.Window, recent.Length);
            recent = recent.Slice(recent.Length - window);
            if (parameters.Penalty != 1f)
            {
                for (int i = 0; i < recent.Length; i++)
                {
                    if (_keys[recent[i]] != SamplingKey.Excluded && recent.Slice(0, i).IndexOf(recent[i]) < 0)
                    {
                        float logit = SamplingKey.Logit(_keys[recent[i]]);
                        float penalised = (float)(logit * (logit > 0f ? parameters.InversePenalty : parameters.Penalty));
                        _keys[recent[i]] = SamplingKey.Of(SamplingKey.Canonical(penalised));
                    }
                }
            }

            foreach (TokenBias entry in bias)
            {
                if (_keys[entry.Token] != SamplingKey.Excluded)
                {
                    float biased = (float)(SamplingKey.Logit(_keys[entry.Token]) + SamplingKey.Canonical(entry.Value));
                    _keys[entry.Token] = SamplingKey.Of(SamplingKey.Canonical(biased));
                }
            }
        }

        private int Best(out int usable)
        {
            int best = -1;
            uint bestKey = SamplingKey.Excluded;
            usable = 0;
            for (int token = 0; token < _keys.Length; token++)
            {
                if (_keys[token] != SamplingKey.Excluded)
                {
                    usable++;
                }

                if (_keys[token] > bestKey)
                {
                    bestKey = _keys[token];
                    best = token;
                }
            }

            return best;
        }

        /// <summary>Candidates become the k tokens with the largest keys; of those at the k-th key, the lowest ids.</summary>
        private void KeepTopK(uint k, int usable)
        {
            uint threshold = SamplingKey.Excluded + 1;
            long ties = long.MaxValue;
            if (k > 0 && k < usable)
            {
                threshold = _threshold.Find(_keys, default, k, out ulong above);
                ties = k - (long)above;
            }

            for (int token = 0; token < _keys.Length; token++)
            {
                uint key = _keys[token];
                if (key > threshold || (key == threshold && ties-- > 0))
                {
                    _ids[CandidateCount] = token;
                    _idKeys[CandidateCount] = key;
                    CandidateCount++;
                }
            }
        }

        private void Weigh(float best, float scale)
        {
            for (int i = 0; i < CandidateCount; i++)
            {
                _distances[i] = SamplingKey.Distance(best, SamplingKey.Logit(_idKeys[i]), scale);
                _weights[i] = SamplingMath.Weight(_distances[i]);
            }
        }

        /// <summary>Candidates become the shortest run, from the largest key down and from the lowest id up, that holds the share p of the weight.</summary>
        private void KeepTopP(uint p)
        {
            if (p >= 65536)
            {
                return;
            }

            ulong sum = 0;
            for (int i = 0; i < CandidateCount; i++)
            {
                sum += _weights[i];
            }

            ulong target = ((sum * p) + 65535) >> 16;
            uint threshold = _threshold.Find(_idKeys.AsSpan(0, CandidateCount), _weights.AsSpan(0, CandidateCount), target, out ulong held);
            int kept = 0;
            for (int i = 0; i < CandidateCount; i++)
            {
                bool keep = _idKeys[i] > threshold;
                if (_idKeys[i] == threshold && held < target)
                {
                    held += _weights[i];
                    keep = true;
                }

                if (keep)
                {
                    Move(i, kept++);
                }
            }

            CandidateCount = kept;
        }

        private void KeepMinWeight(uint least)
        {
            int kept = 0;
            for (int i = 0; i < CandidateCount; i++)
            {
                if (_weights[i] >= least)
                {
                    Move(i, kept++);
                }
            }

            CandidateCount = kept;
        }

        private void Move(int from, int to)
        {
            _ids[to] = _ids[from];
            _idKeys[to] = _idKeys[from];
            _weights[to] = _weights[from];
            _distances[to] = _distances[from];
        }

        private int Draw(uint key, uint draw)
        {
            int chosen = -1;
            uint soonest = uint.MaxValue;
            for (int i = 0; i < CandidateCount; i++)
            {
                uint time = SamplingMath.WaitingTime(Philox.First((uint)_ids[i], draw, key), _distances[i]);
                if (time < soonest)
                {
                    soonest = time;
                    chosen = _ids[i];
                }
            }

            return chosen;
        }
    }
}
