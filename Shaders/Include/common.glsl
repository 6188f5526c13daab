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
// Written out, here and below: a loop whose counter is shifted is not unrolled by every driver, and then arrays indexed in it leave the registers.
float sumOverLanes(float value)
{
    precise float sum = value;
    if (LANES >= 64) { sum = sum + subgroupShuffleXor(sum, 32); }
    if (LANES >= 32) { sum = sum + subgroupShuffleXor(sum, 16); }
    if (LANES >= 16) { sum = sum + subgroupShuffleXor(sum, 8); }
    if (LANES >= 8) { sum = sum + subgroupShuffleXor(sum, 4); }
    if (LANES >= 4) { sum = sum + subgroupShuffleXor(sum, 2); }
    if (LANES >= 2) { sum = sum + subgroupShuffleXor(sum, 1); }
    return sum;
}

float maxOverLanes(float value)
{
    if (LANES >= 64) { value = max(value, subgroupShuffleXor(value, 32)); }
    if (LANES >= 32) { value = max(value, subgroupShuffleXor(value, 16)); }
    if (LANES >= 16) { value = max(value, subgroupShuffleXor(value, 8)); }
    if (LANES >= 8) { value = max(value, subgroupShuffleXor(value, 4)); }
    if (LANES >= 4) { value = max(value, subgroupShuffleXor(value, 2)); }
    if (LANES >= 2) { value = max(value, subgroupShuffleXor(value, 1)); }
    return value;
}

// Eight sums at once: while more than one number is left, each lane keeps half of them and gives the other half to its partner,
// so eight reductions cost 4 + 2 + 1 shuffles in place of 8 * log2(LANES). Lane `l` ends with the rows resultRow(0 .. RESULTS-1).
const uint ROWS = 8;
const uint RESULTS = LANES >= 8 ? 1 : 8 / LANES;
const uint LANES_PER_ROW = LANES >= 8 ? LANES / 8 : 1;

float keptSum(float low, float high, uint distance)
{
    bool upper = (lane & distance) != 0;
    precise float sum = (upper ? high : low) + subgroupShuffleXor(upper ? low : high, distance);
    return sum;
}

float laneSum(float value, uint distance)
{
    precise float sum = value + subgroupShuffleXor(value, distance);
    return sum;
}

void sumRowsOverLanes(inout float v[8])
{
    if (LANES >= 2)
    {
        v[0] = keptSum(v[0], v[4], LANES / 2);
        v[1] = keptSum(v[1], v[5], LANES / 2);
        v[2] = keptSum(v[2], v[6], LANES / 2);
        v[3] = keptSum(v[3], v[7], LANES / 2);
    }
    if (LANES >= 4)
    {
        v[0] = keptSum(v[0], v[2], LANES / 4);
        v[1] = keptSum(v[1], v[3], LANES / 4);
    }
    if (LANES >= 8) { v[0] = keptSum(v[0], v[1], LANES / 8); }
    if (LANES >= 16) { v[0] = laneSum(v[0], LANES / 16); }
    if (LANES >= 32) { v[0] = laneSum(v[0], LANES / 32); }
    if (LANES >= 64) { v[0] = laneSum(v[0], LANES / 64); }
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
