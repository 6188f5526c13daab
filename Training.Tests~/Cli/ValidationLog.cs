using System;
using System.Diagnostics;
using System.IO;

namespace PrismLM.Training.Tests.Cli
{
    /// <summary>Turns the Khronos validation layer on in a process that a test starts, by its environment, and reads what the layer says.</summary>
    internal sealed class ValidationLog : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("prism-validation-").FullName;

        public void TurnOn(ProcessStartInfo start)
        {
            string settings = Path.Combine(_folder, "vk_layer_settings.txt");
            File.WriteAllLines(settings, new[]
            {
                "khronos_validation.debug_action = VK_DBG_LAYER_ACTION_LOG_MSG",
                "khronos_validation.report_flags = error,warn",
                "khronos_validation.log_filename = " + LogFile,
            });
            start.Environment["VK_INSTANCE_LAYERS"] = "VK_LAYER_KHRONOS_validation";
            start.Environment["VK_LAYER_SETTINGS_PATH"] = settings;
        }

        /// <summary>The layer was loaded: it opens its log with the instance.</summary>
        public bool WasLoaded => File.Exists(LogFile);

        private string LogFile => Path.Combine(_folder, "validation.log");

        public string Read() => WasLoaded ? File.ReadAllText(LogFile) : string.Empty;

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
