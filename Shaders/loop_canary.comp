#version 450
// Do all iterations of a nested loop run? DeviceSelfTest.cs knows the result; a generator, because a compiler could replace a counter by a product.
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push
{
    uint outer_count;
    uint inner_count;
};

layout(std430, set = 0, binding = 0) writeonly buffer Result { uint result[]; };

void main()
{
    uint value = 1u;
    for (uint i = 0u; i < outer_count; i++)
    {
        for (uint j = 0u; j < inner_count; j++)
        {
            value = value * 1664525u + 1013904223u;
        }
    }

    result[gl_LocalInvocationID.x] = value;
}
