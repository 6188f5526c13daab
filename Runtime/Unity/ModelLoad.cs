using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Hosting;

namespace PrismLM.Unity
{
    /// <summary>
    /// A model on its way, on a thread of the pool. Exactly one of two gets it: the main thread by <see cref="Take"/>, or, once it was abandoned, the thread that
    /// loads, which disposes it.
    /// </summary>
    internal sealed class ModelLoad : IProgress<double>
    {
        private readonly CancellationTokenSource _cancellation = new CancellationTokenSource();
        private readonly object _gate = new object();
        private Task _task = Task.CompletedTask;
        private PrismRuntime? _ready;
        private Exception? _failure;
        private bool _abandoned;
        private float _progress;

        /// <summary>0 to 1.</summary>
        public float Progress => Volatile.Read(ref _progress);

        /// <summary>Nothing of it runs any more.</summary>
        public bool IsOver => _task.IsCompleted;

        /// <param name="open">Opens the file, on the thread that loads.</param>
        /// <param name="name">What errors call it.</param>
        /// <param name="options">Of the runtime.</param>
        public static ModelLoad Start(Func<Stream> open, string name, PrismRuntimeOptions options)
        {
            var load = new ModelLoad();
            load._task = Task.Run(() => load.Run(open, name, options));
            return load;
        }

        /// <summary>The runtime, once, when the load is over and was not abandoned; otherwise what went wrong.</summary>
        public PrismRuntime? Take(out Exception? failure)
        {
            lock (_gate)
            {
                PrismRuntime? taken = _ready;
                _ready = null;
                failure = _failure;
                return taken;
            }
        }

        /// <summary>Nobody will take it. Returns at once; the load ends at its next look at the token.</summary>
        public void Abandon()
        {
            PrismRuntime? dropped;
            lock (_gate)
            {
                _abandoned = true;
                dropped = _ready;
                _ready = null;
            }

            _cancellation.Cancel();
            dropped?.Dispose();
        }

        /// <returns>True when it is over; false when the time was.</returns>
        public bool Wait(int milliseconds) => _task.Wait(milliseconds);

        public void Report(double value) => Volatile.Write(ref _progress, (float)value);

        private void Run(Func<Stream> open, string name, PrismRuntimeOptions options)
        {
            PrismRuntime? runtime = null;
            Exception? failure = null;
            try
            {
                using Stream stream = open();
                runtime = PrismRuntime.Load(stream, name, options, this, _cancellation.Token);
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }

            lock (_gate)
            {
                _failure = failure;
                if (!_abandoned)
                {
                    _ready = runtime;
                    return;
                }
            }

            runtime?.Dispose();
        }
    }
}
