using System;
using System.Linq;
using NUnit.Framework;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Device
{
    public class SmokeTests : VulkanTest
    {
        [Test]
        public void ReportsTheDeviceAndWhy()
        {
            DeviceReport report = Device.Report;
            Assert.That(report.IsSoftware, Is.True);
            Assert.That(report.Chosen.Name, Does.Contain("llvmpipe"));
            Assert.That(report.Reason, Does.Contain("llvmpipe"));
            Assert.That(report.Candidates, Does.Contain(report.Chosen));
            Assert.That(report.Limits["maxStorageBufferRange"], Is.GreaterThanOrEqualTo(134_217_728));
            Assert.That(Device.SubgroupSize, Is.InRange(4, 64));
            Assert.That(Device.FullSubgroups, Is.True);
            Assert.That(report.ToString(), Does.Contain("* ").And.Contain("subgroup"));
        }

        [Test]
        public void FindsLavapipesSilentLoopLimit() => Assert.That(Device.Report.LoopIterationLimit, Is.InRange(DeviceSelfTest.AllowedLoopIterations, 65_536));

        [Test]
        public void RunsAKernelAgainAndAgain([Values(1, 7, 8, 9, 97, 1025)] int count)
        {
            float[] x = Enumerable.Range(0, count).Select(i => (float)Math.Sin(i)).ToArray();
            using ComputePipeline pipeline = Device.CreatePipeline(TestKernels, SmokeKernel.Description, new SpecializationConstant(1, 0.5f));
            using GpuBuffer<float> a = Device.CreateBuffer<float>(ArenaKind.Weights, count, BufferAccess.ReadOnly, "x");
            using GpuBuffer<float> b = Device.CreateBuffer<float>(ArenaKind.Activations, count + 4, BufferAccess.ReadWrite, "y");
            using BindingSet set = Device.CreateBindings("smoke", a, b);
            a.Upload(x);
            b.Upload(Enumerable.Repeat(7f, count + 4).ToArray());
            using CommandRecorder recorder = Device.Record("smoke");
            recorder.Dispatch(pipeline, set, new SmokeKernel.Push { A = 2f, Count = (uint)count }, SmokeKernel.Groups(Device, count));
            using RecordedCommands commands = recorder.End();
            Assert.That(commands.DispatchCount, Is.EqualTo(1));
            for (int i = 0; i < 3; i++)
            {
                Submission submission = Device.Submit(commands);
                submission.WaitOrThrow(5000);
                Assert.That(submission.IsDone, Is.True);
            }

            float[] y = b.Download();
            for (int i = 0; i < count + 4; i++)
            {
                float expected = i < count ? 7f + (3 * ((2f * x[i]) + 0.5f)) : 7f;
                Assert.That(y[i], Is.EqualTo(expected).Within(1e-5f), "element {0}", i);
            }
        }

        [Test]
        public void RunsAVariantOfAKernel()
        {
            using ComputePipeline pipeline = Device.CreatePipeline(TestKernels, SmokeKernel.Double);
            using GpuBuffer<float> x = Device.CreateBuffer<float>(ArenaKind.Activations, 1, BufferAccess.ReadWrite, "x");
            using GpuBuffer<float> y = Device.CreateBuffer<float>(ArenaKind.Readback, 1, BufferAccess.ReadWrite, "y");
            x.Upload(new[] { 3f });
            y.Mapped[0] = 1f;
            using BindingSet set = Device.CreateBindings("double", x, y);
            using CommandRecorder recorder = Device.Record("double");
            recorder.Dispatch(pipeline, set, new SmokeKernel.Push { A = 1f, Count = 1 }, 1);
            using RecordedCommands commands = recorder.End();
            Device.Submit(commands).WaitOrThrow(5000);
            Assert.That(y.Mapped[0], Is.EqualTo(7f));
        }
    }
}
