namespace PrismLM.Vulkan.Device
{
    /// <summary>
    /// Records a part of what is given to a recorder: some of the dispatches, or one of them from some group to another. Barriers are kept where they
    /// separate recorded dispatches; the ends of a recording have their own.
    /// </summary>
    internal sealed class DispatchWindow
    {
        private readonly int first;
        private readonly int count;
        private readonly int part;
        private readonly int parts;
        private int seen;
        private bool pendingBarrier;

        /// <param name="first">The first dispatch that is recorded, from 0.</param>
        /// <param name="count">How many.</param>
        /// <param name="part">With a count of 1: which part of its groups.</param>
        /// <param name="parts">Of how many.</param>
        public DispatchWindow(int first, int count, int part = 0, int parts = 1)
        {
            this.first = first;
            this.count = count;
            this.part = part;
            this.parts = parts;
        }

        /// <summary>Asked for each dispatch in order; true when it is to be recorded.</summary>
        public bool Takes()
        {
            bool inside = seen >= first && seen < first + count;
            seen++;
            return inside;
        }

        /// <summary>A barrier was asked for; it is recorded before the next dispatch inside.</summary>
        public void Barrier() => pendingBarrier = seen > first && seen < first + count;

        /// <summary>True once for a barrier that is due.</summary>
        public bool TakeBarrier()
        {
            bool due = pendingBarrier;
            pendingBarrier = false;
            return due;
        }

        /// <summary>Groups [start, end) of a dispatch along the dimension that is cut.</summary>
        public (int Start, int End) Cut(int groups) => ((int)((long)groups * part / parts), (int)((long)groups * (part + 1) / parts));
    }
}
