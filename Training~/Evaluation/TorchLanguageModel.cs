using System;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Training.Model;
using static TorchSharp.torch;

namespace PrismLM.Training.Evaluation
{
    /// <summary>The training model behind the seam of evaluation and tests: float32, with a key/value cache.</summary>
    public sealed class TorchLanguageModel : ILanguageModel
    {
        private readonly bool _ownsModel;

        /// <summary>A checkpoint's weights on a device.</summary>
        public TorchLanguageModel(PrismCheckpoint checkpoint, string deviceName = "cpu")
            : this(PrismTransformer.FromCheckpoint(checkpoint, device(deviceName)), true)
        {
        }

        /// <param name="ownsModel">Whether disposing this disposes the model.</param>
        public TorchLanguageModel(PrismTransformer model, bool ownsModel = false)
        {
            Model = model;
            _ownsModel = ownsModel;
        }

        public ModelConfig Config => Model.Config;

        internal PrismTransformer Model { get; }

        public ILanguageSequence CreateSequence(ReadOnlySpan<float> headDials = default)
        {
            if (headDials.Length != 0 && headDials.Length != Config.Layers * Config.Heads)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"{headDials.Length} head dials; expected {Config.Layers * Config.Heads} (layers x heads) or none."), nameof(headDials));
            }

            return new TorchSequence(Model, headDials);
        }

        public void Dispose()
        {
            if (_ownsModel)
            {
                Model.Dispose();
            }
        }
    }
}
