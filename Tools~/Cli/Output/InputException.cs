using System;

namespace PrismLM.Cli.Output
{
    /// <summary>The user's input is wrong: becomes one line on standard error and exit code 2.</summary>
    internal sealed class InputException : Exception
    {
        public InputException(string where, string found, string expected, string hint)
            : base($"{where}: found {found}; expected {expected}. Hint: {hint}")
        {
        }
    }
}
