using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Hosting;
using PrismLM.Unity;
using UnityStubs;

namespace PrismLM.Tests.Unity
{
    /// <summary>Play twice, stop at any moment, quit while loading: what crashes other tools' editors. Domain reload is off, so statics outlive each play.</summary>
    public sealed class LifeTests
    {
        private const int Promise = 250;

        [Test]
        [Category("Vulkan")]
        public void PlaysAgainAndAgain([Values(BackendPreference.Reference, BackendPreference.Vulkan)] BackendPreference backend)
        {
            string[] texts = Enumerable.Range(0, 3).Select(_ =>
            {
                using var scene = new UnityScene();
                scene.Runtime(backend);
                PrismReply reply = scene.Npc().Ask("Hello!");
                scene.Until(() => reply.IsCompleted);
                Assert.That(scene.Errors, Is.Empty);
                return reply.Result!.Text;
            }).ToArray();
            Assert.That(texts, Is.All.EqualTo(texts[0]), "the same seed, the same text, in every play");
        }

        [Test]
        [Category("Vulkan")]
        public void EndsAtAnyMoment([Values(BackendPreference.Reference, BackendPreference.Vulkan)] BackendPreference backend)
        {
            var times = new List<long>();
            for (int i = 0; i < 8; i++)
            {
                using (var scene = new UnityScene())
                {
                    PrismRuntimeBehaviour runtime = scene.Runtime(backend);
                    PrismReply reply = scene.Npc().Ask("Hello!");

                    // The first lives end while the model is loaded, the others while somebody talks.
                    var clock = Stopwatch.StartNew();
                    scene.Until(() => i < 5 ? clock.ElapsedMilliseconds >= 15 * i : reply.Reply != null && clock.ElapsedMilliseconds >= i);
                    int events = scene.Events.Count;
                    clock.Restart();
                    if (i % 2 == 0)
                    {
                        StubPlayer.Quit();
                    }
                    else
                    {
                        StubPlayer.ExitPlayMode();
                    }

                    times.Add(clock.ElapsedMilliseconds);
                    Assert.That(runtime.Runtime, Is.Null);
                    Assert.That(scene.Events, Has.Count.EqualTo(events), "nothing is raised by what ends");
                }
            }

            Assert.That(times, Is.All.LessThanOrEqualTo(Promise), "milliseconds: " + string.Join(", ", times));
        }

        [Test]
        public void ADisabledRuntimeEndsReplySilentlyAndKeepsTheConversation()
        {
            using var scene = new UnityScene();
            PrismRuntimeBehaviour runtime = scene.Runtime();
            PrismNpc npc = scene.Npc();
            PrismReply first = npc.Ask("One?");
            scene.Until(() => first.IsCompleted);
            PrismReply second = npc.Ask("Two?");
            scene.Until(() => second.Text.Length > 0 || second.IsCompleted);
            scene.Events.Clear();
            runtime.enabled = false;
            Assert.That(second.IsCompleted, Is.True);
            Assert.That(runtime.Runtime, Is.Null);
            Assert.That(npc.Npc, Is.Null);
            for (int i = 0; i < 5; i++)
            {
                StubPlayer.Frame();
            }

            Assert.That(scene.Events, Is.Empty);
            PrismReply third = npc.Ask("Three?");
            runtime.enabled = true;
            scene.Until(() => third.IsCompleted);
            Assert.That(npc.Npc!.History.Select(turn => turn.Text), Has.Member("One?").And.Member("Three?"));
        }

        [Test]
        public void ADisabledNpcIsCancelledAndRaisesNothing()
        {
            using var scene = new UnityScene();
            PrismRuntimeBehaviour runtime = scene.Runtime();
            runtime.BudgetMilliseconds = 0;
            PrismNpc npc = scene.Npc();
            PrismReply reply = npc.Ask("Hello!");
            scene.Until(() => reply.Reply != null);
            scene.Events.Clear();
            npc.enabled = false;
            runtime.BudgetMilliseconds = 4;
            scene.Until(() => reply.IsCompleted);
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Cancelled));
            Assert.That(scene.Events, Is.Empty);
            PrismReply later = npc.Ask("Are you there?");
            StubPlayer.Frame();
            Assert.That(later.IsCompleted, Is.False, "it waits for the NPC to be enabled");
            npc.enabled = true;
            scene.Until(() => later.IsCompleted);
            Assert.That(later.Result!.Reason, Is.Not.EqualTo(FinishReason.Failed));
        }

        [Test]
        public void ReloadedAssembliesLoadAgain()
        {
            System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(PrismLM.Editor.CheckpointWindow).Assembly.GetType("PrismLM.Editor.EditorHooks")!.TypeHandle);
            using var scene = new UnityScene();
            PrismRuntimeBehaviour runtime = scene.Runtime();
            scene.Until(() => runtime.IsReady);
            PrismRuntime before = runtime.Runtime!;
            StubPlayer.ReloadAssemblies();
            Assert.That(() => before.Tick(1), Throws.TypeOf<ObjectDisposedException>());
            scene.Until(() => runtime.IsReady);
            Assert.That(runtime.Runtime, Is.Not.SameAs(before));
        }

        [Test]
        public void AnAbandonedLoadGivesNothingAway()
        {
            using var scene = new UnityScene();
            PrismRuntimeBehaviour runtime = scene.Runtime();
            for (int i = 0; i < 20; i++)
            {
                runtime.Reload();
                Thread.Sleep(i % 4);
            }

            scene.Until(() => runtime.IsReady);
            Assert.That(scene.Errors, Is.Empty);
            Assert.That(scene.Events, Is.EqualTo(new[] { "ready" }));
        }
    }
}
