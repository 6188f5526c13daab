using System;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using Silk.NET.Vulkan;
using VkPipelineCache = Silk.NET.Vulkan.PipelineCache;

namespace PrismLM.Vulkan.Device
{
    /// <summary>
    /// The pipeline cache on disk, one file for each device, driver version and kernel pack. A file that is damaged or belongs to another driver is ignored:
    /// drivers are known to crash on foreign data, so its hash is checked before Vulkan sees it.
    /// </summary>
    internal sealed unsafe class PipelineCacheFile : IDisposable
    {
        private const int HashBytes = 32;
        private const int VulkanHeaderBytes = 32;
        private const long MaxFileBytes = 256L << 20;

        private readonly VulkanDevice device;
        private readonly string? path;

        public PipelineCacheFile(VulkanDevice device, string? folder, string packHash)
        {
            this.device = device;
            if (folder != null)
            {
                string name = string.Format(
                    CultureInfo.InvariantCulture, "prism-{0:N}-{1:x8}-{2}.vkcache", device.Facts.PipelineCacheId, device.Facts.DriverVersion, packHash.Substring(0, 16));
                path = Path.Combine(folder, name);
            }
        }

        public VkPipelineCache Handle { get; private set; }

        /// <summary>A usable file was found.</summary>
        public bool WasLoaded { get; private set; }

        public string? FilePath => path;

        public void Create()
        {
            byte[] data = Load();
            fixed (byte* first = data)
            {
                var info = new PipelineCacheCreateInfo { SType = StructureType.PipelineCacheCreateInfo, InitialDataSize = (nuint)data.Length, PInitialData = first };
                VkPipelineCache created;
                device.Check(device.Api.CreatePipelineCache(device.Handle, &info, null, &created), "vkCreatePipelineCache");
                device.Ledger.Created("PipelineCache");
                Handle = created;
            }

            WasLoaded = data.Length > 0;
        }

        /// <summary>Writes what the driver has compiled so far. A folder that cannot be written is reported and costs only the next start.</summary>
        public void Save()
        {
            if (path == null || Handle.Handle == 0)
            {
                return;
            }

            nuint size = 0;
            device.Check(device.Api.GetPipelineCacheData(device.Handle, Handle, &size, null), "vkGetPipelineCacheData");
            var data = new byte[(int)size];
            fixed (byte* first = data)
            {
                Result result = device.Api.GetPipelineCacheData(device.Handle, Handle, &size, first);
                if (result == Result.Incomplete)
                {
                    // Another thread compiled a pipeline in between; the next save has it.
                    return;
                }

                device.Check(result, "vkGetPipelineCacheData");
            }

            try
            {
                Write(data, (int)size);
            }
            catch (Exception error) when (error is IOException || error is UnauthorizedAccessException)
            {
                device.Log("The pipeline cache could not be saved: " + error.Message);
            }
        }

        public void Dispose()
        {
            if (Handle.Handle != 0)
            {
                device.Api.DestroyPipelineCache(device.Handle, Handle, null);
                device.Ledger.Destroyed("PipelineCache");
                Handle = default;
            }
        }

        private void Write(byte[] data, int size)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path!))!);
            string temporary = path + "." + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture) + ".tmp";
            try
            {
                using (var sha = SHA256.Create())
                using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                {
                    stream.Write(sha.ComputeHash(data, 0, size), 0, HashBytes);
                    stream.Write(data, 0, size);
                    stream.Flush(flushToDisk: true);
                }

                if (File.Exists(path))
                {
                    File.Replace(temporary, path, null);
                }
                else
                {
                    File.Move(temporary, path!);
                }
            }
            finally
            {
                File.Delete(temporary);
            }
        }

        private byte[] Load()
        {
            if (path == null)
            {
                return Array.Empty<byte>();
            }

            try
            {
                var file = new FileInfo(path);
                if (!file.Exists || file.Length < HashBytes + VulkanHeaderBytes || file.Length > MaxFileBytes)
                {
                    return Array.Empty<byte>();
                }

                byte[] all = File.ReadAllBytes(path);
                return IsIntact(all) ? all.AsSpan(HashBytes).ToArray() : Array.Empty<byte>();
            }
            catch (Exception error) when (error is IOException || error is UnauthorizedAccessException)
            {
                device.Log("The pipeline cache could not be read: " + error.Message);
                return Array.Empty<byte>();
            }
        }

        /// <summary>The hash holds, and Vulkan's own header (size, version 1, vendor, device, UUID) names this device.</summary>
        private bool IsIntact(byte[] all)
        {
            using var sha = SHA256.Create();
            if (!sha.ComputeHash(all, HashBytes, all.Length - HashBytes).AsSpan().SequenceEqual(all.AsSpan(0, HashBytes)))
            {
                return false;
            }

            ReadOnlySpan<byte> header = all.AsSpan(HashBytes, VulkanHeaderBytes);
            Guid id = device.Facts.PipelineCacheId;
            return System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(4)) == 1
                && System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(8)) == device.Facts.VendorId
                && System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(12)) == device.Facts.DeviceId
                && header.Slice(16, 16).SequenceEqual(new ReadOnlySpan<byte>(&id, 16));
        }
    }
}
