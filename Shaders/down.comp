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

void tileInput(uint c, uint chunk, out vec4 low, out vec4 high)
{
    uint at = (tileFirst + c) * p.hiddenStride + 2 * chunk;
    low = FLOATS_AT(hidden, at);
    high = FLOATS_AT(hidden, at + 1);
}

void main()
{
    uint firstRow = gl_WorkGroupID.x * ROWS;
    tileFirst = gl_WorkGroupID.y * TILE_COLUMNS;
    if (!loadColumns(tileFirst))
    {
        return;
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
