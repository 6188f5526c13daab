#version 450
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
// Last projection of the chosen experts, their weighted sum in expert order, and the residual. Grid: (rows / 8, columns).
#include "Include/tile.glsl"
#include "Include/routes.glsl"
#include "Include/residual_target.glsl"

READS(hidden, 1);
layout(std430, set = 0, binding = 3) restrict buffer Stream { float stream[]; };

layout(push_constant) uniform Push
{
    Matrix down;       // of expert 0
    uint expertWords;
    uint expertScales;
    uint topK;
    uint hiddenStride; // vec4 words an entry
    ResidualTarget to;
} p;

#include "Include/residual.glsl"

uint tileStart[TILE_COLUMNS]; // first vector; one column a tile

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
    uint column = gl_WorkGroupID.y;
    if (routeAt(column * p.topK).x == NO_EXPERT)
    {
        return;
    }
    float total[8];
    [[unroll]] for (uint j = 0; j < ROWS; j++)
    {
        total[j] = 0.0;
    }
    for (uint i = 0; i < p.topK; i++)
    {
        uint entry = column * p.topK + i;
        tileStart[0] = entry * p.hiddenStride;
        uvec2 route = routeAt(entry);
        Matrix m = p.down;
        m.start += route.x * p.expertWords;
        m.scales += route.x * p.expertScales;
        tileDot(m, firstRow);
        float v[8];
        tileResult(0, v);
        [[unroll]] for (uint j = 0; j < RESULTS; j++)
        {
            precise float sum = fma(uintBitsToFloat(route.y), v[j], total[j]);
            total[j] = sum;
        }
    }
    addToResidual(column, firstRow, p.down.rows, total);
}
