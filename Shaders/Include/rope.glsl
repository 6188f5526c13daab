// pi-RoPE: pair (2m, 2m+1) turns by position * frequency[group][m]. Angles come from a table made on the CPU in double precision:
// float32 phases are off by 8e-4 rad at position 4096, and Vulkan promises sin and cos to 2^-11 only.
#ifndef PRISM_ROPE
#define PRISM_ROPE

// Table (position, group, HEAD_DIM / 2) of (cos, sin), two pairs a uvec4, inside the weights.
vec2 ropeTurn(uint table, uint groups, uint position, uint group, uint m)
{
    uint entry = (position * groups + group) * (HEAD_DIM / 2) + m;
    vec4 two = weightFloats(table + (entry >> 1));
    return (entry & 1) == 0 ? two.xy : two.zw;
}

vec2 rotate(vec2 pair, vec2 turn)
{
    precise float a = fma(pair.x, turn.x, -(pair.y * turn.y));
    precise float b = fma(pair.x, turn.y, pair.y * turn.x);
    return vec2(a, b);
}

#endif
