using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>How far the step that runs has been submitted, and where it is cut next.</summary>
    internal sealed class StepRun
    {
        private readonly StepCosts costs;
        private StepProgram? current;
        private StepProgram? next;
        private RecordedCommands? before;
        private int repeats;
        private int dispatch;
        private int part;
        private int level;

        public StepRun(StepCosts costs)
        {
            this.costs = costs;
        }

        /// <summary>Tests cut every dispatch into this many parts, a power of two; 0 leaves it to the costs.</summary>
        public int ForcedParts { get; set; }

        /// <summary>Something is left to submit.</summary>
        public bool HasMore => current != null;

        public StepProgram Current => current!;

        /// <param name="first">The step.</param>
        /// <param name="steady">What follows it, without the host's help.</param>
        /// <param name="times">Steps in all.</param>
        public void Start(StepProgram first, StepProgram? steady, int times)
        {
            current = first;
            next = steady;
            repeats = times;
            dispatch = 0;
            part = 0;
            level = 0;
        }

        /// <summary>One more step behind those that have been submitted.</summary>
        /// <param name="step">The step.</param>
        /// <param name="description">Commands that stand before it, or null.</param>
        public void GoOn(StepProgram step, RecordedCommands? description)
        {
            Start(step, null, 1);
            before = description;
        }

        public void Stop()
        {
            current = null;
            before = null;
        }

        /// <summary>Commands that stand before the next slice, or null; they are given once.</summary>
        public RecordedCommands? TakeBefore()
        {
            RecordedCommands? taken = before;
            before = null;
            return taken;
        }

        /// <summary>The next slice: the largest that is expected to cost no more than the limit, and at least the smallest there is.</summary>
        public StepSlice Next(double limit)
        {
            StepProgram program = current!;
            if (part > 0)
            {
                return Part(program);
            }

            if (dispatch == 0 && double.IsPositiveInfinity(limit))
            {
                return new StepSlice(0, program.Count, 0, 1, costs.StepKind(program), double.NaN);
            }

            if (ForcedParts > 0)
            {
                level = LevelWithin(program, ForcedParts);
                return Part(program);
            }

            double estimate = dispatch == 0 ? costs.OfStep(program) : double.NaN;
            if (estimate <= limit)
            {
                return new StepSlice(0, program.Count, 0, 1, costs.StepKind(program), estimate);
            }

            int layer = program.LayerLength(dispatch);
            if (layer > 0 && costs.OfLayer(program, dispatch) <= limit)
            {
                return new StepSlice(dispatch, layer, 0, 1, costs.LayerKind(program), costs.OfLayer(program, dispatch));
            }

            level = 0;
            while (costs.OfDispatch(program, dispatch, level) > limit && LevelWithin(program, 2 << level) > level)
            {
                level++;
            }

            return Part(program);
        }

        /// <summary>The slice is submitted.</summary>
        public void Advance(in StepSlice slice)
        {
            part = slice.Part + 1;
            if (part < slice.Parts)
            {
                return;
            }

            part = 0;
            dispatch += slice.Count;
            if (dispatch == current!.Count)
            {
                dispatch = 0;
                current = --repeats > 0 ? next : null;
            }
        }

        public RecordedCommands Commands(in StepSlice slice) => current!.Piece(slice.First, slice.Count, slice.Part, slice.Parts);

        private StepSlice Part(StepProgram program)
            => new StepSlice(dispatch, 1, part, 1 << level, costs.DispatchKind(program, dispatch, level), costs.OfDispatch(program, dispatch, level));

        // Parts are a power of two, and each has a group at least.
        private int LevelWithin(StepProgram program, int parts)
        {
            int found = 0;
            while ((2 << found) <= parts && (2 << found) <= program[dispatch].Widest && found + 1 < StepCosts.PartLevels)
            {
                found++;
            }

            return found;
        }
    }
}
