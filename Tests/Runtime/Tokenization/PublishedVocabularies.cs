using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PrismLM.Core.Tokenization;

namespace PrismLM.Tests.Tokenization
{
    /// <summary>GPT-2's and Llama's tokenizers, built from the fixtures, with the vectors that others published for them.</summary>
    internal static class PublishedVocabularies
    {
        internal static readonly Lazy<BpeTokenizer> Gpt2 = new Lazy<BpeTokenizer>(LoadGpt2);

        internal static readonly Lazy<SentencePieceTokenizer> Llama = new Lazy<SentencePieceTokenizer>(LoadLlama);

        /// <summary>llama.cpp's test texts with the expected ids.</summary>
        internal static IEnumerable<KeyValuePair<string, int[]>> Vectors(string folder)
        {
            string[] texts = Read(folder, "llamacpp.inp").Split(new[] { "\n__ggml_vocab_test__\n" }, StringSplitOptions.None);
            string[] answers = Read(folder, "llamacpp.out").Split('\n');
            return texts.Take(answers.Length - 1).Select((text, i) => new KeyValuePair<string, int[]>(text, Ids(answers[i], ' ')));
        }

        internal static int[] Ids(string text, char separator)
        {
            return text.Split(new[] { separator }, StringSplitOptions.RemoveEmptyEntries)
                .Select(id => int.Parse(id, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        }

        internal static string Read(string folder, string name) => Encoding.UTF8.GetString(File.ReadAllBytes(PathOf(folder, name)));

        private static string PathOf(string folder, string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", folder, name);

        private static BpeTokenizer LoadGpt2()
        {
            var tokens = new List<byte[]>();
            var ids = new Dictionary<string, int>(StringComparer.Ordinal);
            int[] byteIds = new int[256];
            foreach (byte value in ByteAlphabet.Order)
            {
                byteIds[value] = tokens.Count;
                ids.Add(ByteAlphabet.Spell(new[] { value }), tokens.Count);
                tokens.Add(new[] { value });
            }
            var merges = new List<Merge>();
            foreach (string line in Read("gpt2", "merges.txt").Split(new[] { '\n' }, StringSplitOptions.RemoveEmptyEntries))
            {
                string[] parts = line.Split(' ');
                ByteAlphabet.TryRead(parts[0] + parts[1], out byte[] bytes);
                merges.Add(new Merge(ids[parts[0]], ids[parts[1]], tokens.Count));
                ids.Add(parts[0] + parts[1], tokens.Count);
                tokens.Add(bytes);
            }
            var special = new[] { new SpecialToken("<|endoftext|>", tokens.Count) };
            tokens.Add(Array.Empty<byte>());
            return new BpeTokenizer(new TokenTable(tokens, special), merges.ToArray(), byteIds);
        }

        private static SentencePieceTokenizer LoadLlama()
        {
            string[] lines = Read("llama-spm", "pieces.bin").Split('\n');
            string[] pieces = lines.Take(lines.Length - 1).Select(piece => piece.Replace('\u2581', ' ')).ToArray();
            var scores = new float[pieces.Length];
            for (int id = 259; id < pieces.Length; id++)
            {
                scores[id] = pieces[id].Trim(' ').Length == 0 ? -1e9f : 259 - id;
            }
            var special = new[] { new SpecialToken("<unk>", 0), new SpecialToken("<s>", 1), new SpecialToken("</s>", 2) };
            return new SentencePieceTokenizer(SentencePieceBuilder.Build(pieces, scores, special, Enumerable.Range(3, 256).ToArray()));
        }
    }
}
