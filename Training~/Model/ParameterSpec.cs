using System.Collections.Generic;
using System.Linq;

namespace PrismLM.Training.Model
{
    /// <summary>How a parameter starts.</summary>
    public enum Initialization
    {
        /// <summary>Ones: the norms.</summary>
        One,

        /// <summary>Zeros: the biases.</summary>
        Zero,

        /// <summary>Normal with a given deviation.</summary>
        Normal,
    }

    /// <summary>Name, shape and start of one trained tensor; names are those of the checkpoint.</summary>
    public sealed record ParameterSpec(string Name, int[] Shape, Initialization Initialization, double Deviation)
    {
        public long Count => Shape.Aggregate(1L, (product, size) => product * size);

        /// <summary>Matrices take weight decay, norms do not.</summary>
        public bool Decays => Shape.Length > 1;

        /// <summary>All elements of a list of parameters.</summary>
        public static long CountAll(IEnumerable<ParameterSpec> specs) => specs.Sum(spec => spec.Count);
    }
}
