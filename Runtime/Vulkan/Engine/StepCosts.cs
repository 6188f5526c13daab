using System;
using System.Collections.Generic;
using PrismLM.Core.Generation;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// What parts of steps may cost, from the frame budget's measurements. What was not measured itself is inferred: a step from its parts, a part of a
    /// dispatch from another part, and a step of a size from the nearest size.
    /// </summary>
    internal sealed class StepCosts
    {
        /// <summary>A dispatch is cut into at most 2^(PartLevels - 1) parts.</summary>
        public const int PartLevels = 7;

        private const int Step = 0;
        private const int Layer = 1;
        private const int Operations = 2;
        private const int MaxOperations = 16;

        private readonly FrameBudget budget;
        private readonly List<StepProgram> programs = new List<StepProgram>();
        private readonly Dictionary<string, int> operations = new Dictionary<string, int>(StringComparer.Ordinal);

        public StepCosts(FrameBudget budget)
        {
            this.budget = budget;
        }

        /// <summary>Kinds of slices of one program.</summary>
        public static int KindsPerProgram => Operations + (MaxOperations * PartLevels);

        public void Add(StepProgram program) => programs.Add(program);

        public int StepKind(StepProgram program) => program.FirstKind + Step;

        public int LayerKind(StepProgram program) => program.FirstKind + Layer;

        /// <summary>Kind of a dispatch cut into 2^level parts.</summary>
        public int DispatchKind(StepProgram program, int dispatch, int level) => program.FirstKind + Operations + (OperationOf(program, dispatch) * PartLevels) + level;

        public double OfStep(StepProgram program)
        {
            double own = budget.Estimate(StepKind(program));
            if (!double.IsNaN(own))
            {
                return own;
            }

            double sum = 0, layerCost = double.NaN;
            for (int i = 0; i < program.Count;)
            {
                int layer = program.LayerLength(i);
                if (layer > 0 && double.IsNaN(layerCost))
                {
                    layerCost = OfLayer(program, i);
                }

                sum += layer > 0 ? layerCost : OfDispatch(program, i, 0);
                i += Math.Max(layer, 1);
            }

            return sum;
        }

        public double OfLayer(StepProgram program, int dispatch)
        {
            double near = Nearest(program, Layer, program.Shape.Columns, columnsOfHead: false);
            if (!double.IsNaN(near))
            {
                return near;
            }

            double sum = 0;
            int end = dispatch + program.LayerLength(dispatch);
            for (int i = dispatch; i < end; i++)
            {
                sum += OfDispatch(program, i, 0);
            }

            return sum;
        }

        /// <summary>One part of a dispatch that is cut into 2^level.</summary>
        public double OfDispatch(StepProgram program, int dispatch, int level)
        {
            double own = budget.Estimate(DispatchKind(program, dispatch, level));
            for (int other = 0; double.IsNaN(own) && other < PartLevels; other++)
            {
                own = budget.Estimate(DispatchKind(program, dispatch, other)) * Math.Pow(2, other - level);
            }

            if (double.IsNaN(own))
            {
                int width = program.Width(dispatch);
                own = Nearest(program, DispatchKind(program, dispatch, 0) - program.FirstKind, width, width != program.Shape.Columns) / (1 << level);
            }

            return own;
        }

        /// <summary>A step of this many columns, from the nearest one that is known; NaN when none is.</summary>
        public double OfColumns(int columns)
        {
            StepProgram? best = null;
            foreach (StepProgram program in programs)
            {
                bool measured = !double.IsNaN(budget.Estimate(StepKind(program))) || !double.IsNaN(budget.Estimate(LayerKind(program)));
                if (measured && program.Shape.LogitRows > 0 && IsNearer(program.Shape.Columns, best == null ? 0 : best.Shape.Columns, columns))
                {
                    best = program;
                }
            }

            return best == null ? double.NaN : Scaled(OfStep(best), best.Shape.Columns, columns);
        }

        // A wider step costs at least as much; a narrower one costs at most in proportion.
        private double Nearest(StepProgram program, int offset, int width, bool columnsOfHead)
        {
            double best = budget.Estimate(program.FirstKind + offset);
            if (!double.IsNaN(best))
            {
                return best;
            }

            int bestWidth = 0;
            foreach (StepProgram other in programs)
            {
                int otherWidth = columnsOfHead ? other.Shape.LogitRows : other.Shape.Columns;
                double cost = budget.Estimate(other.FirstKind + offset);
                if (!double.IsNaN(cost) && IsNearer(otherWidth, bestWidth, width))
                {
                    best = Scaled(cost, otherWidth, width);
                    bestWidth = otherWidth;
                }
            }

            return best;
        }

        private static bool IsNearer(int candidate, int best, int wanted)
            => best == 0 || (candidate >= wanted ? best < wanted || candidate < best : best < wanted && candidate > best);

        private static double Scaled(double cost, int from, int to) => from >= to ? cost : cost * to / from;

        private int OperationOf(StepProgram program, int dispatch)
        {
            string kernel = program[dispatch].Kernel;
            if (!operations.TryGetValue(kernel, out int operation))
            {
                operation = Math.Min(operations.Count, MaxOperations - 1);
                operations.Add(kernel, operation);
            }

            return operation;
        }
    }
}
