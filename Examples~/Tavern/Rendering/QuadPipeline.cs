using System;
using System.IO;
using Silk.NET.Core.Native;
using Silk.NET.Vulkan;

namespace PrismLM.Tavern.Rendering
{
    /// <summary>The one pipeline of the game: instanced quads over what the image holds already.</summary>
    internal sealed unsafe class QuadPipeline : IDisposable
    {
        private const int InstanceBytes = 64;
        private const int Attributes = 4;

        private readonly GameDevice device;
        private readonly DescriptorSetLayout setLayout;
        private readonly DescriptorPool pool;
        private readonly Sampler sampler;
        private readonly DescriptorSet set;

        public QuadPipeline(GameDevice device, Format format, GpuImage sheet)
        {
            this.device = device;
            RenderPass = CreateRenderPass(format);
            setLayout = CreateSetLayout();
            Layout = CreateLayout();
            sampler = CreateSampler();
            pool = CreatePool();
            set = CreateSet(sheet);
            Handle = CreatePipeline();
        }

        public RenderPass RenderPass { get; }

        public PipelineLayout Layout { get; }

        public Pipeline Handle { get; }

        public void Bind(CommandBuffer commands)
        {
            DescriptorSet bound = set;
            device.Api.CmdBindPipeline(commands, PipelineBindPoint.Graphics, Handle);
            device.Api.CmdBindDescriptorSets(commands, PipelineBindPoint.Graphics, Layout, 0, 1, &bound, 0, null);
        }

        public void Dispose()
        {
            device.Api.DestroyPipeline(device.Handle, Handle, null);
            device.Api.DestroyPipelineLayout(device.Handle, Layout, null);
            device.Api.DestroyDescriptorPool(device.Handle, pool, null);
            device.Api.DestroyDescriptorSetLayout(device.Handle, setLayout, null);
            device.Api.DestroySampler(device.Handle, sampler, null);
            device.Api.DestroyRenderPass(device.Handle, RenderPass, null);
        }

        private RenderPass CreateRenderPass(Format format)
        {
            // The background was copied into the image before the pass begins.
            var color = new AttachmentDescription
            {
                Format = format,
                Samples = SampleCountFlags.Count1Bit,
                LoadOp = AttachmentLoadOp.Load,
                StoreOp = AttachmentStoreOp.Store,
                StencilLoadOp = AttachmentLoadOp.DontCare,
                StencilStoreOp = AttachmentStoreOp.DontCare,
                InitialLayout = ImageLayout.ColorAttachmentOptimal,
                FinalLayout = ImageLayout.ColorAttachmentOptimal,
            };
            var reference = new AttachmentReference { Attachment = 0, Layout = ImageLayout.ColorAttachmentOptimal };
            var subpass = new SubpassDescription { PipelineBindPoint = PipelineBindPoint.Graphics, ColorAttachmentCount = 1, PColorAttachments = &reference };
            var info = new RenderPassCreateInfo
            {
                SType = StructureType.RenderPassCreateInfo,
                AttachmentCount = 1,
                PAttachments = &color,
                SubpassCount = 1,
                PSubpasses = &subpass,
            };
            RenderPass made;
            VkCheck.Ok(device.Api.CreateRenderPass(device.Handle, &info, null, &made), "vkCreateRenderPass");
            return made;
        }

        private DescriptorSetLayout CreateSetLayout()
        {
            var binding = new DescriptorSetLayoutBinding
            {
                Binding = 0,
                DescriptorType = DescriptorType.CombinedImageSampler,
                DescriptorCount = 1,
                StageFlags = ShaderStageFlags.FragmentBit,
            };
            var info = new DescriptorSetLayoutCreateInfo { SType = StructureType.DescriptorSetLayoutCreateInfo, BindingCount = 1, PBindings = &binding };
            DescriptorSetLayout made;
            VkCheck.Ok(device.Api.CreateDescriptorSetLayout(device.Handle, &info, null, &made), "vkCreateDescriptorSetLayout");
            return made;
        }

