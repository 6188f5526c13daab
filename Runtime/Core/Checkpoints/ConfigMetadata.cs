using System;
using System.Collections.Generic;
using System.Globalization;
using PrismLM.Core.Json;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>The configuration as the strings of a safetensors file's <c>__metadata__</c>, and back.</summary>
    internal static class ConfigMetadata
    {
        public const string FormatVersion = "format_version", Architecture = "architecture", Sha256 = "sha256", TokenizerSha256 = "tokenizer_sha256", KvFormat = "kv_format",
            WeightFormatKey = "weight_format", Name = "name", DataLicences = "data_licences", WeightLicence = "weight_licence", TrainingSummary = "training_summary";

        /// <summary>The version this code writes and the only one it reads.</summary>
        public const string CurrentVersion = "1";

        public const string PrismArchitecture = "prism";

        private static readonly string[] ConfigKeys =
        {
            "dim", "layers", "signal_heads", "noise_heads", "kv_heads", "head_dim", "qkv", "ffn", "hidden", "ista_eta", "ista_lambda", "experts", "top_k", "vocab", "context",
            "norm_eps", "rope_layout", "tied", "lambda_final", "languages", "dialogue_format",
            "bos_id", "eos_id", "pad_id", "persona_id", "player_id", "npc_id", "cue_id", "action_id", "end_id",
        };

        private static readonly string[] Qkv = { "separate", "shared_value", "dictionary" };
        private static readonly string[] FeedForward = { "swiglu", "gelu", "ista" };
        private static readonly string[] Formats = { "f32", "f16", "int8", "int4" };
        private static readonly string[] KvFormats = { "f16", "f32" };
        private static readonly string[] Layouts = { "interleaved" };
        private static readonly string[] Booleans = { "false", "true" };

        /// <summary>Keys that belong to the format.</summary>
        public static HashSet<string> Reserved { get; } = new HashSet<string>(ConfigKeys, StringComparer.Ordinal)
        {
            FormatVersion, Architecture, Sha256, TokenizerSha256, KvFormat, WeightFormatKey, Name, DataLicences, WeightLicence, TrainingSummary,
        };

        public static string FormatName(WeightFormat format) => Formats[(int)format];

        public static void Write(ModelConfig config, IDictionary<string, string> metadata)
        {
            void Int(string key, long value) => metadata[key] = value.ToString(CultureInfo.InvariantCulture);
            void Real(string key, double value) => metadata[key] = NumberText.Of(value);
            metadata[FormatVersion] = CurrentVersion;
            metadata[Architecture] = PrismArchitecture;
            Int("dim", config.Dim);
            Int("layers", config.Layers);
            Int("signal_heads", config.SignalHeads);
            Int("noise_heads", config.NoiseHeads);
            Int("kv_heads", config.KvHeads);
            Int("head_dim", config.HeadDim);
            metadata["qkv"] = Qkv[(int)config.Qkv];
            metadata["ffn"] = FeedForward[(int)config.FeedForward];
            Int("hidden", config.Hidden);
            Real("ista_eta", config.IstaEta);
            Real("ista_lambda", config.IstaLambda);
            Int("experts", config.Experts);
            Int("top_k", config.TopK);
            Int("vocab", config.Vocabulary);
            Int("context", config.Context);
            Real("norm_eps", config.NormEpsilon);
            metadata["rope_layout"] = Layouts[0];
            metadata["tied"] = Booleans[config.Tied ? 1 : 0];
            Real("lambda_final", config.LambdaFinal);
            metadata["languages"] = string.Join(",", config.Languages);
            Int("dialogue_format", config.DialogueFormat);
            SpecialTokens ids = config.Special;
            int[] values = { ids.Bos, ids.Eos, ids.Pad, ids.Persona, ids.Player, ids.Npc, ids.Cue, ids.Action, ids.End };
            for (int i = 0; i < values.Length; i++)
            {
                Int(ConfigKeys[ConfigKeys.Length - values.Length + i], values[i]);
            }
        }

        /// <summary>Reads and checks the configuration.</summary>
        /// <exception cref="PrismFileException">PC codes.</exception>
        public static ModelConfig Read(IReadOnlyDictionary<string, string> metadata, string file)
        {
            var values = new MetadataValues(metadata, file);
            string version = values.Text(FormatVersion);
            if (!string.Equals(version, CurrentVersion, StringComparison.Ordinal))
            {
                throw values.Fail(FileErrorCodes.FormatVersion, FormatVersion, "version " + SafeText.Quote(version), "version \"" + CurrentVersion + "\"", "Another release of Prism wrote this file.");
            }

            string architecture = values.Text(Architecture);
            if (!string.Equals(architecture, PrismArchitecture, StringComparison.Ordinal))
            {
                throw values.Fail(FileErrorCodes.Architecture, Architecture, SafeText.Quote(architecture), "\"prism\"", "prism import converts other models.");
            }

            values.Choice("rope_layout", Layouts, 0);
            string languages = values.Text("languages", string.Empty);
            var config = new ModelConfig
            {
                Dim = values.Int("dim"),
                Layers = values.Int("layers"),
                SignalHeads = values.Int("signal_heads"),
                NoiseHeads = values.Int("noise_heads"),
                KvHeads = values.Int("kv_heads"),
                HeadDim = values.Int("head_dim"),
                Qkv = (QkvMode)values.Choice("qkv", Qkv),
                FeedForward = (FeedForwardKind)values.Choice("ffn", FeedForward),
                Hidden = values.Int("hidden"),
                IstaEta = values.Real("ista_eta", 0.1),
                IstaLambda = values.Real("ista_lambda", 0.1),
                Experts = values.Int("experts"),
                TopK = values.Int("top_k"),
                Vocabulary = values.Int("vocab"),
                Context = values.Int("context"),
                NormEpsilon = values.Real("norm_eps", null),
                Tied = values.Choice("tied", Booleans) == 1,
                LambdaFinal = values.Real("lambda_final", 0),
                Languages = languages.Length == 0 ? Array.Empty<string>() : languages.Split(','),
                DialogueFormat = values.Int("dialogue_format", 0),
                Special = new SpecialTokens
                {
                    Bos = values.Int("bos_id", -1),
                    Eos = values.Int("eos_id", -1),
                    Pad = values.Int("pad_id", -1),
                    Persona = values.Int("persona_id", -1),
                    Player = values.Int("player_id", -1),
                    Npc = values.Int("npc_id", -1),
                    Cue = values.Int("cue_id", -1),
                    Action = values.Int("action_id", -1),
                    End = values.Int("end_id", -1),
                },
            };
            ConfigProblem? problem = ConfigRules.Check(config);
            if (problem != null)
            {
                throw values.Fail(problem.Code, problem.Key, problem.Found, problem.Expected, string.Empty);
            }

            return config;
        }

        public static bool ReadKvFloat32(IReadOnlyDictionary<string, string> metadata, string file) => new MetadataValues(metadata, file).Choice(KvFormat, KvFormats, 0) == 1;

        public static WeightFormat ReadWeightFormat(IReadOnlyDictionary<string, string> metadata, string file) =>
            (WeightFormat)new MetadataValues(metadata, file).Choice(WeightFormatKey, Formats);
    }
}
