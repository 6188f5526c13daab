using System;
using System.Text;
using PrismLM.Core.Generation;

namespace PrismLM.Cli.Demo
{
    /// <summary>One line and what is answered to it, as it grows.</summary>
    internal sealed class DemoReply
    {
        private readonly StringBuilder _text = new StringBuilder();

        public DemoReply(DemoActor actor, string line)
        {
            Actor = actor;
            Line = line;
        }

        public DemoActor Actor { get; }

        public string Line { get; }

        public string Text => _text.ToString();

        public string? Action { get; private set; }

        public GenerationResult? Result { get; private set; }

        public Action Cancel { get; set; } = () => { };

        public void Add(string text) => _text.Append(text);

        public void Complete(GenerationResult result, string? action)
        {
            Result = result;
            Action = action;
        }
    }
}
