using System;
using System.IO;
using System.Linq;
using System.Text;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.Cli.Output
{
    /// <summary>Turns what went wrong into one line (what, where, found, expected, hint) and an exit code.</summary>
    internal static class ErrorLine
    {
        public static int Report(string command, Exception exception, bool withTrace)
        {
            (string line, int code) = Describe(exception);
            if (withTrace && code == 1)
            {
                Console.Error.WriteLine(exception);
            }

            return Write(command, line, code);
        }

        public static int Write(string command, string line, int code)
        {
            string prefix = command.Length == 0 || command == "prism" ? "prism: " : $"prism {command}: ";
            Console.Error.WriteLine(prefix + OneLine(line));
            return code;
        }

        internal static (string Line, int Code) Describe(Exception exception)
        {
            switch (exception)
            {
                case InputException or PrismFileException:
                    return (exception.Message, 2);
                case PrismVulkanException vulkan:
                    // A lost device is nobody's input; what the machine lacks is something its owner can change.
                    return (exception.Message, vulkan.IsDeviceLost ? 1 : 2);
                case OperationCanceledException:
                    return ("interrupted; nothing half-written was left behind.", 130);
                case FileNotFoundException { FileName: null }:
                    return (exception.Message, 2);
                case FileNotFoundException missing:
                    return ($"{missing.FileName ?? "a file"}: found nothing there; expected a file. Hint: check the path.", 2);
                case DirectoryNotFoundException:
                    return ($"{exception.Message} Hint: create the folder first.", 2);
                case UnauthorizedAccessException:
                    return ($"{exception.Message} Hint: check who may read or write there.", 2);
                case ArgumentException:
                    // Parameter names are for programmers; the sentence before them is for everyone.
                    return (exception.Message.Split(" (Parameter '")[0], 2);
                case InvalidDataException:
                    return (exception.Message, 2);
                case IOException:
                    return ($"{exception.Message} Hint: check the disk and the path.", 2);
                default:
                    return ($"internal error: {exception.GetType().Name}: {exception.Message} Hint: run again with --debug and report what it prints.", 1);
            }
        }

        private static string OneLine(string text)
        {
            var line = new StringBuilder(text.Length);
            foreach (string part in text.Split('\n', '\r').Select(part => part.Trim()).Where(part => part.Length > 0))
            {
                line.Append(line.Length == 0 ? "" : " ").Append(string.Concat(part.Select(c => char.IsControl(c) ? ' ' : c)));
            }

            return line.ToString();
        }
    }
}
