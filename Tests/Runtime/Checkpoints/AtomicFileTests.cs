using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Tests.Checkpoints
{
    public class AtomicFileTests
    {
        private static readonly byte[] Old = { 1, 2, 3 };
        private static readonly byte[] New = Enumerable.Range(0, 300000).Select(i => (byte)i).ToArray();
        private string _folder = string.Empty;

        private string Target => Path.Combine(_folder, "model.safetensors");

        [SetUp]
        public void MakeFolder()
        {
            _folder = Path.Combine(Path.GetTempPath(), "prism-atomic-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(_folder);
        }

        [TearDown]
        public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

        [Test]
        public void WritesANewFileAndReplacesAnOldOne()
        {
            AtomicFile.WriteAllBytes(Target, Old);
            Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Old));
            AtomicFile.WriteAllBytes(Target, New);
            Assert.That(File.ReadAllBytes(Target).AsSpan().SequenceEqual(New), Is.True);
            Assert.That(Directory.GetFileSystemEntries(_folder), Is.EqualTo(new[] { Target }));
        }

        [TestCase(0)]
        [TestCase(1)]
        [TestCase(200000)]
        public void AnExceptionInTheMiddleLeavesTheOldFileAndNothingElse(int bytes)
        {
            AtomicFile.WriteAllBytes(Target, Old);
            Assert.That(() => AtomicFile.Write(Target, stream => Fail(stream, bytes)), Throws.TypeOf<InvalidDataException>());
            Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Old));
            Assert.That(Directory.GetFileSystemEntries(_folder), Is.EqualTo(new[] { Target }));
        }

        [Test]
        public void AnExceptionWhereThereWasNoFileLeavesNone()
        {
            Assert.That(() => AtomicFile.Write(Target, stream => Fail(stream, 100)), Throws.TypeOf<InvalidDataException>());
            Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
        }

        [Test]
        public void TheOldFileStaysUntilTheNewOneIsComplete()
        {
            AtomicFile.WriteAllBytes(Target, Old);
            AtomicFile.Write(Target, stream =>
            {
                stream.Write(New, 0, New.Length);
                Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Old));
            });
            Assert.That(new FileInfo(Target).Length, Is.EqualTo(New.Length));
        }

        [Test]
        public void AReaderOfTheOldFileKeepsIt()
        {
            if (Path.DirectorySeparatorChar == '\\')
            {
                Assert.Inconclusive("Windows does not replace a file that is open.");
            }

            AtomicFile.WriteAllBytes(Target, Old);
            using var reader = new FileStream(Target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            AtomicFile.WriteAllBytes(Target, New);
            Assert.That(reader.Length, Is.EqualTo(Old.Length));
        }

        [Test]
        public void RefusesAFolderAndAMissingFolder()
        {
            Assert.That(() => AtomicFile.WriteAllBytes(_folder, Old), Throws.InstanceOf<IOException>());
            Assert.That(() => AtomicFile.WriteAllBytes(Path.Combine(_folder, "no", "file"), Old), Throws.InstanceOf<IOException>());
            Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
        }

        [Test]
        public void ACheckpointThatCannotBeWrittenLeavesTheOldOne()
        {
            TestModels.Writer(TestModels.Small, 1).Save(Target);
            string before = PrismCheckpoint.Load(Target).Sha256;
            var incomplete = new CheckpointWriter(TestModels.Small, WeightFormat.Float32, new CheckpointInfo(), new byte[] { 1 });
            Assert.That(() => incomplete.Save(Target), Throws.InvalidOperationException.With.Message.Contains("tok_emb"));
            Assert.That(PrismCheckpoint.Load(Target).Sha256, Is.EqualTo(before));
            Assert.That(Directory.GetFileSystemEntries(_folder), Is.EqualTo(new[] { Target }));
        }

        private static void Fail(Stream stream, int after)
        {
            stream.Write(New, 0, after);
            throw new InvalidDataException("stop");
        }
    }
}
