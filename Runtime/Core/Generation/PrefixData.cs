using System;
using System.Globalization;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Json;

namespace PrismLM.Core.Generation
{
    /// <summary>The keys and values of a beginning that many prompts share, as an engine keeps them: whole pages of 16 tokens.</summary>
    public sealed class PrefixData
    {
        /// <summary>Tokens of a page.</summary>
        public const int PageTokens = 16;

        /// <summary>SHA-256 of the model, 64 digits.</summary>
        public string Model { get; set; } = string.Empty;

        /// <summary>Number format of keys and values.</summary>
        public bool KvFloat32 { get; set; }

        /// <summary>Factors on the head gains, (layers, heads) row-major; empty for none.</summary>
        public float[] Dials { get; set; } = Array.Empty<float>();

        /// <summary>From the start of the prompt; whole pages.</summary>
        public int[] Tokens { get; set; } = Array.Empty<int>();

        /// <summary>32-bit words of a page: [layer][K|V][kv head][16][head dim].</summary>
        public int PageWords { get; set; }

        /// <summary>(pages, <see cref="PageWords"/>).</summary>
        public uint[] Words { get; set; } = Array.Empty<uint>();

        /// <summary>32-bit words of a page of this model.</summary>
        public static int PageWordsOf(ModelConfig config, bool kvFloat32) => checked(config.Layers * 2 * config.KvDim * PageTokens / (kvFloat32 ? 1 : 2));

        /// <summary>It was made with this model, for sequences that this engine can hold.</summary>
        /// <param name="file">What errors call it.</param>
        /// <param name="model">SHA-256 of the model.</param>
        /// <param name="config">Of the model.</param>
        /// <param name="kvFloat32">Number format of the model's keys and values.</param>
        /// <param name="contextLength">Most tokens of a sequence.</param>
        /// <exception cref="PrismFileException">PR005 to PR010.</exception>
        public void CheckAgainst(string file, string model, ModelConfig config, bool kvFloat32, int contextLength)
        {
            void Require(bool met, string code, string where, string found, string expected, string hint)
            {
                if (!met)
                {
                    throw new PrismFileException(code, file, where, found, expected, hint);
                }
            }

            const string Again = "Compute the prefix again with this model.";
            Require(string.Equals(Model, model, StringComparison.Ordinal), PrefixCodes.OtherModel, "model", Short(Model), Short(model), Again);
            Require(KvFloat32 == kvFloat32, PrefixCodes.OtherFormat, "key/value format", Format(KvFloat32), Format(kvFloat32), Again);
            int words = PageWordsOf(config, kvFloat32);
            Require(PageWords == words, PrefixCodes.OtherFormat, "words of a page", Number(PageWords), Number(words), Again);
            int heads = config.Layers * config.Heads;
            Require(Dials.Length == 0 || Dials.Length == heads, PrefixCodes.OtherDials, "head dials", Number(Dials.Length), "none or " + Number(heads), Again);
            foreach (float dial in Dials)
            {
                Require(!float.IsNaN(dial) && !float.IsInfinity(dial), PrefixCodes.BadDial, "head dials", dial.ToString(CultureInfo.InvariantCulture), "finite numbers", Again);
            }

            Require(
                Tokens.Length < contextLength, PrefixCodes.TooLong, "tokens", Number(Tokens.Length), "at most " + Number(contextLength - 1) + ", one less than the context",
                "Use a larger context, or a shorter prefix.");
            for (int i = 0; i < Tokens.Length; i++)
            {
                Require((uint)Tokens[i] < (uint)config.Vocabulary, PrefixCodes.UnknownToken, "token " + Number(i), Number(Tokens[i]), "0 to " + Number(config.Vocabulary - 1), Again);
            }
        }

        private static string Short(string hash) => SafeText.Show(hash.Length > 12 ? hash.Substring(0, 12) : hash);

        private static string Format(bool float32) => float32 ? "f32" : "f16";

        private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
