using System;
using System.CommandLine;
using System.Linq;
using PrismLM.Cli.Output;
using PrismLM.Hosting;

namespace PrismLM.Cli.Running
{
    /// <summary><c>--backend</c> and <c>--device</c>: what computes.</summary>
    internal sealed class BackendArgument
    {
        public const string Vulkan = "vulkan";
        public const string Reference = "reference";
        public const string Torch = "torch";
        public const string Automatic = "auto";

        private readonly string[] _allowed;
        private readonly Option<string> _backend;
        private readonly Option<string?> _device = new Option<string?>("--device") { Description = "A part of the Vulkan device's name, or its index; prism doctor lists them." };

        public BackendArgument(string byDefault, params string[] allowed)
        {
            _allowed = allowed;
            _backend = new Option<string>("--backend") { Description = "What computes: " + string.Join(", ", allowed) + ".", DefaultValueFactory = _ => byDefault };
        }

        public void AddTo(Command command)
        {
            command.Options.Add(_backend);
            command.Options.Add(_device);
        }

        public string Read(ParseResult parsed)
        {
            string name = parsed.GetValue(_backend) ?? _allowed[0];
            return _allowed.Contains(name, StringComparer.Ordinal) ? name : throw new InputException("--backend", name, string.Join(", ", _allowed), "vulkan runs on software Vulkan too");
        }

        /// <summary>Tools accept software Vulkan; games do not.</summary>
        public PrismRuntimeOptions Options(ParseResult parsed, int slots) => new PrismRuntimeOptions
        {
            Backend = Read(parsed) switch { Vulkan => BackendPreference.Vulkan, Reference => BackendPreference.Reference, _ => BackendPreference.Automatic },
            AllowSoftwareVulkan = true,
            PreferredDevice = parsed.GetValue(_device),
            Slots = slots,
            PipelineCacheFolder = RepositoryRoot.Combine(".artifacts", "pipelines"),
            Log = Terminal.Note,
        };
    }
}
