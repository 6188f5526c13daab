using System;
using System.IO;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tavern
{
    internal static class Program
    {
        private const int Failed = 1;
        private const int WrongInput = 2;

        private static int Main(string[] arguments)
        {
            try
            {
                TavernOptions options = TavernOptions.Parse(arguments);
                if (options.ShowHelp)
                {
                    Console.Out.WriteLine(TavernOptions.Help);
                    return 0;
                }

                using var game = new TavernGame(options);
                return game.Run() ? 0 : Failed;
            }
            catch (Exception error) when (error is TavernException or PrismFileException or PrismVulkanException or DllNotFoundException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                Console.Error.WriteLine("prism tavern: " + error.Message);
                return WrongInput;
            }
        }
    }
}
