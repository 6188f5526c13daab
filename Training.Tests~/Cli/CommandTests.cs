using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;
using PrismLM.Cli.Commands;

namespace PrismLM.Training.Tests.Cli
{
    /// <summary>The commands on real input: a model that others trained.</summary>
    public sealed class CommandTests : CliTest
    {
        private static IEnumerable<string> CommandNames() => CommandCatalog.All().SelectMany(command => command.Subcommands.Select(sub => command.Name + " " + sub.Name).Prepend(command.Name)).Append("");

        [TestCaseSource(nameof(CommandNames))]
        public void HelpSaysWhatItDoes(string command)
        {
            CliResult result = Run(command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append("--help").ToArray());
            Assert.Multiple(() =>
            {
                Assert.That(result.Code, Is.Zero);
                Assert.That(result.Output, Does.Contain("Usage:"));
                Assert.That(result.Output.Split('\n')[1].Trim(), Has.Length.GreaterThan(20), "a description");
                Assert.That(result.Errors, Is.Empty);
            });
        }

        [Test]
        public void EveryOptionAndArgumentIsDescribed()
        {
            IEnumerable<Command> all = CommandCatalog.All().SelectMany(command => command.Subcommands.Prepend(command));
            IEnumerable<string> bare = all.SelectMany(command => command.Options.Cast<Symbol>().Concat(command.Arguments).Where(symbol => string.IsNullOrWhiteSpace(symbol.Description)).Select(symbol => command.Name + " " + symbol.Name));
            Assert.That(bare, Is.Empty);
        }

        [TestCase("reference")]
        [TestCase("vulkan")]
        [TestCase("torch")]
        public void GenerateWritesThePublishedText(string backend)
        {
            CliResult result = CliProcess.Run(Folder, "generate", Model, "--prompt", "", "--temperature", "0", "--max-tokens", "256", "--backend", backend);
            Assert.Multiple(() =>
            {
                Assert.That(result.Code, Is.Zero, result.Errors);
                Assert.That(result.Output, Is.EqualTo(File.ReadAllText(Fixture("golden_greedy_256.txt"))), "the text, and nothing else");
                Assert.That(result.Validated, Is.EqualTo(backend == "vulkan"), "the validation layer watched");
                Assert.That(result.Errors, Is.Empty);
            });
        }

        [Test]
        public void GenerateGoesOnWithAPromptAndCanLeaveItOut()
        {
            string[] common = { "--temperature", "0", "--max-tokens", "12", "--backend", "reference" };
            CliResult whole = CliProcess.Run(Folder, common.Prepend("Once upon a time").Prepend("--prompt").Prepend(Model).Prepend("generate").ToArray());
            CliResult rest = CliProcess.Run(Folder, common.Append("--no-echo").Prepend("Once upon a time").Prepend("--prompt").Prepend(Model).Prepend("generate").ToArray());
            Assert.That(whole.Output, Is.EqualTo("Once upon a time" + rest.Output));
            Assert.That(File.ReadAllText(Fixture("golden_greedy_256.txt")), Does.StartWith(whole.Output.TrimEnd('\n')));
        }

        [Test]
        public void GenerateIsTheSameForTheSameSeed()
        {
            string Text(string seed) => Run("generate", "MODEL", "--prompt", "Lily", "--temperature", "1", "--seed", seed, "--max-tokens", "24", "--backend", "reference").Output;
            string first = Text("5");
            Assert.That(Text("5"), Is.EqualTo(first));
            Assert.That(Text("6"), Is.Not.EqualTo(first));
        }

        [Test]
        public void BackendsAgreeOnALossToFourDecimals()
        {
            string text = Path.Combine(Folder, "text.txt");
            File.WriteAllText(text, "Once upon a time, there was a little girl named Lily.\n<|endoftext|>\nTom had a big red ball. He liked to play with it in the park.\n");
            double[] losses = new[] { "reference", "vulkan", "torch" }.Select(backend =>
            {
                CliResult result = Run("eval", "MODEL", "--text", text, "--backend", backend, "--json");
                Assert.That(result.Code, Is.Zero, result.Errors);
                return JsonDocument.Parse(result.Output).RootElement.GetProperty("loss").GetDouble();
            }).ToArray();
            Assert.That(losses[0], Is.InRange(0.5, 3), "a trained model on its own kind of text");
            Assert.That(losses, Is.All.EqualTo(losses[0]).Within(5e-5));
        }

