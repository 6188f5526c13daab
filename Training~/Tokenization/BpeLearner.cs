using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using PrismLM.Core.Tokenization;

namespace PrismLM.Training.Tokenization
{
    /// <summary>The state of BPE training: words as tokens, counts of pairs, and a heap of pairs.</summary>
    /// <remarks>
    /// The heap is lazy: a pair's count only falls while it waits, unless it is entered again, so the top is the maximum as soon as its stored count is the
    /// present one.
    /// </remarks>
    internal sealed class BpeLearner
    {
        private readonly int[][] _words;
        private readonly int[] _lengths;
        private readonly long[] _frequencies;
        private readonly Dictionary<(int Left, int Right), long> _counts = new();
        private readonly Dictionary<(int Left, int Right), List<int>> _places = new();
        private readonly HashSet<(int Left, int Right)> _risen = new();
        private readonly Dictionary<string, int> _idsBySpelling = new(StringComparer.Ordinal);
        private readonly PriorityQueue<(int Left, int Right), Candidate> _heap;
        private readonly List<byte[]> _tokens = new();

        // Of the word at hand: which symbols a merge has taken or made.
        private readonly bool[] _touched = new bool[3 * WordCounts.LongestWord];

        internal BpeLearner(List<KeyValuePair<string, long>> words)
        {
            _heap = new PriorityQueue<(int Left, int Right), Candidate>(new CandidateOrder(_tokens));
            foreach (byte value in ByteAlphabet.Order)
            {
                ByteIds[value] = AddToken(new[] { value });
            }
            _words = new int[words.Count][];
            _lengths = new int[words.Count];
            _frequencies = new long[words.Count];
            byte[] utf8 = new byte[3 * WordCounts.LongestWord];
            for (int w = 0; w < words.Count; w++)
            {
                string word = words[w].Key;
                int length = Utf8.GetBytes(word, utf8);
                _words[w] = new int[length];
                for (int i = 0; i < length; i++)
                {
                    _words[w][i] = ByteIds[utf8[i]];
                }
                _lengths[w] = length;
                _frequencies[w] = words[w].Value;
                _touched.AsSpan().Fill(true);
                CountTouched(w, 1);
            }
            EnterRisen();
        }

        internal IReadOnlyList<byte[]> Tokens => _tokens;

        internal int TokenCount => _tokens.Count;

        internal List<Merge> Merges { get; } = new();

        /// <summary>The token of each single byte.</summary>
        internal int[] ByteIds { get; } = new int[256];

        /// <summary>Makes the best pair a token; false when no pair occurs twice or fits the longest token.</summary>
        internal bool MergeBestPair()
        {
            while (_heap.TryDequeue(out (int Left, int Right) pair, out Candidate candidate))
            {
                long count = _counts.GetValueOrDefault(pair);
                if (count < 2 || _tokens[pair.Left].Length + _tokens[pair.Right].Length > BpeTokenizer.MaxTokenBytes)
                {
                    continue;
                }
                if (count != candidate.Count)
                {
                    _heap.Enqueue(pair, new Candidate(count, pair));
                    continue;
                }
                Apply(pair);
                return true;
            }
            return false;
        }

        private void Apply((int Left, int Right) pair)
        {
            byte[] bytes = [.. _tokens[pair.Left], .. _tokens[pair.Right]];

            // Two different pairs can spell the same token; then both rules make the one token.
            int result = _idsBySpelling.TryGetValue(ByteAlphabet.Spell(bytes), out int known) ? known : AddToken(bytes);
            Merges.Add(new Merge(pair.Left, pair.Right, result));
            _places.Remove(pair, out List<int>? places);
            foreach (int word in places!)
            {
                Replace(word, pair, result);
            }
            _counts.Remove(pair);
            EnterRisen();
        }

        /// <summary>Merges a pair in one word and counts anew only the pairs that touch a merge.</summary>
        private void Replace(int word, (int Left, int Right) pair, int result)
        {
            int[] symbols = _words[word];
            int length = _lengths[word];
            _touched.AsSpan(0, length).Clear();
            int hits = 0;
            for (int i = 0; i + 1 < length; i++)
            {
                if (symbols[i] == pair.Left && symbols[i + 1] == pair.Right)
                {
                    _touched[i] = true;
                    _touched[++i] = true;
                    hits++;
                }
            }
            if (hits == 0)
            {
                return;
            }
            CountTouched(word, -1);
            int written = 0;
            for (int i = 0; i < length; i++)
            {
                bool hit = _touched[i];
                symbols[written] = hit ? result : symbols[i];
                _touched[written++] = hit;
                i += hit ? 1 : 0;
            }
            _lengths[word] = written;
            CountTouched(word, 1);
        }

        private void CountTouched(int word, int sign)
        {
            ReadOnlySpan<int> symbols = _words[word].AsSpan(0, _lengths[word]);
            long change = sign * _frequencies[word];
            for (int i = 0; i + 1 < symbols.Length; i++)
            {
                if (!_touched[i] && !_touched[i + 1])
                {
                    continue;
                }
                (int, int) pair = (symbols[i], symbols[i + 1]);
                CollectionsMarshal.GetValueRefOrAddDefault(_counts, pair, out _) += change;
                if (sign > 0)
                {
                    _risen.Add(pair);
                    AddPlace(pair, word);
                }
            }
        }

        private void AddPlace((int Left, int Right) pair, int word)
        {
            ref List<int>? places = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, pair, out _);
            places ??= new List<int>();
            if (places.Count == 0 || places[^1] != word)
            {
                places.Add(word);
            }
        }

        private void EnterRisen()
        {
            foreach ((int Left, int Right) pair in _risen)
            {
                long count = _counts.GetValueOrDefault(pair);
                if (count > 1)
                {
                    _heap.Enqueue(pair, new Candidate(count, pair));
                }
            }
            _risen.Clear();
        }

        private int AddToken(byte[] bytes)
        {
            _idsBySpelling.Add(ByteAlphabet.Spell(bytes), _tokens.Count);
            _tokens.Add(bytes);
            return _tokens.Count - 1;
        }

        private readonly record struct Candidate(long Count, (int Left, int Right) Pair);

        /// <summary>Frequent first, then the greater bytes.</summary>
        private sealed class CandidateOrder(List<byte[]> tokens) : IComparer<Candidate>
        {
            public int Compare(Candidate x, Candidate y)
            {
                int order = y.Count.CompareTo(x.Count);
                if (order == 0)
                {
                    order = tokens[y.Pair.Left].AsSpan().SequenceCompareTo(tokens[x.Pair.Left]);
                }
                return order != 0 ? order : tokens[y.Pair.Right].AsSpan().SequenceCompareTo(tokens[x.Pair.Right]);
            }
        }
    }
}
