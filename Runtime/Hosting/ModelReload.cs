using System;
using System.Threading;
using System.Threading.Tasks;

namespace PrismLM.Hosting
{
    /// <summary>A model on its way to replace another: loaded on a thread of the pool, taken by the thread that ticks.</summary>
    internal sealed class ModelReload
    {
        private readonly TaskCompletionSource<bool> _done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly CancellationTokenSource _cancellation;
        private readonly object _gate = new object();
        private LoadedModel? _ready;
        private bool _abandoned;

        private ModelReload(CancellationToken cancellation)
        {
            _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        }

        /// <summary>Ends when the model was taken, or when it never will be.</summary>
        public Task Done => _done.Task;

        /// <param name="path">A Prism checkpoint.</param>
        /// <param name="options">Of the runtime.</param>
        /// <param name="needsDialogue">A model that only continues text is refused: there are NPCs.</param>
        /// <param name="progress">0 to 1, on the thread that loads.</param>
        /// <param name="cancellation">Looked at all along, and before it is taken.</param>
        public static ModelReload Start(string path, PrismRuntimeOptions options, bool needsDialogue, IProgress<double>? progress, CancellationToken cancellation)
        {
            var reload = new ModelReload(cancellation);
            Task.Run(() => reload.Load(path, options, needsDialogue, progress));
            return reload;
        }

        /// <summary>The new model, once; null while it is not ready.</summary>
        public LoadedModel? Take()
        {
            lock (_gate)
            {
                LoadedModel? taken = _ready;
                _ready = null;
                if (taken != null && _cancellation.IsCancellationRequested)
                {
                    taken.Dispose();
                    _done.TrySetCanceled();
                    return null;
                }

                return taken;
            }
        }

        public void Finish() => _done.TrySetResult(true);

        /// <summary>Nobody will take it: what is loaded already goes, what is still being loaded goes on the thread that loads it.</summary>
        public void Abandon()
        {
            _cancellation.Cancel();
            LoadedModel? dropped;
            lock (_gate)
            {
                _abandoned = true;
                dropped = _ready;
                _ready = null;
            }

            _done.TrySetCanceled();
            dropped?.Dispose();
        }

        private void Load(string path, PrismRuntimeOptions options, bool needsDialogue, IProgress<double>? progress)
        {
            try
            {
                LoadedModel model = LoadedModel.Load(path, options, progress, _cancellation.Token);
                if (needsDialogue && model.Format == null)
                {
                    model.Dispose();
                    throw new ArgumentException("The model only continues text; the one it is to replace knows dialogue. Use a model whose dialogue_format is 1.");
                }

                lock (_gate)
                {
                    if (!_abandoned)
                    {
                        _ready = model;
                        return;
                    }
                }

                model.Dispose();
            }
            catch (OperationCanceledException)
            {
                _done.TrySetCanceled();
            }
            catch (Exception failure)
            {
                // The caller's task carries it; the model that talks does not notice.
                _done.TrySetException(failure);
            }
        }
    }
}
