#version 450
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
// Last projection of the chosen experts.
// Not grouped: grid (rows / 8, columns); their weighted sum in expert order, and the residual.
// Grouped: grid (rows / 8, experts); a workgroup walks over the entries of its expert and leaves each one's result for expert_sum.
#include "Include/tile.glsl"
#include "Include/routes.glsl"
#include "Include/residual_target.glsl"
#include "Include/expert_entries.glsl"

READS(hidden, 1);
layout(std430, set = 0, binding = 3) restrict buffer Stream { float stream[]; };

layout(push_constant) uniform Push
{
    Matrix down;       // of expert 0
    uint expertWords;
    uint expertScales;
    uint topK;
    uint hiddenStride; // vec4 words an entry
    uint entries;      // columns * topK
    uint results;      // float index of entry 0's result in the stream, as long as a column of it
    ResidualTarget to;
} p;

#include "Include/residual.glsl"

uint tileStart[TILE_COLUMNS]; // first vector of each entry

void tileInputs(uint chunk, out vec4 low[TILE_COLUMNS], out vec4 high[TILE_COLUMNS])
{
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        low[c] = FLOATS_AT(hidden, tileStart[c] + 2 * chunk);
        high[c] = FLOATS_AT(hidden, tileStart[c] + 2 * chunk + 1);
    }
}

void project(uint expert, uint firstRow)
{
    Matrix m = p.down;
    m.start += expert * p.expertWords;
    m.scales += expert * p.expertScales;
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        tileStart[c] = tileEntry[c] * p.hiddenStride;
    }
    tileDot(m, firstRow);
}

void addColumn(uint column, uint firstRow)
{
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
        tileEntry[0] = column * p.topK + i;
        uvec2 route = routeAt(tileEntry[0]);
        project(route.x, firstRow);
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

void main()
{
    uint firstRow = gl_WorkGroupID.x * ROWS;
    if (GROUPED == 0)
    {
        addColumn(gl_WorkGroupID.y, firstRow);
        return;
    }
    uint count = nextEntries(gl_WorkGroupID.y, p.entries);
    while (count > 0)
    {
        project(gl_WorkGroupID.y, firstRow);
        [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
        {
            float v[8];
            tileResult(c, v);
            [[unroll]] for (uint j = 0; j < RESULTS; j++)
            {
                uint row = firstRow + resultRow(j);
                if (c < count && ownsRow() && row < p.down.rows)
                {
                    stream[p.results + tileEntry[c] * p.to.xStride + row] = v[j];
                }
            }
        }
        count = nextEntries(gl_WorkGroupID.y, p.entries);
    }
}
