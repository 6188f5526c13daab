using System;
using Silk.NET.Vulkan;

namespace PrismLM.Tavern.Rendering
{
    /// <summary>Draws a background and a batch of quads into the window, two frames in flight.</summary>
    internal sealed unsafe class Renderer : IDisposable
    {
        private readonly GameDevice device;
        private readonly Swapchain swapchain;
        private readonly GpuImage background;
        private readonly GpuImage sheet;
        private readonly QuadPipeline pipeline;
        private readonly FrameSlot[] slots;
        private Framebuffer[] framebuffers;
        private int frame;

        /// <param name="device">The game's device.</param>
        /// <param name="paint">Gives 4-byte pixels, blue first or red first, of the background and of the sheet.</param>
        public Renderer(GameDevice device, Func<bool, (Picture Background, Picture Sheet)> paint)
        {
            this.device = device;
            swapchain = new Swapchain(device);
            bool blueFirst = swapchain.Format == Format.B8G8R8A8Unorm;
            (Picture back, Picture pieces) = paint(blueFirst);
            background = GpuImage.Upload(device, back.Pixels, back.Width, back.Height, swapchain.Format, ImageUsageFlags.TransferSrcBit);
            sheet = GpuImage.Upload(device, pieces.Pixels, pieces.Width, pieces.Height, swapchain.Format, ImageUsageFlags.SampledBit);
            pipeline = new QuadPipeline(device, swapchain.Format, sheet);
            framebuffers = CreateFramebuffers();
            slots = new[] { new FrameSlot(device), new FrameSlot(device) };
        }

        /// <param name="quads">In order, in scene pixels.</param>
        /// <param name="capture">Null, or receives the finished frame; waits for it.</param>
        public void Draw(ReadOnlySpan<Quad> quads, Action<Picture>? capture = null)
        {
            FrameSlot slot = slots[frame++ % slots.Length];
            slot.WaitUntilFree();
            if (!swapchain.TryAcquire(slot.Ready, out uint index))
            {
                Recreate();
                return;
            }

            slot.Write(quads);
            slot.Begin();
            Record(slot, index, quads.Length);
            using MappedBuffer? readback = capture == null ? null : Readback(slot.Commands, swapchain.Images[index]);
            GpuImage.Transition(device.Api, slot.Commands, swapchain.Images[index], ImageLayout.ColorAttachmentOptimal, ImageLayout.PresentSrcKhr);
            VkCheck.Ok(device.Api.EndCommandBuffer(slot.Commands), "vkEndCommandBuffer");
            bool fits = Submit(slot, index);
            if (readback != null)
            {
                slot.WaitUntilFree();
                var pixels = new byte[readback.Bytes.Length];
                readback.Bytes.CopyTo(pixels);
                capture!(new Picture(pixels, (int)swapchain.Extent.Width, (int)swapchain.Extent.Height, swapchain.Format == Format.B8G8R8A8Unorm));
            }

            if (!fits)
            {
                Recreate();
            }
        }

        public void Dispose()
        {
            device.WaitIdle();
            foreach (FrameSlot slot in slots)
            {
                slot.Dispose();
            }

            DestroyFramebuffers();
            pipeline.Dispose();
            sheet.Dispose();
            background.Dispose();
            swapchain.Dispose();
        }

        private void Record(FrameSlot slot, uint index, int quads)
        {
            Vk api = device.Api;
            CommandBuffer commands = slot.Commands;
            Image image = swapchain.Images[index];
            Extent2D extent = swapchain.Extent;
            GpuImage.Transition(api, commands, image, ImageLayout.Undefined, ImageLayout.TransferDstOptimal);
            CopyBackground(commands, image);
            GpuImage.Transition(api, commands, image, ImageLayout.TransferDstOptimal, ImageLayout.ColorAttachmentOptimal);
            var begin = new RenderPassBeginInfo
            {
                SType = StructureType.RenderPassBeginInfo,
                RenderPass = pipeline.RenderPass,
                Framebuffer = framebuffers[index],
                RenderArea = new Rect2D(default, extent),
            };
            api.CmdBeginRenderPass(commands, &begin, SubpassContents.Inline);
            pipeline.Bind(commands);
            var viewport = new Viewport(0, 0, extent.Width, extent.Height, 0, 1);
            var scissor = new Rect2D(default, extent);
            api.CmdSetViewport(commands, 0, 1, &viewport);
            api.CmdSetScissor(commands, 0, 1, &scissor);
            float* screen = stackalloc float[] { SceneSize.Width, SceneSize.Height };
            api.CmdPushConstants(commands, pipeline.Layout, ShaderStageFlags.VertexBit, 0, 8, screen);
            Silk.NET.Vulkan.Buffer instances = slot.Instances;
            ulong offset = 0;
            api.CmdBindVertexBuffers(commands, 0, 1, &instances, &offset);
            api.CmdDraw(commands, 4, (uint)quads, 0, 0);
            api.CmdEndRenderPass(commands);
        }

