namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// Words of the state buffer: everything that changes from step to step, so that recorded commands can be replayed. The same numbers are in
    /// Shaders/Include/state.glsl.
    /// </summary>
    internal sealed class StateLayout
    {
        public const int MaxColumns = 64;
        public const int ColumnWords = 4;
        public const int ColumnActive = 1;
        public const int LogitColumns = MaxColumns * ColumnWords;

        /// <summary>Words that describe a step: its columns, and those whose logits are wanted.</summary>
        public const int PlanWords = LogitColumns + MaxColumns;
        public const int Slots = PlanWords;
        public const uint NoColumn = 0xFFFFFFFF;
        public const int PageTokens = 16;

        /// <summary>Words of control before the stop tokens; named in <see cref="SlotControl"/>.</summary>
        public const int ControlWords = 32;
        public const int StopTokens = 8;
        public const int RecentTokens = 64;
        public const int SlotStops = ControlWords;
        public const int SlotRecent = SlotStops + StopTokens;
        public const int SlotBias = SlotRecent + RecentTokens;
        public const int BiasTokens = 32;
        public const int SlotPages = SlotBias + (2 * BiasTokens);

        /// <param name="slots">Sequences in flight.</param>
        /// <param name="context">Positions a sequence may reach.</param>
        /// <param name="layers">Of the model.</param>
        /// <param name="heads">Of a layer.</param>
        /// <param name="vocabulary">Tokens.</param>
        /// <param name="constraintWords">Words of all constraints that are in use together.</param>
        public StateLayout(int slots, int context, int layers, int heads, int vocabulary, int constraintWords = 0)
        {
            SlotCount = slots;
            PagesPerSlot = (context + PageTokens - 1) / PageTokens;
            Gains = SlotPages + PagesPerSlot;
            GainCount = layers * heads;
            Mask = Gains + GainCount;
            MaskWords = (vocabulary + 31) / 32;
            SlotStride = Mask + MaskWords;
            ConstraintWords = constraintWords;
        }

        public int SlotCount { get; }

        public int PagesPerSlot { get; }

        /// <summary>Offset of the head gains (layers, heads) in a slot.</summary>
        public int Gains { get; }

        public int GainCount { get; }

        /// <summary>Offset of the mask of allowed tokens in a slot.</summary>
        public int Mask { get; }

        public int MaskWords { get; }

        public int SlotStride { get; }

        /// <summary>Where constraints lie, behind the slots.</summary>
        public int Constraints => Slots + (SlotCount * SlotStride);

        public int ConstraintWords { get; }

        /// <summary>Words of the whole buffer.</summary>
        public int Words => Constraints + ConstraintWords;

        public int SlotStart(int slot) => Slots + (slot * SlotStride);
    }
}
