using System;
using Silk.NET.Vulkan;

namespace PrismLM.Tavern.Rendering
{
    /// <summary>A picture on the device.</summary>
    internal sealed unsafe class GpuImage : IDisposable
    {
        private static readonly ImageSubresourceRange Whole = new(ImageAspectFlags.ColorBit, 0, 1, 0, 1);

        private readonly GameDevice device;
        private readonly DeviceMemory memory;

        private GpuImage(GameDevice device, int width, int height, Format format, ImageUsageFlags usage)
        {
            this.device = device;
            Width = width;
            Height = height;
            Format = format;
            var info = new ImageCreateInfo
            {
                SType = StructureType.ImageCreateInfo,
                ImageType = ImageType.Type2D,
                Format = format,
                Extent = new Extent3D((uint)width, (uint)height, 1),
                MipLevels = 1,
                ArrayLayers = 1,
                Samples = SampleCountFlags.Count1Bit,
                Tiling = ImageTiling.Optimal,
                Usage = usage | ImageUsageFlags.TransferDstBit,
                InitialLayout = ImageLayout.Undefined,
            };
            Image made;
            VkCheck.Ok(device.Api.CreateImage(device.Handle, &info, null, &made), "vkCreateImage");
            Handle = made;
            MemoryRequirements needs;
            device.Api.GetImageMemoryRequirements(device.Handle, Handle, &needs);
            var allocation = new MemoryAllocateInfo
            {
                SType = StructureType.MemoryAllocateInfo,
                AllocationSize = needs.Size,
                MemoryTypeIndex = device.MemoryType(needs.MemoryTypeBits, MemoryPropertyFlags.DeviceLocalBit),
            };
            DeviceMemory block;
            VkCheck.Ok(device.Api.AllocateMemory(device.Handle, &allocation, null, &block), "vkAllocateMemory");
            memory = block;
            VkCheck.Ok(device.Api.BindImageMemory(device.Handle, Handle, memory, 0), "vkBindImageMemory");
            View = usage.HasFlag(ImageUsageFlags.SampledBit) ? CreateView(device, Handle, format) : default;
        }

        public int Width { get; }

        public int Height { get; }

        public Format Format { get; }

        public Image Handle { get; }

        public ImageView View { get; }

        /// <param name="device">Where.</param>
        /// <param name="pixels">4 bytes a pixel in the order of <paramref name="format"/>, row after row.</param>
        /// <param name="width">In pixels.</param>
        /// <param name="height">In pixels.</param>
        /// <param name="format">8 bits a channel.</param>
        /// <param name="usage">Decides the layout that the picture stays in.</param>
        public static GpuImage Upload(GameDevice device, ReadOnlySpan<byte> pixels, int width, int height, Format format, ImageUsageFlags usage)
        {
            var image = new GpuImage(device, width, height, format, usage);
            using var staging = new MappedBuffer(device, pixels.Length, BufferUsageFlags.TransferSrcBit);
            pixels.CopyTo(staging.Bytes);
            OneTimeCommands.Run(device, commands =>
            {
                Transition(device.Api, commands, image.Handle, ImageLayout.Undefined, ImageLayout.TransferDstOptimal);
                var region = new BufferImageCopy
                {
                    ImageSubresource = new ImageSubresourceLayers(ImageAspectFlags.ColorBit, 0, 0, 1),
                    ImageExtent = new Extent3D((uint)width, (uint)height, 1),
                };
                device.Api.CmdCopyBufferToImage(commands, staging.Handle, image.Handle, ImageLayout.TransferDstOptimal, 1, &region);
                ImageLayout final = usage.HasFlag(ImageUsageFlags.SampledBit) ? ImageLayout.ShaderReadOnlyOptimal : ImageLayout.TransferSrcOptimal;
                Transition(device.Api, commands, image.Handle, ImageLayout.TransferDstOptimal, final);
            });
            return image;
        }

        public static ImageView CreateView(GameDevice device, Image image, Format format)
        {
            var info = new ImageViewCreateInfo
            {
                SType = StructureType.ImageViewCreateInfo,
                Image = image,
                ViewType = ImageViewType.Type2D,
                Format = format,
                SubresourceRange = Whole,
            };
            ImageView view;
            VkCheck.Ok(device.Api.CreateImageView(device.Handle, &info, null, &view), "vkCreateImageView");
            return view;
        }

        /// <summary>A barrier between everything before and everything after: a handful a frame, so none is worth being finer.</summary>
        public static void Transition(Vk api, CommandBuffer commands, Image image, ImageLayout from, ImageLayout to)
        {
            var barrier = new ImageMemoryBarrier
            {
                SType = StructureType.ImageMemoryBarrier,
                SrcAccessMask = AccessFlags.MemoryWriteBit,
                DstAccessMask = AccessFlags.MemoryReadBit | AccessFlags.MemoryWriteBit,
                OldLayout = from,
                NewLayout = to,
                SrcQueueFamilyIndex = Vk.QueueFamilyIgnored,
                DstQueueFamilyIndex = Vk.QueueFamilyIgnored,
                Image = image,
                SubresourceRange = Whole,
            };
            api.CmdPipelineBarrier(commands, PipelineStageFlags.AllCommandsBit, PipelineStageFlags.AllCommandsBit, 0, 0, null, 0, null, 1, &barrier);
        }

        public void Dispose()
        {
            if (View.Handle != 0)
            {
                device.Api.DestroyImageView(device.Handle, View, null);
            }

            device.Api.DestroyImage(device.Handle, Handle, null);
            device.Api.FreeMemory(device.Handle, memory, null);
        }
    }
}
