using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;
using PrismLM.Dialogue.Tracing;

namespace PrismLM.Training.Tests.Cli
{
    /// <summary>From a conversation to its trace to its replay, with the model that ships.</summary>
    public sealed class ReplayTests : CliTest
    {
        private string _trace = "";

        [OneTimeSetUp]
        public void Talk()
        {
            _trace = Path.Combine(Folder, "bram.json");
            CliResult chat = CliProcess.RunWith("/trace early.json\nWhat do you sell?\n/trace no-such-folder/a.json\n/trace bram.json\n/quit\n", Folder, "chat", "--temperature", "0.8", "--backend", "vulkan");
            Assert.That(chat.Code, Is.Zero, chat.Errors);
            Assert.That(chat.Errors, Does.Contain("Say something first").And.Contain("prism replay bram.json"));
            Assert.That(File.Exists(_trace), chat.Errors);
        }

        [Test]
        public void IsIdenticalAndShowsPromptAndTokens()
        {
            CliResult result = Run("replay", "bram.json", "--backend", "vulkan");
            ReplyTrace trace = ReplyTrace.Load(_trace);
            Assert.Multiple(() =>
            {
                Assert.That(result.Code, Is.Zero, result.Errors);
                Assert.That(result.Output, Does.Contain("Identical").And.Contain("What do you sell?").And.Contain("Name: Bram").And.Contain("<|end|>").And.Contain(trace.Text.Split(' ')[0]));
                Assert.That(result.Output.Contains('\u001b', StringComparison.Ordinal), Is.False, "no control codes");
                Assert.That(result.Output.Split('\n').Skip(12).Max(line => line.Length), Is.LessThanOrEqualTo(120));
            });
        }

        [Test]
        public void JsonHasAllAlternativesAndSaysThatTheDeviceDiffers()
        {
            CliResult result = Run("replay", "bram.json", "--backend", "reference", "--json");
            JsonElement json = JsonDocument.Parse(result.Output).RootElement;
            Assert.Multiple(() =>
            {
                Assert.That(json.GetProperty("sameModel").GetBoolean(), Is.True);
                Assert.That(json.GetProperty("sameDevice").GetBoolean(), Is.False);
                Assert.That(result.Code, Is.EqualTo(json.GetProperty("identical").GetBoolean() ? 0 : 1));
                Assert.That(json.GetProperty("tokens").EnumerateArray().All(token => token.GetProperty("alternatives").GetArrayLength() == ReplyTrace.Alternatives), Is.True);
                Assert.That(json.GetProperty("tokens").GetArrayLength(), Is.EqualTo(ReplyTrace.Load(_trace).Tokens.Count));
            });
        }

        [Test]
        public void AnotherTokenIsDifferentAndTheExitCodeSaysSo()
        {
            string text = File.ReadAllText(_trace);
            int[] tokens = ReplyTrace.Load(_trace).Tokens.ToArray();
            string list = "\"tokens\":[" + string.Join(",", tokens) + "],\"restored\"";
            tokens[1] = tokens[1] == 300 ? 301 : 300;
            Assert.That(text, Does.Contain(list));
            File.WriteAllText(Path.Combine(Folder, "other.json"), text.Replace(list, "\"tokens\":[" + string.Join(",", tokens) + "],\"restored\"", StringComparison.Ordinal));
            CliResult result = Run("replay", "other.json", "--backend", "vulkan", "--no-scores");
            Assert.That(result.Code, Is.EqualTo(1), result.Errors);
            Assert.That(result.Output, Does.Contain("Different from token 1 on").And.Contain("must not be"));
        }

        [Test]
        public void AModelWithoutDialogueIsRefused()
        {
            CliResult result = Run("replay", "bram.json", "--model", "MODEL");
            Assert.That(result.Code, Is.EqualTo(2), result.Output);
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1));
            Assert.That(result.Errors, Does.Contain("--model"));
        }
    }
}
