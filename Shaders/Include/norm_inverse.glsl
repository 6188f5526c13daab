// 1 / rms of a column of the residual stream, from the sums that its producer left. Needs READS of `stream`, and `p.norm`.
#ifndef PRISM_NORM_INVERSE
#define PRISM_NORM_INVERSE
#include "rms_norm.glsl"

float columnInverseRms(uint column)
{
    precise float sum = 0.0;
    uint words = p.norm.xStride / 8; // vec4 words of sums: one sum for every 8 elements
    for (uint k = lane; k < words; k += LANES)
    {
        vec4 four = FLOATS_AT(stream, p.norm.squares + column * words + k);
        sum = sum + ((four.x + four.y) + (four.z + four.w));
    }
    return inverseRms(sum, p.norm.dim, p.norm.epsilon);
}

#endif
