using UnityEngine;

namespace PrismLM.Unity
{
    /// <summary>
    /// Points to Shaders/Compiled/kernels.bytes. Unity compiles the package's sources without embedded resources, so the compute shaders come into a
    /// build through the one asset of this type, Runtime/Unity/Resources/PrismLMKernels.asset.
    /// </summary>
    internal sealed class PrismKernels : ScriptableObject
    {
        private const string ResourceName = "PrismLMKernels";

        [SerializeField]
        private TextAsset? pack;

        /// <summary>The bytes of the pack; null when the package is incomplete. On the main thread.</summary>
        public static byte[]? Load()
        {
            var kernels = Resources.Load<PrismKernels>(ResourceName);
            return kernels == null || kernels.pack == null ? null : kernels.pack.bytes;
        }
    }
}
