namespace PrismLM.Vulkan.Device
{
    /// <summary>The stable codes of <see cref="PrismVulkanException"/>, class PG of the catalogue. Documented in Documentation~/vulkan-device.md.</summary>
    internal static class VulkanErrorCode
    {
        /// <summary>No Vulkan loader library on this machine.</summary>
        public const string NoLoader = "PG001";

        /// <summary>A loader or host older than Vulkan 1.1.</summary>
        public const string TooOld = "PG002";

        /// <summary>No device, or none that meets the floor.</summary>
        public const string NoDevice = "PG003";

        /// <summary>Only software Vulkan, and it was not allowed.</summary>
        public const string SoftwareRefused = "PG004";

        /// <summary>The preferred device does not exist or does not meet the floor.</summary>
        public const string PreferredMissing = "PG005";

        /// <summary>The device fails a start-up canary.</summary>
        public const string SelfTestFailed = "PG006";

        /// <summary>The validation layer was asked for and is not installed.</summary>
        public const string ValidationMissing = "PG007";

        /// <summary>The host's handles cannot be used.</summary>
        public const string HostUnusable = "PG008";

        public const string DeviceLost = "PG010";
        public const string OutOfDeviceMemory = "PG011";
        public const string OutOfHostMemory = "PG012";
        public const string InitializationFailed = "PG013";
        public const string CallFailed = "PG014";

        /// <summary>A finite wait ended before the device did.</summary>
        public const string Timeout = "PG015";

        /// <summary>The device was disposed under what still used it.</summary>
        public const string DeviceDisposed = "PG016";

        /// <summary>The memory that is needed is more than the heap has.</summary>
        public const string MemoryRefused = "PG020";

        /// <summary>An arena of fixed capacity is full.</summary>
        public const string ArenaFull = "PG021";

        /// <summary>A buffer, range or dispatch is beyond a limit of the device.</summary>
        public const string LimitExceeded = "PG022";

        /// <summary>The pool of key/value pages has no room for what is to be kept in it.</summary>
        public const string PoolFull = "PG023";

        /// <summary>A layer or matrix of a checkpoint is larger than one binding of the device; the number is the catalogue's.</summary>
        public const string TensorTooLarge = "PT086";

        /// <summary>A barrier is missing between two commands.</summary>
        public const string Hazard = "PG030";

        /// <summary>Bindings or push constants do not fit the kernel.</summary>
        public const string BindingMismatch = "PG031";

        /// <summary>The kernel pack is damaged.</summary>
        public const string PackDamaged = "PG040";

        /// <summary>The kernel pack does not hold the kernel.</summary>
        public const string KernelMissing = "PG041";
    }
}