        [Test]
        public void InspectTellsWhatTheFileIs()
        {
            CliResult text = Run("inspect", "MODEL");
            JsonElement json = JsonDocument.Parse(Run("inspect", "MODEL", "--json").Output).RootElement;
            Assert.Multiple(() =>
            {
                Assert.That(text.Output, Does.Contain("260,032").And.Contain("MIT").And.Contain("layers.4.w2"));
                Assert.That(json.GetProperty("parameters").GetInt64(), Is.EqualTo(260_032));
                Assert.That(json.GetProperty("sha256").GetString(), Has.Length.EqualTo(64));
                Assert.That(json.GetProperty("weightLicence").GetString(), Is.EqualTo("MIT"));
            });
        }

        [Test]
        public void BenchMeasuresNextToTheFloor()
        {
            CliResult result = Run("bench", "MODEL", "--tokens", "4", "--prompt", "8", "--runs", "1", "--batch", "1,2", "--depth", "0,20", "--weights", "f32,int8", "--no-load", "--json", "--plot", "bench.png");
            Assert.That(result.Code, Is.Zero, result.Errors);
            JsonElement json = JsonDocument.Parse(result.Output).RootElement;
            JsonElement models = json.GetProperty("models");
            JsonElement last = models[1].GetProperty("decode")[3];
            Assert.Multiple(() =>
            {
                Assert.That(json.GetProperty("floor").GetProperty("bytesPerSecond").GetDouble(), Is.GreaterThan(1e6));
                Assert.That(json.GetProperty("floor").GetProperty("operationsPerSecond").GetDouble(), Is.GreaterThan(1e6));
                Assert.That(models.EnumerateArray().Select(model => model.GetProperty("weights").GetString()), Is.EqualTo(new[] { "f32", "int8" }));
                Assert.That(models[0].GetProperty("prefill")[0].GetProperty("tokensPerSecond").GetProperty("median").GetDouble(), Is.GreaterThan(0));
                Assert.That(last.GetProperty("batch").GetInt32(), Is.EqualTo(2));
                Assert.That(last.GetProperty("depth").GetInt32(), Is.EqualTo(20));
                Assert.That(last.GetProperty("bytesPerToken").GetDouble(), Is.LessThan(models[0].GetProperty("decode")[3].GetProperty("bytesPerToken").GetDouble()), "int8 reads less");
                Assert.That(last.GetProperty("floorMilliseconds").GetDouble(), Is.GreaterThan(0));
                Assert.That(File.ReadAllBytes(Path.Combine(Folder, "bench.png")).Take(4), Is.EqualTo(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }));
            });
        }

        [Test]
        public void DoctorFindsTheDeviceAndTheTrainer()
        {
            JsonElement json = JsonDocument.Parse(Run("doctor", "--json").Output).RootElement;
            Assert.That(json.GetProperty("ready").GetBoolean(), Is.True);
            Assert.That(json.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("topic").GetString() == "TorchSharp").GetProperty("good").GetBoolean(), Is.True);
        }

        /// <summary>Without ICU a .NET program runs in invariant mode alone: the one command that says so must not fall over it.</summary>
        [Test]
        public void DoctorRunsWithoutCultures()
        {
            CliResult result = CliProcess.RunIn(("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"), Folder, "doctor", "--json");
            Assert.That(result.Code, Is.Zero, result.Errors);
            JsonElement cultures = JsonDocument.Parse(result.Output).RootElement.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("topic").GetString() == "cultures");
            Assert.That(cultures.GetProperty("good").GetBoolean(), Is.False);
            Assert.That(cultures.GetProperty("advice").GetString(), Does.Contain("libicu"));
        }

        [Test]
        public void ChatAnswersWithTheShippedModel()
        {
            CliResult result = CliProcess.RunWith("Good day. What is your name?\n/persona\n/cue You fall silent.\n/nothing\n/quit\nnever read\n", Folder, "chat", "--temperature", "0", "--backend", "vulkan");
            string[] lines = result.Output.Split('\n');
            Assert.Multiple(() =>
            {
                Assert.That(result.Code, Is.Zero, result.Errors);
                Assert.That(lines[0], Does.Match("^Bram: .{2,}"), "a reply");
                Assert.That(lines[1], Is.EqualTo("Name: Bram"), "the persona");
                Assert.That(lines.Count(line => line.StartsWith("Bram: ", StringComparison.Ordinal)), Is.EqualTo(2), "two replies");
                Assert.That(result.Errors, Does.Contain("There is no /nothing"));
            });
        }

        [Test]
        public void DemoEndsByItselfWithoutControlCodes()
        {
            CliResult result = Run("demo", "--model", "MODEL", "--seconds", "5");
            Assert.Multiple(() =>
            {
                Assert.That(result.Code, Is.Zero, result.Errors);
                Assert.That(result.Output, Does.Contain("tokens/s").And.Contain("first token").And.Contain("memory"));
                Assert.That(result.Output.Contains('\u001b', StringComparison.Ordinal), Is.False);
            });
        }
    }
}
