#version 450
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
// Combine of the attention splits + head gain (checkpoint gain times the sequence's dial) + Wo + residual.
// Grid: (rows / 8, columns / TILE_COLUMNS).
#include "Include/tile.glsl"
#define STATE_BINDING 2
#include "Include/state.glsl"
#include "Include/columns.glsl"
#include "Include/head_dim.glsl"
#include "Include/attention_layout.glsl"
#include "Include/residual_target.glsl"
#include "Include/online_softmax.glsl"

READS(partials, 1);
layout(std430, set = 0, binding = 3) restrict buffer Stream { float stream[]; };

layout(push_constant) uniform Push
{
    Matrix wo;
    ResidualTarget to;
    uint heads;
    uint layer;
    uint splits;
    uint slotStride;
    uint gains;   // offset of the head gains in a slot
} p;

#include "Include/residual.glsl"

uint tileFirst;

void tileInput(uint c, uint chunk, out vec4 low, out vec4 high)
{
    low = vec4(0.0);
    high = vec4(0.0);
    uint head = 8 * chunk / HEAD_DIM;
    if (head >= p.heads)
    {
        return;
    }
    uint element = 8 * chunk % HEAD_DIM;
    uint used = tileColumn[c].position / SPLIT_KEYS + 1;
    used = min(used, p.splits);
    uint first = partialRow(tileFirst + c, p.heads, head, p.splits, 0) >> 2;

    float maximum = NO_SCORE;
    for (uint s = 0; s < used; s++)
    {
        maximum = max(maximum, FLOATS_AT(partials, first + s * (HEAD_DIM / 4 + 1) + HEAD_DIM / 4).x);
    }
    float sum = 0.0;
    for (uint s = 0; s < used; s++)
    {
        uint at = first + s * (HEAD_DIM / 4 + 1);
        vec4 tail = FLOATS_AT(partials, at + HEAD_DIM / 4);
        float weight = tail.x == maximum ? 1.0 : exp(tail.x - maximum);
        precise float total = fma(tail.y, weight, sum);
        sum = total;
        low = fma(vec4(weight), FLOATS_AT(partials, at + element / 4), low);
        high = fma(vec4(weight), FLOATS_AT(partials, at + element / 4 + 1), high);
    }
    float gain = uintBitsToFloat(stateWord(slotStart(tileColumn[c].slot, p.slotStride) + p.gains + p.layer * p.heads + head));
    float factor = gain / sum;
    low *= factor;
    high *= factor;
}

void main()
{
    uint firstRow = gl_WorkGroupID.x * ROWS;
    tileFirst = gl_WorkGroupID.y * TILE_COLUMNS;
    if (!loadColumns(tileFirst))
    {
        return;
    }
    tileDot(p.wo, firstRow);
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        float v[8];
        tileResult(c, v);
        if (tileColumn[c].live)
        {
            addToResidual(tileFirst + c, firstRow, p.wo.rows, v);
        }
    }
}
