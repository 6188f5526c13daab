using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    public sealed class SaveFileTests
    {
        private string _folder = string.Empty;

        private string Main => Path.Combine(_folder, "game.save");

        private string Backup => Main + ".bak";

        [SetUp]
        public void MakeFolder() => Directory.CreateDirectory(_folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N")));

        [TearDown]
        public void RemoveFolder() => Directory.Delete(_folder, true);

        [Test]
        public void TheLastContentComesBackAndTheOneBeforeIsTheBackup()
        {
            SaveFile.Write(Main, new byte[] { 1 });
            Assert.That(File.Exists(Backup), Is.False);
            SaveFile.Write(Main, Array.Empty<byte>());
            SaveFile.Write(Main, new byte[] { 3, 3 });
            Assert.That(SaveFile.Read(Main, out string? problem), Is.EqualTo(new byte[] { 3, 3 }));
            Assert.That(problem, Is.Null);
            File.Delete(Main);
            Assert.That(SaveFile.Read(Main, out problem), Is.Empty);
            Assert.That(problem, Is.EqualTo("no such file"));
        }

        [Test]
        public void EveryDamageFallsBackToTheBackup()
        {
            SaveFile.Write(Main, new byte[] { 1, 2, 3 });
            SaveFile.Write(Main, new byte[] { 4, 5, 6 });
            byte[] file = File.ReadAllBytes(Main);
            for (int length = 0; length < file.Length; length++)
            {
                File.WriteAllBytes(Main, file.AsSpan(0, length).ToArray());
                Assert.That(SaveFile.Read(Main, out _), Is.EqualTo(new byte[] { 1, 2, 3 }), "cut at {0}", length);
            }

            for (int i = 0; i < file.Length; i++)
            {
                file[i] ^= 0x20;
                File.WriteAllBytes(Main, file);
                Assert.That(SaveFile.Read(Main, out string? problem), Is.EqualTo(new byte[] { 1, 2, 3 }), "byte {0}", i);
                Assert.That(problem, Does.Contain("hash"));
                file[i] ^= 0x20;
            }
        }

        [Test]
        public void ADamagedFileDoesNotReplaceAGoodBackup()
        {
            SaveFile.Write(Main, new byte[] { 1 });
            SaveFile.Write(Main, new byte[] { 2 });
            File.WriteAllText(Main, "damaged");
            SaveFile.Write(Main, new byte[] { 3 });
            Assert.That(SaveFile.Read(Main, out _), Is.EqualTo(new byte[] { 3 }));
            File.WriteAllText(Main, "damaged");
            Assert.That(SaveFile.Read(Main, out _), Is.EqualTo(new byte[] { 1 }));
        }

        [Test]
        public void ATemporaryFileLeftByACrashIsIgnored()
        {
            SaveFile.Write(Main, new byte[] { 1 });
            File.WriteAllText(Path.Combine(_folder, ".game.save.0badcafe.tmp"), "half");
            Assert.That(SaveFile.Read(Main, out _), Is.EqualTo(new byte[] { 1 }));
        }

        [Test]
        public void NothingToReadIsATypedError()
        {
            var error = Assert.Throws<PrismFileException>(() => SaveFile.Read(Main, out _))!;
            Assert.That(error.Code, Is.EqualTo(SaveCodes.NoFile));
            Assert.That(error.Message, Does.Contain("game.save").And.Not.Contain(_folder));
            File.WriteAllBytes(Main, new byte[200]);
            File.WriteAllBytes(Backup, new byte[200]);
            error = Assert.Throws<PrismFileException>(() => SaveFile.Read(Main, out _))!;
            Assert.That(error.Message.Split("hash"), Has.Length.EqualTo(3), "both are named");
        }

        [Test]
        public void AFailedWriteLeavesTheOldFile()
        {
            Directory.CreateDirectory(Main);
            Assert.That(() => SaveFile.Write(Main, new byte[] { 1 }), Throws.InstanceOf<IOException>());
            Assert.That(() => SaveFile.Write(Path.Combine(_folder, "no", "a"), new byte[] { 1 }), Throws.InstanceOf<IOException>());
            Assert.That(Directory.EnumerateFileSystemEntries(_folder).ToArray(), Is.EqualTo(new[] { Main }));
        }
    }
}
