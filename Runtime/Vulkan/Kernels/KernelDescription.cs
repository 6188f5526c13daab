using System;
using System.Collections.Generic;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>
    /// What C# believes about one shader. One reflection test compares every description of the catalogue with the SPIR-V of the pack, so that a
    /// push-constant field that moved, a binding that lost its <c>readonly</c> or an unknown specialization constant fails a test instead of a reply.
    /// </summary>
    internal sealed unsafe class KernelDescription
    {
        private KernelDescription(
            string name, string variant, Type? pushConstantType, int pushConstantSize, IReadOnlyList<KernelBinding> bindings, IReadOnlyList<uint> specializationIds)
        {
            if (string.IsNullOrEmpty(name))
            {
                throw new ArgumentException("A kernel needs a name.", nameof(name));
            }

            if (bindings.Count > MaxBindings)
            {
                throw new ArgumentException(FormattableString.Invariant($"Kernel {name} has {bindings.Count} bindings; at most {MaxBindings} are allowed."), nameof(bindings));
            }

            if (pushConstantSize > MaxPushConstantBytes || pushConstantSize % 4 != 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Kernel {name}: push constants of {pushConstantSize} bytes; allowed: a multiple of 4, at most {MaxPushConstantBytes}."),
                    nameof(pushConstantSize));
            }

            Name = name;
            Variant = variant;
            Key = variant.Length == 0 ? name : name + "." + variant;
            PushConstantType = pushConstantType;
            PushConstantSize = pushConstantSize;
            Bindings = bindings;
            SpecializationIds = specializationIds;
        }

        private const string TexelVariant = "texel";

        private const string MatrixVariant = "matrix";

        /// <summary>Storage buffers of one kernel, at most: the limit that every Vulkan device grants to one stage.</summary>
        public const int MaxBindings = 4;

        /// <summary>Bytes of push constants, at most: what every Vulkan device grants.</summary>
        public const int MaxPushConstantBytes = 128;

        /// <summary>The shader's file name without <c>.comp</c>.</summary>
        public string Name { get; }

        /// <summary>The variant's name, or empty.</summary>
        public string Variant { get; }

        /// <summary>The name in the kernel pack: <c>name</c> or <c>name.variant</c>.</summary>
        public string Key { get; }

        /// <summary>The pack has the same kernel reading texel buffers, for devices that load those faster.</summary>
        public bool HasTexelVariant { get; private set; }

        /// <summary>The name of that variant in the kernel pack.</summary>
        public string TexelKey => Key + "." + TexelVariant;

        /// <summary>A variant of this kernel could multiply with matrix units; <see cref="MatrixUnits"/> says whether a device runs it.</summary>
        public bool HasMatrixPlace { get; private set; }

        /// <summary>The name of that variant in the kernel pack.</summary>
        public string MatrixKey => Key + "." + MatrixVariant;

        /// <summary>An unmanaged struct with sequential layout, or null for a kernel without push constants.</summary>
        public Type? PushConstantType { get; }

        public int PushConstantSize { get; }

        /// <summary>Binding 0 first.</summary>
        public IReadOnlyList<KernelBinding> Bindings { get; }

        /// <summary>Ids of the kernel's own specialization constants. Id 0, the workgroup size, belongs to every kernel and is not listed.</summary>
        public IReadOnlyList<uint> SpecializationIds { get; }

        public static KernelDescription Create<TPush>(
            string name, string variant, IReadOnlyList<KernelBinding> bindings, IReadOnlyList<uint>? specializationIds = null)
            where TPush : unmanaged
            => new KernelDescription(name, variant, typeof(TPush), sizeof(TPush), bindings, specializationIds ?? Array.Empty<uint>());

        public static KernelDescription CreateWithoutPush(
            string name, string variant, IReadOnlyList<KernelBinding> bindings, IReadOnlyList<uint>? specializationIds = null)
            => new KernelDescription(name, variant, null, 0, bindings, specializationIds ?? Array.Empty<uint>());

        /// <summary>The same kernel, with a variant that reads texel buffers.</summary>
        public KernelDescription WithTexelVariant()
        {
            HasTexelVariant = true;
            return this;
        }

        /// <summary>The same kernel, with a place for a variant that multiplies with matrix units.</summary>
        public KernelDescription WithMatrixPlace()
        {
            HasMatrixPlace = true;
            return this;
        }

        public override string ToString() => Key;
    }
}
