// Where a kernel leaves the residual stream, and the gain of the RMSNorm that reads it next. x * g and the sums of 8 squares are made here, once,
// because every workgroup of the next kernel would make them again.
#ifndef PRISM_RESIDUAL_TARGET
#define PRISM_RESIDUAL_TARGET

struct ResidualTarget
{
    uint x;       // float index of column 0
    uint xStride; // floats a column: dim padded to 32
    uint scaled;  // float index of column 0 of x * g
    uint squares; // float index of column 0 of the sums of 8 squares
    uint gain;    // uvec4 index of g in the weights
};

#endif
