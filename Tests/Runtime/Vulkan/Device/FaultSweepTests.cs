using System;
using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using PrismLM.Vulkan.Device;
using Silk.NET.Vulkan;

namespace PrismLM.Tests.Vulkan.Device
{
    /// <summary>
    /// Fails every N-th fallible Vulkan call of a device's whole life with every error, and expects a typed error that names the call, no leaked object, and a
    /// following clean run with the same bits.
    /// </summary>
    public class FaultSweepTests
    {
        private const DeviceRestrictions Staging = DeviceRestrictions.NoHostVisibleDeviceMemory;
        private const DeviceRestrictions Fences = Staging | DeviceRestrictions.NoTimeline | DeviceRestrictions.NoSubgroupControl;

        private string folder = string.Empty;

        [SetUp]
        public void CreateFolder()
        {
            folder = Path.Combine(Path.GetTempPath(), "prism-faults-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
        }

        [TearDown]
        public void DeleteFolder() => Directory.Delete(folder, recursive: true);

        [Test]
        public void EveryFailingCallIsATypedErrorAndLeaksNothing(
            [Values(Result.ErrorDeviceLost, Result.ErrorOutOfDeviceMemory, Result.ErrorOutOfHostMemory, Result.ErrorInitializationFailed)] Result error,
            [Values] bool fences)
        {
            DeviceRestrictions restrictions = fences ? Fences : Staging;
            Outcome clean = RunOnce(restrictions, 0, error);
            Assert.That(clean.Error, Is.Null);
            Assert.That(clean.Live, Is.Empty);
            int calls = clean.Calls.Count;
            // How often a wait asks for progress depends on the machine, so the number of calls is not the same each time.
            Assert.That(calls, Is.GreaterThan(60), "fallible calls of the scenario");
            var wrong = new List<string>();
            for (int failAt = 1; failAt <= calls; failAt++)
            {
                Outcome outcome = RunOnce(restrictions, failAt, error);
                string problem = Judge(outcome, error);
                if (problem.Length != 0)
                {
                    wrong.Add(FormattableString.Invariant($"#{failAt} {outcome.FailedCall}: {problem}"));
                }

                if (failAt % 16 == 0 || failAt == calls)
                {
                    Assert.That(RunOnce(restrictions, 0, error).Hash, Is.EqualTo(clean.Hash), "bits of a clean run after fault {0}", failAt);
                }
            }

            Assert.That(wrong, Is.Empty);
        }

        private static string Judge(Outcome outcome, Result error)
        {
            string problem = string.Empty;
            if (outcome.Live.Length != 0)
            {
                problem += "leaked " + string.Join(", ", outcome.Live) + "; ";
            }

            if (outcome.WrongDestroys != 0)
            {
                problem += "destroyed what did not live; ";
            }

            if (outcome.Error == null)
            {
                // Disposal reports nothing: it retries, and everything is destroyed all the same.
                problem += outcome.WasDisposing ? string.Empty : "no error; ";
            }
            else if (!(outcome.Error is PrismVulkanException typed))
            {
                problem += "untyped " + outcome.Error.GetType().Name + ": " + outcome.Error.Message + "; ";
            }
            else if (typed.VkResult != (int)error || typed.Call != outcome.FailedCall)
            {
                problem += "says " + typed.Message + "; ";
            }

            return problem;
        }

        private Outcome RunOnce(DeviceRestrictions restrictions, int failAt, Result error)
        {
            FaultInjector? injector = null;
            var scenario = new DeviceScenario(
                options =>
                {
                    options.Restrictions = restrictions;
                    options.WrapContext = inner => injector = new FaultInjector(inner) { FailAt = failAt, FailWith = error };
                },
                folder);
            var outcome = new Outcome();
            try
            {
                outcome.Hash = scenario.Run();
            }
            catch (Exception found)
            {
                outcome.Error = found;
            }

            outcome.WasDisposing = scenario.IsDisposing;
            outcome.Calls = injector!.Calls;
            outcome.FailedCall = injector.FailedCall;
            outcome.Live = injector.Live;
            outcome.WrongDestroys = injector.WrongDestroys;
            return outcome;
        }

        private sealed class Outcome
        {
            public ulong Hash { get; set; }

            public Exception? Error { get; set; }

            public bool WasDisposing { get; set; }

            public List<string> Calls { get; set; } = new List<string>();

            public string FailedCall { get; set; } = string.Empty;

            public string[] Live { get; set; } = Array.Empty<string>();

            public int WrongDestroys { get; set; }
        }
    }
}
