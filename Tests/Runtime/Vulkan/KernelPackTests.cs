using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using PrismLM.Tools.KernelPacking;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan
{
    public class KernelPackTests
    {
        private static readonly string Root = FindRoot();

        [Test]
        public void CommittedPacksAreWhatTheirSourcesCompileTo([Values(0, 1)] int index)
        {
            ShaderFolder folder = ShaderFolder.All(Root)[index];
            byte[] committed = File.ReadAllBytes(folder.FullPath(folder.PackFile));
            KernelPack pack = KernelPack.Parse(committed, folder.PackFile);
            byte[] sources = Encoding.UTF8.GetBytes(folder.SourceList());
            Assert.That(File.ReadAllBytes(folder.FullPath(folder.SourceListFile)), Is.EqualTo(sources), "run: dotnet run --project Tools~/KernelPack");
            Assert.That(pack.SourceHash, Is.EqualTo(Convert.ToHexString(SHA256.HashData(sources)).ToLowerInvariant()));
            if (pack.CompilerVersion == ShaderCompiler.Version())
            {
                Assert.That(PackBuilder.Compile(folder).ToBytes().AsSpan().SequenceEqual(committed), Is.True, "bytes of the recompiled pack");
            }
            else
            {
                // Another glslc makes other bytes; that every kernel compiles and keeps its name still has to hold.
                PackBuilder rebuilt = PackBuilder.Compile(folder);
                Assert.That(KernelPack.Parse(rebuilt.ToBytes(), "rebuilt").Keys, Is.EquivalentTo(pack.Keys));
            }
        }

        [Test]
        public void EveryTruncationAndEveryChangedByteIsATypedError()
        {
            byte[] good = TestPack();
            for (int length = 0; length < good.Length; length += length < 256 ? 1 : 61)
            {
                AssertDamaged(good.Take(length).ToArray());
            }

            for (int at = 0; at < good.Length; at += at < 256 ? 1 : 61)
            {
                var changed = (byte[])good.Clone();
                changed[at] ^= 0x40;
                AssertDamaged(changed);
            }
        }

        [TestCaseSource(nameof(HostilePacks))]
        public void APackWithAGoodHashAndBadContentIsATypedError(string what, Action<byte[]> damage, int length)
        {
            byte[] pack = TestPack().Take(length).ToArray();
            damage(pack);
            SHA256.HashData(pack.AsSpan(0, pack.Length - 32)).CopyTo(pack.AsSpan(pack.Length - 32));
            PrismVulkanException error = Assert.Throws<PrismVulkanException>(() => KernelPack.Parse(pack, "hostile"))!;
            Assert.That(error.Code, Is.EqualTo("PG040"));
            Assert.That(error.Message, Does.Contain(what).And.Contain("hostile"));
        }

        [Test]
        public void AMissingKernelIsNamed()
        {
            PrismVulkanException error = Assert.Throws<PrismVulkanException>(() => VulkanTest.TestKernels.Spirv("nosuch"))!;
            Assert.That(error.Code, Is.EqualTo("PG041"));
            Assert.That(error.Message, Does.Contain("nosuch"));
        }

        [Test]
        public void AShaderThatDoesNotCompileIsToldToItsAuthor()
        {
            string root = Path.Combine(Path.GetTempPath(), "prism-shaders-" + Guid.NewGuid().ToString("N"));
            try
            {
                Directory.CreateDirectory(Path.Combine(root, "Shaders", "Include"));
                string file = Path.Combine(root, "Shaders", "broken.comp");
                File.WriteAllText(file, "#version 450\nvoid main() { nonsense; }\n");
                ShaderFolder folder = ShaderFolder.All(root)[0];
                Assert.That(() => PackBuilder.Compile(folder), Throws.TypeOf<ShaderException>().With.Message.Contains("nonsense"));
                File.WriteAllText(file, "#version 450\n// variant: fast --evil\nvoid main() { }\n");
                Assert.That(() => PackBuilder.Compile(folder), Throws.TypeOf<ShaderException>().With.Message.Contains("--evil"));
                File.WriteAllText(file, "#version 450\n// variant: a -DX=1\n// variant: a -DX=2\nlayout(local_size_x_id = 0) in;\nvoid main() { }\n");
                Assert.That(() => PackBuilder.Compile(folder), Throws.TypeOf<ShaderException>().With.Message.Contains("broken.a exists twice"));
            }
            finally
            {
                Directory.Delete(root, recursive: true);
            }
        }

        private static IEnumerable<TestCaseData> HostilePacks()
        {
            int firstEntry = FirstEntry(TestPack());
            int offset = firstEntry + 2 + BitConverter.ToUInt16(TestPack(), firstEntry);
            yield return Hostile("version 9", pack => pack[8] = 9);
            yield return Hostile("kernels, at most", pack => Write(pack, firstEntry - 4, 1_000_000));
            yield return Hostile("is not SPIR-V", pack => Write(pack, firstEntry - 4, 4000));
            yield return Hostile("more bytes are expected", pack => pack.AsSpan(firstEntry, 2).Fill(0xFF), firstEntry + 100);
            yield return Hostile("is not SPIR-V", pack => Write(pack, offset, uint.MaxValue - 3));
            yield return Hostile("is not SPIR-V", pack => Write(pack, offset + 4, uint.MaxValue - 3));
            yield return Hostile("is not SPIR-V", pack => Write(pack, offset, 8));
        }

        private static TestCaseData Hostile(string what, Action<byte[]> damage, int length = int.MaxValue) => new TestCaseData(what, damage, length).SetArgDisplayNames(what);

        /// <summary>Behind magic, version, compiler, source hash and count; an entry is a name with two bytes of length, an offset and a length.</summary>
        private static int FirstEntry(byte[] pack) => 12 + 2 + BitConverter.ToUInt16(pack, 12) + 32 + 4;

        private static void Write(byte[] pack, int at, uint value) => BitConverter.GetBytes(value).CopyTo(pack, at);

        private static void AssertDamaged(byte[] bytes)
        {
            PrismVulkanException error = Assert.Throws<PrismVulkanException>(() => KernelPack.Parse(bytes, "damaged"))!;
            Assert.That(error.Code, Is.EqualTo("PG040"));
        }

        private static byte[] TestPack()
        {
            ShaderFolder folder = ShaderFolder.All(Root)[1];
            byte[] bytes = File.ReadAllBytes(folder.FullPath(folder.PackFile));
            KernelPack.Parse(bytes, folder.PackFile);
            return bytes;
        }

        private static string FindRoot()
        {
            DirectoryInfo? folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder != null && !File.Exists(Path.Combine(folder.FullName, "Prism.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository.");
        }
    }
}
