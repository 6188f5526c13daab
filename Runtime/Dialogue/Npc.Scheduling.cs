using System;

namespace PrismLM.Dialogue
{
    /// <summary>Who is answered first, and until when.</summary>
    public sealed partial class Npc
    {
        private float _priority;
        private double _deadline;

        /// <summary>Replies of higher priority get a slot first: importance, or nearness to the player. Counts from the next reply on.</summary>
        public float Priority
        {
            get => _priority;
            set
            {
                Check();
                _priority = !float.IsNaN(value) && !float.IsInfinity(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Allowed: a finite number.");
            }
        }

        /// <summary>Milliseconds of the host's time after which a reply that has not ended does so as Expired, with the persona's fallback line; 0 for none.
        /// Counts from the next reply on.</summary>
        public double DeadlineMilliseconds
        {
            get => _deadline;
            set
            {
                Check();
                _deadline = value >= 0 && !double.IsInfinity(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Allowed: 0 or more.");
            }
        }
    }
}
