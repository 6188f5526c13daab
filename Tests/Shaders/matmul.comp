#version 450
// The tile of every matrix product, with plain input: y = W x. Grid: (rows / 8, columns / TILE_COLUMNS).
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
#include "tile.glsl"

READS(x, 1);
layout(std430, set = 0, binding = 2) restrict writeonly buffer Y { float y[]; };

layout(push_constant) uniform Push
{
    Matrix m;
    uint xStride; // vec4 words a column
    uint yStart;
    uint yStride; // floats a column
} p;

uint tileFirst;
uint tileStart[TILE_COLUMNS];

void tileInputs(uint chunk, out vec4 low[TILE_COLUMNS], out vec4 high[TILE_COLUMNS])
{
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        low[c] = FLOATS_AT(x, tileStart[c] + 2 * chunk);
        high[c] = FLOATS_AT(x, tileStart[c] + 2 * chunk + 1);
    }
}

void main()
{
    uint firstRow = gl_WorkGroupID.x * ROWS;
    tileFirst = gl_WorkGroupID.y * TILE_COLUMNS;
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        tileStart[c] = (tileFirst + c) * p.xStride;
    }
    tileDot(p.m, firstRow);
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        float v[8];
        tileResult(c, v);
        [[unroll]] for (uint j = 0; j < RESULTS; j++)
        {
            uint row = firstRow + resultRow(j);
            if (ownsRow() && row < p.m.rows)
            {
                y[p.yStart + (tileFirst + c) * p.yStride + row] = v[j];
            }
        }
    }
}
