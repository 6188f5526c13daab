#version 450
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
// Final RMSNorm + output matrix for the columns that need logits. Grid: (rows / 8, logit rows / TILE_COLUMNS).
#include "Include/tile.glsl"
#define STATE_BINDING 2
#include "Include/state.glsl"
#include "Include/norm_source.glsl"
#include "Include/lane_columns.glsl"

READS_AND_WRITES(stream, 1);

layout(push_constant) uniform Push
{
    Matrix head;
    NormSource norm;
    uint logits;       // float index of row 0
    uint logitsStride; // floats a row
} p;

#include "Include/norm_input.glsl"

void main()
{
    uint firstRow = gl_WorkGroupID.x * ROWS;
    uint first = gl_WorkGroupID.y * TILE_COLUMNS;
    bool wanted[TILE_COLUMNS];
    bool any = false;
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        uint column = stateWord(LOGIT_COLUMNS + first + c);
        wanted[c] = column < MAX_COLUMNS && columnAt(min(column, MAX_COLUMNS - 1)).live;
        tileSource[c] = wanted[c] ? column : 0;
        any = any || wanted[c];
    }
    if (!any)
    {
        return;
    }
    locateColumns();
    tileDot(p.head, firstRow);
    if (LANE_COLUMNS)
    {
        uint column = stateWord(LOGIT_COLUMNS + first + lane);
        bool live = column < MAX_COLUMNS && columnAt(min(column, MAX_COLUMNS - 1)).live;
        float v[8];
        tileLaneColumn(v);
        float scale = laneInverseRms(live ? column : 0);
        uint at = (p.logits + (first + lane) * p.logitsStride + firstRow) / 4;
        // Rows are padded to 4, and the padding is nobody's.
        if (live && firstRow < p.head.rows)
        {
            stream[at] = floatBitsToUint(vec4(v[0], v[1], v[2], v[3]) * scale);
        }
        if (live && firstRow + 4 < p.head.rows)
        {
            stream[at + 1] = floatBitsToUint(vec4(v[4], v[5], v[6], v[7]) * scale);
        }
        return;
    }
    float inverse[TILE_COLUMNS];
    tileInverseRms(inverse);
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        float v[8];
        tileResult(c, v);
        [[unroll]] for (uint j = 0; j < RESULTS; j++)
        {
            uint row = firstRow + resultRow(j);
            if (wanted[c] && ownsRow() && row < p.head.rows)
            {
                uint at = p.logits + (first + c) * p.logitsStride + row;
                stream[at >> 2][at & 3] = floatBitsToUint(v[j] * inverse[c]);
            }
        }
    }
}