        private PipelineLayout CreateLayout()
        {
            DescriptorSetLayout layout = setLayout;
            var screen = new PushConstantRange { StageFlags = ShaderStageFlags.VertexBit, Offset = 0, Size = 8 };
            var info = new PipelineLayoutCreateInfo
            {
                SType = StructureType.PipelineLayoutCreateInfo,
                SetLayoutCount = 1,
                PSetLayouts = &layout,
                PushConstantRangeCount = 1,
                PPushConstantRanges = &screen,
            };
            PipelineLayout made;
            VkCheck.Ok(device.Api.CreatePipelineLayout(device.Handle, &info, null, &made), "vkCreatePipelineLayout");
            return made;
        }

        private Sampler CreateSampler()
        {
            var info = new SamplerCreateInfo
            {
                SType = StructureType.SamplerCreateInfo,
                MagFilter = Filter.Linear,
                MinFilter = Filter.Linear,
                AddressModeU = SamplerAddressMode.ClampToEdge,
                AddressModeV = SamplerAddressMode.ClampToEdge,
                AddressModeW = SamplerAddressMode.ClampToEdge,
            };
            Sampler made;
            VkCheck.Ok(device.Api.CreateSampler(device.Handle, &info, null, &made), "vkCreateSampler");
            return made;
        }

        private DescriptorPool CreatePool()
        {
            var size = new DescriptorPoolSize { Type = DescriptorType.CombinedImageSampler, DescriptorCount = 1 };
            var info = new DescriptorPoolCreateInfo { SType = StructureType.DescriptorPoolCreateInfo, MaxSets = 1, PoolSizeCount = 1, PPoolSizes = &size };
            DescriptorPool made;
            VkCheck.Ok(device.Api.CreateDescriptorPool(device.Handle, &info, null, &made), "vkCreateDescriptorPool");
            return made;
        }

        private DescriptorSet CreateSet(GpuImage sheet)
        {
            DescriptorSetLayout layout = setLayout;
            var info = new DescriptorSetAllocateInfo { SType = StructureType.DescriptorSetAllocateInfo, DescriptorPool = pool, DescriptorSetCount = 1, PSetLayouts = &layout };
            DescriptorSet made;
            VkCheck.Ok(device.Api.AllocateDescriptorSets(device.Handle, &info, &made), "vkAllocateDescriptorSets");
            var image = new DescriptorImageInfo { Sampler = sampler, ImageView = sheet.View, ImageLayout = ImageLayout.ShaderReadOnlyOptimal };
            var write = new WriteDescriptorSet
            {
                SType = StructureType.WriteDescriptorSet,
                DstSet = made,
                DstBinding = 0,
                DescriptorCount = 1,
                DescriptorType = DescriptorType.CombinedImageSampler,
                PImageInfo = &image,
            };
            device.Api.UpdateDescriptorSets(device.Handle, 1, &write, 0, null);
            return made;
        }

