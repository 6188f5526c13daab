#version 450
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
// Flash attention over one split of 256 keys for one head of one column, online softmax. Grid: (splits, heads, columns).
// Splits begin at fixed keys, never by occupancy, and each head's softmax is normalised on its own.
// Scores: a lane per key. Values: a lane per eight dimensions, the weights come by shuffle.
#include "Include/common.glsl"
#define STATE_BINDING 2
#include "Include/state.glsl"
#include "Include/attention_layout.glsl"
#include "Include/online_softmax.glsl"
#include "Include/kv_layout.glsl"

READS(pages, 0);
READS(stream, 1);
layout(std430, set = 0, binding = 3) restrict writeonly buffer Partials { vec4 partials[]; };

layout(push_constant) uniform Push
{
    uint q;        // vec4 index of column 0's query
    uint heads;
    uint kvHeads;
    uint layer;
    uint layers;
    uint slotStride;
    uint context;
    uint pageCount;
    uint splits;   // room for this many in the partials
    float scale;   // 1 / sqrt(HEAD_DIM)
} p;

const uint VECTORS = HEAD_DIM / 4;
// Values: a lane sums eight dimensions, and GROUPS keys are added at a time where a head has fewer octets than there are lanes.
const uint OCTETS = HEAD_DIM / 8;
const uint GROUPS = OCTETS < LANES ? LANES / OCTETS : 1;
const uint KEYS_A_GROUP = (LANES + GROUPS - 1) / GROUPS;
const uint LANE_OCTETS = (OCTETS + LANES - 1) / LANES;

void octetAt(uint row, uint octet, out vec4 low, out vec4 high)
{
    if (KV_FORMAT == KV_FLOAT16)
    {
        uvec4 u = AT(pages, (row >> 3) + octet);
        low = vec4(unpackHalf2x16(u.x), unpackHalf2x16(u.y));
        high = vec4(unpackHalf2x16(u.z), unpackHalf2x16(u.w));
    }
    else
    {
        low = FLOATS_AT(pages, (row >> 2) + 2 * octet);
        high = FLOATS_AT(pages, (row >> 2) + 2 * octet + 1);
    }
}

float score(vec4 query[VECTORS], uint row)
{
    precise float sum = 0.0;
    [[unroll]] for (uint i = 0; i < HEAD_DIM / 8; i++)
    {
        vec4 a;
        vec4 b;
        octetAt(row, i, a, b);
        vec4 x = query[2 * i];
        vec4 y = query[2 * i + 1];
        sum = fma(a.x, x.x, sum);
        sum = fma(a.y, x.y, sum);
        sum = fma(a.z, x.z, sum);
        sum = fma(a.w, x.w, sum);
        sum = fma(b.x, y.x, sum);
        sum = fma(b.y, y.y, sum);
        sum = fma(b.z, y.z, sum);
        sum = fma(b.w, y.w, sum);
    }
    return sum;
}

void main()
{
    uint split = gl_WorkGroupID.x;
    uint head = gl_WorkGroupID.y;
    uint columnIndex = gl_WorkGroupID.z;
    Column column = columnAt(columnIndex);
    uint firstKey = split * SPLIT_KEYS;
    uint lastPosition = min(column.position, p.context - 1);
    if (!column.live || firstKey > lastPosition)
    {
        return;
    }
    uint lastKey = min(lastPosition, firstKey + SPLIT_KEYS - 1);
    uint kvHead = head / (p.heads / p.kvHeads);
    uint slot = slotStart(column.slot, p.slotStride);

    vec4 query[VECTORS];
    [[unroll]] for (uint i = 0; i < VECTORS; i++)
    {
        query[i] = FLOATS_AT(stream, p.q + (columnIndex * p.heads + head) * VECTORS + i);
    }

    float maximum = NO_SCORE;
    float sum = 0.0;
    vec4 low[LANE_OCTETS];
    vec4 high[LANE_OCTETS];
    [[unroll]] for (uint d = 0; d < LANE_OCTETS; d++)
    {
        low[d] = vec4(0.0);
        high[d] = vec4(0.0);
    }
    uint group = lane / OCTETS;
    uint firstOctet = lane % OCTETS;

    uint block = firstKey;
    do
    {
        // Keys past the last are never read: those lanes look at the last key and weigh 0.
        uint key = min(block + lane, lastKey);
        uint page = min(pageOf(slot, key), p.pageCount - 1);
        uint row = kvRow(page, p.layers, p.layer, KEYS, p.kvHeads, kvHead, key);
        float rescale;
        float weight = foldBlock(score(query, row) * p.scale, block + lane <= lastKey, maximum, sum, rescale);
        [[unroll]] for (uint d = 0; d < LANE_OCTETS; d++)
        {
            low[d] *= rescale;
            high[d] *= rescale;
        }
        // A value lies as far behind its key as all keys of a layer's page take.
        row += p.kvHeads * PAGE_TOKENS * HEAD_DIM;
        [[unroll]] for (uint j = 0; j < KEYS_A_GROUP; j++)
        {
            uint from = GROUPS == 1 ? j : group * KEYS_A_GROUP + j;
            bool real = from < LANES && group < GROUPS;
            from = min(from, LANES - 1);
            uint valueRow = subgroupShuffle(row, from);
            float w = subgroupShuffle(weight, from);
            w = real ? w : 0.0;
            [[unroll]] for (uint d = 0; d < LANE_OCTETS; d++)
            {
                vec4 a;
                vec4 b;
                octetAt(valueRow, LANE_OCTETS == 1 ? firstOctet : min(lane + d * LANES, OCTETS - 1), a, b);
                low[d] = fma(vec4(w), a, low[d]);
                high[d] = fma(vec4(w), b, high[d]);
            }
        }
        block += LANES;
    }
    while (block <= lastKey);

    // The groups' sums, in their order. Every lane gives what it summed itself.
    vec4 ownLow = low[0];
    vec4 ownHigh = high[0];
    [[unroll]] for (uint g = 1; g < GROUPS; g++)
    {
        uint from = min(lane + g * OCTETS, LANES - 1);
        low[0] += vec4(subgroupShuffle(ownLow.x, from), subgroupShuffle(ownLow.y, from), subgroupShuffle(ownLow.z, from), subgroupShuffle(ownLow.w, from));
        high[0] += vec4(subgroupShuffle(ownHigh.x, from), subgroupShuffle(ownHigh.y, from), subgroupShuffle(ownHigh.z, from), subgroupShuffle(ownHigh.w, from));
    }

    uint at = partialRow(columnIndex, p.heads, head, p.splits, split) / 4;
    [[unroll]] for (uint d = 0; d < LANE_OCTETS; d++)
    {
        uint octet = lane + d * LANES;
        if (octet < OCTETS)
        {
            partials[at + 2 * octet] = low[d];
            partials[at + 2 * octet + 1] = high[d];
        }
    }
    if (lane == 0)
    {
        partials[at + HEAD_DIM / 4] = vec4(maximum, sum, 0.0, 0.0);
    }
}
