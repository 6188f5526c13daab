using System;
using System.IO;
using NUnit.Framework;
using PrismLM.Cli.Testing;

namespace PrismLM.Training.Tests.Cli
{
    /// <summary>What <c>prism test</c> makes of time limits and result files.</summary>
    public sealed class SuiteTests
    {
        [Test]
        public void APartMayTakeNoMoreThanTheSuiteHasLeft()
        {
            var now = TimeSpan.Zero;
            var budget = new TimeBudget(TimeSpan.FromMinutes(20), () => now);
            Assert.That(budget.For(TimeSpan.FromMinutes(15)), Is.EqualTo(TimeSpan.FromMinutes(15)));
            now = TimeSpan.FromMinutes(12);
            Assert.That(budget.For(TimeSpan.FromMinutes(15)), Is.EqualTo(TimeSpan.FromMinutes(8)));
            now = TimeSpan.FromMinutes(21);
            Assert.That(budget.For(TimeSpan.FromMinutes(15)), Is.EqualTo(TimeSpan.Zero));
            Assert.That(new TimeBudget(null, () => now).For(TimeSpan.FromMinutes(15)), Is.EqualTo(TimeSpan.FromMinutes(15)));
        }

        [Test]
        public void ResultFilesTellTheTimeOfEachClass()
        {
            string file = Path.Combine(Path.GetTempPath(), "prism-" + Guid.NewGuid().ToString("N") + ".trx");
            File.WriteAllText(
                file,
                """
                <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
                  <Results>
                    <UnitTestResult testId="a" testName="One" outcome="Passed" duration="00:00:01.5000000" />
                    <UnitTestResult testId="b" testName="Two" outcome="Failed" duration="00:01:00.0000000" />
                    <UnitTestResult testId="c" testName="Three" outcome="Passed" duration="00:00:00.2500000" />
                  </Results>
                  <TestDefinitions>
                    <UnitTest id="a"><TestMethod className="Space.Slow" name="One" /></UnitTest>
                    <UnitTest id="b"><TestMethod className="Space.Slow, Assembly" name="Two" /></UnitTest>
                    <UnitTest id="c"><TestMethod className="Space.Quick" name="Three" /></UnitTest>
                  </TestDefinitions>
                </TestRun>
                """);
            try
            {
                var part = new TestPart("key", "name", "dotnet", Array.Empty<string>(), TrxReader.Read);
                PartResult result = TrxReader.Read(new PartOutput(part, 1, false, TimeSpan.Zero, "log", file));
                Assert.That((result.Passed, result.Failed), Is.EqualTo((2, 1)));
                Assert.That(result.Classes, Is.EquivalentTo(new[] { ("Space.Slow", TimeSpan.FromSeconds(61.5)), ("Space.Quick", TimeSpan.FromSeconds(0.25)) }));
            }
            finally
            {
                File.Delete(file);
            }
        }
    }
}
