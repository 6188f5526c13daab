using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
using PrismLM.Dialogue;
using PrismLM.Tests.Generation;
using PrismLM.Tests.Tokenization;

namespace PrismLM.Tests.Dialogue
{
    /// <summary>A stage with a scripted engine under it: every reply is the script that was set last.</summary>
    internal sealed class DialogueTable : IDisposable
    {
        private int _script;

        public DialogueTable(int slots = 4, int context = 400, IReadOnlyList<string>? languages = null)
        {
            Tokenizer = TinyTokenizer.Create(DialogueFormat.SpecialTokenNames.ToArray());
            Special = DialogueFormat.FindSpecialTokens(Tokenizer);
            Engine = new ScriptedEngine(slots, Tokenizer.VocabularySize)
            {
                Config = new ModelConfig
                {
                    Vocabulary = Tokenizer.VocabularySize, Context = context, Special = Special, Layers = 2, SignalHeads = 2, Languages = languages ?? Array.Empty<string>(),
                },
            };
            Engine.Choose = request =>
            {
                Requests.Add(request);
                return _script;
            };
            Says("Hello there.");
            Scheduler = new Scheduler(Engine, Tokenizer);
            Stage = new NpcStage(Scheduler, new DialogueFormat(Tokenizer, Special), () =>
            {
                Releases++;
                Scheduler.Dispose();
            });
        }

        public BpeTokenizer Tokenizer { get; }

        public SpecialTokens Special { get; }

        public ScriptedEngine Engine { get; }

        public Scheduler Scheduler { get; }

        public NpcStage Stage { get; }

        public int Releases { get; private set; }

        /// <summary>What the engine was asked for.</summary>
        public List<SequenceRequest> Requests { get; } = new List<SequenceRequest>();

        public static NpcPersona Bram { get; } = new NpcPersona(new PersonaFacts { Name = "Bram", Actions = new[] { "open_gate" } }) { FallbackLines = new[] { "Not now.", "Later." } };

        public Npc Npc(NpcPersona? persona = null) => Stage.CreateNpc(persona ?? Bram);

        /// <summary>What every reply from now on says, a byte or merged token at a time.</summary>
        public void Says(string text, string? action = null)
        {
            IEnumerable<int> tokens = Tokenizer.Encode(text);
            if (action != null)
            {
                tokens = tokens.Append(Special.Action).Concat(Tokenizer.Encode(action));
            }

            int[] whole = tokens.Append(Special.End).ToArray();
            Scripted = whole.Length;
            _script = Engine.Script(whole);
        }

        /// <summary>Tokens of the script that was set last.</summary>
        public int Scripted { get; private set; }

        /// <summary>From now on a reply that was begun before goes on where it was.</summary>
        public void Continues()
        {
            int[] whole = Engine.ScriptOf(_script);
            Engine.Choose = request =>
            {
                Requests.Add(request);
                return Engine.Script(whole.AsSpan(request.ReplySoFar.Length).ToArray());
            };
        }

        /// <summary>The prompt of a request as text, special tokens left out.</summary>
        public string PromptText(int request) => Tokenizer.Decode(Requests[request].Prompt.Where(token => !Tokenizer.IsSpecial(token)).ToArray());

        public bool Tick() => Stage.Tick(double.PositiveInfinity);

        public void Tick(int times)
        {
            for (int i = 0; i < times; i++)
            {
                Tick();
            }
        }

        public void TickUntil(Func<bool> holds)
        {
            for (int ticks = 0; !holds(); ticks++)
            {
                if (ticks > 5000)
                {
                    throw new TimeoutException("5,000 ticks were not enough.");
                }

                Tick();
            }
        }

        public ReplyResult Finish(NpcReply reply)
        {
            TickUntil(() => reply.IsCompleted);
            return reply.Result!;
        }

        public void Dispose() => Stage.Dispose();
    }
}
