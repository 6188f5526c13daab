using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using NUnit.Framework;
using PrismLM.Training.Tests.Train;
using PrismLM.Training.Train;

namespace PrismLM.Training.Tests.Cli
{
    /// <summary>Bad input to every command: one clear line on standard error, exit code 2, nothing on standard output, nothing changed.</summary>
    public sealed class BadInputTests : CliTest
    {
        private static IEnumerable<TestCaseData> Cases()
        {
            yield return Case("no such command", "bogus", "bogus");
            yield return Case("an unknown option", "--colour", "inspect MODEL --colour red");
            yield return Case("generate: nothing", "missing argument FILE", "generate");
            yield return Case("generate: no file", "no-such.safetensors", "generate no-such.safetensors");
            yield return Case("generate: a folder", "expected a regular file", "generate .");
            yield return Case("generate: not a model", "broken.safetensors", "generate broken.safetensors");
            yield return Case("generate: temperature", "Temperature", "generate MODEL --temperature -1");
            yield return Case("generate: temperature is a word", "warm", "generate MODEL --temperature warm");
            yield return Case("generate: top-p", "TopP", "generate MODEL --top-p 2");
            yield return Case("generate: max-tokens", "--max-tokens", "generate MODEL --max-tokens 0");
            yield return Case("generate: backend", "--backend", "generate MODEL --backend cuda");
            yield return Case("generate: a prompt beyond the context", "--prompt", "generate MODEL --backend reference --prompt " + new string('x', 2000));
            yield return Case("inspect: no file", "no-such.safetensors", "inspect no-such.safetensors");
            yield return Case("inspect: an empty file", "empty.safetensors", "inspect empty.safetensors");
            yield return Case("inspect: damaged", "damaged.safetensors", "inspect damaged.safetensors");
            yield return Case("chat: a model without dialogue", "dialogue", "chat --model MODEL");
            yield return Case("chat: no persona", "nobody.json", "chat --model MODEL --persona nobody.json");
            yield return Case("chat: a bad persona", "nmae", "chat --model MODEL --persona bad-persona.json");
            yield return Case("replay: nothing", "missing argument FILE", "replay");
            yield return Case("replay: no file", "PX007", "replay no-such.json");
            yield return Case("replay: not a trace", "PX001", "replay bad-persona.json");
            yield return Case("replay: backend", "--backend", "replay bad-persona.json --backend cuda");
            yield return Case("demo: seconds", "--seconds", "demo --seconds 0");
            yield return Case("demo: no model", "no-such.safetensors", "demo --model no-such.safetensors");
            yield return Case("bench: batch", "--batch", "bench MODEL --batch 33");
            yield return Case("bench: batch is a word", "many", "bench MODEL --batch 1,many");
            yield return Case("bench: more than the context", "--tokens", "bench MODEL --tokens 600");
            yield return Case("bench: a shape", "l58", "bench --shape huge");
            yield return Case("bench: a shape and a file", "both", "bench MODEL --shape l58");
            yield return Case("bench: a format", "int8", "bench MODEL --weights int3");
            yield return Case("bench: runs", "--runs", "bench MODEL --runs 0");
            yield return Case("bench: the figures are there", "--force", "bench MODEL --json MODEL");
            yield return Case("bench: no folder for the picture", "no-such-folder", "bench MODEL --plot no-such-folder/a.png");
            yield return Case("bench: no model", "no-such.safetensors", "bench no-such.safetensors");
            yield return Case("eval: neither", "--dialogue", "eval MODEL");
            yield return Case("eval: both", "both", "eval MODEL --dialogue --text broken.safetensors");
            yield return Case("eval: no text", "no-such.txt", "eval MODEL --text no-such.txt");
            yield return Case("eval: an empty text", "empty.txt", "eval MODEL --backend reference --text empty.txt");
            yield return Case("eval: dialogue with a model without it", "dialogue", "eval MODEL --dialogue");
            yield return Case("import: nothing", "import", "import");
            yield return Case("import: no model", "no-such.bin", "import llama2c no-such.bin tok512.bin out.safetensors");
            yield return Case("import: not a model", "PI", "import llama2c broken.safetensors tok512.bin out.safetensors");
            yield return Case("import: the output is there", "--force", "import llama2c stories260K.bin tok512.bin MODEL");
            yield return Case("import: no folder", "no-such-folder", "import llama2c stories260K.bin tok512.bin no-such-folder/out.safetensors");
            yield return Case("train: no data", "--data", "train run --tokens 1000");
            yield return Case("train: no data list", "no-such.json", "train run --data no-such.json --tokens 1000");
            yield return Case("train: a bad data list", "bad-data.json", "train run --data bad-data.json --tokens 1000");
            yield return Case("train: no budget", "TokenBudget", "train run --data bad-data.json");
            yield return Case("train: a preset", "game-3m", "train run --data bad-data.json --tokens 1000 --preset huge");
            yield return Case("train: nothing to resume", "run folder", "train . --resume");
            yield return Case("train: an option beside --resume", "--preset", "train run --resume --preset game-1m");
            yield return Case("train: several options beside --resume", "--tokens and --learning-rate", "train run --resume --tokens 5 --learning-rate 0.1");
            yield return Case("train: decay without --resume", "--decay-tokens", "train run --data good-data.json --tokens 1000 --decay-tokens 500");
            yield return Case("train: decay of nothing", "--decay-tokens", "train run --resume --decay-tokens 0");
            yield return Case("train: no CUDA", "CUDA", "train run --data good-data.json --tokens 1000 --device cuda");
            yield return Case("train: a source is missing", "gone.txt", "train run --data gone-data.json --tokens 1000");
            yield return Case("tokenizer: no file", "no-such.txt", "tokenizer no-such.txt --output t.json");
            yield return Case("tokenizer: too small", "vocabulary", "tokenizer bad-persona.json --output t.json --vocabulary 10");
            yield return Case("export: no output", "missing argument OUTPUT", "export no-such-run");
            yield return Case("export: no run", "no-such-run", "export no-such-run out.safetensors");
            yield return Case("export: a format", "int4", "export MODEL out.safetensors --weights Float16");
            yield return Case("eval: comparing both", "both", "eval MODEL --compare --dialogue --text broken.safetensors");
            yield return Case("eval: comparing a model without dialogue", "dialogue", "eval MODEL --compare");
            yield return Case("bench: kernels", "matmul", "bench --kernels nothing-like-it");
            yield return Case("export: a baseline", "gpt2-22m", "export baseline out.safetensors");
            yield return Case("test: a part", "--only", "test --only everything");
            yield return Case("test: minutes", "--timeout-minutes", "test --timeout-minutes 0");
            yield return Case("test: total minutes", "--total-minutes", "test --total-minutes -1");
            yield return Case("doctor: an argument", "surplus", "doctor surplus");
            yield return Case("shaders: an argument", "surplus", "shaders surplus");
            yield return Case("meta: an argument", "surplus", "meta surplus");
            yield return Case("pack: the folder is a file", "a folder for the packages", "pack -o broken.safetensors --skip-consumer");
            yield return Case("pack: below a file", "one may write to", "pack -o broken.safetensors/out --skip-consumer");
        }

