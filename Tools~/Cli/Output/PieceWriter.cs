using System;
using System.Text;

namespace PrismLM.Cli.Output
{
    /// <summary>Writes pieces of text to standard output as they come, exactly as they come, and keeps the whole.</summary>
    internal sealed class PieceWriter
    {
        private readonly StringBuilder _text = new StringBuilder();
        private readonly bool _show;

        /// <param name="start">Written first.</param>
        /// <param name="show">False keeps the text alone.</param>
        public PieceWriter(string start, bool show)
        {
            _show = show;
            Write(start);
        }

        public string Text => _text.ToString();

        public void Write(string piece)
        {
            _text.Append(piece);
            if (_show)
            {
                Console.Out.Write(piece);
                Console.Out.Flush();
            }
        }
    }
}