        private void CopyBackground(CommandBuffer commands, Image image)
        {
            Extent2D extent = swapchain.Extent;
            var layers = new ImageSubresourceLayers(ImageAspectFlags.ColorBit, 0, 0, 1);
            if (extent.Width == background.Width && extent.Height == background.Height)
            {
                var copy = new ImageCopy { SrcSubresource = layers, DstSubresource = layers, Extent = new Extent3D(extent.Width, extent.Height, 1) };
                device.Api.CmdCopyImage(commands, background.Handle, ImageLayout.TransferSrcOptimal, image, ImageLayout.TransferDstOptimal, 1, &copy);
                return;
            }

            var blit = new ImageBlit { SrcSubresource = layers, DstSubresource = layers };
            blit.SrcOffsets[1] = new Offset3D(background.Width, background.Height, 1);
            blit.DstOffsets[1] = new Offset3D((int)extent.Width, (int)extent.Height, 1);
            device.Api.CmdBlitImage(commands, background.Handle, ImageLayout.TransferSrcOptimal, image, ImageLayout.TransferDstOptimal, 1, &blit, Filter.Linear);
        }

        private MappedBuffer Readback(CommandBuffer commands, Image image)
        {
            Extent2D extent = swapchain.Extent;
            var buffer = new MappedBuffer(device, (int)(extent.Width * extent.Height * 4), BufferUsageFlags.TransferDstBit);
            GpuImage.Transition(device.Api, commands, image, ImageLayout.ColorAttachmentOptimal, ImageLayout.TransferSrcOptimal);
            var region = new BufferImageCopy
            {
                ImageSubresource = new ImageSubresourceLayers(ImageAspectFlags.ColorBit, 0, 0, 1),
                ImageExtent = new Extent3D(extent.Width, extent.Height, 1),
            };
            device.Api.CmdCopyImageToBuffer(commands, image, ImageLayout.TransferSrcOptimal, buffer.Handle, 1, &region);
            GpuImage.Transition(device.Api, commands, image, ImageLayout.TransferSrcOptimal, ImageLayout.ColorAttachmentOptimal);
            return buffer;
        }

        private bool Submit(FrameSlot slot, uint index)
        {
            Semaphore ready = slot.Ready;
            Semaphore drawn = swapchain.Drawn[index];
            CommandBuffer commands = slot.Commands;
            PipelineStageFlags stage = PipelineStageFlags.TransferBit;
            var submit = new SubmitInfo
            {
                SType = StructureType.SubmitInfo,
                WaitSemaphoreCount = 1,
                PWaitSemaphores = &ready,
                PWaitDstStageMask = &stage,
                CommandBufferCount = 1,
                PCommandBuffers = &commands,
                SignalSemaphoreCount = 1,
                PSignalSemaphores = &drawn,
            };
            device.QueueLock.Enter();
            try
            {
                VkCheck.Ok(device.Api.QueueSubmit(device.Queue, 1, &submit, slot.Done), "vkQueueSubmit");
                return swapchain.Present(index);
            }
            finally
            {
                device.QueueLock.Exit();
            }
        }

        private void Recreate()
        {
            Format before = swapchain.Format;
            DestroyFramebuffers();
            swapchain.Recreate();
            if (swapchain.Format != before)
            {
                throw new TavernException($"The window changed from {before} to {swapchain.Format}.");
            }

            framebuffers = CreateFramebuffers();
        }

        private Framebuffer[] CreateFramebuffers() => Array.ConvertAll(swapchain.Views, view =>
        {
            var info = new FramebufferCreateInfo
            {
                SType = StructureType.FramebufferCreateInfo,
                RenderPass = pipeline.RenderPass,
                AttachmentCount = 1,
                PAttachments = &view,
                Width = swapchain.Extent.Width,
                Height = swapchain.Extent.Height,
                Layers = 1,
            };
            Framebuffer made;
            VkCheck.Ok(device.Api.CreateFramebuffer(device.Handle, &info, null, &made), "vkCreateFramebuffer");
            return made;
        });

        private void DestroyFramebuffers()
        {
            device.WaitIdle();
            foreach (Framebuffer each in framebuffers)
            {
                device.Api.DestroyFramebuffer(device.Handle, each, null);
            }
        }
    }
}
