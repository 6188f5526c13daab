#version 450
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
// First projection of the chosen experts. Every (column, chosen expert) is an entry and has a row of hidden units of its own.
// DIRECT: grid (padded rows / 8, entries), an entry a workgroup; for one or two columns.
// Grouped: grid (padded rows / 8, experts); a workgroup walks over the entries of its expert, TILE_COLUMNS at a time, so each expert's
// weights are read once a tile. Dropless, and the same bits: an entry's sums do not depend on its neighbours.
#include "Include/tile.glsl"
#include "Include/routes.glsl"
#include "Include/activation.glsl"
#include "Include/norm_source.glsl"

layout(constant_id = 4) const uint GROUPED = 0;

READS(stream, 1);
layout(std430, set = 0, binding = 3) restrict writeonly buffer Hidden { vec4 hidden[]; };

layout(push_constant) uniform Push
{
    Matrix up;            // of expert 0
    NormSource norm;
    uint expertWords;     // uvec4 words from one expert's matrix to the next
    uint expertScales;    // uint words from one expert's scales to the next
    uint topK;
    uint entries;         // columns * topK
    uint units;
    uint hiddenStride;
    float eta;
    float lambda;
} p;

#include "Include/units.glsl"

#include "Include/norm_input.glsl"

uint tileEntry[TILE_COLUMNS];

// The first `count` entries of the tile are real.
void project(uint expert, uint firstRow, uint count)
{
    Matrix m = p.up;
    m.start += expert * p.expertWords;
    m.scales += expert * p.expertScales;
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        tileSource[c] = tileEntry[c] / p.topK;
    }
    locateColumns();
    tileDot(m, firstRow);
    float inverse[TILE_COLUMNS];
    tileInverseRms(inverse);
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        float v[8];
        tileResult(c, v);
        writeUnits(v, firstRow, inverse[c], c < count, tileEntry[c] * p.hiddenStride);
    }
}

void main()
{
    uint firstRow = gl_WorkGroupID.x * ROWS;
    if (GROUPED == 0)
    {
        uint expert = routeAt(gl_WorkGroupID.y).x;
        [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
        {
            tileEntry[c] = gl_WorkGroupID.y;
        }
        if (expert != NO_EXPERT)
        {
            project(expert, firstRow, 1);
        }
        return;
    }
    uint expert = gl_WorkGroupID.y;
    uint cursor = 0;
    while (true)
    {
        uint count = 0;
        while (cursor < p.entries && count < TILE_COLUMNS)
        {
            if (routeAt(cursor).x == expert)
            {
                // Entries past the last repeat it and are not stored.
                [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
                {
                    tileEntry[c] = c >= count ? cursor : tileEntry[c];
                }
                count++;
            }
            cursor++;
        }
        if (count == 0)
        {
            return;
        }
        project(expert, firstRow, count);
    }
}
