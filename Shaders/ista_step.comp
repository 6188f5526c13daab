#version 450
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
// Sparse coding, second step: z <- relu(z + eta D^T r - eta lambda), in place. Grid: (rows / 8, columns / TILE_COLUMNS).
#include "Include/tile.glsl"
#define STATE_BINDING 2
#include "Include/state.glsl"
#include "Include/columns.glsl"
#include "Include/activation.glsl"

READS_AND_WRITES(hidden, 1);

layout(push_constant) uniform Push
{
    Matrix dictionary;
    uint residual;       // vec4 index of column 0's r
    uint residualStride; // vec4 words a column
    uint code;           // float index of column 0's z
    uint codeStride;     // floats a column
    float eta;
    float lambda;
} p;

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
        tileStart[c] = p.residual + (tileFirst + c) * p.residualStride;
    }
    tileDot(p.dictionary, firstRow);
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        float v[8];
        tileResult(c, v);
        [[unroll]] for (uint j = 0; j < RESULTS; j++)
        {
            uint row = firstRow + resultRow(j);
            if (tileColumn[c].live && ownsRow() && row < p.dictionary.rows)
            {
                uint at = p.code + (tileFirst + c) * p.codeStride + row;
                float z = uintBitsToFloat(hidden[at >> 2][at & 3]);
                hidden[at >> 2][at & 3] = floatBitsToUint(shrink(z, v[j], p.eta, p.lambda));
            }
        }
    }
}
