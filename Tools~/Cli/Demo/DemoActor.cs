using System;
using System.Collections.Generic;
using PrismLM.Core.Generation;
using PrismLM.Dialogue;
using PrismLM.Hosting;

namespace PrismLM.Cli.Demo
{
    /// <summary>Someone on the demo's stage: a title, the lines the player will say, and how a line is answered.</summary>
    internal sealed class DemoActor
    {
        private readonly Queue<string> _lines;
        private readonly Func<string, Action<string>, Action<GenerationResult, string?>, Action> _begin;

        private DemoActor(string title, IEnumerable<string> lines, Func<string, Action<string>, Action<GenerationResult, string?>, Action> begin)
        {
            Title = title;
            _lines = new Queue<string>(lines);
            _begin = begin;
        }

        public string Title { get; }

        public bool HasMore => _lines.Count > 0;

        /// <summary>An NPC of a model that knows dialogue.</summary>
        public static DemoActor Talking(Npc npc, string title, params string[] lines) => new DemoActor(title, lines, (line, added, completed) =>
        {
            NpcReply reply = npc.Ask(line);
            reply.TextAdded += (_, text) => added(text.ToString());
            reply.Completed += done => completed(done.Result!.Generation!, done.Action);
            return reply.Cancel;
        });

        /// <summary>A story that a model without dialogue goes on with.</summary>
        public static DemoActor Telling(PrismRuntime runtime, Func<string, int[]> prompt, string title, SamplingOptions sampling, uint id, params string[] lines) => new DemoActor(title, lines, (line, added, completed) =>
        {
            GenerationReply reply = runtime.Scheduler.Submit(new GenerationRequest(prompt(line)) { MaxTokens = 64, Sampling = sampling, Npc = id });
            reply.TextAdded += (_, text) => added(text.ToString());
            reply.Completed += result => completed(result, null);
            return reply.Cancel;
        });

        /// <summary>Has the next line answered; nothing is computed before the next tick.</summary>
        public DemoReply Begin()
        {
            var reply = new DemoReply(this, _lines.Dequeue());
            reply.Cancel = _begin(reply.Line, reply.Add, reply.Complete);
            return reply;
        }
    }
}
