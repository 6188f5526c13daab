using System;

namespace PrismLM.Core.Reference
{
    /// <summary>Row-major matrix times vector.</summary>
    internal static class MatVec
    {
        /// <summary>y[r] = sum_k w[r, k] x[k]; w (rows, columns), x (columns), y (rows).</summary>
        public static void Multiply(ReadOnlySpan<float> w, ReadOnlySpan<double> x, Span<double> y)
        {
            int columns = x.Length;
            for (int row = 0; row < y.Length; row++)
            {
                y[row] = Dot(w.Slice(row * columns, columns), x);
            }
        }

        /// <summary>sum_k w[k] x[k]. Four accumulators: the CPU fallback spends its time here, and one would wait for every addition.</summary>
        public static double Dot(ReadOnlySpan<float> w, ReadOnlySpan<double> x) => Dot<float, FromSingle>(w, x);

        /// <inheritdoc cref="Dot(ReadOnlySpan{float}, ReadOnlySpan{double})"/>
        public static double Dot(ReadOnlySpan<double> w, ReadOnlySpan<double> x) => Dot<double, FromDouble>(w, x);

        private static double Dot<T, TWiden>(ReadOnlySpan<T> w, ReadOnlySpan<double> x)
            where TWiden : struct, IWiden<T>
        {
            TWiden widen = default;
            double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
            int k = 0;
            x = x.Slice(0, w.Length);
            for (; k <= w.Length - 4; k += 4)
            {
                s0 += widen.Widen(w[k]) * x[k];
                s1 += widen.Widen(w[k + 1]) * x[k + 1];
                s2 += widen.Widen(w[k + 2]) * x[k + 2];
                s3 += widen.Widen(w[k + 3]) * x[k + 3];
            }

            for (; k < w.Length; k++)
            {
                s0 += widen.Widen(w[k]) * x[k];
            }

            return s0 + s1 + (s2 + s3);
        }

        // A struct argument: the compiler makes one loop for each, and the call costs nothing.
        private interface IWiden<T>
        {
            double Widen(T value);
        }

        private readonly struct FromSingle : IWiden<float>
        {
            public double Widen(float value) => value;
        }

        private readonly struct FromDouble : IWiden<double>
        {
            public double Widen(double value) => value;
        }
    }
}
