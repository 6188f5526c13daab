using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace PrismLM.Tests
{
    /// <summary>Runs this assembly's tests without a test host: NUnit's own console does not start under Mono. Ends with <c>N passed, N failed, N skipped</c>.</summary>
    public sealed class MonoRunner : ITestListener
    {
        // NUnit replaces Console.Out while tests run, so the real one is kept.
        private readonly TextWriter _output = Console.Out;
        private int _passed;
        private int _failed;
        private int _skipped;

        public static int Main(string[] arguments)
        {
            var listener = new MonoRunner();
            var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
            runner.Load(Assembly.GetExecutingAssembly(), new Dictionary<string, object>());
            string only = arguments.Length > 0 ? $"<test re='1'>{arguments[0]}</test>" : "";
            ITestResult all = runner.Run(listener, TestFilter.FromXml($"<filter><and><not><cat>Slow</cat></not>{only}</and></filter>"));
            if (all.ResultState.Site == FailureSite.SetUp || all.ResultState.Status == TestStatus.Inconclusive)
            {
                listener._output.WriteLine("FAILED set-up\n    " + all.Message);
            }

            listener._output.WriteLine(FormattableString.Invariant($"{listener._passed} passed, {listener._failed} failed, {listener._skipped} skipped"));
            return listener._failed == 0 && listener._passed > 0 ? 0 : 1;
        }

        public void TestFinished(ITestResult result)
        {
            if (result.Test.IsSuite)
            {
                return;
            }

            switch (result.ResultState.Status)
            {
                case TestStatus.Passed:
                case TestStatus.Warning:
                    _passed++;
                    if (!string.IsNullOrWhiteSpace(result.Output))
                    {
                        _output.WriteLine("  " + result.Name + ": " + result.Output.Trim());
                    }

                    break;
                case TestStatus.Failed:
                    _failed++;
                    IEnumerable<string> lines = (result.Message + "\n" + result.StackTrace).Split('\n').Take(10).Select(line => "    " + line.TrimEnd());
                    _output.WriteLine("FAILED " + result.FullName + "\n" + string.Join("\n", lines));
                    break;
                default:
                    _skipped++;
                    break;
            }
        }

        public void TestStarted(ITest test)
        {
        }

        public void TestOutput(TestOutput output)
        {
        }

        public void SendMessage(TestMessage message)
        {
        }
    }
}
