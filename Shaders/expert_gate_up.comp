#version 450
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
// First projection of the chosen experts. Every (column, chosen expert) is an entry and has a row of hidden units of its own.
// Not grouped: grid (padded rows / 8, entries), an entry a workgroup; where an expert has an entry or two.
// Grouped: grid (padded rows / 8, experts); a workgroup walks over the entries of its expert, TILE_COLUMNS at a time, so each expert's
// weights are read once a tile. Dropless, and the same bits: an entry's sums do not depend on its neighbours.
#include "Include/tile.glsl"
#include "Include/routes.glsl"
#include "Include/activation.glsl"
#include "Include/norm_source.glsl"
#include "Include/lane_columns.glsl"
#include "Include/expert_entries.glsl"

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
    if (LANE_COLUMNS)
    {
        uint entry = laneEntry();
        float v[8];
        tileLaneColumn(v);
        writeLaneUnits(v, firstRow, laneInverseRms(entry / p.topK), lane < count, entry * p.hiddenStride);
        return;
    }
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
    uint count = nextEntries(gl_WorkGroupID.y, p.entries);
    while (count > 0)
    {
        project(gl_WorkGroupID.y, firstRow, count);
        count = nextEntries(gl_WorkGroupID.y, p.entries);
    }
}
