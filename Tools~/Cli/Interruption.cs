using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using PrismLM.Cli.Output;

namespace PrismLM.Cli
{
    /// <summary>
    /// Ctrl-C, a request to terminate and a closed terminal, as one token. Signals come on a thread of their own, so a command that computes on the main
    /// thread sees the token too. The first one asks; a second one ends the process at once.
    /// </summary>
    internal sealed class Interruption : IDisposable
    {
        public const int ExitCode = 130;

        private static readonly PosixSignal[] Signals = { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP };

        private readonly CancellationTokenSource _source = new CancellationTokenSource();
        private readonly List<PosixSignalRegistration> _registrations;
        private int _asked;

        public Interruption() => _registrations = Signals.Select(signal => PosixSignalRegistration.Create(signal, Handle)).ToList();

        public CancellationToken Token => _source.Token;

        public void Dispose()
        {
            _registrations.ForEach(registration => registration.Dispose());
            _source.Dispose();
        }

        private void Handle(PosixSignalContext context)
        {
            context.Cancel = true;
            if (Interlocked.Increment(ref _asked) > 1)
            {
                // Not an orderly exit: whoever asks twice will not wait for what hangs. Files are written beside the old ones and renamed, so none is cut.
                Terminal.ShowCursor();
                Process.GetCurrentProcess().Kill();
            }

            _source.Cancel();
        }
    }
}
