using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Benchmarks;
using PrismLM.Benchmarks.Figures;
using PrismLM.Cli.Output;

namespace PrismLM.Cli.Bench
{
    /// <summary>A report as text.</summary>
    internal static class BenchText
    {
        public static string Render(BenchReport report) => Header(report.Device, report.Floor, report.Driver) + string.Concat(report.Models.Select(model => "\n" + Render(model)));

        /// <summary>Single kernels.</summary>
        public static string Render(string device, MachineFloor floor, IReadOnlyList<KernelTime> times)
        {
            var table = new TextTable("kernel", "us", "+-", "GFLOP/s", "GB/s", "times floor");
            foreach (KernelTime each in times)
            {
                table.Add(each.Name, Number(each.Microseconds.Median), Percent(each.Microseconds.Spread), Rate(each.Operations), Rate(each.Bytes), each.TimesFloor > 0 ? FormattableString.Invariant($"{each.TimesFloor:F1}") : "");
            }

            return Header(device, floor, "") + "\n" + table;
        }

        private static string Header(string device, MachineFloor floor, string driver)
        {
            var facts = new FactList("Prism bench");
            facts.Add("device", device);
            facts.Add("driver", driver);
            facts.Add("processor", FormattableString.Invariant($"{Environment.ProcessorCount} cores"));
            facts.Add("floor", FormattableString.Invariant(
                $"copy {floor.BytesPerSecond / 1e9:F1} GB/s (read + written), fma {floor.OperationsPerSecond / 1e9:F1} GFLOP/s, dispatch {floor.DispatchSeconds * 1e6:F1} us, submit {floor.SubmitSeconds * 1e6:F0} us"));
            return facts.ToString();
        }

        private static string Rate(double perSecond) => perSecond > 0 ? FormattableString.Invariant($"{perSecond / 1e9:F2}") : "";

        private static string Render(ModelFigures model)
        {
            var facts = new FactList(FormattableString.Invariant($"{model.Name}, {model.Weights}"));
            facts.Add("size", FormattableString.Invariant($"{model.Parameters / 1e6:F1} million parameters, {Units.Bytes(model.FileBytes)} file"));
            facts.Add("memory", FormattableString.Invariant($"{Units.Bytes(model.DeviceBytes)} on the device; {Units.Bytes(model.PeakHostBytes)} at most in this process so far"));
            facts.Add("load cold", Load(model.LoadCold));
            facts.Add("load warm", Load(model.LoadWarm));
            var table = new TextTable("what", "tokens/s", "+-", "ms", "floor ms", "times floor", "limit", "MB/token", "CPU ms/token");
            foreach (PrefillFigures each in model.Prefill)
            {
                table.Add(
                    FormattableString.Invariant($"prompt of {each.Tokens}, to the first token"), Units.Rate(each.TokensPerSecond.Median), Percent(each.TokensPerSecond.Spread), Number(each.Milliseconds), Number(each.FloorMilliseconds),
                    FormattableString.Invariant($"{each.TimesFloor:F1}"), each.Limit, "", Number(each.CpuMilliseconds / each.Tokens));
            }

            foreach (DecodeFigures each in model.Decode)
            {
                table.Add(
                    FormattableString.Invariant($"decode, {each.Batch} at depth {each.Depth}"), Units.Rate(each.TokensPerSecond.Median), Percent(each.TokensPerSecond.Spread), Number(each.MillisecondsPerToken), Number(each.FloorMilliseconds),
                    FormattableString.Invariant($"{each.TimesFloor:F1}"), each.Limit, FormattableString.Invariant($"{each.BytesPerToken / 1e6:F2}"), Number(each.CpuMilliseconds));
            }

            return facts + (model.Prefill.Count + model.Decode.Count > 0 ? "\n" + table : "") + string.Concat(model.Decode.Where(each => each.Kernels.Count > 0).Select(Profile));
        }

        private static string Profile(DecodeFigures step)
        {
            double all = step.Kernels.Sum(each => each.Microseconds);
            var table = new TextTable(FormattableString.Invariant($"step of {step.Batch} at depth {step.Depth}, by kernel"), "dispatches", "us", "us each", "share");
            foreach (KernelShare each in step.Kernels)
            {
                table.Add(each.Kernel, Units.Count(each.Dispatches), Number(each.Microseconds), Number(each.Microseconds / each.Dispatches), Percent(each.Microseconds / all));
            }

            table.Add("all but the sampler", Units.Count(step.Kernels.Sum(each => each.Dispatches)), Number(all), "", "");
            return "\n" + table;
        }

        private static string Load(LoadFigures? load) => load is null ? "" : FormattableString.Invariant(
            $"{load.Total * 1000:F0} ms to the first token: file {load.Read * 1000:F0}, device {load.Device * 1000:F0}, weights {load.Upload * 1000:F0}, pipelines {load.WarmUp * 1000:F0}, token {load.FirstToken * 1000:F0}");

        private static string Percent(double share) => FormattableString.Invariant($"{share * 100:F0}%");

        private static string Number(double value) => value >= 100 ? FormattableString.Invariant($"{value:F0}") : FormattableString.Invariant($"{value:F2}");
    }
}
