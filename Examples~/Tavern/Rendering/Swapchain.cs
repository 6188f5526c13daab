using System;
using Silk.NET.Vulkan;
using VkDevice = Silk.NET.Vulkan.Device;

namespace PrismLM.Tavern.Rendering
{
    /// <summary>The images of the window. Functions of VK_KHR_swapchain are looked up by hand: Silk.NET's extension packages are not needed for nine calls.</summary>
    internal sealed unsafe class Swapchain : IDisposable
    {
        private readonly GameDevice device;
        private readonly delegate* unmanaged[Cdecl]<VkDevice, SwapchainCreateInfoKHR*, void*, SwapchainKHR*, Result> create;
        private readonly delegate* unmanaged[Cdecl]<VkDevice, SwapchainKHR, void*, void> destroy;
        private readonly delegate* unmanaged[Cdecl]<VkDevice, SwapchainKHR, uint*, Image*, Result> getImages;
        private readonly delegate* unmanaged[Cdecl]<VkDevice, SwapchainKHR, ulong, Semaphore, Fence, uint*, Result> acquire;
        private readonly delegate* unmanaged[Cdecl]<Queue, PresentInfoKHR*, Result> present;
        private SwapchainKHR handle;

        public Swapchain(GameDevice device)
        {
            this.device = device;
            create = (delegate* unmanaged[Cdecl]<VkDevice, SwapchainCreateInfoKHR*, void*, SwapchainKHR*, Result>)device.DeviceFunction("vkCreateSwapchainKHR");
            destroy = (delegate* unmanaged[Cdecl]<VkDevice, SwapchainKHR, void*, void>)device.DeviceFunction("vkDestroySwapchainKHR");
            getImages = (delegate* unmanaged[Cdecl]<VkDevice, SwapchainKHR, uint*, Image*, Result>)device.DeviceFunction("vkGetSwapchainImagesKHR");
            acquire = (delegate* unmanaged[Cdecl]<VkDevice, SwapchainKHR, ulong, Semaphore, Fence, uint*, Result>)device.DeviceFunction("vkAcquireNextImageKHR");
            present = (delegate* unmanaged[Cdecl]<Queue, PresentInfoKHR*, Result>)device.DeviceFunction("vkQueuePresentKHR");
            Create();
        }

        public Format Format { get; private set; }

        public Extent2D Extent { get; private set; }

        public Image[] Images { get; private set; } = Array.Empty<Image>();

        public ImageView[] Views { get; private set; } = Array.Empty<ImageView>();

        /// <summary>One for each image: signalled when it is drawn.</summary>
        public Semaphore[] Drawn { get; private set; } = Array.Empty<Semaphore>();

        /// <returns>False when the window changed and everything has to be made again.</returns>
        public bool TryAcquire(Semaphore ready, out uint index)
        {
            uint found;
            // Finite, as every wait; a compositor that gives no image for ten seconds has gone.
            Result result = acquire(device.Handle, handle, 10_000_000_000, ready, default, &found);
            index = found;
            if (result == Result.ErrorOutOfDateKhr)
            {
                return false;
            }

            if (result != Result.SuboptimalKhr)
            {
                VkCheck.Ok(result, "vkAcquireNextImageKHR");
            }

            return true;
        }

        /// <summary>Inside the queue's lock.</summary>
        /// <returns>False when the window changed.</returns>
        public bool Present(uint index)
        {
            Semaphore drawn = Drawn[index];
            SwapchainKHR chain = handle;
            var info = new PresentInfoKHR
            {
                SType = StructureType.PresentInfoKhr,
                WaitSemaphoreCount = 1,
                PWaitSemaphores = &drawn,
                SwapchainCount = 1,
                PSwapchains = &chain,
                PImageIndices = &index,
            };
            Result result = present(device.Queue, &info);
            if (result is Result.ErrorOutOfDateKhr or Result.SuboptimalKhr)
            {
                return false;
            }

            VkCheck.Ok(result, "vkQueuePresentKHR");
            return true;
        }

        public void Recreate()
        {
            device.WaitIdle();
            Destroy();
            Create();
        }

        public void Dispose() => Destroy();

