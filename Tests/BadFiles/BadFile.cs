using System;
using System.Collections.Generic;

namespace PrismLM.Tests.BadFiles
{
    /// <summary>One row of the catalogue of bad input: how the file is built, and what the refusal must say.</summary>
    public sealed class BadFile
    {
        public BadFile(string id, string code, Func<byte[]> build, params string[] mustContain)
        {
            Id = id;
            Code = code;
            Build = build;
            MustContain = mustContain;
        }

        /// <summary>The row is for the reader of any safetensors file, which imports use, and not for the loader of Prism checkpoints.</summary>
        public bool IsGeneral { get; set; }

        /// <summary>The catalogue's number and a few words.</summary>
        public string Id { get; }

        public Func<byte[]> Build { get; }

        /// <summary>Empty when the file must load.</summary>
        public string Code { get; }

        public IReadOnlyList<string> MustContain { get; }

        public override string ToString() => Id;
    }
}
