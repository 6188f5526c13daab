using System;
using System.Collections.Generic;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>A device on which the variant <c>matrix</c> was measured against the kernels without it, and won.</summary>
    internal readonly struct MatrixMeasurement
    {
        public MatrixMeasurement(uint vendorId, uint deviceId, string figures)
        {
            VendorId = vendorId;
            DeviceId = deviceId;
            Figures = figures;
        }

        public uint VendorId { get; }

        public uint DeviceId { get; }

        /// <summary>What was measured, where it is written down.</summary>
        public string Figures { get; }
    }

    /// <summary>
    /// Whether a device runs the variant <c>matrix</c> of the kernels that have a place for it. Being able to is not enough: a matrix unit adds in an order of its own, so the
    /// promise of equal bits ends there, and nothing is given up for a gain that nobody measured.
    /// </summary>
    internal sealed class MatrixUnits
    {
        private MatrixUnits(bool used, string reason)
        {
            AreUsed = used;
            Reason = reason;
        }

        /// <summary>Empty: no device with matrix units has been measured, and the pack holds no such variant yet.</summary>
        public static IReadOnlyList<MatrixMeasurement> Measured { get; } = Array.Empty<MatrixMeasurement>();

        public bool AreUsed { get; }

        /// <summary>Why, or why not.</summary>
        public string Reason { get; }

        /// <param name="offered">The device has the feature cooperativeMatrix of VK_KHR_cooperative_matrix.</param>
        /// <param name="vendorId">Of the device.</param>
        /// <param name="deviceId">Of the device.</param>
        /// <param name="pack">Holds the variants.</param>
        /// <param name="measured">What is known; <see cref="Measured"/>.</param>
        public static MatrixUnits Choose(bool offered, uint vendorId, uint deviceId, KernelPack pack, IReadOnlyList<MatrixMeasurement> measured)
        {
            if (!offered)
            {
                return new MatrixUnits(false, "not used: the device offers no cooperative matrices");
            }

            foreach (MatrixMeasurement each in measured)
            {
                if (each.VendorId == vendorId && each.DeviceId == deviceId)
                {
                    return Missing(pack) is { } missing
                        ? new MatrixUnits(false, "not used: the kernel pack has no " + missing)
                        : new MatrixUnits(true, "used: " + each.Figures);
                }
            }

            return new MatrixUnits(false, FormattableString.Invariant($"not used: offered, but never measured on device {vendorId:x4}:{deviceId:x4}"));
        }

        // All or none: a model half of whose products add in another order keeps neither promise.
        private static string? Missing(KernelPack pack)
        {
            foreach (KernelDescription kernel in KernelCatalog.All)
            {
                if (kernel.HasMatrixPlace && !pack.Contains(kernel.MatrixKey))
                {
                    return kernel.MatrixKey;
                }
            }

            return null;
        }
    }
}
