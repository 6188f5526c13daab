using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Dialogue;
using PrismLM.Hosting;
using UnityEngine;
using UnityEngine.Events;

namespace PrismLM.Unity
{
    /// <summary>
    /// One NPC with a model of its own: loads when enabled, answers in <c>Update</c> within a budget of milliseconds, and lets go when disabled.
    /// Thin on purpose: everything it does is <see cref="PrismRuntime"/>, which is tested outside Unity.
    /// </summary>
    [AddComponentMenu("Prism/Npc")]
    public sealed class PrismNpc : MonoBehaviour
    {
        [SerializeField]
        [Tooltip("A Prism checkpoint, relative to Assets/StreamingAssets.")]
        private string model = "prism-tavern-3m.safetensors";

        [SerializeField]
        [Tooltip("A persona file (JSON).")]
        private TextAsset? persona;

        [SerializeField]
        [Tooltip("Most device time a frame, in milliseconds.")]
        [Range(0.5f, 16f)]
        private float budgetMilliseconds = 2f;

        [SerializeField]
        [Tooltip("Accept a Vulkan device that computes on the processor.")]
        private bool allowSoftwareVulkan;

        [SerializeField]
        private UnityEvent<string> textAdded = new UnityEvent<string>();

        [SerializeField]
        private UnityEvent<string> completed = new UnityEvent<string>();

        private readonly Queue<string> _waiting = new Queue<string>();
        private CancellationTokenSource? _loading;
        private Task<PrismRuntime>? _task;
        private PrismRuntime? _runtime;
        private Npc? _npc;

        /// <summary>True when the NPC can answer.</summary>
        public bool IsReady => _npc != null;

        /// <summary>Which device computes, and why; null until loaded.</summary>
        public BackendReport? Backend => _runtime?.Backend;

        /// <summary>The player says something. Before the model is loaded, and while the NPC talks, lines wait.</summary>
        public void Ask(string line) => _waiting.Enqueue(line);

        private void OnEnable()
        {
            _loading = new CancellationTokenSource();
            var options = new PrismRuntimeOptions { AllowSoftwareVulkan = allowSoftwareVulkan, Slots = 1 };
            _task = PrismRuntime.LoadAsync(Path.Combine(Application.streamingAssetsPath, model), options, null, _loading.Token);
        }

        private void OnDisable()
        {
            _loading?.Cancel();

            // A load that has not noticed yet must not leave a device behind.
            _task?.ContinueWith(loaded => loaded.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            _task = null;
            _npc = null;
            _runtime?.Dispose();
            _runtime = null;
            _loading?.Dispose();
            _loading = null;
            _waiting.Clear();
        }

        private void Update()
        {
            if (_task != null && _task.IsCompleted)
            {
                Adopt(_task);
            }

            if (_runtime == null || _npc == null)
            {
                return;
            }

            if (_npc.Current == null && _waiting.Count > 0)
            {
                Begin(_npc, _waiting.Dequeue());
            }

            _runtime.Tick(budgetMilliseconds);
        }

        private void Adopt(Task<PrismRuntime> task)
        {
            _task = null;
            if (task.Status != TaskStatus.RanToCompletion)
            {
                Debug.LogError("Prism: " + (task.Exception == null ? "loading was cancelled" : task.Exception.GetBaseException().Message), this);
                return;
            }

            _runtime = task.Result;
            try
            {
                using var text = new MemoryStream(Encoding.UTF8.GetBytes(persona == null ? "{}" : persona.text));
                _npc = _runtime.CreateNpc(NpcPersona.Load(text, persona == null ? "no persona" : persona.name));
            }
            catch (Exception refused)
            {
                Debug.LogError("Prism: " + refused.Message, this);
            }
        }

        private void Begin(Npc npc, string line)
        {
            NpcReply reply = npc.Ask(line);
            reply.TextAdded += (_, added) => textAdded.Invoke(added.ToString());
            reply.Completed += done => completed.Invoke(done.Text);
        }
    }
}
