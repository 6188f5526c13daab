#version 450
// How fast is arithmetic that no memory holds back? Eight independent sums of four components, 256 times; MachineFloor.cs knows the count.
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push
{
    float a;
    float b;
} p;

layout(std430, set = 0, binding = 0) restrict writeonly buffer Y { float y[]; };

void main()
{
    vec4 s0 = vec4(gl_LocalInvocationID.x), s1 = s0 + 1.0, s2 = s0 + 2.0, s3 = s0 + 3.0, s4 = s0 + 4.0, s5 = s0 + 5.0, s6 = s0 + 6.0, s7 = s0 + 7.0;
    vec4 a = vec4(p.a), b = vec4(p.b);
    for (uint i = 0u; i < 256u; i++)
    {
        s0 = fma(s0, a, b);
        s1 = fma(s1, a, b);
        s2 = fma(s2, a, b);
        s3 = fma(s3, a, b);
        s4 = fma(s4, a, b);
        s5 = fma(s5, a, b);
        s6 = fma(s6, a, b);
        s7 = fma(s7, a, b);
    }

    vec4 sum = s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
    y[gl_GlobalInvocationID.x] = sum.x + sum.y + sum.z + sum.w;
}
