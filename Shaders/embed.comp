#version 450
#extension GL_GOOGLE_include_directive : require
// Embedding gather: the row of each column's token becomes its residual stream. Grid: (columns).
#include "Include/common.glsl"
#include "Include/weights.glsl"
#define STATE_BINDING 2
#include "Include/state.glsl"

layout(std430, set = 0, binding = 1) restrict writeonly buffer Stream { vec4 stream[]; };

layout(push_constant) uniform Push
{
    Matrix embedding;
    uint x;
    uint xStride;
} p;

void main()
{
    Column column = columnAt(gl_WorkGroupID.x);
    if (!column.live)
    {
        return;
    }
    uint row = min(column.token, p.embedding.rows - 1);
    uint at = p.x + gl_WorkGroupID.x * p.xStride;
    for (uint k = lane; 2 * k < p.xStride; k += LANES)
    {
        vec4 low;
        vec4 high;
        decodeEight(p.embedding, row, k, low, high);
        stream[at + 2 * k] = low;
        stream[at + 2 * k + 1] = high;
    }
}
