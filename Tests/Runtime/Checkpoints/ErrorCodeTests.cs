using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Tests.Checkpoints
{
    public class ErrorCodeTests
    {
        [Test]
        public void EveryCodeHasOneMeaningAndTheDocumentationListsThemAll()
        {
            string[] constants = typeof(FileErrorCodes).GetFields(BindingFlags.NonPublic | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToArray();
            Assert.That(FileErrorCodes.All.Select(pair => pair.Key), Is.EqualTo(constants));
            Assert.That(constants, Is.Unique);
            string table = File.ReadAllText(Documentation()).Split("<!-- codes -->")[1].Split("<!-- /codes -->")[0];
            IEnumerable<string> rows = table.Split('\n').Where(line => line.StartsWith("| P", System.StringComparison.Ordinal));
            Assert.That(rows, Is.EqualTo(FileErrorCodes.All.Select(pair => "| " + pair.Key + " | " + pair.Value + " |")));
        }

        [Test]
        public void MessagesAreCutTo400CharactersAndShowTheBaseNameAlone()
        {
            var error = new PrismFileException("PT063", "/home/someone/mods/a.safetensors", "tensor \"x\"", new string('f', 500), "nothing", "hint");
            Assert.That(error.Message.Length, Is.EqualTo(400));
            Assert.That(error.Message, Does.StartWith("PT063 a.safetensors: tensor \"x\": found fff").And.EndsWith("..."));
            Assert.That(PrismFileException.BaseName("C:\\mods\\b.safetensors"), Is.EqualTo("b.safetensors"));
            Assert.That(PrismFileException.BaseName("/mods/"), Is.EqualTo("/mods"));
            Assert.That(new PrismFileException("PF001", "a", string.Empty, "no such file", "a regular file").Message, Is.EqualTo("PF001 a: found no such file; expected a regular file."));
        }

        private static string Documentation([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "Documentation~", "checkpoint-format.md"));
    }
}
