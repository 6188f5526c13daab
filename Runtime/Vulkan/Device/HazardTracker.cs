using System;
using System.Collections.Generic;

namespace PrismLM.Vulkan.Device
{
    /// <summary>
    /// Finds two commands between the same two barriers that touch the same bytes, one of them writing. The validation layer of today misses
    /// write after write and in-place updates between dispatches, so the recorder looks itself.
    /// </summary>
    internal sealed class HazardTracker
    {
        private readonly List<Use> uses = new List<Use>();
        private int command;

        public void NextCommand() => command++;

        public void Touch(in BufferRange range, bool writes, string by)
        {
            ulong start = range.BlockOffset;
            ulong end = start + range.Bytes;
            foreach (Use use in uses)
            {
                bool overlaps = use.Block == range.Buffer.Block && use.Start < end && start < use.End;
                if (overlaps && use.Command != command && (use.Writes || writes))
                {
                    throw new PrismVulkanException(
                        VulkanErrorCode.Hazard,
                        FormattableString.Invariant(
                            $"{by} {Verb(writes)} buffer {range.Buffer.Name}, which {use.By} {Verb(use.Writes)} before (as {use.BufferName}) without a barrier in between."),
                        "Record a Barrier() between them.");
                }
            }

            uses.Add(new Use(range, start, end, writes, by, command));
        }

        public void Barrier() => uses.Clear();

        private static string Verb(bool writes) => writes ? "writes" : "reads";

        private readonly struct Use
        {
            public Use(in BufferRange range, ulong start, ulong end, bool writes, string by, int command)
            {
                Block = range.Buffer.Block;
                BufferName = range.Buffer.Name;
                Start = start;
                End = end;
                Writes = writes;
                By = by;
                Command = command;
            }

            public MemoryBlock Block { get; }

            public string BufferName { get; }

            public ulong Start { get; }

            public ulong End { get; }

            public bool Writes { get; }

            public string By { get; }

            public int Command { get; }
        }
    }
}
