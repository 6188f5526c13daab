using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Tests.BadFiles;

namespace PrismLM.Tests.Checkpoints
{
    /// <summary>Every file of the catalogue ends in its code within 2 seconds and 64 MiB, says the quoted facts, and changes nothing.</summary>
    public class BadFileTests
    {
        private static readonly PrismCheckpoint Loaded = TestModels.Random(TestModels.Small, 5);
        private static readonly string LoadedBefore = Fingerprint(Loaded);
        private string _folder = string.Empty;

        public static IEnumerable<TestCaseData> Cases()
        {
            IEnumerable<BadFile> all = HeaderLengthCases.All().Concat(HeaderJsonCases.All()).Concat(TensorTableCases.All()).Concat(ValueCases.All()).Concat(ConfigCases.All());
            return all.Select(file => new TestCaseData(file).SetName("{m}(" + (file.Code.Length == 0 ? "loads" : file.Code) + " " + Clean(file.Id) + ")"));
        }

        [SetUp]
        public void MakeFolder()
        {
            _folder = Path.Combine(Path.GetTempPath(), "prism-bad-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(_folder);
        }

        [TearDown]
        public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

        [TestCaseSource(nameof(Cases))]
        public void IsRefusedByItsCode(BadFile file)
        {
            byte[] bytes = file.Build();
            string path = Path.Combine(_folder, "bad.safetensors");
            File.WriteAllBytes(path, bytes);
            var watch = Stopwatch.StartNew();
            PrismFileException? error = null;
            long allocated = Allocated();
            try
            {
                Load(file, path);
            }
            catch (PrismFileException refused)
            {
                error = refused;
            }

            allocated = Allocated() - allocated;
            watch.Stop();
            Assert.That(error?.Code ?? string.Empty, Is.EqualTo(file.Code), error?.Message);
            Assert.That(watch.ElapsedMilliseconds, Is.LessThanOrEqualTo(2000));
            Assert.That(allocated, Is.LessThanOrEqualTo(64L << 20));
            if (error != null)
            {
                RequireContract(error);
                foreach (string fact in file.MustContain)
                {
                    Assert.That(error.Message, Does.Contain(fact));
                }
            }

            Assert.That(Fingerprint(Loaded), Is.EqualTo(LoadedBefore));
            Assert.That(Directory.GetFileSystemEntries(_folder), Is.EqualTo(new[] { path }));
            Assert.That(File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes), Is.True, "the file itself");
        }

        [TestCaseSource(nameof(Cases))]
        public void IsRefusedTheSameFromAStream(BadFile file)
        {
            byte[] bytes = file.Build();
            string fromStream = Outcome(() => Load(file, new MemoryStream(bytes)));
            string fromSlowStream = Outcome(() => Load(file, new SlowStream(bytes, 100000)));
            Assert.That(fromStream.Split(' ')[0], Is.EqualTo(file.Code));
            Assert.That(fromSlowStream, Is.EqualTo(fromStream), "the same text for the same bytes");
        }

        [Test]
        public void EveryCatalogueNumberOfTheseClassesHasARow()
        {
            // 5 to 17 and 19 need a file system (FileSystemCasesTests); 8, 9, 10 and 20 belong to the manifest of mods; 86 needs a device (WeightSegmentTests).
            var elsewhere = new HashSet<int> { 1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 86 };
            var seen = new HashSet<int>(Cases().Select(data => ((BadFile)data.Arguments[0]!).Id.Split(' ')[0]).Where(id => int.TryParse(id, out _)).Select(int.Parse));
            Assert.That(Enumerable.Range(1, 110).Where(id => !seen.Contains(id) && !elsewhere.Contains(id)), Is.Empty);
        }

        internal static void RequireContract(PrismFileException error)
        {
            Assert.That(error.Message.Length, Is.LessThanOrEqualTo(400));
            Assert.That(error.Message.Any(char.IsControl), Is.False, error.Message);
            Assert.That(error.Message, Does.Not.Contain("<"));
            Assert.That(error.Message, Does.Not.Contain("/tmp"));
            Assert.That(error.Message, Does.StartWith(error.Code + " " + error.File + ":"));
            Assert.That(FileErrorCodes.All.Select(pair => pair.Key), Does.Contain(error.Code));
        }

        private static void Load(BadFile file, string path)
        {
            if (!file.IsGeneral)
            {
                PrismCheckpoint.Load(path);
                return;
            }

            using (FileStream stream = File.OpenRead(path))
            {
                Load(file, stream);
            }
        }

        private static object Load(BadFile file, Stream stream)
        {
            if (!file.IsGeneral)
            {
                return PrismCheckpoint.Load(stream, "bad.safetensors");
            }

            SafetensorsFile read = SafetensorsReader.Read(stream, "bad.safetensors");
            foreach (CheckpointTensor tensor in read.Tensors.Values)
            {
                ValueCheck.Run(tensor, "bad.safetensors");
            }

            return read;
        }

        private static string Outcome(Func<object> load)
        {
            try
            {
                load();
                return string.Empty;
            }
            catch (PrismFileException error)
            {
                return error.Message;
            }
        }

        private static string Fingerprint(PrismCheckpoint checkpoint) =>
            string.Join(",", checkpoint.Tensors.Values.Select(tensor => tensor.Name + PrismCheckpoint.Hash(tensor.Data.Span)));

        private static string Clean(string id) => new string(id.Where(c => char.IsLetterOrDigit(c) || " =-^_".IndexOf(c) >= 0).ToArray());

        private static long Allocated() =>
#if NET
            GC.GetAllocatedBytesForCurrentThread();
#else
            0;
#endif
    }
}
