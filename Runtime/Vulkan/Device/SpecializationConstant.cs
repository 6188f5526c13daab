using System;

namespace PrismLM.Vulkan.Device
{
    /// <summary>One specialization constant: the id in the shader and its four bytes.</summary>
    internal readonly struct SpecializationConstant
    {
        public SpecializationConstant(uint id, uint value)
        {
            Id = id;
            Value = value;
        }

        public SpecializationConstant(uint id, float value)
            : this(id, (uint)BitConverter.SingleToInt32Bits(value))
        {
        }

        public SpecializationConstant(uint id, bool value)
            : this(id, value ? 1u : 0u)
        {
        }

        public uint Id { get; }

        public uint Value { get; }
    }
}
