#version 450
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
// RMSNorm + Q, K and V rows + pi-RoPE + append of K and V to the cache page. Grid: (rows / 8, columns / TILE_COLUMNS).
// Rows are those of wq, then wk, then wv, as many as the model has.
#include "Include/tile.glsl"
#define STATE_BINDING 2
#include "Include/state.glsl"
#include "Include/columns.glsl"
#include "Include/lane_columns.glsl"
#include "Include/kv_layout.glsl"
#include "Include/rope.glsl"
#include "Include/half.glsl"
#include "Include/norm_source.glsl"

const uint SEPARATE = 0;     // wq, wk, wv
const uint SHARED_VALUE = 1; // wq, wk; V is Q before rotation
const uint DICTIONARY = 2;   // wq alone: Q = K = V
layout(constant_id = 5) const uint QKV_MODE = 0;

READS_AND_WRITES(stream, 1);
layout(std430, set = 0, binding = 3) restrict writeonly buffer Pages { uvec4 pages[]; };

layout(push_constant) uniform Push
{
    Matrix qkv;
    NormSource norm;
    uint q;         // float index of column 0's query
    uint queryDim;  // floats a column: heads * HEAD_DIM
    uint kvHeads;
    uint layer;
    uint layers;
    uint rope;      // uvec4 index of the angle table
    uint ropeGroups;
    uint headGroup; // uint index of this layer's frequency group of each query head
    uint slotStride;
    uint context;   // positions in the angle table and in a page table
    uint pageCount;
} p;

#include "Include/norm_input.glsl"

uint kvElement(Column column, uint which, uint kvHead, uint element)
{
    uint position = min(column.position, p.context - 1);
    uint page = min(pageOf(slotStart(column.slot, p.slotStride), position), p.pageCount - 1);
    return kvRow(page, p.layers, p.layer, which, p.kvHeads, kvHead, position) + element;
}

void append(Column column, uint which, uint kvHead, uint element, vec2 pair)
{
    uint at = kvElement(column, which, kvHead, element);
    if (KV_FORMAT == KV_FLOAT16)
    {
        pages[at >> 3][(at >> 1) & 3] = packHalves(pair);
    }
    else
    {
        pages[at >> 2][at & 3] = floatBitsToUint(pair.x);
        pages[at >> 2][(at & 3) + 1] = floatBitsToUint(pair.y);
    }
}

// Eight elements of a row at once.
void appendEight(Column column, uint which, uint kvHead, uint element, vec4 low, vec4 high)
{
    uint at = kvElement(column, which, kvHead, element);
    if (KV_FORMAT == KV_FLOAT16)
    {
        pages[at >> 3] = uvec4(packHalves(low.xy), packHalves(low.zw), packHalves(high.xy), packHalves(high.zw));
    }
    else
    {
        pages[at >> 2] = floatBitsToUint(low);
        pages[(at >> 2) + 1] = floatBitsToUint(high);
    }
}

// Four neighbouring pairs turned by the angles of one position.
void rotateEight(Column column, uint group, uint element, vec4 low, vec4 high, out vec4 turnedLow, out vec4 turnedHigh)
{
    uint position = min(column.position, p.context - 1);
    uint entry = (position * p.ropeGroups + group) * (HEAD_DIM / 2) + element / 2;
    vec4 first = weightFloats(p.rope + entry / 2);
    vec4 second = weightFloats(p.rope + entry / 2 + 1);
    turnedLow = vec4(rotate(low.xy, first.xy), rotate(low.zw, first.zw));
    turnedHigh = vec4(rotate(high.xy, second.xy), rotate(high.zw, second.zw));
}

void main()
{
    uint firstRow = gl_WorkGroupID.x * ROWS;
    uint firstColumn = gl_WorkGroupID.y * TILE_COLUMNS;
    if (!loadColumns(firstColumn))
    {
        return;
    }
    sourceColumns(firstColumn);
    tileDot(p.qkv, firstRow);

    // A tile of 8 rows lies in one head, because HEAD_DIM is a multiple of 8.
    uint head = firstRow / HEAD_DIM;
    uint queryHeads = p.queryDim / HEAD_DIM;
    bool isQuery = head < queryHeads;
    bool isValue = head >= queryHeads + p.kvHeads;
    uint kvHead = isQuery ? head : (head - queryHeads) % p.kvHeads;
    uint groupHead = isQuery ? head : kvHead * (queryHeads / p.kvHeads);
    uint group = weightWord(p.headGroup + groupHead);

    if (LANE_COLUMNS)
    {
        uint columnIndex = firstColumn + lane;
        Column column = columnAt(columnIndex);
        uint element = firstRow % HEAD_DIM;
        float v[8];
        tileLaneColumn(v);
        float inverse = laneInverseRms(columnIndex);
        vec4 low = vec4(v[0], v[1], v[2], v[3]) * inverse;
        vec4 high = vec4(v[4], v[5], v[6], v[7]) * inverse;
        vec4 turnedLow;
        vec4 turnedHigh;
        rotateEight(column, group, element, low, high, turnedLow, turnedHigh);
        if (column.live && isQuery)
        {
            uint at = (p.q + columnIndex * p.queryDim + head * HEAD_DIM + element) / 4;
            stream[at] = floatBitsToUint(turnedLow);
            stream[at + 1] = floatBitsToUint(turnedHigh);
        }
        if (column.live && (isValue || (isQuery && QKV_MODE != SEPARATE)))
        {
            appendEight(column, VALUES, kvHead, element, low, high);
        }
        if (column.live && (isQuery ? QKV_MODE == DICTIONARY : !isValue))
        {
            appendEight(column, KEYS, kvHead, element, turnedLow, turnedHigh);
        }
        return;
    }

    float inverse[TILE_COLUMNS];
    tileInverseRms(inverse);

    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        float v[8];
        tileResult(c, v);
        Column column = tileColumn[c];
        [[unroll]] for (uint i = 0; i < PAIRS; i++)
        {
            vec2 pair = resultPair(v, i) * inverse[c];
            uint element = firstRow % HEAD_DIM + 2 * pairNumber(i);
            if (column.live && ownsPair())
            {
                vec2 turn = ropeTurn(p.rope, p.ropeGroups, min(column.position, p.context - 1), group, element / 2);
                vec2 turned = rotate(pair, turn);
                if (isQuery)
                {
                    uint at = p.q + (firstColumn + c) * p.queryDim + head * HEAD_DIM + element;
                    stream[at >> 2][at & 3] = floatBitsToUint(turned.x);
                    stream[at >> 2][(at & 3) + 1] = floatBitsToUint(turned.y);
                    if (QKV_MODE != SEPARATE)
                    {
                        append(column, VALUES, kvHead, element, pair);
                    }
                    if (QKV_MODE == DICTIONARY)
                    {
                        append(column, KEYS, kvHead, element, turned);
                    }
                }
                else
                {
                    append(column, isValue ? VALUES : KEYS, kvHead, element, isValue ? pair : turned);
                }
            }
        }
    }
}
