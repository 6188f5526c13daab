#version 450
// y = x / rms(x) * g of one column, with the reduction that the fused kernels fold into their products.
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"
#include "rms_norm.glsl"

layout(std430, set = 0, binding = 0) restrict readonly buffer X { vec4 x[]; };
layout(std430, set = 0, binding = 1) restrict readonly buffer G { vec4 g[]; };
layout(std430, set = 0, binding = 2) restrict writeonly buffer Y { vec4 y[]; };

layout(push_constant) uniform Push
{
    uint dim;
    float epsilon;
} p;

void main()
{
    float squares = 0.0;
    for (uint k = lane; 8 * k < p.dim; k += LANES)
    {
        squares = addSquares(x[2 * k], x[2 * k + 1], squares);
    }
    float inverse = inverseRms(sumOverLanes(squares), p.dim, p.epsilon);
    for (uint k = lane; 4 * k < p.dim; k += LANES)
    {
        y[k] = x[k] * g[k] * inverse;
    }
}
