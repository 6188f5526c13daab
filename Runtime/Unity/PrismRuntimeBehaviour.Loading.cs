using System;
using System.IO;
using PrismLM.Core.Checkpoints;
using PrismLM.Hosting;
using UnityEngine;

namespace PrismLM.Unity
{
    /// <summary>The life of the model.</summary>
    public sealed partial class PrismRuntimeBehaviour
    {
        private ModelRequest? _request;
        private ModelLoad? _load;
        private PrismRuntime? _runtime;
        private string _location = string.Empty;
        private PrismFailure? _untold;

        /// <summary>Before the runtime goes: NPCs keep their conversation.</summary>
        internal event Action? Releasing;

        /// <summary>The runtime, while it is there: everything that the components do not offer.</summary>
        public PrismRuntime? Runtime => _runtime;

        public bool IsReady => _runtime != null;

        public bool IsLoading => _request != null || _load != null;

        /// <summary>Of loading, 0 to 1.</summary>
        public float Progress => _runtime != null ? 1 : _load?.Progress ?? (_request?.Progress ?? 0) * 0.1f;

        /// <summary>Which device computes, and why; null until loaded.</summary>
        public BackendReport? Backend => _runtime?.Backend;

        /// <summary>Why the model cannot be had; null while nothing went wrong.</summary>
        public PrismFailure? Failure { get; private set; }

        /// <summary>Loads again, with the settings as they are now. NPCs keep their conversation.</summary>
        public void Reload()
        {
            Release();
            if (isActiveAndEnabled)
            {
                Begin();
            }
        }

        /// <summary>Gives the device back; what is still being loaded goes on the thread that loads it. May be called twice.</summary>
        internal void Release()
        {
            Releasing?.Invoke();
            _request?.Dispose();
            _request = null;
            if (_load != null)
            {
                PrismLifetime.Leave(_load);
                _load = null;
            }

            _runtime?.Dispose();
            _runtime = null;
            _untold = Failure = null;
        }

        private void OnEnable()
        {
            PrismLifetime.Add(this);
            Begin();
        }

        private void OnDisable()
        {
            PrismLifetime.Remove(this);
            Release();
        }

        private void OnApplicationQuit() => PrismLifetime.ReleaseAll();

        private void Update()
        {
            if (_request != null && _request.IsOver)
            {
                EndRequest(_request);
            }

            if (_load != null && _load.IsOver)
            {
                Adopt(_load);
            }

            // Events are raised here and not in OnEnable, where those who listen may not be there yet.
            if (_untold is PrismFailure failure)
            {
                _untold = null;
                failed.Invoke(failure.Code, failure.Message);
            }

            if (tick == PrismTickTime.Update)
            {
                Tick();
            }
        }

        private void LateUpdate()
        {
            if (tick == PrismTickTime.LateUpdate)
            {
                Tick();
            }
        }

        private void Begin()
        {
            if (model == null && modelPath.Length == 0)
            {
                Fail(PrismFailure.Create(PrismFailure.NoModel, "No model is set. Give the Prism Runtime a model asset, or the path of a .safetensors file below StreamingAssets."));
                return;
            }

            _location = model != null ? model.Locate() : PrismModelAsset.InStreamingAssets(modelPath);
            if (ModelRequest.Needs(_location))
            {
                _request = new ModelRequest(_location);
                return;
            }

            string path = _location;
            Start(() => RegularFile.Open(path));
        }

        private void Start(Func<Stream> open)
        {
            PrismRuntimeOptions options = Options();
            if (options.KernelPack == null && backend != BackendPreference.Reference)
            {
                Fail(PrismFailure.Create(PrismFailure.NoKernels, "The package lacks Runtime/Unity/Resources/PrismLMKernels.asset or Shaders/Compiled/kernels.bytes. Install it again."));
                return;
            }

            _load = ModelLoad.Start(open, _location, options);
        }

        private void EndRequest(ModelRequest request)
        {
            _request = null;
            if (request.Problem is string problem)
            {
                Fail(PrismFailure.Create(PrismFailure.NotReadable, NameOf(_location) + " cannot be read from StreamingAssets: " + problem + ". Is it in the build?"));
            }
            else
            {
                byte[] bytes = request.Bytes;
                Start(() => new MemoryStream(bytes, writable: false));
            }

            request.Dispose();
        }

        private void Adopt(ModelLoad load)
        {
            _load = null;
            PrismRuntime? runtime = load.Take(out Exception? failure);
            if (runtime == null)
            {
                Fail(PrismFailure.Of(failure!));
                return;
            }

            _runtime = runtime;
            runtime.Probe = PrismMarkers.Probe;
            if (backend == BackendPreference.Automatic && !runtime.Backend.IsVulkan)
            {
                Debug.LogWarning("Prism: one processor thread computes, which is slow. " + runtime.Backend.Reason, this);
            }

            if (model != null && !string.Equals(model.Sha256, runtime.Checkpoint.Sha256, StringComparison.Ordinal))
            {
                Debug.LogWarning("Prism: " + NameOf(_location) + " is another model than when it was imported. Import it again.", this);
            }

            ready.Invoke();
        }

        private void Fail(PrismFailure failure)
        {
            Failure = _untold = failure;
            Debug.LogError("Prism " + failure.Message, this);
        }

        private void Tick()
        {
            PrismRuntime? runtime = _runtime;
            if (runtime == null)
            {
                return;
            }

            PrismMarkers.Tick.Begin();
            try
            {
                // Also while the game is paused by its time scale: a menu may talk. A stop in the debugger is no time that passed.
                runtime.Tick(budgetMilliseconds, 1000.0 * Math.Min(Time.unscaledDeltaTime, Time.maximumDeltaTime));
            }
            catch (Exception thrown)
            {
                // A handler that the game added to a reply of its own; everyone else has been served.
                Debug.LogException(thrown, this);
            }
            finally
            {
                PrismMarkers.Tick.End();
            }
        }
    }
}
