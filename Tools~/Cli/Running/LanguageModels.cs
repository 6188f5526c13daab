using System;
using System.CommandLine;
using System.Threading;
using PrismLM.Cli.Output;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Reference;
using PrismLM.Hosting;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Cli.Running
{
    /// <summary>A language model of the named backend, with the device under it.</summary>
    internal sealed class LanguageModels : IDisposable
    {
        private readonly VulkanDevice? _device;

        private LanguageModels(ILanguageModel model, VulkanDevice? device, string name)
        {
            Model = model;
            Name = name;
            _device = device;
        }

        public ILanguageModel Model { get; }

        public string Name { get; }

        public static LanguageModels Open(PrismCheckpoint checkpoint, BackendArgument backend, ParseResult parsed, CancellationToken cancellation) =>
            Open(checkpoint, backend.Read(parsed), backend.Options(parsed, 1), cancellation);

        public static LanguageModels Open(PrismCheckpoint checkpoint, string backend, PrismRuntimeOptions options, CancellationToken cancellation)
        {
            switch (backend)
            {
                case BackendArgument.Torch:
                    return new LanguageModels(TorchBackend.Open(checkpoint), null, "TorchSharp");
                case BackendArgument.Reference:
                    var kept = checkpoint.KvFloat32 ? ReferenceKvFormat.Float32 : ReferenceKvFormat.Float16;
                    return new LanguageModels(new ReferenceModel(checkpoint, kept), null, "reference (double precision)");
                default:
                    VulkanDevice device = VulkanDevice.Create(new VulkanDeviceOptions { AllowSoftware = true, PreferredDevice = options.PreferredDevice, PipelineCacheFolder = options.PipelineCacheFolder });
                    try
                    {
                        ILanguageModel model = Terminal.Progress("Putting the model on the device", progress => VulkanLanguageModel.Create(device, checkpoint, progress: progress, cancellation: cancellation));
                        return new LanguageModels(model, device, device.Report.Chosen.Name);
                    }
                    catch
                    {
                        device.Dispose();
                        throw;
                    }
            }
        }

        public void Dispose()
        {
            Model.Dispose();
            _device?.Dispose();
        }
    }
}
