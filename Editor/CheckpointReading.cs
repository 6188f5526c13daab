using System;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Editor
{
    /// <summary>A checkpoint that is read on another thread, for a window that looks at it now and then. Knows no engine.</summary>
    internal sealed class CheckpointReading : IProgress<double>
    {
        private readonly CancellationTokenSource _cancellation = new CancellationTokenSource();
        private Task _task = Task.CompletedTask;
        private float _progress;

        /// <summary>0 to 1.</summary>
        public float Progress => Volatile.Read(ref _progress);

        public bool IsOver => _task.IsCompleted;

        public bool IsCancelled { get; private set; }

        /// <summary>What the file is; null when it is none, and until it is over.</summary>
        public CheckpointSummary? Summary { get; private set; }

        /// <summary>Why it is none, or nothing.</summary>
        public string Problem { get; private set; } = string.Empty;

        public static CheckpointReading Start(string path)
        {
            var reading = new CheckpointReading();
            reading._task = Task.Run(() => reading.Read(path));
            return reading;
        }

        public void Cancel() => _cancellation.Cancel();

        public void Report(double value) => Volatile.Write(ref _progress, (float)value);

        private void Read(string path)
        {
            try
            {
                Summary = CheckpointSummary.Create(PrismCheckpoint.Load(path, this, _cancellation.Token));
            }
            catch (OperationCanceledException)
            {
                IsCancelled = true;
            }
            catch (Exception refused)
            {
                // Also what should never happen belongs on the window: nobody else looks at this thread.
                Problem = refused.Message;
            }
        }
    }
}
