using System;
using System.Collections.Generic;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Dialogue;
using PrismLM.Hosting;
using UnityEngine;

namespace PrismLM.Unity
{
    /// <summary>How an NPC finds its model, waits for it, and outlives it.</summary>
    public sealed partial class PrismNpc
    {
        /// <summary>How long a line waits for a runtime to appear in the scene.</summary>
        private const float SearchSeconds = 2;

        private readonly List<(PrismReply Reply, FinishReason Reason)> _withdrawn = new List<(PrismReply, FinishReason)>();
        private PrismRuntimeBehaviour? _host;
        private Npc? _npc;
        private PrismReply? _waiting;
        private byte[]? _saved;
        private float _searched;
        private int _fallback;

        /// <summary>The conversation as bytes for the game's own save file, see <see cref="Dialogue.Npc.Save"/>; what was last kept while the model is not there.</summary>
        public byte[]? Save() => _npc != null ? _npc.Save() : _saved;

        /// <summary>Puts a saved conversation in the place of this one; before the model is there, it waits.</summary>
        /// <exception cref="PrismFileException">The bytes are no save, as far as they can be read yet; the NPC is as it was.</exception>
        public void Restore(byte[] save)
        {
            _saved = save ?? throw new ArgumentNullException(nameof(save));
            if (_npc != null)
            {
                _npc.Restore(save);
                Follow(_npc);
            }
        }

        internal void Withdraw(PrismReply reply)
        {
            // One that has begun ends inside a tick.
            if (ReferenceEquals(_waiting, reply) && !isActiveAndEnabled)
            {
                _waiting = null;
                reply.Complete(PrismReply.Unsaid(FinishReason.Cancelled, string.Empty, null));
            }
            else if (ReferenceEquals(_waiting, reply))
            {
                _withdrawn.Add((reply, FinishReason.Cancelled));
                _waiting = null;
            }
        }

        private PrismReply Begin(PrismReply reply)
        {
            Last = reply;
            if (_waiting != null)
            {
                _withdrawn.Add((_waiting, FinishReason.Interrupted));
                _waiting = null;
            }

            if (_npc != null && isActiveAndEnabled)
            {
                Start(_npc, reply);
            }
            else
            {
                _waiting = reply;
                _searched = 0;
            }

            return reply;
        }

        private void Update()
        {
            for (int i = 0; i < _withdrawn.Count; i++)
            {
                TellEnd(_withdrawn[i].Reply, PrismReply.Unsaid(_withdrawn[i].Reason, string.Empty, null));
            }

            _withdrawn.Clear();
            if (_npc == null)
            {
                Connect();
            }
            else if (_waiting is PrismReply reply)
            {
                _waiting = null;
                Start(_npc, reply);
            }
        }

        private void OnDisable()
        {
            // Nothing is raised by what is disabled; an await on a reply that has begun resumes in the next tick, as Cancelled.
            PrismReply? waiting = _waiting;
            _waiting = null;
            Last?.Reply?.Cancel();
            if (PrismLifetime.IsEnding)
            {
                waiting?.EndSilently();
            }
            else
            {
                waiting?.Complete(PrismReply.Unsaid(FinishReason.Cancelled, string.Empty, null));
            }
        }

        private void OnDestroy() => Leave();

        private void Connect()
        {
            PrismRuntimeBehaviour? host = runtime != null ? runtime : GetComponentInParent<PrismRuntimeBehaviour>();
            host = host != null ? host : PrismLifetime.First;
            if (host == null || !host.isActiveAndEnabled)
            {
                _searched += Time.unscaledDeltaTime;
                if (_waiting != null && _searched > SearchSeconds)
                {
                    Refuse(PrismFailure.Create(PrismFailure.NoRuntime, "No Prism Runtime is enabled. Add one to the scene, or enable it."));
                }
            }
            else if (host.Failure is PrismFailure failure)
            {
                // The runtime has told its own failure; an NPC has something to say only when asked.
                if (_waiting != null)
                {
                    Refuse(failure);
                }
            }
            else if (host.Runtime is PrismRuntime found && (_waiting != null || !ReferenceEquals(_host, host)))
            {
                Join(host, found);
            }
        }

        private void Join(PrismRuntimeBehaviour host, PrismRuntime found)
        {
            Leave();
            _host = host;
            host.Releasing += Release;
            if (persona == null)
            {
                Refuse(PrismFailure.Create(PrismFailure.NoPersona, "The NPC has no persona. Give it a persona asset."));
                return;
            }

            try
            {
                _npc = found.CreateNpc(persona.Persona);
                if (_saved is byte[] saved)
                {
                    _saved = null;
                    _npc.Restore(saved);
                    Follow(_npc);
                }
            }
            catch (Exception refused) when (refused is PrismFileException || refused is InvalidOperationException)
            {
                Refuse(PrismFailure.Of(refused));
                return;
            }

            if (_waiting is PrismReply reply)
            {
                _waiting = null;
                Start(_npc, reply);
            }
        }

        private void Start(Npc npc, PrismReply reply)
        {
            try
            {
                if (persona != null)
                {
                    npc.Persona = persona.Persona;
                }
            }
            catch (PrismFileException refused)
            {
                Debug.LogWarning("Prism " + refused.Message + " The persona before it goes on.", this);
            }

            reply.Attach(reply.IsCue ? npc.Speak(reply.Line) : npc.Ask(reply.Line));
        }

        /// <summary>A save may hold a reply that goes on.</summary>
        private void Follow(Npc npc)
        {
            if (npc.Current is NpcReply resumed)
            {
                Last = new PrismReply(this, string.Empty, isCue: false);
                Last.Attach(resumed);
            }
        }

        /// <summary>What waits cannot be answered; the persona may have words for that.</summary>
        private void Refuse(PrismFailure failure)
        {
            if (!(_waiting is PrismReply reply))
            {
                TellFailure(failure);
                return;
            }

            _waiting = null;
            IReadOnlyList<string> lines = persona != null && persona.Check() == null ? persona.Persona.FallbackLines : Array.Empty<string>();
            ReplyResult result = PrismReply.Unsaid(FinishReason.Failed, lines.Count == 0 ? string.Empty : lines[_fallback++ % lines.Count], failure);
            if (result.Text.Length > 0)
            {
                Raise(textAdded, result.Text);
                Raise(textChanged, result.Text);
                Raise(sentenceCompleted, result.Text);
            }

            TellEnd(reply, result);
        }

        private void Release()
        {
            if (_npc != null && !PrismLifetime.IsEnding)
            {
                _npc.Current?.Interrupt();
                _saved = _npc.Save();
            }

            Last?.EndSilently();
            Leave();
        }

        private void Leave()
        {
            if (_host != null)
            {
                _host.Releasing -= Release;
                _host = null;
            }

            _npc?.Dispose();
            _npc = null;
        }
    }
}
