using System;
using PrismLM.Core.Generation;
using PrismLM.Dialogue;
using UnityEngine;
using UnityEngine.Events;

namespace PrismLM.Unity
{
    /// <summary>
    /// Someone who talks. Asked before the model is there, the line waits; asked again, the second line interrupts the first. Whatever goes wrong ends the reply as
    /// Failed, with a code and, where the persona has them, with one of its fallback lines. Events come on the main thread.
    /// </summary>
    [AddComponentMenu("Prism/Prism NPC")]
    [DisallowMultipleComponent]
    public sealed partial class PrismNpc : MonoBehaviour
    {
        [SerializeField]
        [Tooltip("Without one: that of a parent, or else the one in the scene.")]
        private PrismRuntimeBehaviour? runtime;

        [SerializeField]
        private PrismPersonaAsset? persona;

        [SerializeField]
        [Tooltip("Words as they come.")]
        private UnityEvent<string> textAdded = new UnityEvent<string>();

        [SerializeField]
        [Tooltip("The whole text so far: for the text of a label.")]
        private UnityEvent<string> textChanged = new UnityEvent<string>();

        [SerializeField]
        private UnityEvent<string> sentenceCompleted = new UnityEvent<string>();

        [SerializeField]
        [Tooltip("The reply has ended, however; its text.")]
        private UnityEvent<string> replyCompleted = new UnityEvent<string>();

        [SerializeField]
        [Tooltip("One of the persona's actions.")]
        private UnityEvent<string> actionRaised = new UnityEvent<string>();

        [SerializeField]
        [Tooltip("A code, and a sentence that begins with it.")]
        private UnityEvent<string, string> failed = new UnityEvent<string, string>();

        // Text for nobody is no string: who listens from code has taken the event.
        private bool _addedTaken;
        private bool _changedTaken;
        private bool _sentencesTaken;

        /// <summary>Whose model; null for a parent's, or else the scene's. Another one takes the conversation over.</summary>
        public PrismRuntimeBehaviour? Runtime
        {
            get => runtime;
            set
            {
                Release();
                runtime = value;
            }
        }

        /// <summary>Another one counts from the next reply on; the conversation stays.</summary>
        public PrismPersonaAsset? Persona
        {
            get => persona;
            set => persona = value;
        }

        /// <summary>Words as they come. Strings are made for this: where that matters, take the spans of <see cref="PrismReply.Reply"/>.</summary>
        public UnityEvent<string> TextAdded => Taken(textAdded, ref _addedTaken);

        /// <summary>The whole text so far.</summary>
        public UnityEvent<string> TextChanged => Taken(textChanged, ref _changedTaken);

        public UnityEvent<string> SentenceCompleted => Taken(sentenceCompleted, ref _sentencesTaken);

        /// <summary>Once for each reply, with its text; <see cref="PrismReply.Result"/> of <see cref="Last"/> says how it ended.</summary>
        public UnityEvent<string> ReplyCompleted => replyCompleted;

        /// <summary>Before <see cref="ReplyCompleted"/>.</summary>
        public UnityEvent<string> ActionRaised => actionRaised;

        /// <summary>After <see cref="ReplyCompleted"/> of a reply that failed: a code, and a sentence that begins with it.</summary>
        public UnityEvent<string, string> Failed => failed;

        /// <summary>Everything else that an NPC can do; null until the model is there.</summary>
        public Npc? Npc => _npc;

        /// <summary>The newest reply, ended or not; null before the first.</summary>
        public PrismReply? Last { get; private set; }

        public bool IsTalking => Last != null && !Last.IsCompleted;

        /// <summary>The player says something. Returns at once and raises nothing; what the NPC was saying is interrupted.</summary>
        public PrismReply Ask(string line) => Begin(new PrismReply(this, line, isCue: false));

        /// <summary>The NPC begins, because of something that a stage direction says.</summary>
        public PrismReply Speak(string cue) => Begin(new PrismReply(this, cue, isCue: true));

        /// <summary><see cref="Ask"/> for the inspector, whose events call only methods that return nothing.</summary>
        public void AskLine(string line) => Ask(line);

        /// <summary><see cref="Speak"/> for the inspector.</summary>
        public void SpeakCue(string cue) => Speak(cue);

        /// <summary>What the NPC says ends; what was said is kept.</summary>
        public void Cancel() => Last?.Cancel();

        internal void TellText(PrismReply reply, ReadOnlySpan<char> added)
        {
            if (isActiveAndEnabled && (_addedTaken || textAdded.GetPersistentEventCount() > 0))
            {
                Raise(textAdded, added.ToString());
            }

            if (isActiveAndEnabled && (_changedTaken || textChanged.GetPersistentEventCount() > 0))
            {
                Raise(textChanged, reply.Text);
            }
        }

        internal void TellSentence(ReadOnlySpan<char> sentence)
        {
            if (isActiveAndEnabled && (_sentencesTaken || sentenceCompleted.GetPersistentEventCount() > 0))
            {
                Raise(sentenceCompleted, sentence.ToString());
            }
        }

        internal void TellEnd(PrismReply reply, ReplyResult result)
        {
            if (isActiveAndEnabled)
            {
                if (result.Action != null)
                {
                    Raise(actionRaised, result.Action);
                }

                Raise(replyCompleted, result.Text);
                if (result.Reason == FinishReason.Failed)
                {
                    TellFailure(PrismFailure.Create(result.Code!, result.Error ?? result.Code!));
                }
            }

            reply.Complete(result);
        }

        private void TellFailure(PrismFailure failure)
        {
            Debug.LogError("Prism " + failure.Message, this);
            try
            {
                failed.Invoke(failure.Code, failure.Message);
            }
            catch (Exception thrown)
            {
                Debug.LogException(thrown, this);
            }
        }

        // A label that is gone must not end the conversation.
        private void Raise(UnityEvent<string> listeners, string text)
        {
            try
            {
                listeners.Invoke(text);
            }
            catch (Exception thrown)
            {
                Debug.LogException(thrown, this);
            }
        }

        private static UnityEvent<string> Taken(UnityEvent<string> listeners, ref bool taken)
        {
            taken = true;
            return listeners;
        }
    }
}
