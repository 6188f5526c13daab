// tileInput for kernels that read the residual stream through RMSNorm. Needs READS of `stream`, and `p.norm`.
#ifndef PRISM_NORM_INPUT
#define PRISM_NORM_INPUT
#include "norm_inverse.glsl"

uint tileSource[TILE_COLUMNS]; // column of the stream that each column of the tile is

void tileInput(uint c, uint chunk, out vec4 low, out vec4 high)
{
    uint at = p.norm.x + tileSource[c] * p.norm.xStride + 2 * chunk;
    low = FLOATS_AT(stream, at);
    high = FLOATS_AT(stream, at + 1);
}

// Names the columns of a tile that are neighbours.
void sourceColumns(uint first)
{
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        tileSource[c] = first + c;
    }
}

// 1 / rms of column c of the tile.
float tileInverseRms(uint c)
{
    return columnInverseRms(tileSource[c]);
}

#endif
