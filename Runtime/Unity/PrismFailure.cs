using System;
using PrismLM.Hosting;

namespace PrismLM.Unity
{
    /// <summary>
    /// What went wrong, as data: a stable code and a sentence. PU001 to PU007 are the components' own; all others are those of loading (PF, PH, PT, PG ...),
    /// of personas (PN), of saves (PS) and of replies (PD).
    /// </summary>
    public sealed class PrismFailure
    {
        internal const string NoModel = "PU001", NotReadable = "PU002", NoKernels = "PU003", NoRuntime = "PU004", NoPersona = "PU005", CannotTalk = "PU006", Unexpected = "PU007";

        private PrismFailure(string code, string message)
        {
            Code = code;
            Message = message;
        }

        public string Code { get; }

        /// <summary>Starts with the code.</summary>
        public string Message { get; }

        internal static PrismFailure Create(string code, string message)
            => new PrismFailure(code, message.StartsWith(code, StringComparison.Ordinal) ? message : code + ": " + message);

        internal static PrismFailure Of(Exception thrown)
        {
            string code = FailureCode.Of(thrown) ?? (thrown is InvalidOperationException ? CannotTalk : Unexpected);
            return Create(code, thrown.Message);
        }
    }
}
