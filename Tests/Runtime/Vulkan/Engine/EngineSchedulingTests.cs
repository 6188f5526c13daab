using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Tests.Generation;
using PrismLM.Tests.Vulkan.Device;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;
using Silk.NET.Vulkan;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>The engine below the scheduler, as a game has it: every reply ends, whatever is cancelled and whatever the device does.</summary>
    public sealed class EngineSchedulingTests : IDisposable
    {
        private FaultInjector _injector = null!;
        private VulkanDevice _device = null!;
        private Scheduler _scheduler = null!;

        [TearDown]
        public void Dispose()
        {
            if (_scheduler != null)
            {
                _injector.Hangs = false;
                _injector.FailAt = 0;
                _scheduler.Dispose();
                _device.Dispose();
                _scheduler = null!;
            }
        }

        [Test]
        public void AReplyWaitsOutACancelledOneInTheOnlySlot()
        {
            Start(new VulkanEngineOptions { Slots = 1, ContextLength = 64 });
            GenerationReply first = Submit();
            _scheduler.Tick(double.PositiveInfinity);
            first.Cancel();
            GenerationReply second = Submit();
            Run();
            Assert.That(first.Result!.Reason, Is.EqualTo(FinishReason.Cancelled));
            Assert.That(second.Result!.Tokens, Has.Count.EqualTo(8));
        }

        [Test]
        public void EveryReplyEndsWhenTheDeviceIsLost()
        {
            Start(new VulkanEngineOptions { Slots = 2, ContextLength = 64 });
            List<GenerationReply> replies = Enumerable.Range(0, 4).Select(_ => Submit()).ToList();
            _injector.FailWith = Result.ErrorDeviceLost;
            _injector.FailAt = _injector.Calls.Count + 5;
            Run();
            replies.Add(Submit());
            Run();
            Assert.That(replies.Select(reply => reply.Result?.Reason), Is.All.EqualTo(FinishReason.Failed));
            Assert.That(replies.Select(reply => reply.Result!.Error), Is.All.Contains("ErrorDeviceLost"));
        }

        [Test]
        public void AHangingStepEndsItsReplies()
        {
            Start(new VulkanEngineOptions { Slots = 1, ContextLength = 64, StepTimeoutMilliseconds = 50 });
            GenerationReply reply = Submit();
            _injector.Hangs = true;
            Run();
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Failed));
            Assert.That(reply.Result.Error, Does.Contain("50 ms"));
        }

        private void Start(VulkanEngineOptions engine)
        {
            VulkanDeviceOptions options = VulkanTest.Options();
            options.EnableValidation = false;
            options.EnableSynchronizationValidation = false;
            options.WrapContext = inner => _injector = new FaultInjector(inner);
            options.DisposeTimeoutMilliseconds = 1000;
            _device = VulkanDevice.Create(options);
            var tokenizer = new ScriptedTokenizer();
            var checkpoint = ModelCases.Load("game");
            for (int i = 0; i < checkpoint.Config.Vocabulary; i++)
            {
                tokenizer.Add("x");
            }

            _scheduler = new Scheduler(VulkanEngine.Create(_device, checkpoint, engine), tokenizer);
        }

        private GenerationReply Submit() => _scheduler.Submit(new GenerationRequest(new[] { 5, 6, 7 })
        {
            Sampling = SamplingOptions.Greedy,
            MaxTokens = 8,
            StopTokens = Array.Empty<int>(),
        });

        private void Run()
        {
            DateTime limit = DateTime.UtcNow.AddSeconds(60);
            while (_scheduler.Tick(double.PositiveInfinity))
            {
                Assert.That(DateTime.UtcNow, Is.LessThan(limit), "a reply never ended");
                _scheduler.Wait(5);
            }
        }
    }
}
