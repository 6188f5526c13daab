using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Tests.Vulkan.Device;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;
using Silk.NET.Vulkan;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>A device that fails while an engine runs: every sequence ends with Failed, nothing throws on the game's thread, and a new engine goes on.</summary>
    public class EngineFailureTests : VulkanTest
    {
        [Test]
        public void ALostDeviceEndsEverySequenceAndANewEngineContinues([Values(1, 5, 12)] int failingCall)
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game");
            int[] whole = Tokens(checkpoint, new[] { 5, 6, 7 }, 0, failAfter: 0, out _);
            int[] begun = Tokens(checkpoint, new[] { 5, 6, 7 }, 0, failAfter: failingCall, out bool failed);
            Assert.That(failed, Is.True);
            Assert.That(begun.Length, Is.LessThan(whole.Length));
            Assert.That(whole.Take(begun.Length), Is.EqualTo(begun));

            // What was said so far becomes prompt, and the draws go on.
            int[] rest = Tokens(checkpoint, new[] { 5, 6, 7 }.Concat(begun).ToArray(), (uint)begun.Length, failAfter: 0, out _);
            Assert.That(begun.Concat(rest).Take(whole.Length), Is.EqualTo(whole));
        }

        [Test]
        public void ADisposedDeviceEndsEverySequenceAndThrowsNothing([Values] bool inFlight)
        {
            VulkanDevice device = VulkanDevice.Create(Options());
            using VulkanEngine engine = VulkanEngine.Create(device, ModelCases.Load("game"), new VulkanEngineOptions { Slots = 2, ContextLength = 64 });
            var request = new SequenceRequest(new[] { 5, 6, 7 }, SamplingOptions.Greedy) { MaxTokens = 16 };
            Assert.That(engine.TryAdmit(request, out SequenceHandle first), Is.True);
            if (inFlight)
            {
                engine.Advance(double.PositiveInfinity);
            }

            device.Dispose();
            Assert.That(engine.Advance(double.PositiveInfinity), Is.False);
            Assert.That(engine.Wait(10), Is.True);
            Assert.That(engine.FailureReason, Does.Contain("PG016").And.Contain("disposed"));
            Assert.That(engine.TryAdmit(request, out SequenceHandle second), Is.True, "taken in, to end as failed");
            var events = new TokenEvent[8];
            TokenEvent[] drained = events.Take(engine.Drain(events)).ToArray();
            Assert.That(drained.Select(e => e.Sequence), Is.EqualTo(new[] { first, second }));
            Assert.That(drained.Select(e => e.End), Is.All.EqualTo(SequenceEnd.Failed));
            engine.Release(first);
            engine.Release(second);
        }

        private static int[] Tokens(PrismCheckpoint checkpoint, int[] prompt, uint drawn, int failAfter, out bool failed)
        {
            FaultInjector? injector = null;
            VulkanDeviceOptions options = Options();
            options.WrapContext = inner => injector = new FaultInjector(inner);
            using VulkanDevice device = VulkanDevice.Create(options);
            using VulkanEngine engine = VulkanEngine.Create(device, checkpoint, new VulkanEngineOptions { Slots = 2, ContextLength = 64 });
            var sampling = new SamplingOptions { Temperature = 1f, TopK = 0, Seed = 4 };
            Assert.That(engine.TryAdmit(new SequenceRequest(prompt, sampling) { MaxTokens = 16, DrawCounter = drawn }, out SequenceHandle sequence), Is.True);
            if (failAfter > 0)
            {
                injector!.FailWith = Result.ErrorDeviceLost;
                injector.FailAt = injector.Calls.Count + failAfter;
            }

            var events = new List<TokenEvent>();
            var buffer = new TokenEvent[8];
            bool more = true;
            while (more)
            {
                more = engine.Advance(double.PositiveInfinity);
                engine.Wait(1000);
                int count = engine.Drain(buffer);
                events.AddRange(buffer.Take(count));
                more |= count > 0;
            }

            failed = events.Count > 0 && events[events.Count - 1].End == SequenceEnd.Failed;
            Assert.That(failed, Is.EqualTo(failAfter > 0));
            Assert.That(engine.Failure != null, Is.EqualTo(failed));
            Assert.That(events.All(e => e.Sequence == sequence), Is.True);
            engine.Release(sequence);
            return events.Where(e => e.End != SequenceEnd.Failed).Select(e => e.Token).ToArray();
        }
    }
}
