// RMSNorm folded into the matrix product that follows it: sum_k w_k (g_k x_k) / rms(x). The producer of x leaves x * g and sums of squares;
// 1 / rms is applied to the result. Folding g into the weights would round them again.
#ifndef PRISM_RMS_NORM
#define PRISM_RMS_NORM

// A lane's part of the sum of squares of 8 more elements.
float addSquares(vec4 low, vec4 high, float sum)
{
    precise float r = fma(low.x, low.x, sum);
    r = fma(low.y, low.y, r);
    r = fma(low.z, low.z, r);
    r = fma(low.w, low.w, r);
    r = fma(high.x, high.x, r);
    r = fma(high.y, high.y, r);
    r = fma(high.z, high.z, r);
    r = fma(high.w, high.w, r);
    return r;
}

// 1 / rms from the sum of squares. inversesqrt may be 2 ulp off and differs between devices; division and sqrt are tighter.
float inverseRms(float squares, uint dim, float epsilon)
{
    return 1.0 / sqrt(squares / float(dim) + epsilon);
}

#endif
