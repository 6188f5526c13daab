#version 450
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
// Sparse coding, between its two steps: r = RMSNorm(x) - D z, what the code does not explain yet. Grid: (padded rows / 8, columns / TILE_COLUMNS).
// The matrix is D, the transposed copy of the stored dictionary.
#include "Include/tile.glsl"
#define STATE_BINDING 2
#include "Include/state.glsl"
#include "Include/columns.glsl"
#include "Include/norm_source.glsl"

READS(stream, 1);
READS_AND_WRITES(hidden, 3);

layout(push_constant) uniform Push
{
    Matrix dictionary;
    NormSource norm;
    uint code;         // vec4 index of column 0's z
    uint codeStride;   // vec4 words a column
    uint residual;     // float index of column 0's r
    uint residualStride; // floats a column
} p;

#include "Include/norm_inverse.glsl"

uint tileFirst;
uint tileStart[TILE_COLUMNS]; // first vector of each column

void tileInputs(uint chunk, out vec4 low[TILE_COLUMNS], out vec4 high[TILE_COLUMNS])
{
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        low[c] = FLOATS_AT(hidden, tileStart[c] + 2 * chunk);
        high[c] = FLOATS_AT(hidden, tileStart[c] + 2 * chunk + 1);
    }
}

void main()
{
    uint firstRow = gl_WorkGroupID.x * ROWS;
    tileFirst = gl_WorkGroupID.y * TILE_COLUMNS;
    if (!loadColumns(tileFirst))
    {
        return;
    }
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        tileStart[c] = p.code + (tileFirst + c) * p.codeStride;
    }
    tileDot(p.dictionary, firstRow);
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        float v[8];
        tileResult(c, v);
        uint x = p.norm.x + (tileFirst + c) * p.norm.xStride;
        float inverse = columnInverseRms(tileFirst + c);
        [[unroll]] for (uint j = 0; j < RESULTS; j++)
        {
            uint row = firstRow + resultRow(j);
            if (tileColumn[c].live && ownsRow() && row < p.residualStride)
            {
                float normed = FLOATS_AT(stream, x + (row >> 2))[row & 3] * inverse;
                uint at = p.residual + (tileFirst + c) * p.residualStride + row;
                hidden[at >> 2][at & 3] = floatBitsToUint(row < p.dictionary.rows ? normed - v[j] : 0.0);
            }
        }
    }
}
