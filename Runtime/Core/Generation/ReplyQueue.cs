using System.Collections.Generic;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// Replies that wait for a slot. The highest priority goes first, among equals the oldest; who was passed over eight times goes before everybody, so
    /// nobody waits for ever, whatever numbers a game uses as priorities.
    /// </summary>
    internal sealed class ReplyQueue
    {
        /// <summary>Younger replies that may overtake one.</summary>
        public const int MaxPassedOver = 8;

        private readonly List<GenerationReply> _replies = new List<GenerationReply>();

        public int Count => _replies.Count;

        /// <summary>In the order of submission.</summary>
        public GenerationReply this[int index] => _replies[index];

        public void Add(GenerationReply reply) => _replies.Add(reply);

        /// <summary>Who goes next; the queue is not empty.</summary>
        public int FindNext()
        {
            int best = 0;
            for (int i = 0; i < _replies.Count; i++)
            {
                if (_replies[i].PassedOver >= MaxPassedOver)
                {
                    return i;
                }

                if (_replies[i].Request.Priority > _replies[best].Request.Priority)
                {
                    best = i;
                }
            }

            return best;
        }

        /// <summary>One leaves for a slot; those before it have been passed over.</summary>
        public void Admit(int index)
        {
            for (int i = 0; i < index; i++)
            {
                _replies[i].PassedOver++;
            }

            _replies.RemoveAt(index);
        }

        public void RemoveAt(int index) => _replies.RemoveAt(index);

        public bool Remove(GenerationReply reply) => _replies.Remove(reply);

        public void Clear() => _replies.Clear();
    }
}
