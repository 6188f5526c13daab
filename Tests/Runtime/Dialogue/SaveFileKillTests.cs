#if NET5_0_OR_GREATER
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    /// <summary>A process that saves again and again is killed at any instant: the file has the content of the last save that returned, or of the one that was under way.</summary>
    public sealed class SaveFileKillTests
    {
        private const int Kills = 12;
        private const int Bytes = 40_000;
        private const int LimitMilliseconds = 20_000;

        /// <summary>The number, and so many bytes that depend on it.</summary>
        public static byte[] Content(int number)
        {
            var content = new byte[4 + Bytes];
            BitConverter.TryWriteBytes(content, number);
            content.AsSpan(4).Fill((byte)(number * 37));
            return content;
        }

        [Test]
        public void AKilledSaveLeavesTheOldOrTheNewContent()
        {
            string folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            string path = Path.Combine(folder, "game.save");
            var random = new TestRandom(5);
            try
            {
                for (int kill = 0; kill < Kills; kill++)
                {
                    int returned = Killed(path, (int)random.Below(40), out string output);
                    int found = BitConverter.ToInt32(SaveFile.Read(path, out string? problem), 0);
                    Assert.That(problem, Is.Null, "kill {0}: the file itself is whole, whatever the backup is", kill);
                    Assert.That(found, Is.EqualTo(returned).Or.EqualTo(returned + 1), "kill {0}; {1}", kill, output);
                    Assert.That(SaveFile.Read(path, out _), Is.EqualTo(Content(found)));
                }
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        /// <summary>Starts, lets it save at least once, waits so long, and kills; the number of the last save that returned.</summary>
        private static int Killed(string path, int milliseconds, out string output)
        {
            using Process process = ChildProcess.Start(ChildProcess.WriteSaves, path);
            try
            {
                string? first = process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMilliseconds(LimitMilliseconds)).GetAwaiter().GetResult();
                Assert.That(first, Is.EqualTo("0"));
                Thread.Sleep(milliseconds);
            }
            finally
            {
                process.Kill();
            }

            Assert.That(process.WaitForExit(LimitMilliseconds), Is.True);
            output = process.StandardOutput.ReadToEnd();

            // The last line may be cut.
            string[] whole = output.Substring(0, output.LastIndexOf('\n') + 1).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return whole.Length == 0 ? 0 : int.Parse(whole.Last(), System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
#endif
