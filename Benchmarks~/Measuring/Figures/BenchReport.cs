using System.Collections.Generic;

namespace PrismLM.Benchmarks.Figures
{
    /// <summary>Everything one run of the benchmark has found.</summary>
    internal sealed record BenchReport(string Device, string Driver, int Cores, MachineFloor Floor, IReadOnlyList<ModelFigures> Models);

    /// <summary>One model in one number format.</summary>
    /// <param name="FileBytes">Size of the checkpoint.</param>
    /// <param name="DeviceBytes">Device memory of the engine.</param>
    /// <param name="PeakHostBytes">Largest working set of the process so far; software Vulkan's device memory is in it.</param>
    internal sealed record ModelFigures(
        string Name, string Weights, long Parameters, long FileBytes, long DeviceBytes, long PeakHostBytes, LoadFigures? LoadCold, LoadFigures? LoadWarm, IReadOnlyList<PrefillFigures> Prefill, IReadOnlyList<DecodeFigures> Decode);

    /// <summary>Seconds from a file to the first token.</summary>
    /// <param name="Read">Reading, hashing and checking the file.</param>
    /// <param name="Device">Opening the device and its self-test.</param>
    /// <param name="Upload">Laying out and copying the weights.</param>
    /// <param name="WarmUp">Compiling the pipelines and running each once.</param>
    /// <param name="FirstToken">From a prompt of one token to its reply's first token.</param>
    internal sealed record LoadFigures(double Read, double Device, double Upload, double WarmUp, double FirstToken)
    {
        public double Total => Read + Device + Upload + WarmUp + FirstToken;
    }

    /// <summary>Reading a prompt, with its first token.</summary>
    /// <param name="FloorMilliseconds">What the device's rates allow; see <see cref="MachineFloor"/>.</param>
    internal sealed record PrefillFigures(int Tokens, Samples TokensPerSecond, double Milliseconds, double FloorMilliseconds, string Limit, double CpuMilliseconds)
    {
        public double TimesFloor => Milliseconds / FloorMilliseconds;
    }

    /// <summary>Decoding: a token for each sequence a step.</summary>
    /// <param name="Depth">Tokens of each sequence's prompt.</param>
    /// <param name="TokensPerSecond">Of all sequences together.</param>
    /// <param name="MillisecondsPerToken">Between two tokens of one sequence: a step.</param>
    /// <param name="BytesPerToken">Weights and keys that a step must read, over the tokens that it makes.</param>
    /// <param name="FloorMilliseconds">Of a step.</param>
    /// <param name="CpuMilliseconds">Processor time of the whole process, of a token.</param>
    internal sealed record DecodeFigures(
        int Batch, int Depth, Samples TokensPerSecond, double MillisecondsPerToken, double BytesPerToken, double FloorMilliseconds, string Limit, double CpuMilliseconds, int Dispatches)
    {
        public double TimesFloor => MillisecondsPerToken / FloorMilliseconds;

        /// <summary>The step by kernel; empty when nobody asked.</summary>
        public IReadOnlyList<KernelShare> Kernels { get; init; } = System.Array.Empty<KernelShare>();
    }

    /// <summary>What all dispatches of one kernel take of a step, by the device's own clock.</summary>
    internal sealed record KernelShare(string Kernel, int Dispatches, double Microseconds);
}
