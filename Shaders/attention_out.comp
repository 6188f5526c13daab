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
uint tileUsed[TILE_COLUMNS]; // splits that hold keys of the column
uint tileGains[TILE_COLUMNS];
uint mostUsed;

// The loops over splits hold the ones over columns, not the other way round: those are unrolled, and what they index stays in registers.
void tileInputs(uint chunk, out vec4 low[TILE_COLUMNS], out vec4 high[TILE_COLUMNS])
{
    uint head = min(8 * chunk / HEAD_DIM, p.heads - 1);
    bool real = 8 * chunk / HEAD_DIM < p.heads;
    uint element = 8 * chunk % HEAD_DIM;
    uint row[TILE_COLUMNS];
    float maximum[TILE_COLUMNS];
    float sum[TILE_COLUMNS];
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        row[c] = partialRow(tileFirst + c, p.heads, head, p.splits, 0) >> 2;
        maximum[c] = FLOATS_AT(partials, row[c] + HEAD_DIM / 4).x;
        sum[c] = 0.0;
        low[c] = vec4(0.0);
        high[c] = vec4(0.0);
    }
    for (uint s = 1; s < mostUsed; s++)
    {
        [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
        {
            float other = FLOATS_AT(partials, row[c] + min(s, tileUsed[c] - 1) * (HEAD_DIM / 4 + 1) + HEAD_DIM / 4).x;
            maximum[c] = max(maximum[c], other);
        }
    }
    uint s = 0;
    do
    {
        [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
        {
            uint at = row[c] + min(s, tileUsed[c] - 1) * (HEAD_DIM / 4 + 1);
            vec4 tail = FLOATS_AT(partials, at + HEAD_DIM / 4);
            float weight = s >= tileUsed[c] ? 0.0 : tail.x == maximum[c] ? 1.0 : exp(tail.x - maximum[c]);
            precise float total = fma(tail.y, weight, sum[c]);
            sum[c] = total;
            low[c] = fma(vec4(weight), FLOATS_AT(partials, at + element / 4), low[c]);
            high[c] = fma(vec4(weight), FLOATS_AT(partials, at + element / 4 + 1), high[c]);
        }
        s++;
    }
    while (s < mostUsed);
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        float gain = uintBitsToFloat(stateWord(tileGains[c] + head));
        float factor = gain / sum[c];
        low[c] = real ? low[c] * factor : vec4(0.0);
        high[c] = real ? high[c] * factor : vec4(0.0);
    }
}

void main()
{
    uint firstRow = gl_WorkGroupID.x * ROWS;
    tileFirst = gl_WorkGroupID.y * TILE_COLUMNS;
    if (!loadColumns(tileFirst))
    {
        return;
    }
    mostUsed = 1;
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        tileUsed[c] = min(tileColumn[c].position / SPLIT_KEYS + 1, p.splits);
        tileGains[c] = slotStart(tileColumn[c].slot, p.slotStride) + p.gains + p.layer * p.heads;
        mostUsed = max(mostUsed, tileColumn[c].live ? tileUsed[c] : 1);
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
