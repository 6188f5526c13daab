using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Threading.Tasks;

namespace PrismLM.Tavern.Window
{
    /// <summary>An X server without a screen, for machines that have none: continuous integration draws into a real window all the same.</summary>
    internal sealed unsafe class VirtualDisplay : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

        private readonly Process server;

        private VirtualDisplay(Process server)
        {
            this.server = server;
        }

        public static bool IsNeeded => OperatingSystem.IsLinux()
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY"))
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY"))
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("SDL_VIDEODRIVER"));

        /// <summary>Starts Xvfb and tells SDL about it. Ends with the last window, also when this process dies.</summary>
        public static VirtualDisplay Start()
        {
            // It chooses a free number itself and writes it to its standard output.
            var start = new ProcessStartInfo("Xvfb", $"-displayfd 1 -screen 0 {SceneSize.Width}x{SceneSize.Height}x24 -nolisten tcp -terminate")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            Process server;
            try
            {
                server = Process.Start(start)!;
            }
            catch (Win32Exception missing)
            {
                throw new TavernException("There is no display, and Xvfb is not installed (Debian: xvfb).", missing);
            }

            Task<string?> number = server.StandardOutput.ReadLineAsync();
            if (!number.Wait(Patience) || string.IsNullOrWhiteSpace(number.Result))
            {
                string reason = server.HasExited ? server.StandardError.ReadToEnd().Trim() : "it gave no display number";
                server.Dispose();
                throw new TavernException("Xvfb did not start: " + reason);
            }

            server.ErrorDataReceived += static (_, _) => { };
            server.BeginErrorReadLine();
            fixed (byte* name = "DISPLAY\0"u8, value = Encoding.ASCII.GetBytes(":" + number.Result.Trim() + "\0"))
            {
                // .NET keeps its own copy of the environment, which native libraries do not see.
                _ = Sdl.SetEnvironment(name, value, 1);
            }

            return new VirtualDisplay(server);
        }

        public void Dispose()
        {
            if (!server.WaitForExit(500))
            {
                server.Kill();
            }

            server.Dispose();
        }
    }
}
