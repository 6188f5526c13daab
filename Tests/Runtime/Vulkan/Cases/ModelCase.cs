using System;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Reference;
using PrismLM.Tests.Vulkan.Engine;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Cases
{
    /// <summary>Logits of a whole small model: every kernel of the product as the engine puts them together.</summary>
    internal sealed class ModelCase : KernelCase
    {
        private readonly string model;
        private readonly WeightFormat format;
        private readonly bool kvFloat32;
        private readonly bool dials;

        public ModelCase(string model, WeightFormat format, bool kvFloat32, bool dials)
            : base(FormattableString.Invariant($"model {model}, {format}{(kvFloat32 ? string.Empty : ", f16 keys")}{(dials ? ", dials" : string.Empty)}"))
        {
            (this.model, this.format, this.kvFloat32, this.dials) = (model, format, kvFloat32, dials);
        }

        /// <summary>Largest error of a logit: two right implementations that round keys to halves differ by more.</summary>
        private double Tolerance => kvFloat32 ? 1e-4 : 5e-2;

        public override KernelRun Create(CaseContext context) => new Run(context, this);

        private sealed class Run : KernelRun
        {
            private readonly ModelCase problem;
            private readonly PrismCheckpoint checkpoint;
            private readonly int[] tokens = ModelCases.Tokens(83);
            private readonly float[] dials;
            private readonly float[] found;
            private readonly VulkanLanguageModel device;

            public Run(CaseContext context, ModelCase problem)
            {
                this.problem = problem;
                checkpoint = ModelCases.Load(problem.model, problem.format, problem.kvFloat32);
                dials = problem.dials ? ModelCases.Dials(checkpoint.Config, 3) : Array.Empty<float>();
                found = new float[tokens.Length * checkpoint.Config.Vocabulary];
                device = VulkanLanguageModel.Create(context.Device, checkpoint);
            }

            public override void Execute()
            {
                using ILanguageSequence sequence = device.CreateSequence(dials);
                sequence.Append(tokens, found);
            }

            public override string? Check()
            {
                var expected = new float[found.Length];
                using (var reference = new ReferenceModel(checkpoint, problem.kvFloat32 ? ReferenceKvFormat.Float32 : ReferenceKvFormat.Float16))
                using (ILanguageSequence sequence = reference.CreateSequence(dials))
                {
                    sequence.Append(tokens, expected);
                }

                return Accuracy.AtMost("largest error of a logit", Accuracy.Excess(Array.ConvertAll(expected, v => (double)v), found, _ => 1), problem.Tolerance);
            }

            public override void Dispose() => device.Dispose();
        }
    }
}
