// What every kernel starts with: one workgroup is one subgroup, and LANES is its size on this device.
// Nothing here uses shared memory or a barrier; lanes talk through subgroup shuffles alone.
#ifndef PRISM_COMMON
#define PRISM_COMMON
#extension GL_EXT_control_flow_attributes : require
#extension GL_KHR_shader_subgroup_basic : require
#extension GL_KHR_shader_subgroup_shuffle : require

layout(constant_id = 0) const uint LANES = 8;
layout(local_size_x_id = 0) in;

#define lane gl_SubgroupInvocationID

// Pairwise sums over the distances LANES/2, ..., 2, 1. Addition commutes bit for bit, so every lane gets the same number, and
// sumRowsOverLanes below walks the same tree: one reduction order for the whole product.
float sumOverLanes(float value)
{
    precise float sum = value;
    [[unroll]] for (uint distance = LANES / 2; distance > 0; distance >>= 1)
    {
        sum = sum + subgroupShuffleXor(sum, distance);
    }
    return sum;
}

float maxOverLanes(float value)
{
    [[unroll]] for (uint distance = LANES / 2; distance > 0; distance >>= 1)
    {
        value = max(value, subgroupShuffleXor(value, distance));
    }
    return value;
}

// Eight sums at once: while more than one number is left, each lane keeps half of them and gives the other half to its partner,
// so eight reductions cost 4 + 2 + 1 shuffles in place of 8 * log2(LANES). Lane `l` ends with the rows resultRow(0 .. RESULTS-1).
const uint ROWS = 8;
const uint RESULTS = LANES >= 8 ? 1 : 8 / LANES;
const uint LANES_PER_ROW = LANES >= 8 ? LANES / 8 : 1;

void sumRowsOverLanes(inout float v[8])
{
    uint distance = LANES / 2;
    [[unroll]] for (uint half_ = 4; half_ > 0; half_ >>= 1)
    {
        if (distance > 0)
        {
            bool upper = (lane & distance) != 0;
            [[unroll]] for (uint i = 0; i < half_; i++)
            {
                float kept = upper ? v[i + half_] : v[i];
                float given = upper ? v[i] : v[i + half_];
                precise float sum = kept + subgroupShuffleXor(given, distance);
                v[i] = sum;
            }
            distance >>= 1;
        }
    }
    [[unroll]] for (uint rest = LANES / 16; rest > 0; rest >>= 1)
    {
        precise float sum = v[0] + subgroupShuffleXor(v[0], rest);
        v[0] = sum;
    }
}

// Row, within the tile of eight, of this lane's result j.
uint resultRow(uint j)
{
    return LANES >= 8 ? lane / LANES_PER_ROW : lane * RESULTS + j;
}

// True in one lane of those that hold the same row.
bool ownsRow()
{
    return lane % LANES_PER_ROW == 0;
}

// Rows 2i and 2i+1 of a tile belong together (a rotation, or gate and up): PAIRS of them a lane, after sumRowsOverLanes.
const uint PAIRS = LANES >= 4 ? 1 : 4 / LANES;

vec2 resultPair(float v[8], uint i)
{
    if (LANES >= 8)
    {
        float other = subgroupShuffleXor(v[0], LANES_PER_ROW);
        return (lane & LANES_PER_ROW) == 0 ? vec2(v[0], other) : vec2(other, v[0]);
    }
    return vec2(v[2 * i], v[2 * i + 1]);
}

// Number, within the tile's four, of this lane's pair i.
uint pairNumber(uint i)
{
    return LANES >= 8 ? lane / (2 * LANES_PER_ROW) : lane * PAIRS + i;
}

bool ownsPair()
{
    return LANES < 8 || lane % (2 * LANES_PER_ROW) == 0;
}

#endif
