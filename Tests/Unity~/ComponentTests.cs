using System;
using System.Collections;
using System.IO;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Dialogue;
using PrismLM.Hosting;
using PrismLM.Unity;
using UnityEngine;
using UnityStubs;

namespace PrismLM.Tests.Unity
{
    /// <summary>The components, played by our stubs of Unity. What they show is that our code keeps Unity's rules as we know them; inside Unity nobody has run it.</summary>
    public sealed class ComponentTests
    {
        [Test]
        public void AskedBeforeTheModelIsThereItAnswersLater()
        {
            using var scene = new UnityScene();
            PrismNpc npc = scene.Npc();
            PrismReply reply = npc.Ask("Hello!");
            Assert.That(reply.Reply, Is.Null);
            ReplyResult? awaited = null;
            Await(reply, result => awaited = result);
            var waiter = new GameObject("waiter").AddComponent<Waiter>();
            waiter.StartCoroutine(waiter.WaitFor(reply));
            PrismRuntimeBehaviour runtime = scene.Runtime();
            Assert.That(scene.Events, Is.Empty, "nothing is raised by asking or enabling");
            scene.Until(() => awaited != null && waiter.IsOver);
            Assert.That(awaited!.Reason, Is.EqualTo(FinishReason.MaxLength).Or.EqualTo(FinishReason.Finished));
            Assert.That(scene.Events[0], Is.EqualTo("ready"));
            Assert.That(string.Concat(scene.Events.Where(each => each.StartsWith("text ", StringComparison.Ordinal)).Select(each => each.Substring(5))), Is.EqualTo(awaited.Text));
            Assert.That(scene.Events.Last(each => each.StartsWith("whole ", StringComparison.Ordinal)), Is.EqualTo("whole " + awaited.Text));
            Assert.That(scene.Events.Last(), Is.EqualTo("end " + awaited.Text));
            Assert.That(runtime.Progress, Is.EqualTo(1));
            Assert.That(npc.Npc!.History, Has.Count.EqualTo(2));
        }

        [Test]
        [Category("Vulkan")]
        public void SpeaksOnSoftwareVulkanWithTheKernelsOfTheAsset()
        {
            using var scene = new UnityScene();
            PrismRuntimeBehaviour runtime = scene.Runtime(BackendPreference.Vulkan);
            PrismNpc npc = scene.Npc();
            int ticks = StubProfiler.Count("Prism.Tick");
            PrismReply reply = npc.Speak("the door opens");
            scene.Until(() => reply.IsCompleted);
            Assert.That(runtime.Backend!.IsVulkan, Is.True);
            Assert.That(reply.Result!.Reason, Is.Not.EqualTo(FinishReason.Failed), reply.Result.Error);
            foreach (string marker in new[] { "Prism.Tick", "Prism.Submit", "Prism.Collect", "Prism.Callbacks" })
            {
                Assert.That(StubProfiler.Count(marker), Is.GreaterThan(0), marker);
            }

            Assert.That(StubProfiler.Count("Prism.Tick"), Is.GreaterThan(ticks));
        }

        [Test]
        public void WithoutKernelsItSaysSo()
        {
            using var scene = new UnityScene();
            StubPlayer.Resources.Clear();
            scene.Runtime(BackendPreference.Vulkan);
            StubPlayer.Frame();
            Assert.That(scene.Events, Is.EqualTo(new[] { "no runtime PU003" }));
        }

        [TestCase("missing.safetensors", "PF001")]
        [TestCase("", "PU001")]
        public void AMissingModelIsAnEventALogLineAndAFallbackLine(string model, string code)
        {
            using var scene = new UnityScene();
            PrismRuntimeBehaviour runtime = scene.Runtime(model: model);
            PrismNpc npc = scene.Npc();
            PrismReply reply = npc.Ask("Hello!");
            scene.Until(() => reply.IsCompleted);
            Assert.That(scene.Events, Is.EqualTo(new[] { "no runtime " + code, "text Not now.", "whole Not now.", "sentence Not now.", "end Not now.", "failed " + code }));
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Failed));
            Assert.That(reply.Result.Code, Is.EqualTo(code));
            Assert.That(reply.Result.UsedFallback, Is.True);
            Assert.That(scene.Errors.First(), Does.StartWith("Prism " + code));

