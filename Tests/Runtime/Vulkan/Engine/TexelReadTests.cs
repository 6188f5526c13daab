using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>Kernels that read texel buffers and kernels that read storage buffers compute the same bits; software Vulkan runs the former, GPUs the latter.</summary>
    public class TexelReadTests : VulkanTest
    {
        [Test]
        public void BothWaysGiveTheSameBits([Values("game", "paper", "ista", "mixture", "gelu", "untied")] string name, [Values] WeightFormat format)
        {
            VulkanDeviceOptions options = Options();
            options.Restrictions = DeviceRestrictions.NoTexelReads;
            using VulkanDevice plain = VulkanDevice.Create(options);
            Assert.That(plain.ReadsTexels, Is.False);
            Assert.That(Device.ReadsTexels, Is.True, "software Vulkan reads texels");
            PrismCheckpoint checkpoint = ModelCases.Load(name, format, kvFloat32: format == WeightFormat.Float32);
            float[] storage = Logits(plain, checkpoint);
            Assert.That(Logits(Device, checkpoint), Is.EqualTo(storage));
            Assert.That(Logits(plain, ModelCases.Load(name, format == WeightFormat.Int8 ? WeightFormat.Int4 : WeightFormat.Int8)), Is.Not.EqualTo(storage), "another model differs");
        }

        // A prompt in a wide step, then a token alone.
        private static float[] Logits(VulkanDevice device, PrismCheckpoint checkpoint)
        {
            using VulkanLanguageModel model = VulkanLanguageModel.Create(device, checkpoint, chunk: 64);
            using ILanguageSequence sequence = model.CreateSequence();
            var logits = new float[checkpoint.Config.Vocabulary];
            sequence.Append(ModelCases.Tokens(40), logits);
            sequence.Append(ModelCases.Tokens(1, seed: 5), logits);
            return logits;
        }
    }
}
