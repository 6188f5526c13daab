using System;
using System.Collections.Generic;
using PrismLM.Core.Generation;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// Who lies where in the range of the state buffer that holds constraints. Each is there once, however many sequences use it, and stays after its last use
    /// until its room is wanted.
    /// </summary>
    internal sealed class ConstraintPool
    {
        private readonly int words;

        // In the order of their places.
        private readonly List<Entry> entries = new List<Entry>();
        private long uses;

        public ConstraintPool(int words)
        {
            this.words = words;
        }

        /// <summary>Constraints on the device.</summary>
        public int Count => entries.Count;

        /// <summary>Room for one constraint a slot: speech has five masks (what the nearing limit leaves), and lists of the tokens that split a character.</summary>
        public static int WordsFor(int slots, int vocabulary) => slots * (4096 + (8 * TokenMask.Words(vocabulary)));

        /// <exception cref="ArgumentException">The constraint is larger than the pool.</exception>
        public void Check(TokenConstraint? constraint)
        {
            if (constraint != null && constraint.Words.Length > words)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"The constraint takes {constraint.Words.Length} words; this engine has {words}. Raise ConstraintWords, or use fewer or shorter lines."));
            }
        }

        /// <summary>Takes a place, or shares the one that the constraint has; false when those who use the pool leave no room.</summary>
        public bool TryTake(TokenConstraint constraint, out int place, out bool isNew)
        {
            Entry? entry = entries.Find(each => each.Constraint == constraint);
            isNew = entry == null;
            if (entry == null)
            {
                int length = constraint.Words.Length;
                int index;
                while (!TryFindGap(length, out index, out place))
                {
                    if (!TryForgetOne())
                    {
                        return false;
                    }
                }

                entry = new Entry(constraint, place);
                entries.Insert(index, entry);
            }

            entry.Users++;
            entry.LastUse = uses++;
            place = entry.Place;
            return true;
        }

        /// <summary>One user less.</summary>
        public void Return(TokenConstraint? constraint)
        {
            if (constraint != null)
            {
                entries.Find(each => each.Constraint == constraint)!.Users--;
            }
        }

        private bool TryFindGap(int length, out int index, out int place)
        {
            place = 0;
            for (index = 0; index < entries.Count; index++)
            {
                if (entries[index].Place - place >= length)
                {
                    return true;
                }

                place = entries[index].Place + entries[index].Constraint.Words.Length;
            }

            return words - place >= length;
        }

        /// <summary>Drops the constraint that nobody has used for longest.</summary>
        private bool TryForgetOne()
        {
            Entry? oldest = null;
            foreach (Entry entry in entries)
            {
                if (entry.Users == 0 && (oldest == null || entry.LastUse < oldest.LastUse))
                {
                    oldest = entry;
                }
            }

            return oldest != null && entries.Remove(oldest);
        }

        private sealed class Entry
        {
            public Entry(TokenConstraint constraint, int place)
            {
                Constraint = constraint;
                Place = place;
            }

            public TokenConstraint Constraint { get; }

            public int Place { get; }

            public int Users { get; set; }

            public long LastUse { get; set; }
        }
    }
}
