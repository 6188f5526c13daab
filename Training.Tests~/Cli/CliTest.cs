using System;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace PrismLM.Training.Tests.Cli
{
    /// <summary>Base of fixtures that run commands: a folder of its own for each fixture, with the imported stories260K in it.</summary>
    public abstract class CliTest
    {
        private protected string Folder { get; private set; } = "";

        private protected string Model => Path.Combine(Folder, "stories.safetensors");

        private protected static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", "stories260K", name);

        [OneTimeSetUp]
        public void MakeFolder()
        {
            Folder = Path.Combine(Path.GetTempPath(), "prism-cli-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(Folder);
            CliResult imported = Run("import", "llama2c", Fixture("stories260K.bin"), Fixture("tok512.bin"), Model, "--licence", "MIT");
            Assert.That(imported.Code, Is.Zero, imported.Errors);
        }

        [OneTimeTearDown]
        public void RemoveFolder() => Directory.Delete(Folder, recursive: true);

        private protected CliResult Run(params string[] arguments) => CliProcess.Run(Folder, arguments.Select(argument => argument.Replace("MODEL", Model, StringComparison.Ordinal)).ToArray());
    }
}
