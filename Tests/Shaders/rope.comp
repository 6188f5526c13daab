#version 450
// Rotates one head by the angles of one position and group: a pair an invocation.
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"
#include "weights.glsl"
#include "head_dim.glsl"
#include "rope.glsl"

layout(std430, set = 0, binding = 1) restrict readonly buffer X { vec2 x[]; };
layout(std430, set = 0, binding = 2) restrict writeonly buffer Y { vec2 y[]; };

layout(push_constant) uniform Push
{
    uint groups;
    uint position;
    uint group;
} p;

void main()
{
    for (uint m = lane; m < HEAD_DIM / 2; m += LANES)
    {
        y[m] = rotate(x[m], ropeTurn(0, p.groups, p.position, p.group, m));
    }
}
