#version 450
// y = a * x + y, one element an invocation; the smallest kernel that has everything a kernel has.
// variant: -
// variant: double -DFACTOR=2.0
layout(local_size_x_id = 0) in;
layout(constant_id = 1) const float EXTRA = 0.0;
#ifndef FACTOR
#define FACTOR 1.0
#endif

layout(push_constant) uniform Push
{
    float a;
    uint count;
};

layout(std430, set = 0, binding = 0) readonly buffer X { float x[]; };
layout(std430, set = 0, binding = 1) buffer Y { float y[]; };

void main()
{
    uint i = gl_GlobalInvocationID.x;
    if (i < count)
    {
        y[i] = fma(a * FACTOR, x[i], y[i]) + EXTRA;
    }
}
