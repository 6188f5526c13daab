using System;
using System.Collections.Generic;
using System.Linq;

namespace PrismLM.Training.Model
{
    /// <summary>The parameters of the GPT-2 baseline, matrices first. Start as GPT-2: N(0, 0.02), the projections into the residual stream 0.02 / sqrt(2 L), biases 0.</summary>
    internal static class Gpt2Layout
    {
        private const double Deviation = 0.02;

        public static IReadOnlyList<ParameterSpec> Of(Architecture architecture)
        {
            var c = architecture.Config;
            var residual = Deviation / Math.Sqrt(2.0 * c.Layers);
            var list = new List<ParameterSpec> { Matrix("tok_emb", Deviation, c.Vocabulary, c.Dim), Matrix("pos_emb", Deviation, c.Context, c.Dim) };
            for (var i = 0; i < c.Layers; i++)
            {
                AddNorm(list, ParameterLayout.Layer(i, "ln1"), c.Dim);
                AddLinear(list, ParameterLayout.Layer(i, "qkv"), Deviation, 3 * c.HeadsDim, c.Dim);
                AddLinear(list, ParameterLayout.Layer(i, "out"), residual, c.Dim, c.HeadsDim);
                AddNorm(list, ParameterLayout.Layer(i, "ln2"), c.Dim);
                AddLinear(list, ParameterLayout.Layer(i, "up"), Deviation, c.Hidden, c.Dim);
                AddLinear(list, ParameterLayout.Layer(i, "down"), residual, c.Dim, c.Hidden);
            }

            AddNorm(list, "lnf", c.Dim);
            return list.OrderBy(spec => spec.Decays ? 0 : 1).ToArray();
        }

        private static ParameterSpec Matrix(string name, double deviation, params int[] shape) => new(name, shape, Initialization.Normal, deviation);

        private static void AddLinear(List<ParameterSpec> list, string name, double deviation, int outputs, int inputs)
        {
            list.Add(Matrix(name, deviation, outputs, inputs));
            list.Add(new ParameterSpec(name + "_bias", new[] { outputs }, Initialization.Zero, 0.0));
        }

        private static void AddNorm(List<ParameterSpec> list, string name, int size)
        {
            list.Add(new ParameterSpec(name, new[] { size }, Initialization.One, 0.0));
            list.Add(new ParameterSpec(name + "_bias", new[] { size }, Initialization.Zero, 0.0));
        }
    }
}
