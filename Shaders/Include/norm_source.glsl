// Where a kernel finds the residual stream and the gain of its RMSNorm.
#ifndef PRISM_NORM_SOURCE
#define PRISM_NORM_SOURCE

struct NormSource
{
    uint x;       // vec4 index of column 0 in the stream
    uint xStride; // vec4 words a column
    uint gain;    // uvec4 index of g in the weights
    uint dim;
    float epsilon;
};

#endif
