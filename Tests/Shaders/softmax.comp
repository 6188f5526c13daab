#version 450
// Softmax of a row by the online fold of attention: blocks of LANES scores, some of them masked.
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"
#include "online_softmax.glsl"

layout(std430, set = 0, binding = 0) restrict readonly buffer X { float x[]; };
layout(std430, set = 0, binding = 1) restrict writeonly buffer Y { float y[]; };

layout(push_constant) uniform Push
{
    uint count; // scores
    uint seen;  // the first of them that are not masked
} p;

void main()
{
    float maximum = NO_SCORE;
    float sum = 0.0;
    float rescale;
    for (uint first = 0; first < p.count; first += LANES)
    {
        uint i = first + lane;
        foldBlock(i < p.seen ? x[i] : 0.0, i < p.seen, maximum, sum, rescale);
    }
    for (uint i = lane; i < p.count; i += LANES)
    {
        y[i] = i < p.seen ? exp(x[i] - maximum) / sum : 0.0;
    }
}
