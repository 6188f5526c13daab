using System;

namespace PrismLM.Tools.KernelPacking
{
    /// <summary>A shader that does not compile, or a tool that is missing; the message is for the shader's author.</summary>
    internal sealed class ShaderException : Exception
    {
        public ShaderException(string message)
            : base(message)
        {
        }
    }
}
