#version 450
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
// RMSNorm + router + top-k: which experts each column visits, with their weights, in expert order. Grid: (columns).
#include "Include/tile.glsl"
#define STATE_BINDING 2
#include "Include/state.glsl"
#include "Include/router.glsl"
#include "Include/norm_source.glsl"

READS(stream, 1);
layout(std430, set = 0, binding = 3) restrict writeonly buffer Routes { uvec2 routes[]; }; // (columns, topK): expert, weight

layout(push_constant) uniform Push
{
    Matrix router;
    NormSource norm;
    uint topK;
} p;

#include "Include/norm_input.glsl"

void main()
{
    uint columnIndex = gl_WorkGroupID.x;
    if (!columnAt(columnIndex).live)
    {
        // Grouping by expert reads every entry, so an idle column says that it goes nowhere.
        if (lane < p.topK)
        {
            routes[columnIndex * p.topK + lane] = uvec2(NO_EXPERT, 0);
        }
        return;
    }
    sourceColumns(columnIndex);
    float inverse = columnInverseRms(columnIndex);
    float logits[MAX_EXPERTS];
    for (uint first = 0; first < p.router.rows; first += ROWS)
    {
        tileDot(p.router, first);
        [[unroll]] for (uint r = 0; r < ROWS; r++)
        {
            float value = sumOverLanes(tileSums[r]) * inverse;
            if (first + r < MAX_EXPERTS)
            {
                logits[first + r] = rankOf(value);
            }
        }
    }
    uint chosen[MAX_TOP_K];
    float weight[MAX_TOP_K];
    route(logits, p.router.rows, p.topK, chosen, weight);
    for (uint i = 0; i < p.topK; i++)
    {
        if (lane == 0)
        {
            routes[columnIndex * p.topK + i] = uvec2(chosen[i], floatBitsToUint(weight[i]));
        }
    }
}
