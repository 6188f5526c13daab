namespace PrismLM.Vulkan.Device
{
    /// <summary>What memory is for; it decides the memory type.</summary>
    internal enum ArenaKind
    {
        /// <summary>Written once, read by every step. Device memory.</summary>
        Weights,

        /// <summary>Pages of keys and values. Device memory.</summary>
        KvPages,

        /// <summary>Written and read within a step. Device memory.</summary>
        Activations,

        /// <summary>Small tables that the host writes and kernels read or advance. Mapped, host coherent.</summary>
        SequenceState,

        /// <summary>Source of uploads. Mapped, host coherent.</summary>
        Staging,

        /// <summary>Rings and logits that the host reads. Mapped, host coherent, cached where there is such a type.</summary>
        Readback,
    }

    /// <summary>What kernels may do with a buffer.</summary>
    internal enum BufferAccess
    {
        /// <summary>Kernels read it; only the host and copies write it.</summary>
        ReadOnly,

        ReadWrite,
    }
}
