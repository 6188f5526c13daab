#version 450
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
// Embedding gather: the row of each column's token becomes its residual stream. Grid: (columns).
#include "Include/common.glsl"
#include "Include/weights.glsl"
#include "Include/residual_target.glsl"
#define STATE_BINDING 2
#include "Include/state.glsl"

layout(std430, set = 0, binding = 1) restrict writeonly buffer Stream { uint stream[]; };

layout(push_constant) uniform Push
{
    Matrix embedding;
    ResidualTarget to;
} p;

#include "Include/gather.glsl"

void main()
{
    Column column = columnAt(gl_WorkGroupID.x);
    if (column.live)
    {
        gatherEmbedding(column.token, gl_WorkGroupID.x);
    }
}
