using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using PrismLM.Editor;
using PrismLM.Unity;
using UnityEditor;
using UnityEngine;
using UnityStubs;

namespace PrismLM.Tests.Unity
{
    /// <summary>Importers, the build, the window: played by our stubs.</summary>
    public sealed class EditorTests
    {
        private string _folder = string.Empty;

        [SetUp]
        public void CreateFolder()
        {
            _folder = Path.Combine(Path.GetTempPath(), "prism-editor-" + System.Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(_folder);
        }

        [TearDown]
        public void Forget()
        {
            StubAssets.Forget();
            Directory.Delete(_folder, recursive: true);
        }

        [Test]
        public void AModelBecomesItsFactsAndTheBuildGetsTheFile()
        {
            string path = Write("mine.safetensors", TalkingModel.Bytes(1));
            Assert.That(StubAssets.Import(new CheckpointImporter(), path), Is.Empty);
            PrismModelAsset asset = AssetDatabase.LoadAssetAtPath<PrismModelAsset>(path);
            Assert.That(asset.ModelName, Is.EqualTo("random"));
            Assert.That(asset.Sha256, Is.EqualTo(TalkingModel.Load(1).Sha256));
            Assert.That(asset.Bytes, Is.EqualTo(new FileInfo(path).Length));
            Assert.That(asset.KnowsDialogue, Is.True);
            Assert.That(asset.WeightLicence, Is.EqualTo("CC0-1.0"));
            Assert.That(asset.StreamingPath, Is.EqualTo("Prism/mine-" + asset.Sha256.Substring(0, 8) + ".safetensors"));
            IReadOnlyDictionary<string, string> added = StubAssets.Build(new ModelBuildProcessor());
            Assert.That(added, Has.Count.EqualTo(1));
            Assert.That(added[asset.StreamingPath], Is.EqualTo(path));

            System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(EditorHooks).TypeHandle);
            Assert.That(asset.Locate(), Is.EqualTo(Path.GetFullPath(path)), "in the editor the file is where it is");
            StubAssets.Forget();
            StubPlayer.StreamingAssets = "/game/StreamingAssets";
            Assert.That(asset.Locate(), Is.EqualTo("/game/StreamingAssets/" + asset.StreamingPath), "in a player it is where the build put it");
        }

        [Test]
        public void ABrokenModelIsAnImportErrorAndInNoBuild()
        {
            byte[] bytes = TalkingModel.Bytes(1);
            bytes[bytes.Length / 2] ^= 1;
            IReadOnlyList<string> errors = StubAssets.Import(new CheckpointImporter(), Write("broken.safetensors", bytes));
            Assert.That(errors.Single(), Does.StartWith("Prism PV096 broken.safetensors"));
            Assert.That(StubAssets.Build(new ModelBuildProcessor()), Is.Empty);
        }

        [TestCase("{ \"name\": \"Bram\" }", null)]
        [TestCase("{ \"name\": \"Bram\", \"hobby\": \"chess\" }", "Prism PN004 smith")]
        public void APersonaFileBecomesAnAsset(string json, string? error)
        {
            string path = Write("smith.prismpersona", System.Text.Encoding.UTF8.GetBytes(json));
            IReadOnlyList<string> errors = StubAssets.Import(new PersonaImporter(), path);
            Assert.That(errors.Count, Is.EqualTo(error == null ? 0 : 1));
            Assert.That(errors.FirstOrDefault(), error == null ? Is.Null : Does.StartWith(error));
            PrismPersonaAsset asset = AssetDatabase.LoadAssetAtPath<PrismPersonaAsset>(path);
            Assert.That(asset.Json, Is.EqualTo(json));
            Assert.That(asset.Check()?.Code, Is.EqualTo(error?.Substring(6, 5)));
        }

        [Test]
        public void TheWindowReadsInTheBackgroundAndSaysHowItEnded()
        {
            CheckpointWindow window = ScriptableObject.CreateInstance<CheckpointWindow>();
            Assert.That(Read(window, Write("good.safetensors", TalkingModel.Bytes(1))), Is.EqualTo(Progress.Status.Succeeded));
            Assert.That(Read(window, Write("bad.safetensors", new byte[100])), Is.EqualTo(Progress.Status.Failed));
            window.Load(Write("late.safetensors", TalkingModel.Bytes(2)));
            Assert.That(StubAssets.CancelLastTask(), Is.True);
            Wait();
            Assert.That(StubAssets.LastTask.Status, Is.EqualTo(Progress.Status.Canceled).Or.EqualTo(Progress.Status.Succeeded), "it may have been faster");
        }

        private static Progress.Status Read(CheckpointWindow window, string path)
        {
            window.Load(path);
            Assert.That(StubAssets.LastTask.Status, Is.EqualTo(Progress.Status.Running));
            Wait();
            return StubAssets.LastTask.Status;
        }

        private static void Wait()
        {
            for (int i = 0; StubAssets.LastTask.Status == Progress.Status.Running; i++)
            {
                Assert.That(i, Is.LessThan(10_000));
                System.Threading.Thread.Sleep(1);
                EditorApplication.update();
            }
        }

        private string Write(string name, byte[] bytes)
        {
            string path = Path.Combine(_folder, name);
            File.WriteAllBytes(path, bytes);
            return path;
        }
    }
}
