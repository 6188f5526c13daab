using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;
using PrismLM.Cli.Running;
using PrismLM.Core.Checkpoints;
using PrismLM.Training.Tests.Cli;
using PrismLM.Training.Tests.Repository;

namespace PrismLM.Training.Tests.Evaluation
{
    /// <summary>What coarser weights cost the model that ships, on conversations that training never shows.</summary>
    public sealed class FormatComparisonTests : CliTest
    {
        private static string Shipped => Path.Combine(RepositoryFiles.Root, "Models~", "prism-tavern-3m.safetensors");

        [Test]
        public void CoarserWeightsOfTheShippedModelStayInsideTheLimits()
        {
            CliResult result = Run("eval", Shipped, "--compare", "--conversations", "4", "--json");
            Assert.That(result.Code, Is.Zero, result.Errors + result.Output);
            JsonElement[] formats = JsonDocument.Parse(result.Output).RootElement.GetProperty("formats").EnumerateArray().ToArray();
            Dictionary<string, double> more = formats.ToDictionary(each => each.GetProperty("weights").GetString()!, each => each.GetProperty("difference").GetDouble());
            TestContext.Out.WriteLine(string.Join(", ", more));
            Assert.That(more.Keys, Is.SupersetOf(new[] { "int8", "int4" }));
            Assert.That(more["int8"], Is.LessThanOrEqualTo(0.02));
            Assert.That(more["int4"], Is.LessThanOrEqualTo(0.06));
            Assert.That(more["int4"], Is.GreaterThan(Math.Abs(more["int8"])), "the measure sees a difference");
            Assert.That(formats.Select(each => each.GetProperty("bytes").GetInt64()), Is.Ordered.Descending);
        }

        [TestCase(WeightFormat.Float16, 0.005)]
        [TestCase(WeightFormat.Int8, 0.02)]
        [TestCase(WeightFormat.Int4, 0.06)]
        public void LimitsAreThoseOfTheDocumentation(WeightFormat format, double limit) => Assert.That(FormatComparison.Limit(format), Is.EqualTo(limit));

        [Test]
        public void ExportStoresACheckpointInAnotherFormat()
        {
            CliResult result = Run("export", "MODEL", "int8.safetensors", "--weights", "int8", "--name", "small");
            Assert.That(result.Code, Is.Zero, result.Errors);
            PrismCheckpoint small = PrismCheckpoint.Load(Path.Combine(Folder, "int8.safetensors"));
            Assert.That((small.WeightFormat, small.Info.Name, small.Info.WeightLicence), Is.EqualTo((WeightFormat.Int8, "small", "MIT")));
            Assert.That(new FileInfo(Path.Combine(Folder, "int8.safetensors")).Length, Is.LessThan(new FileInfo(Model).Length / 2));

            CliResult back = Run("export", "int8.safetensors", "f16.safetensors", "--weights", "f16");
            Assert.That(back.Code, Is.EqualTo(2));
            Assert.That(back.ErrorLines.Single(), Does.Contain("int8").And.Contain("Hint"));
        }
    }
}
