using System;
using System.Collections.Generic;
using System.Globalization;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>The first thing wrong with a configuration.</summary>
    internal sealed class ConfigProblem
    {
        public ConfigProblem(string code, string key, string found, string expected)
        {
            Code = code;
            Key = key;
            Found = found;
            Expected = expected;
        }

        public string Code { get; }

        public string Key { get; }

        public string Found { get; }

        public string Expected { get; }

        public override string ToString() => Key + ": found " + Found + "; expected " + Expected;
    }

    /// <summary>What a configuration must satisfy before a single byte is allocated for it; the writer and the loader share it.</summary>
    internal static class ConfigRules
    {
        public static ConfigProblem? Check(ModelConfig c) =>
            Range(FileErrorCodes.LayerCount, "layers", c.Layers, 1, CheckpointLimits.MaxLayers)
            ?? Range(FileErrorCodes.SizeOutOfRange, "dim", c.Dim, 1, CheckpointLimits.MaxDim)
            ?? Range(FileErrorCodes.SizeOutOfRange, "head_dim", c.HeadDim, 2, CheckpointLimits.MaxHeadDim)
            ?? When(c.HeadDim % 2 != 0, FileErrorCodes.SizeOutOfRange, "head_dim", c.HeadDim, "an even number")
            ?? Range(FileErrorCodes.HeadCount, "signal_heads", c.SignalHeads, 0, CheckpointLimits.MaxHeads)
            ?? Range(FileErrorCodes.HeadCount, "noise_heads", c.NoiseHeads, 0, CheckpointLimits.MaxHeads)
            ?? Range(FileErrorCodes.HeadCount, "signal_heads + noise_heads", c.Heads, 1, CheckpointLimits.MaxHeads)
            ?? Range(FileErrorCodes.HeadCount, "kv_heads", c.KvHeads, 1, c.Heads)
            ?? When(c.Heads % c.KvHeads != 0, FileErrorCodes.HeadsDoNotDivide, "kv_heads", c.KvHeads, "a divisor of " + Text(c.Heads) + " heads")
            ?? When(c.Qkv == QkvMode.Dictionary && c.KvHeads != c.Heads, FileErrorCodes.HeadsDoNotDivide, "kv_heads", c.KvHeads, Text(c.Heads) + ", because Q = K = V")
            ?? When(c.Qkv == QkvMode.SharedValue && c.KvHeads != c.Heads, FileErrorCodes.HeadsDoNotDivide, "kv_heads", c.KvHeads, Text(c.Heads) + ", because V = Q")
            ?? Range(FileErrorCodes.SizeOutOfRange, "hidden", c.Hidden, 1, CheckpointLimits.MaxHidden)
            ?? When(c.FeedForward == FeedForwardKind.Ista && c.Hidden < c.Dim, FileErrorCodes.Dictionary, "hidden", c.Hidden, "an overcomplete dictionary, at least dim = " + Text(c.Dim))
            ?? Range(FileErrorCodes.ExpertsOrTopK, "experts", c.Experts, 1, CheckpointLimits.MaxExperts)
            ?? Range(FileErrorCodes.ExpertsOrTopK, "top_k", c.TopK, 1, c.Experts)
            ?? When(c.FeedForward == FeedForwardKind.Ista && c.Experts != 1, FileErrorCodes.ExpertsOrTopK, "experts", c.Experts, "1, because ista has no experts")
            ?? Range(FileErrorCodes.Vocabulary, "vocab", c.Vocabulary, 1, CheckpointLimits.MaxVocabulary)
            ?? Range(FileErrorCodes.Context, "context", c.Context, 1, CheckpointLimits.MaxContext)
            ?? Reals(c)
            ?? Range(FileErrorCodes.SizeOutOfRange, "dialogue_format", c.DialogueFormat, 0, 1000)
            ?? Products(c)
            ?? Languages(c.Languages)
            ?? Special(c.Special, c.Vocabulary);

        private static ConfigProblem? Reals(ModelConfig c) =>
            Real(FileErrorCodes.NormEpsilon, "norm_eps", c.NormEpsilon, c.NormEpsilon > 0 && c.NormEpsilon <= 1, "above 0, at most 1")
            ?? Real(FileErrorCodes.IstaSetting, "ista_eta", c.IstaEta, Math.Abs(c.IstaEta) <= 100, "from -100 to 100")
            ?? Real(FileErrorCodes.IstaSetting, "ista_lambda", c.IstaLambda, Math.Abs(c.IstaLambda) <= 100, "from -100 to 100")
            ?? Real(FileErrorCodes.IstaSetting, "lambda_final", c.LambdaFinal, Math.Abs(c.LambdaFinal) <= 1e4, "from -10000 to 10000");

        private static ConfigProblem? Products(ModelConfig c)
        {
            long largest = Math.Max((long)c.Vocabulary * c.Dim, Math.Max((long)c.Experts * c.Hidden * c.Dim, (long)c.HeadsDim * c.Dim));
            return c.HeadsDim > CheckpointLimits.MaxDimension
                ? new ConfigProblem(FileErrorCodes.HeadCount, "heads * head_dim", Text(c.HeadsDim), "at most " + Text(CheckpointLimits.MaxDimension))
                : When(largest * 4 > CheckpointLimits.MaxTensorBytes, FileErrorCodes.SizeOutOfRange, "dim", c.Dim, "no tensor of more than " + Text(CheckpointLimits.MaxTensorBytes) + " bytes");
        }

        private static ConfigProblem? Languages(IReadOnlyList<string> languages)
        {
            foreach (string tag in languages)
            {
                bool good = tag.Length > 0 && tag.Length <= 35;
                foreach (char c in tag)
                {
                    good &= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
                }

                if (!good)
                {
                    return new ConfigProblem(FileErrorCodes.NotANumber, "languages", Json.SafeText.Quote(tag), "BCP 47 tags separated by commas");
                }
            }

            return null;
        }

        private static ConfigProblem? Special(SpecialTokens ids, int vocabulary)
        {
            int[] values = { ids.Bos, ids.Eos, ids.Pad, ids.Persona, ids.Player, ids.Npc, ids.Cue, ids.Action, ids.End };
            string[] names = { "bos_id", "eos_id", "pad_id", "persona_id", "player_id", "npc_id", "cue_id", "action_id", "end_id" };
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] < -1 || values[i] >= vocabulary)
                {
                    return new ConfigProblem(FileErrorCodes.SpecialToken, names[i], Text(values[i]), "-1 (none) or an id below vocab = " + Text(vocabulary));
                }
            }

            return null;
        }

        private static ConfigProblem? Range(string code, string key, int value, int minimum, int maximum) =>
            When(value < minimum || value > maximum, code, key, value, Text(minimum) + " to " + Text(maximum));

        private static ConfigProblem? When(bool wrong, string code, string key, int found, string expected) =>
            wrong ? new ConfigProblem(code, key, Text(found), expected) : null;

        private static ConfigProblem? Real(string code, string key, double value, bool right, string expected) =>
            right ? null : new ConfigProblem(code, key, value.ToString("R", CultureInfo.InvariantCulture), expected);

        private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
