using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

namespace PrismLM.Cli.Testing
{
    /// <summary>Reads the result file of <c>dotnet test</c>; its console output has no stable form.</summary>
    internal static class TrxReader
    {
        private static readonly XNamespace Schema = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

        public static PartResult Read(PartOutput output)
        {
            if (!File.Exists(output.ResultPath))
            {
                return Broken(output, "no result file; see " + output.LogPath);
            }

            XDocument document;
            try
            {
                document = XDocument.Load(output.ResultPath);
            }
            catch (XmlException exception)
            {
                return Broken(output, $"unreadable result file ({exception.Message}); see {output.LogPath}");
            }

            int passed = 0;
            int skipped = 0;
            var failures = new List<string>();
            foreach (XElement result in document.Descendants(Schema + "UnitTestResult"))
            {
                switch ((string?)result.Attribute("outcome"))
                {
                    case "Passed":
                        passed++;
                        break;
                    case "NotExecuted" or "Inconclusive" or "NotRunnable":
                        skipped++;
                        break;
                    default:
                        failures.Add((string?)result.Attribute("testName") + "\n" + Message(result));
                        break;
                }
            }

            Dictionary<string, string> classes = document.Descendants(Schema + "UnitTest")
                .ToDictionary(test => (string?)test.Attribute("id") ?? "", test => ((string?)test.Element(Schema + "TestMethod")?.Attribute("className") ?? "").Split(',')[0]);
            List<(string Name, TimeSpan Time)> times = document.Descendants(Schema + "UnitTestResult")
                .GroupBy(result => classes.GetValueOrDefault((string?)result.Attribute("testId") ?? "", ""))
                .Select(group => (group.Key, new TimeSpan(group.Sum(result => Duration(result).Ticks)))).ToList();

            string? problem = document.Descendants(Schema + "RunInfo")
                .Where(info => (string?)info.Attribute("outcome") == "Error").Select(info => ((string?)info.Element(Schema + "Text"))?.Trim()).FirstOrDefault();
            if (output.ExitCode != 0 && failures.Count == 0)
            {
                problem ??= FormattableString.Invariant($"ended with exit code {output.ExitCode}; see {output.LogPath}");
            }

            return new PartResult(output.Part.Name, passed, failures.Count, skipped, output.Time) { Failures = failures, Problem = problem, Classes = times };
        }

        private static TimeSpan Duration(XElement result) =>
            TimeSpan.TryParse((string?)result.Attribute("duration"), CultureInfo.InvariantCulture, out TimeSpan duration) ? duration : TimeSpan.Zero;

        private static string Message(XElement result)
        {
            XElement? error = result.Element(Schema + "Output")?.Element(Schema + "ErrorInfo");
            string trace = (string?)error?.Element(Schema + "StackTrace") ?? "";
            return ((string?)error?.Element(Schema + "Message") ?? "no message").Trim() + "\n" + string.Join('\n', trace.Split('\n').Take(4));
        }

        private static PartResult Broken(PartOutput output, string problem) => new PartResult(output.Part.Name, 0, 0, 0, output.Time) { Problem = problem };
    }
}
