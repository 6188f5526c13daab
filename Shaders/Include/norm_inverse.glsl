// 1 / rms of a column of the residual stream, from the sums that its producer left. Needs READS of `stream`, and `p.norm`.
#ifndef PRISM_NORM_INVERSE
#define PRISM_NORM_INVERSE
#include "rms_norm.glsl"

// Every lane the same column.
float columnInverseRms(uint column)
{
    precise float sum = 0.0;
    uint words = p.norm.xStride / 8; // vec4 words of sums: one sum for every 8 elements
    uint k = lane;
    if (k < words)
    {
        do
        {
            vec4 four = FLOATS_AT(stream, p.norm.squares + column * words + k);
            sum = sum + ((four.x + four.y) + (four.z + four.w));
            k += LANES;
        }
        while (k < words);
    }
    return inverseRms(sumOverLanes(sum), p.norm.dim, p.norm.epsilon);
}

// Every lane a column of its own: the sums of columnInverseRms of eight lanes, in the same order.
float laneInverseRms(uint column)
{
    precise float part[8];
    [[unroll]] for (uint j = 0; j < 8; j++)
    {
        part[j] = 0.0;
    }
    uint words = p.norm.xStride / 8;
    uint start = p.norm.squares + column * words;
    uint first = 0;
    do
    {
        [[unroll]] for (uint j = 0; j < 8; j++)
        {
            vec4 four = FLOATS_AT(stream, start + min(first + j, words - 1));
            part[j] = part[j] + (first + j < words ? (four.x + four.y) + (four.z + four.w) : 0.0);
        }
        first += 8;
    }
    while (first < words);
    precise float sum = ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
    return inverseRms(sum, p.norm.dim, p.norm.epsilon);
}

#endif