            // A good file after a bad one, in the same scene.
            runtime.ModelPath = UnityScene.Model;
            runtime.Reload();
            PrismReply next = npc.Ask("And now?");
            scene.Until(() => next.IsCompleted);
            Assert.That(next.Result!.Reason, Is.Not.EqualTo(FinishReason.Failed), next.Result.Error);
        }

        [Test]
        public void WhatIsMissingInTheSceneFailsTheReply()
        {
            using var scene = new UnityScene();
            PrismReply alone = scene.Npc().Ask("Is anybody there?");
            StubPlayer.Frame(0.3f);
            Assert.That(alone.IsCompleted, Is.False, "a runtime may still come");
            scene.Until(() => alone.IsCompleted);
            Assert.That(alone.Result!.Code, Is.EqualTo("PU004"));
            scene.Runtime();
            PrismReply nobody = scene.Npc(persona: null).Ask("Who are you?");
            PrismReply broken = scene.Npc("{ \"name\": ").Ask("Who are you?");
            scene.Until(() => nobody.IsCompleted && broken.IsCompleted);
            Assert.That(nobody.Result!.Code, Is.EqualTo("PU005"));
            Assert.That(broken.Result!.Code, Is.EqualTo("PN003"));
        }

        [Test]
        public void ASecondLineInterruptsAndCancelEnds()
        {
            using var scene = new UnityScene();
            PrismNpc npc = scene.Npc();
            PrismReply first = npc.Ask("One?");
            PrismReply second = npc.Ask("Two?");
            PrismReply third = npc.Speak("thunder");
            third.Cancel();
            StubPlayer.Frame();
            Assert.That(new[] { first.Result!.Reason, second.Result!.Reason, third.Result!.Reason }, Is.EqualTo(new[] { FinishReason.Interrupted, FinishReason.Interrupted, FinishReason.Cancelled }));
            PrismRuntimeBehaviour runtime = scene.Runtime();
            runtime.BudgetMilliseconds = 0;
            PrismReply fourth = npc.Ask("Four?");
            scene.Until(() => fourth.Reply != null);
            npc.Cancel();
            runtime.BudgetMilliseconds = 4;
            scene.Until(() => fourth.IsCompleted);
            Assert.That(fourth.Result!.Reason, Is.EqualTo(FinishReason.Cancelled));
        }

        [Test]
        public void APersonaCountsFromTheNextReplyOn()
        {
            using var scene = new UnityScene();
            scene.Runtime();
            PrismNpc npc = scene.Npc();
            PrismReply reply = npc.Ask("Who are you?");
            scene.Until(() => reply.IsCompleted);
            npc.Persona!.SetJson("{ \"name\": \"Tessa\" }");
            npc.Ask("And now?").Cancel();
            Assert.That(npc.Npc!.Persona.DisplayName, Is.EqualTo("Tessa"));
            Assert.That(npc.Npc.History, Is.Not.Empty, "the conversation stays");
            npc.Persona.SetJson("{ \"name\": 7 }");
            npc.Ask("And now?").Cancel();
            Assert.That(npc.Npc.Persona.DisplayName, Is.EqualTo("Tessa"), "a broken edit is no loss");
            Assert.That(StubPlayer.Log.Last(each => each.Type == LogType.Warning).Message, Does.Contain("PN00").And.Contain("bram"));
        }

        [Test]
        public void AnActionIsAnEventAndAListenerThatThrowsHarmsNobody()
        {
            using var scene = new UnityScene();
            PrismNpc npc = scene.Npc();
            PrismReply reply = npc.Ask("Open!");
            npc.ReplyCompleted.AddListener(_ => throw new IOException("a label that is gone"));
            npc.TellEnd(reply, new ReplyResult(FinishReason.Finished, "Yes.", "open_gate", null, null, false, null));
            Assert.That(scene.Events, Is.EqualTo(new[] { "action open_gate", "end Yes." }));
            Assert.That(reply.Result!.Action, Is.EqualTo("open_gate"));
            Assert.That(StubPlayer.Log.RemoveAll(each => each.Message.Contains("a label that is gone")), Is.EqualTo(1));
        }

        [Test]
        public void InsideAnArchiveTheModelComesThroughUnity()
        {
            const string Archive = "jar:file:///data/game.apk!/assets";
            using var scene = new UnityScene();
            StubPlayer.Archive[Archive + "/" + UnityScene.Model] = File.ReadAllBytes(Path.Combine(StubPlayer.StreamingAssets, UnityScene.Model));
            StubPlayer.StreamingAssets = Archive;
            PrismReply reply = scene.Npc().Ask("Hello!");
            scene.Runtime();
            scene.Until(() => reply.IsCompleted);
            Assert.That(reply.Result!.Reason, Is.Not.EqualTo(FinishReason.Failed), reply.Result.Error);
            scene.Events.Clear();
            scene.Runtime(model: "other.safetensors");
            scene.Until(() => scene.Events.Contains("no runtime PU002"));
        }

        [Test]
        public void AParentsRuntimeComesBeforeTheScenes()
        {
            using var scene = new UnityScene();
            scene.Runtime();
            PrismRuntimeBehaviour near = scene.Runtime();
            PrismNpc npc = scene.Npc();
            npc.transform.SetParent(near.transform);
            scene.Until(() => npc.Npc != null);
            near.enabled = false;
            Assert.That(npc.Npc, Is.Null);
        }

        private static async void Await(PrismReply reply, Action<ReplyResult> done) => done(await reply);

        private sealed class Waiter : MonoBehaviour
        {
            public bool IsOver { get; private set; }

            public IEnumerator WaitFor(PrismReply reply)
            {
                yield return reply;
                IsOver = true;
            }
        }
    }
}
