using System;
using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using PrismLM.Vulkan.Device;
using Silk.NET.Core.Contexts;
using Silk.NET.Vulkan;

namespace PrismLM.Tests.Vulkan.Device
{
    /// <summary>
    /// Fails every N-th fallible Vulkan call of a device's whole life with every error, and expects a typed error that names the call, no leaked object, no
    /// message of the validation layer, and a following clean run with the same bits.
    /// </summary>
    public class FaultSweepTests : VulkanTest
    {
        private static readonly Result[] Errors = { Result.ErrorDeviceLost, Result.ErrorOutOfDeviceMemory, Result.ErrorOutOfHostMemory, Result.ErrorInitializationFailed };

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

        /// <summary>Every call with one of the errors, in turn.</summary>
        [Test]
        public void EveryFailingCallIsATypedErrorAndLeaksNothing([Values] bool fences) => Sweep(fences, call => Errors[call % Errors.Length]);

        [Test]
        [Category("Slow")]
        public void EveryFailingCallWithEveryErrorIsATypedErrorAndLeaksNothing([ValueSource(nameof(Errors))] Result error, [Values] bool fences) => Sweep(fences, _ => error);

        private void Sweep(bool fences, Func<int, Result> errorOf)
        {
            DeviceRestrictions restrictions = fences ? Fences : Staging;
            Outcome clean = RunOnce(restrictions, 0, Result.Success);
            Assert.That(clean.Error, Is.Null);
            Assert.That(clean.Live, Is.Empty);
            int calls = clean.Calls.Count;
            Assert.That(NeededCalls(fences), Is.SubsetOf(clean.Calls), "fallible calls of the scenario");
            var wrong = new List<string>();
            for (int failAt = 1; failAt <= calls; failAt++)
            {
                Result error = errorOf(failAt);
                Outcome outcome = RunOnce(restrictions, failAt, error);
                string problem = Judge(outcome, error);
                foreach (string message in TakeMessages())
                {
                    problem += message + "; ";
                }

                if (problem.Length != 0)
                {
                    wrong.Add(FormattableString.Invariant($"#{failAt} {outcome.FailedCall}: {problem}"));
                }

                if (failAt % 16 == 0 || failAt == calls)
                {
                    Assert.That(RunOnce(restrictions, 0, Result.Success).Hash, Is.EqualTo(clean.Hash), "bits of a clean run after fault {0}", failAt);
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
                // Disposal reports nothing: it retries, and everything is destroyed all the same. How often a run polls is a matter of timing, so the last
                // numbers may find no call to fail.
                problem += outcome.FailedCall.Length == 0 || outcome.FailedInDisposal ? string.Empty : "no error; ";
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

        /// <summary>What a whole life calls whatever the timing; waits happen only where a poll comes too early.</summary>
        private static string[] NeededCalls(bool fences)
        {
            var calls = new List<string>
            {
                "vkEnumerateInstanceVersion", "vkEnumerateInstanceExtensionProperties", "vkCreateInstance", "vkEnumeratePhysicalDevices",
                "vkEnumerateDeviceExtensionProperties", "vkCreateDevice", "vkCreateDescriptorSetLayout", "vkCreatePipelineLayout", "vkCreatePipelineCache",
                "vkGetPipelineCacheData", "vkCreateBuffer", "vkCreateBufferView", "vkAllocateMemory", "vkBindBufferMemory", "vkMapMemory", "vkCreateShaderModule",
                "vkCreateComputePipelines", "vkCreateDescriptorPool", "vkAllocateDescriptorSets", "vkCreateCommandPool", "vkAllocateCommandBuffers",
                "vkBeginCommandBuffer", "vkEndCommandBuffer", "vkQueueSubmit", "vkCreateQueryPool",
            };
            calls.AddRange(fences ? new[] { "vkCreateFence", "vkGetFenceStatus", "vkResetFences" } : new[] { "vkCreateSemaphore", "vkGetSemaphoreCounterValue" });
            return calls.ToArray();
        }

        private Outcome RunOnce(DeviceRestrictions restrictions, int failAt, Result error)
        {
            var outcome = new Outcome();
            FaultInjector? injector = null;
            DeviceScenario? scenario = null;
            scenario = new DeviceScenario(
                options =>
                {
                    options.EnableValidation = true;
                    options.EnableSynchronizationValidation = true;
                    options.ValidationMessage = AddMessage;
                    options.Restrictions = restrictions;
                    options.WrapContext = inner => injector = Injector(inner);
                },
                folder);
            FaultInjector Injector(INativeContext inner) => new FaultInjector(inner)
            {
                FailAt = failAt,
                FailWith = error,
                Failing = () => outcome.FailedInDisposal = scenario!.IsDisposing,
            };
            try
            {
                outcome.Hash = scenario.Run();
            }
            catch (Exception found)
            {
                outcome.Error = found;
            }

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

            public bool FailedInDisposal { get; set; }

            public List<string> Calls { get; set; } = new List<string>();

            public string FailedCall { get; set; } = string.Empty;

            public string[] Live { get; set; } = Array.Empty<string>();

            public int WrongDestroys { get; set; }
        }
    }
}
