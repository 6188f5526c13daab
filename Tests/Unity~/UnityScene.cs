using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using NUnit.Framework;
using PrismLM.Hosting;
using PrismLM.Unity;
using PrismLM.Vulkan.Device;
using UnityEngine;
using UnityStubs;

namespace PrismLM.Tests.Unity
{
    /// <summary>One scene in play mode with a model in StreamingAssets. Disposing it is the stop button.</summary>
    internal sealed class UnityScene : IDisposable
    {
        public const string Model = "random.safetensors";

        public const string Bram = "{ \"name\": \"Bram\", \"trade\": \"smith\", \"max_reply_tokens\": 12, \"fallback_lines\": [\"Not now.\"] }";

        private static readonly string Folder = CreateFolder();
        private readonly bool _stops;

        public UnityScene(bool stops = true)
        {
            _stops = stops;
            StubPlayer.StreamingAssets = Folder;
            StubPlayer.TemporaryCache = Path.Combine(Folder, "cache");
            StubPlayer.Resources["PrismLMKernels"] = Kernels();
            StubPlayer.EnterPlayMode(typeof(PrismNpc).Assembly);
        }

        /// <summary>Everything that was raised, as a line each.</summary>
        public List<string> Events { get; } = new List<string>();

        public IEnumerable<string> Errors => StubPlayer.Log.Where(each => each.Type == LogType.Error).Select(each => each.Message);

        public PrismRuntimeBehaviour Runtime(BackendPreference backend = BackendPreference.Reference, string model = Model)
        {
            var owner = new GameObject("Prism");
            owner.SetActive(false);
            PrismRuntimeBehaviour runtime = owner.AddComponent<PrismRuntimeBehaviour>();
            runtime.BackendPreference = backend;
            runtime.AllowSoftwareVulkan = true;
            runtime.Replies = 2;
            runtime.ModelPath = model;
            runtime.BudgetMilliseconds = 4;
            runtime.Ready.AddListener(() => Events.Add("ready"));
            runtime.Failed.AddListener((code, message) => Events.Add("no runtime " + code));
            owner.SetActive(true);
            return runtime;
        }

        public PrismNpc Npc(string? persona = Bram, PrismRuntimeBehaviour? runtime = null)
        {
            PrismNpc npc = new GameObject("Bram").AddComponent<PrismNpc>();
            npc.Runtime = runtime;
            npc.Persona = persona == null ? null : Persona(persona);
            npc.TextAdded.AddListener(text => Events.Add("text " + text));
            npc.TextChanged.AddListener(text => Events.Add("whole " + text));
            npc.SentenceCompleted.AddListener(text => Events.Add("sentence " + text));
            npc.ActionRaised.AddListener(action => Events.Add("action " + action));
            npc.ReplyCompleted.AddListener(text => Events.Add("end " + text));
            npc.Failed.AddListener((code, message) => Events.Add("failed " + code));
            return npc;
        }

        public static PrismPersonaAsset Persona(string json)
        {
            PrismPersonaAsset asset = ScriptableObject.CreateInstance<PrismPersonaAsset>();
            asset.name = "bram";
            asset.SetJson(json);
            return asset;
        }

        /// <summary>Frames until something is so.</summary>
        public void Until(Func<bool> done)
        {
            var clock = Stopwatch.StartNew();
            while (!done())
            {
                Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(60), "it takes too long; log: " + string.Join("; ", StubPlayer.Log.Select(each => each.Message)));
                StubPlayer.Frame();
                Thread.Sleep(1);
            }
        }

        public void Dispose()
        {
            if (StubPlayer.IsPlaying && _stops)
            {
                StubPlayer.ExitPlayMode();
            }

            Assert.That(StubPlayer.Log.Where(each => each.Type == LogType.Exception), Is.Empty);
            Assert.That(StubProfiler.Depth, Is.Zero, "profiler markers that begin and end");
        }

        private static PrismKernels Kernels()
        {
            using Stream? stream = typeof(PrismVulkanException).Assembly.GetManifestResourceStream("PrismLM.kernels.bytes");
            using var copy = new MemoryStream();
            stream!.CopyTo(copy);
            PrismKernels kernels = ScriptableObject.CreateInstance<PrismKernels>();
            typeof(PrismKernels).GetField("pack", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(kernels, StubPlayer.Text(copy.ToArray()));
            return kernels;
        }

        private static string CreateFolder()
        {
            string folder = Path.Combine(Path.GetTempPath(), "prism-unity-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, Model), TalkingModel.Bytes(1));
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
            return folder;
        }
    }
}
