using System;

namespace PrismLM.Tests.Vulkan.Cases
{
    /// <summary>
    /// One kernel on one problem. The list of them serves the tests, the benchmark (<c>prism bench --kernels</c>) and the executable that runs both on a machine
    /// without .NET, so nothing here knows a test framework.
    /// </summary>
    internal abstract class KernelCase
    {
        protected KernelCase(string name) => Name = name;

        /// <summary>The kernel first, then what is special about the problem.</summary>
        public string Name { get; }

        /// <summary>Large enough that its time says something.</summary>
        public bool IsLarge { get; protected set; }

        /// <summary>Makes the problem; what is made is the caller's to dispose, the context's pipelines are not.</summary>
        public abstract KernelRun Create(CaseContext context);

        public override string ToString() => Name;
    }

    /// <summary>A case on a device.</summary>
    internal abstract class KernelRun : IDisposable
    {
        /// <summary>Bytes that the kernel must read and write; 0 where nobody counted.</summary>
        public double Bytes { get; protected set; }

        /// <summary>Operations that it must do, a multiplication and an addition being two; 0 where nobody counted.</summary>
        public double Operations { get; protected set; }

        /// <summary>Runs the kernel once and waits. May be called again and again: the result is the same.</summary>
        public abstract void Execute();

        /// <summary>Compares what the kernel wrote with the reference in double precision.</summary>
        /// <returns>What is wrong, or null.</returns>
        public abstract string? Check();

        public abstract void Dispose();
    }
}
