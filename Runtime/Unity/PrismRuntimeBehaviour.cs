using System;
using System.IO;
using PrismLM.Core.Checkpoints;
using PrismLM.Hosting;
using UnityEngine;
using UnityEngine.Events;

namespace PrismLM.Unity
{
    /// <summary>
    /// A model in the scene: loads off the main thread when enabled, works a few milliseconds a frame for every <see cref="PrismNpc"/>, and gives the device back
    /// when disabled, on quit, and before assemblies are reloaded. Whatever goes wrong is a <see cref="Failed"/> event and a line in the log, never an exception.
    /// </summary>
    [AddComponentMenu("Prism/Prism Runtime")]
    [DisallowMultipleComponent]
    [DefaultExecutionOrder(-50)]
    public sealed partial class PrismRuntimeBehaviour : MonoBehaviour
    {
        [SerializeField]
        [Tooltip("An imported .safetensors file.")]
        private PrismModelAsset? model;

        [SerializeField]
        [Tooltip("Without a model asset: a file below Assets/StreamingAssets, or a whole path.")]
        private string modelPath = string.Empty;

        [SerializeField]
        [Tooltip("What may compute. Automatic falls back to one processor thread, which is slow.")]
        private BackendPreference backend = BackendPreference.Vulkan;

        [SerializeField]
        [Tooltip("Accept a Vulkan device that computes on the processor.")]
        private bool allowSoftwareVulkan;

        [SerializeField]
        [Tooltip("Most device time a frame, in milliseconds; 0 pauses.")]
        [Range(0f, 16f)]
        private float budgetMilliseconds = 2f;

        [SerializeField]
        private PrismTickTime tick = PrismTickTime.LateUpdate;

        [SerializeField]
        [Tooltip("Replies that advance together; more wait.")]
        [Range(1, 32)]
        private int replies = 8;

        [SerializeField]
        [Tooltip("Most tokens of a conversation; 0 for what the model was trained on. Less takes less memory.")]
        private int contextLength;

        [SerializeField]
        [Tooltip("Keep compiled shaders on disk, so that the next start is faster.")]
        private bool keepCompiledShaders = true;

        [SerializeField]
        private UnityEvent ready = new UnityEvent();

        [SerializeField]
        private UnityEvent<string, string> failed = new UnityEvent<string, string>();

        /// <summary>Counts from the next load on, as all settings do but the budget.</summary>
        public PrismModelAsset? Model
        {
            get => model;
            set => model = value;
        }

        /// <summary>Used without a <see cref="Model"/>: a file below StreamingAssets, or a whole path.</summary>
        public string ModelPath
        {
            get => modelPath;
            set => modelPath = value ?? throw new ArgumentNullException(nameof(value));
        }

        public BackendPreference BackendPreference
        {
            get => backend;
            set => backend = value;
        }

        public bool AllowSoftwareVulkan
        {
            get => allowSoftwareVulkan;
            set => allowSoftwareVulkan = value;
        }

        /// <summary>Device time a frame; 0 pauses all NPCs. At once.</summary>
        public float BudgetMilliseconds
        {
            get => budgetMilliseconds;
            set => budgetMilliseconds = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Allowed: 0 or more.");
        }

        public PrismTickTime TickTime
        {
            get => tick;
            set => tick = value;
        }

        /// <summary>1 to 32.</summary>
        public int Replies
        {
            get => replies;
            set => replies = value;
        }

        public int ContextLength
        {
            get => contextLength;
            set => contextLength = value;
        }

        public bool KeepCompiledShaders
        {
            get => keepCompiledShaders;
            set => keepCompiledShaders = value;
        }

        /// <summary>The model talks.</summary>
        public UnityEvent Ready => ready;

        /// <summary>The model cannot be had: a code, and a sentence that begins with it.</summary>
        public UnityEvent<string, string> Failed => failed;

        private PrismRuntimeOptions Options() => new PrismRuntimeOptions
        {
            Backend = backend,
            AllowSoftwareVulkan = allowSoftwareVulkan,
            Slots = replies,
            ContextLength = contextLength,
            KernelPack = PrismKernels.Load(),
            PipelineCacheFolder = keepCompiledShaders ? Path.Combine(Application.temporaryCachePath, "Prism") : null,
        };

        private void OnValidate()
        {
            replies = Math.Max(1, Math.Min(32, replies));
            contextLength = Math.Max(0, contextLength);
        }

        private static string NameOf(string location) => PrismFileException.BaseName(location);
    }
}
