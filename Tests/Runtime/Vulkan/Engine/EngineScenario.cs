using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>A whole life of an engine: create the device, load the model, generate, cancel one of two replies in flight, go on, dispose.</summary>
    internal sealed class EngineScenario
    {
        private static readonly PrismCheckpoint Checkpoint = ModelCases.Load("mixture");

        private readonly Action<VulkanDeviceOptions> _configure;
        private readonly List<TokenEvent> _events = new List<TokenEvent>();
        private readonly TokenEvent[] _buffer = new TokenEvent[8];
        private SequenceHandle _kept;

        public EngineScenario(Action<VulkanDeviceOptions> configure) => _configure = configure;

        /// <summary>"create", "load", "generate", "cancel" or "dispose".</summary>
        public string Phase { get; private set; } = "create";

        /// <summary>Tokens of the reply that was not cancelled.</summary>
        public int[] Tokens => Kept().Where(e => e.End != SequenceEnd.Failed).Select(e => e.Token).ToArray();

        /// <summary>How that reply ended.</summary>
        public SequenceEnd End => Kept().Select(e => e.End).LastOrDefault();

        public PrismVulkanException? Failure { get; private set; }

        public void Run()
        {
            VulkanDeviceOptions options = VulkanTest.Options();
            _configure(options);
            VulkanDevice device = VulkanDevice.Create(options);
            try
            {
                Phase = "load";
                VulkanEngine engine = VulkanEngine.Create(device, Checkpoint, new VulkanEngineOptions { Slots = 2, ContextLength = 48, PrefillChunk = 8 });
                Use(engine);
                Phase = "dispose";
                engine.Dispose();
            }
            finally
            {
                device.Dispose();
            }
        }

        private static SequenceRequest Request(int first) => new SequenceRequest(Enumerable.Range(first, 11).ToArray(), SamplingOptions.Greedy) { MaxTokens = 10 };

        private IEnumerable<TokenEvent> Kept() => _events.Where(e => e.Sequence == _kept);

        private void Use(VulkanEngine engine)
        {
            Phase = "generate";
            Assert.That(engine.TryAdmit(Request(3), out _kept), Is.True);
            Assert.That(engine.TryAdmit(Request(40), out SequenceHandle cancelled), Is.True);
            for (int i = 0; i < 4; i++)
            {
                Step(engine);
            }

            Phase = "cancel";
            engine.Advance(double.PositiveInfinity);
            engine.Release(cancelled);
            var clock = Stopwatch.StartNew();
            while (Step(engine))
            {
                Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(60), "the engine never ends");
            }

            Step(engine);
            Failure = engine.Failure;
            engine.Release(_kept);

            // A step is in flight when the engine goes.
            engine.TryAdmit(Request(60), out _);
            engine.Advance(double.PositiveInfinity);
        }

        private bool Step(VulkanEngine engine)
        {
            bool more = engine.Advance(double.PositiveInfinity);
            engine.Wait(1000);
            _events.AddRange(_buffer.Take(engine.Drain(_buffer)));
            return more;
        }
    }
}
