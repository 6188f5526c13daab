// Embedding gather: a token's row becomes a column of the residual stream, prepared for the first RMSNorm; the padding becomes 0.
// Needs a uint `stream`, and `p.embedding` and `p.to`.
#ifndef PRISM_GATHER
#define PRISM_GATHER
#include "rms_norm.glsl"

void storeEight(uint at, vec4 low, vec4 high)
{
    [[unroll]] for (uint i = 0; i < 4; i++)
    {
        stream[at + i] = floatBitsToUint(low[i]);
        stream[at + 4 + i] = floatBitsToUint(high[i]);
    }
}

void gatherEmbedding(uint token, uint column)
{
    uint row = min(token, p.embedding.rows - 1);
    for (uint k = lane; 8 * k < p.to.xStride; k += LANES)
    {
        vec4 low;
        vec4 high;
        decodeEight(p.embedding, row, p.embedding.start + row * p.embedding.stride, k, low, high);
        uint at = column * p.to.xStride + 8 * k;
        storeEight(p.to.x + at, low, high);
        storeEight(p.to.scaled + at, low * weightFloats(p.to.gain + 2 * k), high * weightFloats(p.to.gain + 2 * k + 1));
        stream[p.to.squares + at / 8] = floatBitsToUint(addSquares(low, high, 0.0));
    }
}

#endif