        [OneTimeSetUp]
        public void MakeFiles()
        {
            File.WriteAllText(Path.Combine(Folder, "broken.safetensors"), "this is a text, not a model");
            File.WriteAllText(Path.Combine(Folder, "empty.safetensors"), "");
            File.WriteAllText(Path.Combine(Folder, "empty.txt"), "\n\n");
            File.WriteAllText(Path.Combine(Folder, "bad-persona.json"), "{ \"nmae\": \"Bram\" }");
            File.WriteAllText(Path.Combine(Folder, "bad-data.json"), "{ \"sources\": 3 }");
            TinyRun.WriteData(Folder);
            File.Move(Path.Combine(Folder, "data.json"), Path.Combine(Folder, "good-data.json"));
            File.WriteAllText(Path.Combine(Folder, "gone-data.json"), File.ReadAllText(Path.Combine(Folder, "good-data.json")).Replace("\"file\":\"text.txt\"", "\"file\":\"gone.txt\"", StringComparison.Ordinal));
            RunFolder.Create(TinyRun.Options(Folder, "baseline") with { DataFile = Path.Combine(Folder, "good-data.json"), Preset = "gpt2-22m" });
            byte[] damaged = File.ReadAllBytes(Model);
            damaged[^1] ^= 1;
            File.WriteAllBytes(Path.Combine(Folder, "damaged.safetensors"), damaged);
            foreach (string name in new[] { "stories260K.bin", "tok512.bin" })
            {
                File.Copy(Fixture(name), Path.Combine(Folder, name));
            }
        }

        [TestCaseSource(nameof(Cases))]
        public void EndsWithOneLineAndCodeTwo(string mentions, string commandLine)
        {
            Dictionary<string, string> before = Snapshot();
            CliResult result = Run(commandLine.Split(' '));
            Assert.Multiple(() =>
            {
                Assert.That(result.Code, Is.EqualTo(2), result.Errors);
                Assert.That(result.ErrorLines, Has.Length.EqualTo(1), result.Errors);
                Assert.That(result.Errors, Does.StartWith("prism").And.Contain(mentions));
                Assert.That(result.Errors, Does.Not.Contain("   at "), "no stack trace");
                Assert.That(result.Errors.Contains('\u001b', StringComparison.Ordinal), Is.False, "no control codes");
                Assert.That(result.Output, Is.Empty);
                Assert.That(Snapshot(), Is.EquivalentTo(before), "nothing changed");
            });
        }

        private static TestCaseData Case(string name, string mentions, string commandLine) => new TestCaseData(mentions, commandLine).SetArgDisplayNames(name);

        private Dictionary<string, string> Snapshot() =>
            Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories).ToDictionary(path => path, path => Directory.Exists(path) ? "folder" : Hash(path));

        private static string Hash(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
    }
}
