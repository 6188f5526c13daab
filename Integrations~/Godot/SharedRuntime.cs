using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Core.Checkpoints;
using PrismLM.Hosting;
using PrismLM.Vulkan.Device;

namespace PrismLM.Godot
{
    /// <summary>One loaded model for all nodes that name it; released with the last of them. For Godot's main thread.</summary>
    internal sealed class SharedRuntime
    {
        private static readonly Dictionary<string, SharedRuntime> Open = new(StringComparer.Ordinal);

        private readonly string key;
        private readonly CancellationTokenSource closing = new();
        private readonly Task<PrismRuntime> loading;
        private int users;
        private ulong lastFrame = ulong.MaxValue;

        private SharedRuntime(string key, string path, HostDevice? host)
        {
            this.key = key;

            // Godot's files are read on its thread; the rest happens on the pool, unless the queue is Godot's, which only this thread may use.
            byte[] bytes = GodotFile.Read(path);
            CancellationToken token = closing.Token;
            loading = host == null ? Task.Run(() => Load(bytes, path, null, token), token) : Task.FromResult(Load(bytes, path, host, token));
        }

        private static PrismRuntime Load(byte[] bytes, string path, HostDevice? host, CancellationToken token)
        {
            using var stream = new MemoryStream(bytes);
            PrismCheckpoint checkpoint = PrismCheckpoint.Load(stream, path, null, token);
            return PrismRuntime.Create(checkpoint, new PrismRuntimeOptions { Slots = 32, HostDevice = host }, null, token);
        }

        public static SharedRuntime Acquire(string path, bool adopt)
        {
            string key = (adopt ? "adopted " : "own ") + path;
            if (!Open.TryGetValue(key, out SharedRuntime? shared))
            {
                shared = new SharedRuntime(key, path, adopt ? GodotHostDevice.Describe() : null);
                Open.Add(key, shared);
            }

            shared.users++;
            return shared;
        }

        /// <summary>Null while it loads.</summary>
        /// <exception cref="Exception">What went wrong while loading.</exception>
        public PrismRuntime? TryGet() => loading.IsCompleted ? loading.GetAwaiter().GetResult() : null;

        /// <summary>The first call of a frame does the frame's work.</summary>
        public void Tick(ulong frame, double budgetMilliseconds)
        {
            if (frame != lastFrame && loading.IsCompletedSuccessfully)
            {
                lastFrame = frame;
                loading.Result.Tick(budgetMilliseconds);
            }
        }

        public void Release()
        {
            if (--users > 0)
            {
                return;
            }

            Open.Remove(key);
            closing.Cancel();

            // Never a wait on the game's thread: what is still loading is disposed when it comes.
            if (loading.IsCompletedSuccessfully)
            {
                loading.Result.Dispose();
            }
            else
            {
                _ = loading.ContinueWith(static late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            }
        }
    }
}
