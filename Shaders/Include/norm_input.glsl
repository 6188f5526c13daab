// tileInput for kernels that read the residual stream through RMSNorm. Needs `stream`, and `p.norm` in the push constants.
#ifndef PRISM_NORM_INPUT
#define PRISM_NORM_INPUT
#include "rms_norm.glsl"

uint tileSource[TILE_COLUMNS]; // vec4 index of each column of the tile in the stream
float tileSquares[TILE_COLUMNS];

void tileInput(uint c, uint chunk, out vec4 low, out vec4 high)
{
    uint at = tileSource[c] + 2 * chunk;
    low = stream[at];
    high = stream[at + 1];
    tileSquares[c] = addSquares(low, high, tileSquares[c]);
    low *= weightFloats(p.norm.gain + 2 * chunk);
    high *= weightFloats(p.norm.gain + 2 * chunk + 1);
}

// Names the columns of a tile that are neighbours.
void sourceColumns(uint first)
{
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        tileSource[c] = p.norm.x + (first + c) * p.norm.xStride;
    }
}

void normTile(Matrix m, uint firstRow)
{
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        tileSquares[c] = 0.0;
    }
    tileDot(m, firstRow);
}

// 1 / rms of column c of the tile.
float tileInverseRms(uint c)
{
    return inverseRms(tileSquares[c], p.norm.dim, p.norm.epsilon);
}

#endif
