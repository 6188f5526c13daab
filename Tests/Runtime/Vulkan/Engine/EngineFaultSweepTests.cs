using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Tests.Vulkan.Device;
using PrismLM.Vulkan.Device;
using Silk.NET.Vulkan;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>
    /// Fails fallible Vulkan calls of an engine's whole life: create and load throw a typed error, generate and cancel end replies as failed and throw nothing,
    /// dispose throws nothing; nothing leaks, the validation layer is silent, and a following clean run has the same tokens.
    /// </summary>
    public class EngineFaultSweepTests : VulkanTest
    {
        private static readonly Result[] Errors = { Result.ErrorDeviceLost, Result.ErrorOutOfDeviceMemory, Result.ErrorOutOfHostMemory, Result.ErrorInitializationFailed };

        // How often a device is polled is a matter of timing: these calls are failed where a run surely comes by.
        private static readonly string[] Polls = { "vkGetSemaphoreCounterValue", "vkWaitSemaphores", "vkGetFenceStatus", "vkWaitForFences", "vkResetFences" };

        /// <summary>The first and the last call of every kind in every phase after the device's creation, which FaultSweepTests fails; errors take turns.</summary>
        [Test]
        public void TheFirstAndTheLastCallOfEveryKindFail([Values] bool fences)
        {
            Outcome clean = RunClean(fences);
            var plans = new List<Fault>();
            foreach (IGrouping<(string, string), (string Phase, string Call)> kind in clean.Calls.Where(call => call.Phase != "create").GroupBy(call => (call.Phase, call.Call)))
            {
                int count = kind.Count();
                plans.Add(new Fault(kind.First().Phase, kind.First().Call, 1));
                if (count > 1 && !Polls.Contains(kind.First().Call))
                {
                    plans.Add(new Fault(kind.First().Phase, kind.First().Call, count));
                }
            }

            Assert.That(plans.Select(plan => plan.Phase).Distinct(), Is.EquivalentTo(new[] { "load", "generate", "cancel", "dispose" }).Or.EquivalentTo(new[] { "load", "generate", "cancel" }));
            Sweep(fences, clean, plans);
        }

        [Test]
        [Category("Slow")]
        public void EveryCallFails([Values] bool fences)
        {
            Outcome clean = RunClean(fences);
            var seen = new Dictionary<(string, string), int>();
            var plans = new List<Fault>();
            foreach ((string phase, string call) in clean.Calls)
            {
                seen.TryGetValue((phase, call), out int before);
                seen[(phase, call)] = before + 1;
                plans.Add(new Fault(phase, call, before + 1));
            }

            Sweep(fences, clean, plans);
        }

        /// <summary>One wait that times out is not the end: the work goes on, and so does the reply.</summary>
        [Test]
        public void AWaitThatTimesOutOnceChangesNothing([Values] bool fences)
        {
            Outcome clean = RunClean(fences);
            foreach (string phase in new[] { "load", "generate", "cancel" })
            {
                Outcome outcome = RunOnce(fences, new Fault(phase, fences ? "vkWaitForFences" : "vkWaitSemaphores", 1), Result.Timeout);
                Assert.That(outcome.Error, Is.Null, phase);
                Assert.That(outcome.Scenario!.Tokens, Is.EqualTo(clean.Scenario!.Tokens), phase);
                Assert.That(outcome.Live, Is.Empty, phase);
            }
        }

        private static void Sweep(bool fences, Outcome clean, List<Fault> plans)
        {
            var wrong = new List<string>();
            for (int i = 0; i < plans.Count; i++)
            {
                Result error = Errors[i % Errors.Length];
                Outcome outcome = RunOnce(fences, plans[i], error);
                string problem = Judge(outcome, clean, error);
                if (problem.Length != 0)
                {
                    wrong.Add(FormattableString.Invariant($"{plans[i]} {error}: {problem}"));
                }

                if (i % 16 == 15 || i == plans.Count - 1)
                {
                    Assert.That(RunClean(fences).Scenario!.Tokens, Is.EqualTo(clean.Scenario!.Tokens), "tokens of a clean run after {0}", plans[i]);
                }
            }

            TestContext.Out.WriteLine(FormattableString.Invariant($"{plans.Count} faults"));
            Assert.That(wrong, Is.Empty);
        }

        private static string Judge(Outcome outcome, Outcome clean, Result error)
        {
            string problem = string.Join("; ", TakeMessages());
            EngineScenario scenario = outcome.Scenario!;
            if (outcome.Live.Length != 0)
            {
                problem += "leaked " + string.Join(", ", outcome.Live) + "; ";
            }

            if (outcome.WrongDestroys != 0)
            {
                problem += "destroyed what did not live; ";
            }

            if (outcome.FailedCall.Length == 0)
            {
                // Timing: this run came by less often.
                return problem;
            }

            if (outcome.Error != null)
            {
                bool mayThrow = outcome.FailedIn == "create" || outcome.FailedIn == "load";
                problem += mayThrow ? string.Empty : "threw in " + outcome.FailedIn + ": " + outcome.Error + "; ";
                return problem + Typed(outcome.Error, outcome, error);
            }

            if (outcome.FailedIn == "create" || outcome.FailedIn == "load")
            {
                return problem + "no error; ";
            }

            int[] expected = clean.Scenario!.Tokens;
            if (scenario.Failure == null)
            {
                // The failing call belonged to disposal, or to the reply that was in flight then.
                return problem + (scenario.Tokens.SequenceEqual(expected) ? string.Empty : "other tokens; ");
            }

            bool begun = scenario.Tokens.SequenceEqual(expected.Take(scenario.Tokens.Length));
            bool ended = scenario.End == SequenceEnd.Failed || scenario.Tokens.Length == expected.Length;
            return problem + (begun ? string.Empty : "other tokens; ") + (ended ? string.Empty : "the reply did not end; ") + Typed(scenario.Failure, outcome, error);
        }

        private static string Typed(Exception found, Outcome outcome, Result error)
        {
            if (!(found is PrismVulkanException typed))
            {
                return "untyped " + found.GetType().Name + ": " + found.Message + "; ";
            }

            return typed.VkResult == (int)error && typed.Call == outcome.FailedCall ? string.Empty : "says " + typed.Message + "; ";
        }

        private static Outcome RunClean(bool fences)
        {
            Outcome clean = RunOnce(fences, null, Result.Success);
            Assert.That(clean.Error, Is.Null);
            Assert.That(clean.Live, Is.Empty);
            Assert.That(clean.Scenario!.Failure, Is.Null);
            Assert.That(clean.Scenario.Tokens, Has.Length.EqualTo(10));
            return clean;
        }

        private static Outcome RunOnce(bool fences, Fault? fault, Result error)
        {
            var outcome = new Outcome();
            FaultInjector? injector = null;
            int seen = 0;
            bool Fails(string call)
            {
                string phase = outcome.Scenario!.Phase;
                outcome.Calls.Add((phase, call));
                return fault != null && phase == fault.Phase && call == fault.Call && ++seen == fault.Number;
            }

            outcome.Scenario = new EngineScenario(options =>
            {
                options.Restrictions = fences ? DeviceRestrictions.NoTimeline | DeviceRestrictions.NoHostVisibleDeviceMemory : DeviceRestrictions.None;
                options.WrapContext = inner => injector = new FaultInjector(inner) { FailWhen = Fails, FailWith = error, Failing = () => outcome.FailedIn = outcome.Scenario!.Phase };
            });
            try
            {
                outcome.Scenario.Run();
            }
            catch (Exception found) when (!(found is AssertionException))
            {
                outcome.Error = found;
            }

            outcome.FailedCall = injector!.FailedCall;
            outcome.Live = injector.Live;
            outcome.WrongDestroys = injector.WrongDestroys;
            return outcome;
        }

        private sealed class Fault
        {
            public Fault(string phase, string call, int number)
            {
                Phase = phase;
                Call = call;
                Number = number;
            }

            public string Phase { get; }

            public string Call { get; }

            /// <summary>Among the calls of this name in this phase, from 1.</summary>
            public int Number { get; }

            public override string ToString() => FormattableString.Invariant($"{Phase} {Call} {Number}");
        }

        private sealed class Outcome
        {
            public EngineScenario? Scenario { get; set; }

            public Exception? Error { get; set; }

            public string FailedCall { get; set; } = string.Empty;

            public string FailedIn { get; set; } = string.Empty;

            public List<(string Phase, string Call)> Calls { get; } = new List<(string Phase, string Call)>();

            public string[] Live { get; set; } = Array.Empty<string>();

            public int WrongDestroys { get; set; }
        }
    }
}
