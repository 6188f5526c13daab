// tileInputs for kernels that read the residual stream through RMSNorm. Needs READS of `stream`, and `p.norm`.
#ifndef PRISM_NORM_INPUT
#define PRISM_NORM_INPUT
#include "norm_inverse.glsl"

uint tileSource[TILE_COLUMNS]; // column of the stream that each column of the tile is
uint tileStart[TILE_COLUMNS];  // its first vector

void tileInputs(uint chunk, out vec4 low[TILE_COLUMNS], out vec4 high[TILE_COLUMNS])
{
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        low[c] = FLOATS_AT(stream, tileStart[c] + 2 * chunk);
        high[c] = FLOATS_AT(stream, tileStart[c] + 2 * chunk + 1);
    }
}

// Call it when tileSource is set.
void locateColumns()
{
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        tileStart[c] = p.norm.x + tileSource[c] * p.norm.xStride;
    }
}

// Names the columns of a tile that are neighbours.
void sourceColumns(uint first)
{
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        tileSource[c] = first + c;
    }
    locateColumns();
}

// 1 / rms of every column of the tile.
void tileInverseRms(out float inverse[TILE_COLUMNS])
{
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        inverse[c] = columnInverseRms(tileSource[c]);
    }
}

#endif
