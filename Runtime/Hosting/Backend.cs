using System;
using System.Threading;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Reference;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Hosting
{
    /// <summary>An engine with the device under it.</summary>
    internal sealed class Backend : IDisposable
    {
        private readonly VulkanDevice? _device;

        private Backend(ITokenEngine engine, VulkanDevice? device, BackendReport report)
        {
            Engine = engine;
            _device = device;
            Report = report;
        }

        public ITokenEngine Engine { get; }

        public BackendReport Report { get; }

        public static Backend Create(PrismCheckpoint checkpoint, PrismRuntimeOptions options, IProgress<double>? progress, CancellationToken cancellation)
        {
            if (options.Backend == BackendPreference.Reference)
            {
                return CreateReference(checkpoint, options, "The caller asked for the reference.");
            }

            try
            {
                return CreateVulkan(checkpoint, options, progress, cancellation);
            }
            catch (Exception refused) when (options.Backend == BackendPreference.Automatic && (refused is PrismVulkanException || refused is NotSupportedException))
            {
                return CreateReference(checkpoint, options, "Vulkan cannot be used: " + refused.Message);
            }
        }

        public void Dispose()
        {
            Engine.Dispose();
            _device?.Dispose();
        }

        private static Backend CreateVulkan(PrismCheckpoint checkpoint, PrismRuntimeOptions options, IProgress<double>? progress, CancellationToken cancellation)
        {
            var deviceOptions = new VulkanDeviceOptions
            {
                AllowSoftware = options.AllowSoftwareVulkan,
                PreferredDevice = options.PreferredDevice,
                HostDevice = options.HostDevice,
                PipelineCacheFolder = options.PipelineCacheFolder,
                KernelPackBytes = options.KernelPack,
                Log = options.Log,
            };
            options.ConfigureDevice?.Invoke(deviceOptions);
            VulkanDevice device = VulkanDevice.Create(deviceOptions);
            try
            {
                var sizes = new VulkanEngineOptions { Slots = options.Slots, ContextLength = options.ContextLength, MeasureSlices = true };
                VulkanEngine engine = VulkanEngine.Create(device, checkpoint, sizes, progress, cancellation);
                var report = new BackendReport(true, device.Report.Chosen.Name, device.Report.Reason, device.Report, engine.AllocatedBytes);
                return new Backend(engine, device, report);
            }
            catch
            {
                device.Dispose();
                throw;
            }
        }

        private static Backend CreateReference(PrismCheckpoint checkpoint, PrismRuntimeOptions options, string reason)
        {
            // Keys and values as a device would keep them, so that both backends write the same text.
            var model = new ReferenceModel(checkpoint, checkpoint.KvFloat32 ? ReferenceKvFormat.Float32 : ReferenceKvFormat.Float16);
            var engine = new LanguageModelEngine(model, options.Slots, contextLength: options.ContextLength);
            return new Backend(engine, null, new BackendReport(false, "reference (double precision, one thread)", reason, null, 0));
        }
    }
}
