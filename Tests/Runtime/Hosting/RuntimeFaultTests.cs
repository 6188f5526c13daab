using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Hosting;
using PrismLM.Tests.Vulkan.Device;
using PrismLM.Vulkan.Device;
using Silk.NET.Vulkan;

namespace PrismLM.Tests.Hosting
{
    /// <summary>A device that fails at one call or another of a whole life with frames: a typed error from loading, finish reasons from ticks, and a next runtime that works.</summary>
    [Category("Vulkan")]
    public sealed class RuntimeFaultTests
    {
        private const int Runs = 20;

        [Test]
        public void EveryReplyEndsAndTheNextRuntimeWorks([Values(Result.ErrorDeviceLost, Result.ErrorOutOfDeviceMemory, Result.ErrorOutOfHostMemory)] Result error)
        {
            Life clean = Live(0, error);
            Assert.That(clean.Problem, Is.Empty);
            Assert.That(clean.Reasons, Is.All.EqualTo(FinishReason.MaxLength));
            int failed = 0;
            for (int run = 0; run < Runs; run++)
            {
                // Half of them while loading, half in the frames: another call of each in every run.
                int failAt = run % 2 == 0
                    ? 1 + (clean.LoadCalls * run / Runs)
                    : clean.LoadCalls + 1 + ((clean.Calls - clean.LoadCalls) * run / Runs);
                Life life = Live(failAt, error);
                Assert.That(life.Problem, Is.Empty, "call {0} of {1}, {2}", failAt, clean.Calls, life.FailedCall);
                if (life.LoadError != null)
                {
                    Assert.That(life.LoadError, Is.InstanceOf<PrismVulkanException>(), life.FailedCall);
                    failed++;
                }
                else
                {
                    Assert.That(life.Reasons, Is.All.EqualTo(FinishReason.MaxLength).Or.EqualTo(FinishReason.Failed), life.FailedCall);
                    failed += life.Reasons.Contains(FinishReason.Failed) ? 1 : 0;
                }

                Assert.That(life.Live, Is.Empty, "leaked after call {0}, {1}", failAt, life.FailedCall);
            }

            Assert.That(failed, Is.GreaterThan(Runs / 2));
            Assert.That(Live(0, error).Tokens, Is.EqualTo(clean.Tokens));
        }

        private static Life Live(int failAt, Result error)
        {
            var life = new Life();
            FaultInjector? injector = null;
            var options = new PrismRuntimeOptions
            {
                Backend = BackendPreference.Vulkan,
                AllowSoftwareVulkan = true,
                Slots = 2,
                ContextLength = 64,
                ConfigureDevice = device => device.WrapContext = inner => injector = new FaultInjector(inner) { FailAt = failAt, FailWith = error },
            };
            try
            {
                using PrismRuntime runtime = PrismRuntime.Create(Stories260K.Load(), options);
                life.LoadCalls = injector!.Calls.Count;
                Frames(runtime, life);
                life.Calls = injector.Calls.Count;
            }
            catch (PrismVulkanException refused)
            {
                life.LoadError = refused;
            }
            catch (Exception thrown)
            {
                life.Problem = thrown.ToString();
            }

            life.FailedCall = injector!.FailedCall;
            life.Live = injector.Live;
            return life;
        }

        private static void Frames(PrismRuntime runtime, Life life)
        {
            try
            {
                List<GenerationReply> replies = Enumerable.Range(0, 4)
                    .Select(i => runtime.Scheduler.Submit(new GenerationRequest(new[] { 1, 30 + i }) { Sampling = SamplingOptions.Greedy, MaxTokens = 6 }))
                    .ToList();
                int ticks = 0;
                while (runtime.Tick(1, 16) && ticks++ < 5000)
                {
                    runtime.Scheduler.Wait(10);
                }

                life.Problem = ticks < 5000 ? string.Empty : "a reply never ended";
                life.Reasons = replies.Where(reply => reply.IsCompleted).Select(reply => reply.Result!.Reason).ToArray();
                life.Tokens = replies.Where(reply => reply.IsCompleted).SelectMany(reply => reply.Result!.Tokens).ToArray();
            }
            catch (Exception thrown)
            {
                // On the game's thread there is none.
                life.Problem = thrown.ToString();
            }
        }

        private sealed class Life
        {
            public int LoadCalls { get; set; }

            public int Calls { get; set; }

            public Exception? LoadError { get; set; }

            public string Problem { get; set; } = string.Empty;

            public string FailedCall { get; set; } = string.Empty;

            public FinishReason[] Reasons { get; set; } = Array.Empty<FinishReason>();

            public int[] Tokens { get; set; } = Array.Empty<int>();

            public string[] Live { get; set; } = Array.Empty<string>();
        }
    }
}
