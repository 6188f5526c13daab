#version 450
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
// Last projection of the feed-forward block + residual. Grid: (rows / 8, columns / TILE_COLUMNS).
#include "Include/tile.glsl"
#define STATE_BINDING 2
#include "Include/state.glsl"
#include "Include/columns.glsl"
#include "Include/residual_target.glsl"

READS(hidden, 1);
layout(std430, set = 0, binding = 3) restrict buffer Stream { float stream[]; };

layout(push_constant) uniform Push
{
    Matrix down;
    uint hiddenStride; // vec4 words a column
    ResidualTarget to;
} p;

#include "Include/residual.glsl"

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
        tileStart[c] = (tileFirst + c) * p.hiddenStride;
    }
    tileDot(p.down, firstRow);
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        float v[8];
        tileResult(c, v);
        if (tileColumn[c].live)
        {
            addToResidual(tileFirst + c, firstRow, p.down.rows, v);
        }
    }
}
