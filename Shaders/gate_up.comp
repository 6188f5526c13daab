#version 450
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
// RMSNorm + first projection of the feed-forward block + its element function. Grid: (padded rows / 8, columns / TILE_COLUMNS).
// SwiGLU: rows 2i and 2i+1 of the matrix are gate i and up i. GELU and ista: a row a unit.
#include "Include/tile.glsl"
#define STATE_BINDING 2
#include "Include/state.glsl"
#include "Include/columns.glsl"
#include "Include/lane_columns.glsl"
#include "Include/activation.glsl"
#include "Include/norm_source.glsl"

READS(stream, 1);
layout(std430, set = 0, binding = 3) restrict writeonly buffer Hidden { vec4 hidden[]; };

layout(push_constant) uniform Push
{
    Matrix up;
    NormSource norm;
    uint units;        // f
    uint hiddenStride; // floats a column: f padded to 32; the padding is written as 0
    float eta;
    float lambda;
} p;

#include "Include/norm_input.glsl"
#include "Include/units.glsl"

void main()
{
    uint firstRow = gl_WorkGroupID.x * ROWS;
    uint firstColumn = gl_WorkGroupID.y * TILE_COLUMNS;
    if (!loadColumns(firstColumn))
    {
        return;
    }
    sourceColumns(firstColumn);
    tileDot(p.up, firstRow);
    if (LANE_COLUMNS)
    {
        uint column = firstColumn + lane;
        float v[8];
        tileLaneColumn(v);
        writeLaneUnits(v, firstRow, laneInverseRms(column), columnAt(column).live, column * p.hiddenStride);
        return;
    }
    float inverse[TILE_COLUMNS];
    tileInverseRms(inverse);
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        float v[8];
        tileResult(c, v);
        writeUnits(v, firstRow, inverse[c], tileColumn[c].live, (firstColumn + c) * p.hiddenStride);
    }
}
