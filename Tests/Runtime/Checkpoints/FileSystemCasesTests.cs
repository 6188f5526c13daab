using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Tests.BadFiles;

namespace PrismLM.Tests.Checkpoints
{
    /// <summary>Class F: what a path may lead to. Rows that only Unix can build run on Unix.</summary>
    public class FileSystemCasesTests
    {
        private string _folder = string.Empty;

        [SetUp]
        public void MakeFolder()
        {
            _folder = Path.Combine(Path.GetTempPath(), "prism-fs-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(_folder);
        }

        [TearDown]
        public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

        [Test]
        public void MissingFile() => Refused(In("none.safetensors"), "PF001", "none.safetensors", "no such file");

        [Test]
        public void MissingFolder() => Refused(In("no/none.safetensors"), "PF001", "no such file");

        [Test]
        public void FileUsedAsAFolder() => Refused(Path.Combine(Good(), "inside"), "PF001");

        [Test]
        public void EmptyPath() => Refused(string.Empty, "PF001", "empty path");

        [Test]
        public void Folder() => Refused(_folder, "PF002", "a folder");

        [Test]
        public void Pipe()
        {
            OnUnix("mkfifo " + In("pipe"));
            Refused(In("pipe"), "PF005", "a pipe or socket", "a regular file");
        }

        [Test]
        public void LinkToAPipe()
        {
            OnUnix("mkfifo " + In("pipe") + " && ln -s pipe " + In("link"));
            Refused(In("link"), "PF005", "a pipe or socket");
        }

        [TestCase("/dev/zero")]
        [TestCase("/dev/null")]
        public void Device(string path)
        {
            OnUnix("true");
            Refused(path, "PF006", "a device");
        }

        [Test]
        public void FileWithoutLengthThatHasContent()
        {
            OnUnix("true");
            Refused("/proc/self/status", "PF003");
        }

        [Test]
        public void LinkLoop()
        {
            OnUnix("ln -s b " + In("a") + " && ln -s a " + In("b"));
            Refused(In("a"), "PF007", "circle");
        }

        [Test]
        public void LinkToNothing()
        {
            OnUnix("ln -s nothing " + In("a"));
            Refused(In("a"), "PF001");
        }

        [Test]
        public void LinkToAGoodFileIsFollowed()
        {
            OnUnix("ln -s good.safetensors " + In("a"));
            Good();
            Assert.That(PrismCheckpoint.Load(In("a")).Config.Layers, Is.EqualTo(3));
        }

        [Test]
        public void NulInPath() => Refused(_folder + "/a\0b", "PF011", "NUL");

        [TestCase("C:\\models\\CON", "reserves")]
        [TestCase("models/aux.safetensors", "reserves")]
        [TestCase("com7.txt", "reserves")]
        [TestCase("NUL .safetensors", "reserves")]
        [TestCase("a.safetensors:x", "stream")]
        [TestCase("C:\\a.safetensors:x", "stream")]
        [TestCase("a.safetensors.", "dot")]
        [TestCase("a.safetensors ", "dot")]
        [TestCase("\\\\.\\pipe\\x", "device path")]
        [TestCase("\\\\?\\C:\\x", "device path")]
        public void NamesThatWindowsReserves(string path, string fact)
        {
            PrismFileException? error = Assert.Throws<PrismFileException>(() => RegularFile.CheckPath(path, windows: true));
            Assert.That(error!.Code, Is.EqualTo("PF012"));
            Assert.That(error.Message, Does.Contain(fact));
            BadFileTests.RequireContract(error);
        }

        [TestCase("C:\\models\\a.safetensors")]
        [TestCase("C:a.safetensors")]
        [TestCase("console.safetensors")]
        [TestCase("com.safetensors")]
        [TestCase("\\\\server\\share\\a.safetensors")]
        public void NamesThatWindowsTakes(string path) => Assert.That(() => RegularFile.CheckPath(path, windows: true), Throws.Nothing);

        [Test]
        public void LockedByAnother()
        {
            using (new FileStream(Good(), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
                Refused(Good(write: false), "PF013", "locked");
            }
        }

        [Test]
        public void NoPermission()
        {
            // The suite may run as a user whom no permission stops, so the mapping is tested too.
            PrismFileException error = RegularFile.Map(new UnauthorizedAccessException("Access to the path '/home/x' is denied."), "/home/x/a.safetensors");
            Assert.That(error.Code, Is.EqualTo("PF014"));
            BadFileTests.RequireContract(error);
            OnUnix("true");
            string path = Good();
            OnUnix("chmod 000 " + path);
            bool stopped = false;
            try
            {
                File.OpenRead(path).Dispose();
            }
            catch (UnauthorizedAccessException)
            {
                stopped = true;
            }

            if (stopped)
            {
                Refused(path, "PF014", "permission");
            }
        }

        [Test]
        public void FileShrinksWhileItIsRead([Values(4, 100, 4000)] int left)
        {
            byte[] bytes = FileEditor.Good().Bytes();
            PrismFileException? error = Assert.Throws<PrismFileException>(() => PrismCheckpoint.Load(new ShrinkingStream(bytes, left), "a.safetensors"));
            Assert.That(error!.Code, Is.EqualTo("PF015"));
            Assert.That(error.Message, Does.Contain("byte " + left));
        }

        [Test]
        public void ReadErrorInTheMiddle()
        {
            byte[] bytes = FileEditor.Good().Bytes();
            PrismFileException? error = Assert.Throws<PrismFileException>(() => PrismCheckpoint.Load(new ShrinkingStream(bytes, 4000) { Fails = true }, "a.safetensors"));
            Assert.That(error!.Code, Is.EqualTo("PF015"));
            Assert.That(error.InnerException, Is.InstanceOf<IOException>());
            BadFileTests.RequireContract(error);
        }

        [Test]
        public void FileGrowsWhileItIsRead()
        {
            byte[] bytes = FileEditor.Good().Bytes();
            var stream = new ShrinkingStream(FileEditor.Concat(bytes, new byte[1]), bytes.Length + 1) { Claimed = bytes.Length };
            Assert.That(Assert.Throws<PrismFileException>(() => PrismCheckpoint.Load(stream, "a"))!.Code, Is.EqualTo("PF015"));
        }

        [Test]
        public void TheBytesThatAreHashedAreTheBytesThatAreUsed()
        {
            // Every byte of data is read once; nothing is read again after the hash.
            byte[] bytes = FileEditor.Good().Bytes();
            var stream = new ShrinkingStream(bytes, bytes.Length);
            PrismCheckpoint.Load(stream, "a");
            int header = 8 + BitConverter.ToInt32(bytes, 0);
            Assert.That(stream.Reads.Skip(header), Is.All.EqualTo(1));
        }

        [TestCase((1L << 32) - 1, "PH021")]
        [TestCase(1L << 32, "PH021")]
        [TestCase((1L << 32) + 1, "PF017")]
        [TestCase(6L << 30, "PF017")]
        public void SparseFile(long length, string code)
        {
            using (var stream = new FileStream(In("sparse"), FileMode.Create))
            {
                // Not SetLength or a position of 2^32 - 1: Mono takes its low half for an error.
                stream.Position = length - 16;
                stream.Write(new byte[16], 0, 16);
            }

            Refused(In("sparse"), code);
        }

        [Test]
        public void PathTooLong()
        {
            OnUnix("true");
            Refused(In(string.Join("/", Enumerable.Repeat(new string('a', 200), 30))), "PF019", "characters");
        }

        [Test]
        public void NameOfThePathIsShownEscapedAndWithoutItsFolder()
        {
            PrismFileException error = Refused(In("<b>\u202e\u0007" + new string('x', 100)), "PF001");
            Assert.That(error.File, Does.StartWith("\\u003cb>\\u202e\\u0007xxx"));
            Assert.That(error.File.Length, Is.LessThanOrEqualTo(64));
        }

        private string In(string name) => Path.Combine(_folder, name);

        private string Good(bool write = true)
        {
            if (write)
            {
                File.WriteAllBytes(In("good.safetensors"), FileEditor.Good().Bytes());
            }

            return In("good.safetensors");
        }

        private static PrismFileException Refused(string path, string code, params string[] facts)
        {
            // A second thread, because the failure this guards against is a call that never returns.
            Task<PrismFileException?> load = Task.Run(() =>
            {
                try
                {
                    PrismCheckpoint.Load(path);
                    return null;
                }
                catch (PrismFileException error)
                {
                    return error;
                }
            });
            Assert.That(load.Wait(2000), Is.True, "no answer within 2 s");
            PrismFileException? found = load.Result;
            Assert.That(found?.Code, Is.EqualTo(code), found?.Message);
            BadFileTests.RequireContract(found!);
            foreach (string fact in facts)
            {
                Assert.That(found!.Message, Does.Contain(fact));
            }

            return found!;
        }

        private static void OnUnix(string command)
        {
            if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            {
                Assert.Inconclusive("Only Unix has this kind of file.");
            }

            using Process process = Process.Start(new ProcessStartInfo("/bin/sh", "-c \"" + command + "\"") { UseShellExecute = false })!;
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.EqualTo(0), command);
        }
    }
}
