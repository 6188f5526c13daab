using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Training.Model
{
    /// <summary>The trained tensors of an architecture, matrices first, so that weight decay is one slice of the flat parameter vector.</summary>
    public static class ParameterLayout
    {
        private const double Deviation = 0.02;

        public static IReadOnlyList<ParameterSpec> Of(Architecture architecture)
        {
            if (architecture.Family == ModelFamily.Gpt2)
            {
                return Gpt2Layout.Of(architecture);
            }

            var c = architecture.Config;
            var residual = Deviation / Math.Sqrt(2.0 * c.Layers);
            var list = new List<ParameterSpec> { Matrix("tok_emb", Deviation, c.Vocabulary, c.Dim) };
            for (var i = 0; i < c.Layers; i++)
            {
                list.Add(Norm(Layer(i, "g1"), c.Dim));
                list.Add(Matrix(Layer(i, "wq"), Deviation, c.HeadsDim, c.Dim));
                if (c.Qkv != QkvMode.Dictionary)
                {
                    list.Add(Matrix(Layer(i, "wk"), Deviation, c.KvDim, c.Dim));
                }

                if (c.Qkv == QkvMode.Separate)
                {
                    list.Add(Matrix(Layer(i, "wv"), Deviation, c.KvDim, c.Dim));
                }

                if (!architecture.StrictOutput)
                {
                    list.Add(Matrix(Layer(i, "wo"), residual, c.Dim, c.HeadsDim));
                }

                list.Add(Norm(Layer(i, "g2"), c.Dim));
                AddFeedForward(list, c, i, residual);
            }

            list.Add(Norm("gf", c.Dim));
            if (!c.Tied)
            {
                list.Add(Matrix("head", Deviation, c.Vocabulary, c.Dim));
            }

            return list.OrderBy(spec => spec.Decays ? 0 : 1).ToArray();
        }

        /// <summary>Parameters one token uses: all of them, less the experts it does not visit.</summary>
        public static long ActiveCount(Architecture architecture)
        {
            var c = architecture.Config;
            var matrices = c.FeedForward == FeedForwardKind.SwiGlu ? 3L : 2L;
            return ParameterSpec.CountAll(Of(architecture)) - ((c.Experts - c.TopK) * matrices * c.Hidden * c.Dim * c.Layers);
        }

        internal static string Layer(int index, string name) => FormattableString.Invariant($"layers.{index}.{name}");

        private static void AddFeedForward(List<ParameterSpec> list, ModelConfig c, int i, double residual)
        {
            if (c.FeedForward == FeedForwardKind.Ista)
            {
                // Kaiming normal over the input axis [C].
                list.Add(Matrix(Layer(i, "dict"), Math.Sqrt(2.0 / c.Dim), c.Hidden, c.Dim));
                list.Add(Matrix(Layer(i, "dict_out"), Math.Sqrt(2.0 / c.Hidden), c.Dim, c.Hidden));
                return;
            }

            if (c.IsMixture)
            {
                list.Add(Matrix(Layer(i, "router"), Deviation, c.Experts, c.Dim));
            }

            list.Add(Matrix(Layer(i, "w1"), Deviation, c.Experts, c.Hidden, c.Dim));
            if (c.FeedForward == FeedForwardKind.SwiGlu)
            {
                list.Add(Matrix(Layer(i, "w3"), Deviation, c.Experts, c.Hidden, c.Dim));
            }

            list.Add(Matrix(Layer(i, "w2"), residual, c.Experts, c.Dim, c.Hidden));
        }

        private static ParameterSpec Matrix(string name, double deviation, params int[] shape) => new(name, shape, Initialization.Normal, deviation);

        private static ParameterSpec Norm(string name, int size) => new(name, new[] { size }, Initialization.One, 0.0);
    }
}