        private Pipeline CreatePipeline()
        {
            ShaderModule vertex = LoadShader("quad.vert.spv");
            ShaderModule fragment = LoadShader("quad.frag.spv");
            byte* main = (byte*)SilkMarshal.StringToPtr("main");
            try
            {
                PipelineShaderStageCreateInfo* stages = stackalloc PipelineShaderStageCreateInfo[]
                {
                    new() { SType = StructureType.PipelineShaderStageCreateInfo, Stage = ShaderStageFlags.VertexBit, Module = vertex, PName = main },
                    new() { SType = StructureType.PipelineShaderStageCreateInfo, Stage = ShaderStageFlags.FragmentBit, Module = fragment, PName = main },
                };
                var binding = new VertexInputBindingDescription(0, InstanceBytes, VertexInputRate.Instance);
                VertexInputAttributeDescription* attributes = stackalloc VertexInputAttributeDescription[Attributes];
                for (uint i = 0; i < Attributes; i++)
                {
                    attributes[i] = new VertexInputAttributeDescription(i, 0, Format.R32G32B32A32Sfloat, i * 16);
                }

                var input = new PipelineVertexInputStateCreateInfo
                {
                    SType = StructureType.PipelineVertexInputStateCreateInfo,
                    VertexBindingDescriptionCount = 1,
                    PVertexBindingDescriptions = &binding,
                    VertexAttributeDescriptionCount = Attributes,
                    PVertexAttributeDescriptions = attributes,
                };
                var assembly = new PipelineInputAssemblyStateCreateInfo { SType = StructureType.PipelineInputAssemblyStateCreateInfo, Topology = PrimitiveTopology.TriangleStrip };
                var viewport = new PipelineViewportStateCreateInfo { SType = StructureType.PipelineViewportStateCreateInfo, ViewportCount = 1, ScissorCount = 1 };
                var raster = new PipelineRasterizationStateCreateInfo
                {
                    SType = StructureType.PipelineRasterizationStateCreateInfo,
                    PolygonMode = PolygonMode.Fill,
                    CullMode = CullModeFlags.None,
                    LineWidth = 1,
                };
                var samples = new PipelineMultisampleStateCreateInfo { SType = StructureType.PipelineMultisampleStateCreateInfo, RasterizationSamples = SampleCountFlags.Count1Bit };
                var attachment = new PipelineColorBlendAttachmentState
                {
                    BlendEnable = true,
                    SrcColorBlendFactor = BlendFactor.One,
                    DstColorBlendFactor = BlendFactor.OneMinusSrcAlpha,
                    ColorBlendOp = BlendOp.Add,
                    SrcAlphaBlendFactor = BlendFactor.One,
                    DstAlphaBlendFactor = BlendFactor.OneMinusSrcAlpha,
                    AlphaBlendOp = BlendOp.Add,
                    ColorWriteMask = ColorComponentFlags.RBit | ColorComponentFlags.GBit | ColorComponentFlags.BBit | ColorComponentFlags.ABit,
                };
                var blend = new PipelineColorBlendStateCreateInfo { SType = StructureType.PipelineColorBlendStateCreateInfo, AttachmentCount = 1, PAttachments = &attachment };
                DynamicState* states = stackalloc DynamicState[] { DynamicState.Viewport, DynamicState.Scissor };
                var dynamic = new PipelineDynamicStateCreateInfo { SType = StructureType.PipelineDynamicStateCreateInfo, DynamicStateCount = 2, PDynamicStates = states };
                var info = new GraphicsPipelineCreateInfo
                {
                    SType = StructureType.GraphicsPipelineCreateInfo,
                    StageCount = 2,
                    PStages = stages,
                    PVertexInputState = &input,
                    PInputAssemblyState = &assembly,
                    PViewportState = &viewport,
                    PRasterizationState = &raster,
                    PMultisampleState = &samples,
                    PColorBlendState = &blend,
                    PDynamicState = &dynamic,
                    Layout = Layout,
                    RenderPass = RenderPass,
                };
                Pipeline made;
                VkCheck.Ok(device.Api.CreateGraphicsPipelines(device.Handle, default, 1, &info, null, &made), "vkCreateGraphicsPipelines");
                return made;
            }
            finally
            {
                SilkMarshal.Free((nint)main);
                device.Api.DestroyShaderModule(device.Handle, vertex, null);
                device.Api.DestroyShaderModule(device.Handle, fragment, null);
            }
        }

        private ShaderModule LoadShader(string name)
        {
            using Stream stream = typeof(QuadPipeline).Assembly.GetManifestResourceStream(name) ?? throw new TavernException("The program lacks its shader " + name + ".");
            var code = new byte[stream.Length];
            stream.ReadExactly(code);
            fixed (byte* first = code)
            {
                var info = new ShaderModuleCreateInfo { SType = StructureType.ShaderModuleCreateInfo, CodeSize = (nuint)code.Length, PCode = (uint*)first };
                ShaderModule made;
                VkCheck.Ok(device.Api.CreateShaderModule(device.Handle, &info, null, &made), "vkCreateShaderModule");
                return made;
            }
        }
    }
}
