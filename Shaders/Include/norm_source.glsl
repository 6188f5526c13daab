// Where a kernel finds the residual stream as its RMSNorm needs it: the producer of x left x * g and the sums of 8 squares behind.
#ifndef PRISM_NORM_SOURCE
#define PRISM_NORM_SOURCE

struct NormSource
{
    uint x;       // vec4 index of column 0 of x * g in the stream
    uint xStride; // vec4 words a column
    uint squares; // vec4 index of column 0 of the sums of squares; a sum for every 8 elements
    uint dim;
    float epsilon;
};

#endif
