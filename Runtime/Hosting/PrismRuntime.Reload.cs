using System;
using System.Threading;
using System.Threading.Tasks;

namespace PrismLM.Hosting
{
    /// <content>Another model in place of this one, while the game runs.</content>
    public sealed partial class PrismRuntime
    {
        private ModelReload? _reload;
        private LoadedModel? _retiring;

        /// <summary>A reload has been started and its model does not talk yet, or the model before still ends its replies.</summary>
        public bool IsReloading => _reload != null || _retiring != null;

        /// <summary>
        /// Loads another model on a thread of the pool. The present one goes on talking; inside the tick after the new one is ready, NPCs keep
        /// their history and ask the new one, while replies that have begun end with the old one. If loading fails, nothing has changed.
        /// </summary>
        /// <param name="path">A Prism checkpoint.</param>
        /// <param name="progress">0 to 1, on the thread that loads.</param>
        /// <param name="cancellation">The old model stays.</param>
        /// <returns>Ends when the new model has taken over, inside a tick; with the error that loading met; or cancelled, also by Dispose.</returns>
        /// <exception cref="InvalidOperationException">Another reload is on its way.</exception>
        public Task ReloadAsync(string path, IProgress<double>? progress = null, CancellationToken cancellation = default)
        {
            _stage.Check();
            if (path == null)
            {
                throw new ArgumentNullException(nameof(path));
            }

            ForgetEndedReload();
            if (IsReloading)
            {
                throw new InvalidOperationException("Another reload is on its way; cancel it, or wait for its task and for IsReloading to become false.");
            }

            _reload = ModelReload.Start(path, _options, KnowsDialogue, progress, cancellation);
            return _reload.Done;
        }

        // Inside a tick, before its work.
        private void SwitchModels()
        {
            if (_retiring != null && _stage.Retiring == null)
            {
                // Destroying a device takes milliseconds that a frame does not have.
                LoadedModel old = _retiring;
                _retiring = null;
                Task.Run(old.Dispose);
            }

            LoadedModel? next = _reload?.Take();
            if (next != null)
            {
                ModelReload reload = _reload!;
                _reload = null;
                _retiring = _model;
                _model = next;
                _stage.Switch(next.Scheduler, next.Format);
                Name(next);
                reload.Finish();
            }

            ForgetEndedReload();
        }

        // What saves and traces call the model.
        private void Name(LoadedModel model)
        {
            _stage.ModelHash = model.Checkpoint.Sha256;
            _stage.ModelName = model.Checkpoint.Info.Name;
            _stage.BackendName = model.Backend.Report.Name;
        }

        private void ForgetEndedReload()
        {
            if (_reload != null && _reload.Done.IsCompleted)
            {
                _reload = null;
            }
        }

        private void ReleaseDevice()
        {
            _reload?.Abandon();
            _retiring?.Dispose();
            _model.Dispose();
        }
    }
}
