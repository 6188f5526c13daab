using System;
using System.Collections.Generic;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>The recordings of one kind of step: all of it, and any part that was ever asked for. Each is recorded once and replayed.</summary>
    internal sealed class StepProgram
    {
        private readonly VulkanModel model;
        private readonly Dictionary<(int First, int Count, int Part, int Parts), RecordedCommands> pieces =
            new Dictionary<(int First, int Count, int Part, int Parts), RecordedCommands>();

        private readonly DispatchInfo[] dispatches;
        private readonly int headStart;

        public StepProgram(VulkanModel model, in StepShape shape, int firstKind)
        {
            this.model = model;
            Shape = shape;
            FirstKind = firstKind;
            Whole = model.Record(shape, null);
            dispatches = Whole.Dispatches;
            headStart = Array.FindLastIndex(dispatches, dispatch => dispatch.Label >= 0) + 1;
        }

        public StepShape Shape { get; }

        /// <summary>All dispatches.</summary>
        public RecordedCommands Whole { get; }

        /// <summary>Number of this program's first kind of slice in the frame budget.</summary>
        public int FirstKind { get; }

        public int Count => dispatches.Length;

        public int PieceCount => pieces.Count;

        public ref readonly DispatchInfo this[int dispatch] => ref dispatches[dispatch];

        /// <summary>Dispatches of the layer that begins at this one; 0 when none does.</summary>
        public int LayerLength(int dispatch)
        {
            int label = dispatches[dispatch].Label;
            if (label < 0 || (dispatch > 0 && dispatches[dispatch - 1].Label == label))
            {
                return 0;
            }

            int length = 1;
            while (dispatch + length < dispatches.Length && dispatches[dispatch + length].Label == label)
            {
                length++;
            }

            return length;
        }

        /// <summary>Columns that a dispatch computes: the step's, or behind the layers the rows of logits.</summary>
        public int Width(int dispatch) => dispatch >= headStart ? Shape.LogitRows : Shape.Columns;

        /// <summary>Records layers and what stands beside them now, so that no frame has to.</summary>
        public void RecordLayers()
        {
            for (int i = 0; i < Count;)
            {
                int length = Math.Max(LayerLength(i), 1);
                Piece(i, length, 0, 1);
                i += length;
            }
        }

        public RecordedCommands Piece(int first, int count, int part, int parts)
        {
            if (count == Count)
            {
                return Whole;
            }

            if (!pieces.TryGetValue((first, count, part, parts), out RecordedCommands? piece))
            {
                piece = model.Record(Shape, new DispatchWindow(first, count, part, parts));
                pieces.Add((first, count, part, parts), piece);
            }

            return piece;
        }

        public void Dispose()
        {
            Whole.Dispose();
            foreach (RecordedCommands piece in pieces.Values)
            {
                piece.Dispose();
            }
        }
    }
}
