using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PrismLM.Training.Model.Cpu
{
    /// <summary>The three products that attention is made of, on blocks of four rows whose sums stay in registers.</summary>
    /// <remarks>Every length in floats; columns come in pairs of 16-wide vectors. Sums run in one fixed order, so results do not depend on threads.</remarks>
    internal static unsafe class RowBlock
    {
        public const int Rows = 4;
        public const int Step = 32;
        private const int Lanes = 16;
        private const float Hidden = -1e30f;

        /// <summary>scores[r][j] = sum over m of a[r][m] * b[j][m], for j below <paramref name="columns"/> (a multiple of 32).</summary>
        /// <param name="blocked">b in blocks of 32 rows, each transposed: (blocks, size, 32).</param>
        public static void Scores(float* a, float* blocked, int size, int stride, int columns, float* scores)
        {
            for (var j = 0; j < columns; j += Step)
            {
                Product(a, size, blocked + (j * size), Step, size, scores + j, stride);
            }
        }

        /// <summary>result[r][c] = sum over j below <paramref name="count"/> of weights[r][j] * rows[j][c].</summary>
        public static void Mix(float* weights, int stride, float* rows, int size, int count, float* result)
        {
            for (var c = 0; c < size; c += Step)
            {
                Product(weights, stride, rows + c, size, count, result + c, size);
            }
        }

        /// <summary>result[r][c] = sum over k below <paramref name="count"/> of x[r][k] * b[k][c], for 4 rows and 32 columns.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Product(float* x, int xStride, float* b, int bStride, int count, float* result, int resultStride)
        {
            Vector512<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
            for (var k = 0; k < count; k++, b += bStride)
            {
                var b0 = Vector512.Load(b);
                var b1 = Vector512.Load(b + Lanes);
                var factor = Vector512.Create(x[k]);
                s00 = Vector512.FusedMultiplyAdd(factor, b0, s00);
                s01 = Vector512.FusedMultiplyAdd(factor, b1, s01);
                factor = Vector512.Create(x[xStride + k]);
                s10 = Vector512.FusedMultiplyAdd(factor, b0, s10);
                s11 = Vector512.FusedMultiplyAdd(factor, b1, s11);
                factor = Vector512.Create(x[(2 * xStride) + k]);
                s20 = Vector512.FusedMultiplyAdd(factor, b0, s20);
                s21 = Vector512.FusedMultiplyAdd(factor, b1, s21);
                factor = Vector512.Create(x[(3 * xStride) + k]);
                s30 = Vector512.FusedMultiplyAdd(factor, b0, s30);
                s31 = Vector512.FusedMultiplyAdd(factor, b1, s31);
            }

            s00.Store(result);
            s01.Store(result + Lanes);
            s10.Store(result + resultStride);
            s11.Store(result + resultStride + Lanes);
            s20.Store(result + (2 * resultStride));
            s21.Store(result + (2 * resultStride) + Lanes);
            s30.Store(result + (3 * resultStride));
            s31.Store(result + (3 * resultStride) + Lanes);
        }

        /// <summary>result[j][c] += sum over the four rows of weights[r][j] * a[r][c], for j below <paramref name="count"/>.</summary>
        public static void Spread(float* weights, int stride, float* a, int size, int count, float* result)
        {
            for (var c = 0; c < size; c += Step)
            {
                var (a00, a01) = (Vector512.Load(a + c), Vector512.Load(a + c + Lanes));
                var (a10, a11) = (Vector512.Load(a + size + c), Vector512.Load(a + size + c + Lanes));
                var (a20, a21) = (Vector512.Load(a + (2 * size) + c), Vector512.Load(a + (2 * size) + c + Lanes));
                var (a30, a31) = (Vector512.Load(a + (3 * size) + c), Vector512.Load(a + (3 * size) + c + Lanes));
                var y = result + c;
                for (var j = 0; j < count; j++, y += size)
                {
                    var y0 = Vector512.Load(y);
                    var y1 = Vector512.Load(y + Lanes);
                    var w = Vector512.Create(weights[j]);
                    y0 = Vector512.FusedMultiplyAdd(w, a00, y0);
                    y1 = Vector512.FusedMultiplyAdd(w, a01, y1);
                    w = Vector512.Create(weights[stride + j]);
                    y0 = Vector512.FusedMultiplyAdd(w, a10, y0);
                    y1 = Vector512.FusedMultiplyAdd(w, a11, y1);
                    w = Vector512.Create(weights[(2 * stride) + j]);
                    y0 = Vector512.FusedMultiplyAdd(w, a20, y0);
                    y1 = Vector512.FusedMultiplyAdd(w, a21, y1);
                    w = Vector512.Create(weights[(3 * stride) + j]);
                    Vector512.FusedMultiplyAdd(w, a30, y0).Store(y);
                    Vector512.FusedMultiplyAdd(w, a31, y1).Store(y + Lanes);
                }
            }
        }

        /// <summary>Turns one row of scores into probabilities of the first <paramref name="visible"/> columns; the rest up to <paramref name="columns"/> become 0.</summary>
        public static void Softmax(float* row, int visible, int columns)
        {
            // Only the last 32 columns can hold hidden ones.
            for (var j = columns - Step; j < columns; j += Lanes)
            {
                var seen = Vector512.LessThan(Vector512<int>.Indices + Vector512.Create(j), Vector512.Create(visible)).AsSingle();
                Vector512.ConditionalSelect(seen, Vector512.Load(row + j), Vector512.Create(Hidden)).Store(row + j);
            }

            var top = Vector512.Load(row);
            for (var j = Lanes; j < columns; j += Lanes)
            {
                top = Vector512.Max(top, Vector512.Load(row + j));
            }

            var half = Vector256.Max(top.GetLower(), top.GetUpper());
            var quarter = Vector128.Max(half.GetLower(), half.GetUpper());
            var largest = Math.Max(Math.Max(quarter[0], quarter[1]), Math.Max(quarter[2], quarter[3]));
            var sum = Vector512<float>.Zero;
            var shift = Vector512.Create(largest);
            for (var j = 0; j < columns; j += Lanes)
            {
                // exp of a hidden score underflows to 0.
                var e = Exp(Vector512.Load(row + j) - shift);
                e.Store(row + j);
                sum += e;
            }

            var scale = Vector512.Create(1f / Vector512.Sum(sum));
            for (var j = 0; j < columns; j += Lanes)
            {
                (Vector512.Load(row + j) * scale).Store(row + j);
            }
        }

        /// <summary>e^x for x at most 0, to about 2 units in the last place; 0 below -87.</summary>
        private static Vector512<float> Exp(Vector512<float> x)
        {
            var inside = Vector512.GreaterThan(x, Vector512.Create(-87f));
            var clamped = Vector512.Max(x, Vector512.Create(-87f));

            // x = n ln 2 + r with |r| <= ln 2 / 2; the constant's rounding adds n to the low bits of 1.5 * 2^23.
            var shifted = Vector512.FusedMultiplyAdd(clamped, Vector512.Create(1.44269504f), Vector512.Create(12582912f));
            var n = shifted - Vector512.Create(12582912f);
            var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693145752f), clamped);
            r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-1.42860677e-6f), r);
            var p = Vector512.FusedMultiplyAdd(r, Vector512.Create(1f / 720f), Vector512.Create(1f / 120f));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 24f));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 6f));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.5f));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
            p = Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
            var power = Vector512.ShiftLeft(shifted.AsInt32(), 23) + Vector512.Create(127 << 23);
            return Vector512.ConditionalSelect(inside, p * power.AsSingle(), Vector512<float>.Zero);
        }

        /// <summary>The softmax's gradient in place: gradient[j] = p[j] * (gradient[j] - sum of p * gradient).</summary>
        public static void SoftmaxGradient(float* p, float* gradient, int columns)
        {
            var sum = Vector512<float>.Zero;
            for (var j = 0; j < columns; j += Lanes)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Load(p + j), Vector512.Load(gradient + j), sum);
            }

            var mean = Vector512.Create(Vector512.Sum(sum));
            for (var j = 0; j < columns; j += Lanes)
            {
                (Vector512.Load(p + j) * (Vector512.Load(gradient + j) - mean)).Store(gradient + j);
            }
        }
    }
}
