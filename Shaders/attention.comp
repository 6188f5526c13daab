#version 450
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
// Flash attention over one split of 256 keys for one head of one column, online softmax. Grid: (splits, heads, columns).
// Splits begin at fixed keys, never by occupancy, and each head's softmax is normalised on its own.
// Scores: a lane per key. Values: a lane per pair of dimensions, the weights come by shuffle.
#include "Include/common.glsl"
#define STATE_BINDING 2
#include "Include/state.glsl"
#include "Include/attention_layout.glsl"
#include "Include/online_softmax.glsl"
#include "Include/kv_layout.glsl"

READS(pages, 0);
READS(stream, 1);
layout(std430, set = 0, binding = 3) restrict writeonly buffer Partials { float partials[]; };

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
const uint DIM_PAIRS = (HEAD_DIM / 2 + LANES - 1) / LANES; // pairs of dimensions a lane sums

vec2 valuePair(uint row, uint pair)
{
    if (KV_FORMAT == KV_FLOAT16)
    {
        uint at = (row >> 1) + pair;
        return unpackHalf2x16(AT(pages, at >> 2)[at & 3]);
    }
    uint at = row + 2 * pair;
    return uintBitsToFloat(uvec2(AT(pages, at >> 2)[at & 3], AT(pages, at >> 2)[(at & 3) + 1]));
}

float score(vec4 query[VECTORS], uint row)
{
    precise float sum = 0.0;
    [[unroll]] for (uint i = 0; i < HEAD_DIM / 8; i++)
    {
        vec4 a;
        vec4 b;
        if (KV_FORMAT == KV_FLOAT16)
        {
            uvec4 u = AT(pages, (row >> 3) + i);
            a = vec4(unpackHalf2x16(u.x), unpackHalf2x16(u.y));
            b = vec4(unpackHalf2x16(u.z), unpackHalf2x16(u.w));
        }
        else
        {
            a = FLOATS_AT(pages, (row >> 2) + 2 * i);
            b = FLOATS_AT(pages, (row >> 2) + 2 * i + 1);
        }
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
    vec2 value[DIM_PAIRS];
    [[unroll]] for (uint d = 0; d < DIM_PAIRS; d++)
    {
        value[d] = vec2(0.0);
    }

    for (uint block = firstKey; block <= lastKey; block += LANES)
    {
        // Keys past the last are never read: those lanes look at the last key and weigh 0.
        uint key = min(block + lane, lastKey);
        uint page = min(pageOf(slot, key), p.pageCount - 1);
        float dotted = score(query, kvRow(page, p.layers, p.layer, KEYS, p.kvHeads, kvHead, key)) * p.scale;
        float rescale;
        float weight = foldBlock(dotted, block + lane <= lastKey, maximum, sum, rescale);
        [[unroll]] for (uint d = 0; d < DIM_PAIRS; d++)
        {
            value[d] *= rescale;
        }
        [[unroll]] for (uint j = 0; j < LANES; j++)
        {
            uint from = min(block + j, lastKey);
            uint row = kvRow(subgroupShuffle(page, j), p.layers, p.layer, VALUES, p.kvHeads, kvHead, from);
            float w = subgroupShuffle(weight, j);
            [[unroll]] for (uint d = 0; d < DIM_PAIRS; d++)
            {
                uint pair = min(lane + d * LANES, HEAD_DIM / 2 - 1);
                value[d] = fma(vec2(w), valuePair(row, pair), value[d]);
            }
        }
    }

    uint at = partialRow(columnIndex, p.heads, head, p.splits, split);
    [[unroll]] for (uint d = 0; d < DIM_PAIRS; d++)
    {
        uint pair = lane + d * LANES;
        if (pair < HEAD_DIM / 2)
        {
            partials[at + 2 * pair] = value[d].x;
            partials[at + 2 * pair + 1] = value[d].y;
        }
    }
    if (lane == 0)
    {
        partials[at + HEAD_DIM] = maximum;
        partials[at + HEAD_DIM + 1] = sum;
    }
}
