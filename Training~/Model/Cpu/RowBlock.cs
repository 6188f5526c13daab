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

        /// <summary>scores[r][j] = sum over m of a[r][m] * transposed[m][j], for j below <paramref name="columns"/> (a multiple of 32).</summary>
        public static void Scores(float* a, float* transposed, int size, int stride, int columns, float* scores)
        {
            for (var j = 0; j < columns; j += Step)
            {
                Vector512<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
                var b = transposed + j;
                for (var m = 0; m < size; m++, b += stride)
                {
                    var b0 = Vector512.Load(b);
                    var b1 = Vector512.Load(b + Lanes);
                    var x = Vector512.Create(a[m]);
                    s00 = Vector512.FusedMultiplyAdd(x, b0, s00);
                    s01 = Vector512.FusedMultiplyAdd(x, b1, s01);
                    x = Vector512.Create(a[size + m]);
                    s10 = Vector512.FusedMultiplyAdd(x, b0, s10);
                    s11 = Vector512.FusedMultiplyAdd(x, b1, s11);
                    x = Vector512.Create(a[(2 * size) + m]);
                    s20 = Vector512.FusedMultiplyAdd(x, b0, s20);
                    s21 = Vector512.FusedMultiplyAdd(x, b1, s21);
                    x = Vector512.Create(a[(3 * size) + m]);
                    s30 = Vector512.FusedMultiplyAdd(x, b0, s30);
                    s31 = Vector512.FusedMultiplyAdd(x, b1, s31);
                }

                var s = scores + j;
                s00.Store(s);
                s01.Store(s + Lanes);
                s10.Store(s + stride);
                s11.Store(s + stride + Lanes);
                s20.Store(s + (2 * stride));
                s21.Store(s + (2 * stride) + Lanes);
                s30.Store(s + (3 * stride));
                s31.Store(s + (3 * stride) + Lanes);
            }
        }

        /// <summary>result[r][c] = sum over j below <paramref name="count"/> of weights[r][j] * rows[j][c].</summary>
        public static void Mix(float* weights, int stride, float* rows, int size, int count, float* result)
        {
            for (var c = 0; c < size; c += Step)
            {
                Vector512<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
                var b = rows + c;
                for (var j = 0; j < count; j++, b += size)
                {
                    var b0 = Vector512.Load(b);
                    var b1 = Vector512.Load(b + Lanes);
                    var x = Vector512.Create(weights[j]);
                    s00 = Vector512.FusedMultiplyAdd(x, b0, s00);
                    s01 = Vector512.FusedMultiplyAdd(x, b1, s01);
                    x = Vector512.Create(weights[stride + j]);
                    s10 = Vector512.FusedMultiplyAdd(x, b0, s10);
                    s11 = Vector512.FusedMultiplyAdd(x, b1, s11);
                    x = Vector512.Create(weights[(2 * stride) + j]);
                    s20 = Vector512.FusedMultiplyAdd(x, b0, s20);
                    s21 = Vector512.FusedMultiplyAdd(x, b1, s21);
                    x = Vector512.Create(weights[(3 * stride) + j]);
                    s30 = Vector512.FusedMultiplyAdd(x, b0, s30);
                    s31 = Vector512.FusedMultiplyAdd(x, b1, s31);
                }

                var s = result + c;
                s00.Store(s);
                s01.Store(s + Lanes);
                s10.Store(s + size);
                s11.Store(s + size + Lanes);
                s20.Store(s + (2 * size));
                s21.Store(s + (2 * size) + Lanes);
                s30.Store(s + (3 * size));
                s31.Store(s + (3 * size) + Lanes);
            }
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
            for (var j = visible; j < columns; j++)
            {
                row[j] = -1e30f;
            }

            var top = Vector512.Load(row);
            for (var j = Lanes; j < columns; j += Lanes)
            {
                top = Vector512.Max(top, Vector512.Load(row + j));
            }

            var largest = top[0];
            for (var i = 1; i < Lanes; i++)
            {
                largest = top[i] > largest ? top[i] : largest;
            }

            var sum = Vector512<float>.Zero;
            var shift = Vector512.Create(largest);
            for (var j = 0; j < columns; j += Lanes)
            {
                var e = Vector512.Exp(Vector512.Load(row + j) - shift);
                e.Store(row + j);
                sum += e;
            }

            for (var j = visible; j < columns; j++)
            {
                row[j] = 0f;
            }

            var scale = Vector512.Create(1f / Vector512.Sum(sum));
            for (var j = 0; j < columns; j += Lanes)
            {
                (Vector512.Load(row + j) * scale).Store(row + j);
            }
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
