#version 450
#extension GL_GOOGLE_include_directive : require
// variant: -
// variant: texel -DTEXEL_READS=1
// Weighted sum, in expert order, of what a grouped expert_down left for each column, and the residual. Grid: (rows / 64, columns).
// The same operations in the same order as expert_down does them when it is not grouped.
#include "Include/common.glsl"
#include "Include/weights.glsl"
#include "Include/routes.glsl"
#include "Include/residual_target.glsl"

layout(std430, set = 0, binding = 1) restrict buffer Stream { float stream[]; };

layout(push_constant) uniform Push
{
    uint rows;
    uint topK;
    uint results; // float index of entry 0's result in the stream, as long as a column of it
    ResidualTarget to;
} p;

#include "Include/residual.glsl"

const uint TILES = 8; // of eight rows each

void main()
{
    uint column = gl_WorkGroupID.y;
    if (routeAt(column * p.topK).x == NO_EXPERT)
    {
        return;
    }
    uint firstRow = gl_WorkGroupID.x * TILES * ROWS;
    uint end = min(firstRow + TILES * ROWS, p.rows);
    do
    {
        float total[8];
        [[unroll]] for (uint j = 0; j < ROWS; j++)
        {
            total[j] = 0.0;
        }
        for (uint i = 0; i < p.topK; i++)
        {
            uint entry = column * p.topK + i;
            float weight = uintBitsToFloat(routeAt(entry).y);
            [[unroll]] for (uint j = 0; j < RESULTS; j++)
            {
                uint row = min(firstRow + resultRow(j), p.rows - 1);
                precise float sum = fma(weight, stream[p.results + entry * p.to.xStride + row], total[j]);
                total[j] = sum;
            }
        }
        addToResidual(column, firstRow, p.rows, total);
        firstRow += ROWS;
    }
    while (firstRow < end);
}
