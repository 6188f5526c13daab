#version 450
// Functions of single numbers, a word in and a word out.
// variant: half -DOPERATION=0
// variant: silu -DOPERATION=1
// variant: gelu -DOPERATION=2
// variant: shrink -DOPERATION=3
// variant: weight -DOPERATION=4
// variant: waiting -DOPERATION=5
// variant: philox -DOPERATION=6
// variant: key -DOPERATION=7
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"
#include "half.glsl"
#include "activation.glsl"
#include "philox.glsl"
#include "sampling_math.glsl"

layout(std430, set = 0, binding = 0) restrict readonly buffer X { uvec2 x[]; };
layout(std430, set = 0, binding = 1) restrict writeonly buffer Y { uint y[]; };

layout(push_constant) uniform Push
{
    uint count;
} p;

uint operation(uvec2 v)
{
    float a = uintBitsToFloat(v.x);
    float b = uintBitsToFloat(v.y);
#if OPERATION == 0
    return packHalves(vec2(a, b));
#elif OPERATION == 1
    return floatBitsToUint(silu(a));
#elif OPERATION == 2
    return floatBitsToUint(gelu(a));
#elif OPERATION == 3
    return floatBitsToUint(shrink(a, b, 0.1, 0.1));
#elif OPERATION == 4
    return weightOf(v.x);
#elif OPERATION == 5
    return waitingTime(v.x, v.y);
#elif OPERATION == 6
    return philox(v.x, v.y, 0x5052534Du);
#else
    return keyOfLogit(v.x);
#endif
}

void main()
{
    uint i = gl_WorkGroupID.x * LANES + lane;
    if (i < p.count)
    {
        y[i] = operation(x[i]);
    }
}
