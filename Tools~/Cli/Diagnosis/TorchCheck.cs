using System;
using System.Runtime.CompilerServices;
using TorchSharp;

namespace PrismLM.Cli.Diagnosis
{
    /// <summary>Whether TorchSharp loads and computes: only the trainer needs it.</summary>
    internal static class TorchCheck
    {
        public static Finding Run()
        {
            try
            {
                return new Finding("TorchSharp", true, Compute());
            }
            catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException or NotSupportedException or EntryPointNotFoundException)
            {
                string advice = "Only training needs it. On Debian 12 the build makes the library loadable (Training~/TorchElfCompat.targets): build again with ./prism, and see Documentation~ for other systems.";
                return new Finding("TorchSharp", false, (exception.InnerException ?? exception).Message, advice);
            }
        }

        // A method of its own: the native library is looked for when this one is compiled.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static string Compute()
        {
            using torch.Tensor two = torch.ones(2).sum();
            string version = typeof(torch).Assembly.GetName().Version?.ToString(3) ?? "?";
            return FormattableString.Invariant($"{version}, computes (1 + 1 = {two.item<float>()}), {torch.get_num_threads()} threads, CUDA {(torch.cuda.is_available() ? "available" : "not available")}");
        }
    }
}
