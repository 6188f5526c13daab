using System.Linq;
using System.Text.Json;
using PrismLM.Cli.Output;
using PrismLM.Dialogue.Tracing;

namespace PrismLM.Cli.Replay
{
    /// <summary>A replay for machines.</summary>
    internal static class ReplayJson
    {
        public static string Of(ReplayResult result)
        {
            ReplyTrace trace = result.Trace;
            return JsonSerializer.Serialize(
                new
                {
                    identical = result.IsIdentical,
                    firstDifference = result.FirstDifference,
                    sameModel = result.SameModel,
                    sameDevice = result.SameBackend,
                    npc = trace.Npc,
                    recorded = new { model = trace.ModelName, sha256 = trace.ModelHash, device = trace.Backend, tokens = trace.Tokens, reason = trace.Reason, text = trace.Text, action = trace.Action, code = trace.Code },
                    replayed = new { model = result.Checkpoint.Info.Name, sha256 = result.Checkpoint.Sha256, device = result.Backend, tokens = result.Again?.Tokens, reason = result.Again?.Reason, text = result.Again?.Text },
                    sampling = trace.Sampling,
                    draws = trace.Rules.Draws,
                    maxTokens = trace.MaxTokens,
                    isChoice = trace.IsChoice,
                    lines = trace.Lines,
                    banned = trace.Banned,
                    prompt = trace.Prompt,
                    dropped = trace.Dropped,
                    tokens = result.Scores.Select(token => new
                    {
                        id = token.Id,
                        text = token.Text,
                        probability = token.Probability,
                        chance = token.Chance,
                        alternatives = token.Alternatives.Select(other => new { id = other.Id, text = other.Text, probability = other.Probability, allowed = other.IsAllowed }),
                    }),
                },
                JsonOutput.Options);
        }
    }
}