        private void Create()
        {
            SurfaceCapabilitiesKHR capabilities;
            VkCheck.Ok(
                ((delegate* unmanaged[Cdecl]<PhysicalDevice, SurfaceKHR, SurfaceCapabilitiesKHR*, Result>)device.InstanceFunction("vkGetPhysicalDeviceSurfaceCapabilitiesKHR"))(
                    device.PhysicalDevice, device.Surface, &capabilities),
                "vkGetPhysicalDeviceSurfaceCapabilitiesKHR");
            SurfaceFormatKHR format = ChooseFormat();
            Format = format.Format;
            Extent = capabilities.CurrentExtent.Width == uint.MaxValue ? new Extent2D(SceneSize.Width, SceneSize.Height) : capabilities.CurrentExtent;
            uint images = Math.Max(3, capabilities.MinImageCount);
            images = capabilities.MaxImageCount == 0 ? images : Math.Min(images, capabilities.MaxImageCount);
            var info = new SwapchainCreateInfoKHR
            {
                SType = StructureType.SwapchainCreateInfoKhr,
                Surface = device.Surface,
                MinImageCount = images,
                ImageFormat = format.Format,
                ImageColorSpace = format.ColorSpace,
                ImageExtent = Extent,
                ImageArrayLayers = 1,
                ImageUsage = ImageUsageFlags.ColorAttachmentBit | ImageUsageFlags.TransferSrcBit | ImageUsageFlags.TransferDstBit,
                PreTransform = capabilities.CurrentTransform,
                CompositeAlpha = CompositeAlphaFlagsKHR.OpaqueBitKhr,
                PresentMode = PresentModeKHR.FifoKhr,
                Clipped = true,
            };
            SwapchainKHR made;
            VkCheck.Ok(create(device.Handle, &info, null, &made), "vkCreateSwapchainKHR");
            handle = made;
            uint count = 0;
            VkCheck.Ok(getImages(device.Handle, handle, &count, null), "vkGetSwapchainImagesKHR");
            Images = new Image[count];
            fixed (Image* first = Images)
            {
                VkCheck.Ok(getImages(device.Handle, handle, &count, first), "vkGetSwapchainImagesKHR");
            }

            Views = Array.ConvertAll(Images, image => GpuImage.CreateView(device, image, Format));
            Drawn = Array.ConvertAll(Images, _ => CreateSemaphore(device));
        }

        public static Semaphore CreateSemaphore(GameDevice device)
        {
            var info = new SemaphoreCreateInfo { SType = StructureType.SemaphoreCreateInfo };
            Semaphore made;
            VkCheck.Ok(device.Api.CreateSemaphore(device.Handle, &info, null, &made), "vkCreateSemaphore");
            return made;
        }

        /// <summary>The colours are painted for an 8-bit format without conversion.</summary>
        private SurfaceFormatKHR ChooseFormat()
        {
            var list = (delegate* unmanaged[Cdecl]<PhysicalDevice, SurfaceKHR, uint*, SurfaceFormatKHR*, Result>)device.InstanceFunction("vkGetPhysicalDeviceSurfaceFormatsKHR");
            uint count = 0;
            VkCheck.Ok(list(device.PhysicalDevice, device.Surface, &count, null), "vkGetPhysicalDeviceSurfaceFormatsKHR");
            var formats = new SurfaceFormatKHR[count];
            fixed (SurfaceFormatKHR* first = formats)
            {
                VkCheck.Ok(list(device.PhysicalDevice, device.Surface, &count, first), "vkGetPhysicalDeviceSurfaceFormatsKHR");
            }

            foreach (Format wanted in new[] { Format.B8G8R8A8Unorm, Format.R8G8B8A8Unorm })
            {
                int at = Array.FindIndex(formats, each => each.Format == wanted);
                if (at >= 0)
                {
                    return formats[at];
                }
            }

            throw new TavernException("The window has neither B8G8R8A8 nor R8G8B8A8: " + string.Join(", ", Array.ConvertAll(formats, each => each.Format.ToString())));
        }

        private void Destroy()
        {
            foreach (ImageView view in Views)
            {
                device.Api.DestroyImageView(device.Handle, view, null);
            }

            foreach (Semaphore semaphore in Drawn)
            {
                device.Api.DestroySemaphore(device.Handle, semaphore, null);
            }

            destroy(device.Handle, handle, null);
        }
    }
}
