using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Cli.Demo;
using PrismLM.Cli.Output;
using PrismLM.Cli.Running;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Dialogue;
using PrismLM.Hosting;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism chat</c>: talk to one NPC.</summary>
    internal static class ChatCommand
    {
        private const string Commands = "/persona  /cue TEXT  /forget  /trace FILE  /quit";

        public static Command Create()
        {
            var model = new Option<string?>("--model") { Description = "A model file that knows dialogue; by default the one that ships with Prism." };
            var persona = new Option<string?>("--persona") { Description = "A persona file (JSON); by default the smith of Samples~/Tavern." };
            var sampling = new SamplingArguments(Npc.DefaultSampling.Temperature, Npc.DefaultSampling.RepetitionPenalty);
            var backend = new BackendArgument(BackendArgument.Automatic, BackendArgument.Automatic, BackendArgument.Vulkan, BackendArgument.Reference);
            var command = new Command("chat", "Talk to an NPC; one line of standard input is one line of the player.") { model, persona };
            sampling.AddTo(command);
            backend.AddTo(command);
            command.SetAction((parsed, cancellation) =>
            {
                SamplingOptions options = sampling.Read(parsed);
                NpcPersona who = NpcPersona.Load(parsed.GetValue(persona) ?? Path.Combine(DemoCast.PersonaFolder, "smith.json"));
                return Task.FromResult(Run(parsed.GetValue(model), who, options, backend.Options(parsed, 1), cancellation));
            });
            return command;
        }

        private static int Run(string? path, NpcPersona persona, SamplingOptions sampling, PrismRuntimeOptions options, CancellationToken cancellation)
        {
            PrismCheckpoint checkpoint = ModelLocator.Load(path);
            if (checkpoint.Config.DialogueFormat == 0)
            {
                throw new InputException(checkpoint.Info.Name, "a model that only continues text", "a model with a dialogue format", "use prism generate with it, or name another one with --model");
            }

            using PrismRuntime runtime = Terminal.Progress("Putting the model on the device", progress => PrismRuntime.Create(checkpoint, options, progress, cancellation));
            Npc npc = runtime.CreateNpc(persona);
            npc.Sampling = sampling;
            npc.Tracing = true;
            NpcReply? last = null;
            Terminal.Note($"{persona.DisplayName} on {runtime.Backend.Name}. {Commands}");
            while (Read(cancellation) is string line)
            {
                if (!Answer(runtime, npc, line.Trim(), ref last, cancellation))
                {
                    break;
                }
            }

            return 0;
        }

        private static string? Read(CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Terminal.IsInteractive)
            {
                Console.Out.Write("> ");
            }

            // A read that waits cannot be ended; it is left on its background thread, which keeps no process alive.
            return Task.Run(Console.In.ReadLine, cancellation).WaitAsync(cancellation).GetAwaiter().GetResult();
        }

        /// <summary>False to leave.</summary>
        private static bool Answer(PrismRuntime runtime, Npc npc, string line, ref NpcReply? last, CancellationToken cancellation)
        {
            switch (line.Split(' ', 2)[0])
            {
                case "":
                    return true;
                case "/quit" or "/exit":
                    return false;
                case "/forget":
                    npc.Forget();
                    return true;
                case "/persona":
                    Console.Out.Write(DialogueFormat.PersonaText(npc.Persona.Facts));
                    return true;
                case "/cue" when line.Length > "/cue ".Length:
                    Say(runtime, npc, last = npc.Speak(line["/cue ".Length..]), cancellation);
                    return true;
                case "/trace" when line.Length > "/trace ".Length && last is not null:
                    Save(last, line["/trace ".Length..].Trim());
                    return true;
                case string command when command.StartsWith('/'):
                    Terminal.Note(command == "/trace" ? "Say something first, then: /trace FILE" : $"There is no {command}. {Commands}");
                    return true;
                default:
                    Say(runtime, npc, last = npc.Ask(line), cancellation);
                    return true;
            }
        }

        /// <summary>A wrong path does not end a conversation.</summary>
        private static void Save(NpcReply reply, string path)
        {
            try
            {
                reply.Trace!.Save(path);
                Terminal.Note($"{path}: why {reply.Npc.Persona.DisplayName} said that. To look at it: prism replay {path}");
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Terminal.Note(failure.Message);
            }
        }

        private static void Say(PrismRuntime runtime, Npc npc, NpcReply reply, CancellationToken cancellation)
        {
            Console.Out.Write(npc.Persona.DisplayName + ": ");
            reply.TextAdded += (_, added) =>
            {
                Console.Out.Write(added);
                Console.Out.Flush();
            };
            while (!reply.IsCompleted)
            {
                if (cancellation.IsCancellationRequested)
                {
                    reply.Cancel();
                }

                runtime.Tick(double.PositiveInfinity);
                if (!reply.IsCompleted && runtime.Scheduler.LastTickTokens == 0)
                {
                    runtime.Scheduler.Wait(20);
                }
            }

            ReplyResult result = reply.Result!;
            string tail = (reply.Action is null ? "" : $"  *{reply.Action}*") + (result.Reason is FinishReason.Finished ? "" : $"  [{result.Reason}]");
            Console.Out.WriteLine(tail);
            if (Terminal.IsInteractive)
            {
                Terminal.Note(FormattableString.Invariant(
                    $"  {result.Statistics.GeneratedTokens} tokens, first after {Units.Milliseconds(result.Statistics.TimeToFirstToken.TotalMilliseconds)}, {Units.Rate(result.Statistics.TokensPerSecond)} tokens/s")
                    + (reply.DroppedTurns > 0 ? FormattableString.Invariant($", {reply.DroppedTurns} old lines dropped") : ""));
            }

            if (result.Error is not null)
            {
                throw new InvalidOperationException(result.Error);
            }
        }
    }
}
