using System.Collections.Generic;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>A safetensors file of any model, read and checked for form; its values are as they are.</summary>
    public sealed class SafetensorsFile
    {
        internal SafetensorsFile(IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, CheckpointTensor> tensors, string sha256)
        {
            Metadata = metadata;
            Tensors = tensors;
            Sha256 = sha256;
        }

        public IReadOnlyDictionary<string, string> Metadata { get; }

        public IReadOnlyDictionary<string, CheckpointTensor> Tensors { get; }

        /// <summary>Of the whole file, the 64 digits of metadata <c>sha256</c> taken as zeros when there are any.</summary>
        public string Sha256 { get; }
    }
}
