using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Cases
{
    /// <summary>A run of recorded commands, with the objects that they use.</summary>
    internal abstract class DispatchRun : KernelRun
    {
        private readonly List<IDisposable> owned = new List<IDisposable>();
        private RecordedCommands? commands;

        protected DispatchRun(CaseContext context) => Context = context;

        protected CaseContext Context { get; }

        public override void Execute() => Context.Device.Submit(commands!).WaitOrThrow(60_000);

        public override void Dispose()
        {
            commands?.Dispose();
            for (int i = owned.Count - 1; i >= 0; i--)
            {
                owned[i].Dispose();
            }
        }

        protected T Own<T>(T resource)
            where T : IDisposable
        {
            owned.Add(resource);
            return resource;
        }

        /// <summary>Records one dispatch.</summary>
        protected void Record<TPush>(ComputePipeline pipeline, in TPush push, (int X, int Y, int Z) groups, params GpuBuffer[] buffers)
            where TPush : unmanaged
        {
            BindingSet set = Own(Context.Device.CreateBindings("case", buffers.Select(b => b.WholeRange).ToArray()));
            using CommandRecorder recorder = Context.Device.Record("case");
            recorder.Dispatch(pipeline, set, push, groups.X, groups.Y, groups.Z);
            commands = recorder.End();
        }

        /// <summary>Records whatever the caller does.</summary>
        protected void Record(Action<CommandRecorder> record)
        {
            using CommandRecorder recorder = Context.Device.Record("case");
            record(recorder);
            commands = recorder.End();
        }
    }
}
