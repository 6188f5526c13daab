using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Device
{
    public class PipelineCacheTests : VulkanTest
    {
        private string folder = string.Empty;

        [SetUp]
        public void CreateFolder() => folder = Path.Combine(Path.GetTempPath(), "prism-cache-" + Guid.NewGuid().ToString("N"));

        [TearDown]
        public void DeleteFolder()
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        [Test]
        public void IsFoundAgainByTheSameDeviceDriverAndPack()
        {
            Assert.That(Use(), Is.False, "loaded at first");
            string file = Directory.GetFiles(folder).Single();
            Assert.That(Path.GetFileName(file), Does.StartWith("prism-").And.EndWith(".vkcache"));
            Assert.That(Use(), Is.True, "loaded again");
            Assert.That(Directory.GetFiles(folder), Is.EqualTo(new[] { file }), "no temporary file is left");
        }

        [Test]
        public void ADamagedFileIsIgnored()
        {
            Use();
            string file = Directory.GetFiles(folder).Single();
            byte[] good = File.ReadAllBytes(file);
            for (int length = 0; length < good.Length; length++)
            {
                File.WriteAllBytes(file, good.Take(length).ToArray());
                Assert.That(Loads(file), Is.False, "first {0} bytes", length);
            }

            for (int at = 0; at < good.Length; at++)
            {
                var flipped = (byte[])good.Clone();
                flipped[at] ^= 1;
                File.WriteAllBytes(file, flipped);
                Assert.That(Loads(file), Is.False, "byte {0} changed", at);
            }

            File.WriteAllBytes(file, good);
            Assert.That(Loads(file), Is.True, "the file itself");
        }

        [Test]
        public void AFolderThatCannotBeWrittenIsReportedAndNothingElse()
        {
            Directory.CreateDirectory(folder);
            string blocked = Path.Combine(folder, "file");
            File.WriteAllText(blocked, "not a folder");
            VulkanDeviceOptions options = Options();
            options.PipelineCacheFolder = Path.Combine(blocked, "below");
            string log = string.Empty;
            options.Log = message => log += message;
            using VulkanDevice device = VulkanDevice.Create(options);
            device.SavePipelineCache();
            Assert.That(log, Does.Contain("could not be saved"));
        }

        private static bool Loads(string file)
        {
            using var cache = new PipelineCacheFile(Device, Path.GetDirectoryName(file), PackHash(file));
            cache.Create();
            return cache.WasLoaded;
        }

        private static string PackHash(string file) => Path.GetFileNameWithoutExtension(file).Split('-').Last();

        private bool Use()
        {
            VulkanDeviceOptions options = Options();
            options.PipelineCacheFolder = folder;
            using VulkanDevice device = VulkanDevice.Create(options);
            device.SavePipelineCache();
            return device.PipelineCache.WasLoaded;
        }
    }
}
