using System;
using System.IO;
using Godot;
using PrismLM.Dialogue;

namespace PrismLM.Godot
{
    /// <summary>
    /// An NPC that talks. UNTESTED inside Godot: it is compiled against stubs of Godot's API, and nobody has run it yet.
    /// Nodes with the same model share one runtime; it is ticked once a frame, by whichever node comes first.
    /// </summary>
    [GlobalClass]
    public partial class PrismNpcNode : Node
    {
        private static readonly StringName TextSignal = new("TextAdded");
        private static readonly StringName SentenceSignal = new("SentenceCompleted");
        private static readonly StringName CompletedSignal = new("ReplyCompleted");
        private static readonly StringName ReadySignal = new("ModelReady");

        private SharedRuntime? shared;
        private Npc? npc;
        private bool failed;

        [Signal]
        public delegate void ModelReadyEventHandler();

        /// <summary>More words, to show or to hand to a text reveal.</summary>
        [Signal]
        public delegate void TextAddedEventHandler(string added);

        [Signal]
        public delegate void SentenceCompletedEventHandler(string sentence);

        /// <summary>The finish reason, the whole text, and the action or nothing.</summary>
        [Signal]
        public delegate void ReplyCompletedEventHandler(string reason, string text, string action);

        /// <summary>A Prism checkpoint: res:// or user:// or a path.</summary>
        [Export(PropertyHint.File, "*.safetensors")]
        public string ModelPath { get; set; } = "res://prism-tavern-3m.safetensors";

        [Export(PropertyHint.File, "*.json")]
        public string PersonaPath { get; set; } = "";

        /// <summary>Device time a frame for all NPCs of this model; the first node's value counts.</summary>
        [Export(PropertyHint.Range, "0,16,0.1")]
        public double BudgetMilliseconds { get; set; } = 2;

        /// <summary>Compute on Godot's own Vulkan device. Only with the thread model "Safe": Godot has no lock that a guest could take.</summary>
        [Export]
        public bool AdoptRenderingDevice { get; set; }

        public bool IsModelReady => npc != null;

        public bool IsTalking => npc?.Current != null;

        /// <summary>The player says something. What the NPC was saying is interrupted.</summary>
        /// <returns>False while the model is not there.</returns>
        public bool Ask(string line) => Follow(npc?.Ask(line));

        /// <summary>The NPC begins, because of something that a stage direction says.</summary>
        /// <returns>False while the model is not there.</returns>
        public bool Speak(string cue) => Follow(npc?.Speak(cue));

        public override void _Ready()
        {
            try
            {
                shared = SharedRuntime.Acquire(ModelPath, AdoptRenderingDevice);
            }
            catch (Exception error)
            {
                GD.PushError("Prism: " + error.Message);
            }
        }

        public override void _Process(double delta)
        {
            if (shared == null || failed)
            {
                return;
            }

            if (npc == null)
            {
                TryCreate(shared);
            }

            shared.Tick(Engine.GetProcessFrames(), BudgetMilliseconds);
        }

        public override void _ExitTree()
        {
            npc?.Dispose();
            npc = null;
            shared?.Release();
            shared = null;
        }

        private void TryCreate(SharedRuntime from)
        {
            try
            {
                if (from.TryGet() is not PrismLM.Hosting.PrismRuntime runtime)
                {
                    return;
                }

                using var persona = new MemoryStream(GodotFile.Read(PersonaPath));
                npc = runtime.CreateNpc(NpcPersona.Load(persona, PersonaPath));
                EmitSignal(ReadySignal);
            }
            catch (Exception error)
            {
                // Said once, and the game goes on without this NPC's voice.
                failed = true;
                GD.PushError("Prism: " + error.Message);
            }
        }

        private bool Follow(NpcReply? reply)
        {
            if (reply == null)
            {
                return false;
            }

            reply.TextAdded += (_, added) => EmitSignal(TextSignal, added.ToString());
            reply.SentenceCompleted += (_, sentence) => EmitSignal(SentenceSignal, sentence.ToString());
            reply.Completed += done => EmitSignal(CompletedSignal, done.Result!.Reason.ToString(), done.Result.Text, done.Result.Action ?? "");
            return true;
        }
    }
}
