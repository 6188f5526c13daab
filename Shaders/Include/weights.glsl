// A matrix in memory: rows of 128-bit words, padded with zeros to 32 elements along K. Decoded with core GLSL alone, so no optional
// device feature decides which kernel runs.
#ifndef PRISM_WEIGHTS
#define PRISM_WEIGHTS
#include "reads.glsl"

const uint FLOAT32 = 0;
const uint FLOAT16 = 1;
const uint INT8 = 2;
const uint INT4 = 3;

layout(constant_id = 1) const uint WEIGHT_FORMAT = 1;

struct Matrix
{
    uint start;       // uvec4 index of row 0
    uint stride;      // uvec4 words a row
    uint chunks;      // steps along K: 8 elements (float), 16 (int8) or 32 (int4) each
    uint rows;
    uint scales;      // uvec4 index of the first eight rows' scales; integer formats only
    uint scaleStride; // uvec4 words, as many as groups, for eight rows
};

READS(weights, 0);

uint weightWord(uint index)
{
    return AT(weights, index >> 2)[index & 3];
}

vec4 weightFloats(uint index)
{
    return FLOATS_AT(weights, index);
}

vec4 halves(uint a, uint b)
{
    return vec4(unpackHalf2x16(a), unpackHalf2x16(b));
}

vec4 bytes(uint word)
{
    int i = int(word);
    return vec4((i << 24) >> 24, (i << 16) >> 24, (i << 8) >> 24, i >> 24);
}

vec4 lowNibbles(uint word)
{
    int i = int(word);
    return vec4((i << 28) >> 28, (i << 24) >> 28, (i << 20) >> 28, (i << 16) >> 28);
}

vec4 highNibbles(uint word)
{
    int i = int(word);
    return vec4((i << 12) >> 28, (i << 8) >> 28, (i << 4) >> 28, i >> 28);
}

// Scales of one group of 32 elements: a word holds those of eight rows, because a tile needs just them.
uvec4 groupScales(Matrix m, uint row, uint group)
{
    return AT(weights, m.scales + (row >> 3) * m.scaleStride + group);
}

float groupScale(Matrix m, uint row, uint group)
{
    return unpackHalf2x16(groupScales(m, row, group)[(row >> 1) & 3])[row & 1];
}

// Elements 8*chunk .. 8*chunk+7 of a row that begins at `start`, in any format. q * scale is exact in binary32 (a product of 11 and 7 bits).
void decodeEight(Matrix m, uint row, uint start, uint chunk, out vec4 low, out vec4 high)
{
    if (WEIGHT_FORMAT == FLOAT32)
    {
        low = weightFloats(start + 2 * chunk);
        high = weightFloats(start + 2 * chunk + 1);
    }
    else if (WEIGHT_FORMAT == FLOAT16)
    {
        uvec4 u = AT(weights, start + chunk);
        low = halves(u.x, u.y);
        high = halves(u.z, u.w);
    }
    else if (WEIGHT_FORMAT == INT8)
    {
        uvec4 u = AT(weights, start + (chunk >> 1));
        uvec2 w = (chunk & 1) == 0 ? u.xy : u.zw;
        float scale = groupScale(m, row, chunk >> 2);
        low = bytes(w.x) * scale;
        high = bytes(w.y) * scale;
    }
    else
    {
        uint w = AT(weights, start + (chunk >> 2))[chunk & 3];
        float scale = groupScale(m, row, chunk >> 2);
        low = lowNibbles(w) * scale;
        high = highNibbles(w) * scale;
    }
}

#endif
