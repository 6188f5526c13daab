using System;
using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using SkiaSharp;

namespace PrismLM.Examples.Tests.Tavern
{
    /// <summary>The game in a real window, with the validation layer in between: some seconds of a scripted player.</summary>
    [Category("Vulkan")]
    public sealed class TavernRunTests
    {
        private static readonly Dictionary<string, string> Validation = new() { ["VK_INSTANCE_LAYERS"] = "VK_LAYER_KHRONOS_validation" };

        private string folder = "";

        [SetUp]
        public void MakeFolder() => folder = Directory.CreateTempSubdirectory("prism-tavern-").FullName;

        [TearDown]
        public void RemoveFolder() => Directory.Delete(folder, recursive: true);

        [TestCase("own device")]
        [TestCase("adopted", "--adopt")]
        [TestCase("adopted without one optional feature", "--adopt", "--bare")]
        public void GuestsTalkAndEveryLayoutRuleHolds(string how, params string[] options)
        {
            string picture = Path.Combine(folder, "tavern.png");
            var arguments = new List<string>(options) { "--script", "--frames", "300", "--npcs", "10", "--budget", "16", "--screenshot", picture };
            TavernRun run = TavernRun.Start(folder, Validation, arguments.ToArray());
            Assert.That(run.Code, Is.Zero, run.Errors + run.Output);
            bool adopt = Array.IndexOf(options, "--adopt") >= 0;
            bool bare = Array.IndexOf(options, "--bare") >= 0;
            Assert.Multiple(() =>
            {
                Assert.That(run.Output + run.Errors, Does.Not.Contain("Validation Error").And.Not.Contain("VUID-"), "wrong use of Vulkan: " + how);
                Assert.That(run.Report.GetProperty("adopted").GetBoolean(), Is.EqualTo(adopt));
                Assert.That(run.Report.GetProperty("timeline").GetBoolean(), Is.EqualTo(!bare));
                Assert.That(run.Report.GetProperty("layoutFrames").GetInt32(), Is.GreaterThanOrEqualTo(300));
                Assert.That(run.Report.GetProperty("mostBubbles").GetInt32(), Is.GreaterThanOrEqualTo(1), "somebody spoke");
                Assert.That(run.Report.GetProperty("brokenRules").GetArrayLength(), Is.Zero);
                Assert.That(run.Report.GetProperty("failedReplies").GetArrayLength(), Is.Zero);

                // How many depends on the machine: the budget is milliseconds.
                Assert.That(run.Report.GetProperty("rows")[0].GetProperty("tokens").GetInt64(), Is.GreaterThan(0));
                if (adopt)
                {
                    Assert.That(run.Report.GetProperty("queueUses").GetInt64(), Is.GreaterThan(run.Report.GetProperty("layoutFrames").GetInt32()), "Prism went through the game's guard");
                }
            });
            CheckPicture(picture);
        }

        [TestCase("--npcs", "0")]
        [TestCase("--npcs", "33")]
        [TestCase("--budget", "-1")]
        [TestCase("--frames")]
        [TestCase("--fly")]
        [TestCase("--model", "nothing.safetensors")]
        public void WrongInputEndsWithOneLine(params string[] arguments)
        {
            TavernRun run = TavernRun.Start(folder, null, arguments);
            Assert.That(run.Code, Is.EqualTo(2));
            Assert.That(run.Errors.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
            Assert.That(run.Errors, Does.StartWith("prism tavern: "));
        }

        private static void CheckPicture(string path)
        {
            using SKBitmap picture = SKBitmap.Decode(path);
            Assert.That((picture.Width, picture.Height), Is.EqualTo((1280, 720)));
            var colors = new HashSet<SKColor>();
            int parchment = 0;
            for (int y = 0; y < picture.Height; y += 2)
            {
                for (int x = 0; x < picture.Width; x += 2)
                {
                    SKColor color = picture.GetPixel(x, y);
                    colors.Add(color);
                    parchment += color == PrismLM.Tavern.Painting.Colors.Parchment || color == PrismLM.Tavern.Painting.Colors.PlayerPaper ? 1 : 0;
                }
            }

            Assert.That(colors, Has.Count.GreaterThan(5000), "a painted room");
            Assert.That(parchment, Is.GreaterThan(1000), "a bubble is on the picture");
        }
    }
}
