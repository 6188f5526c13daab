// The last part of the first projection: element function and store of hidden units. Needs a vec4 `hidden`.
#ifndef PRISM_UNITS
#define PRISM_UNITS

const uint SWIGLU = 0;
const uint GELU = 1;
const uint ISTA = 2;
layout(constant_id = 3) const uint ACTIVATION = 0;

void writeUnits(float v[8], uint firstRow, float inverse, bool live, uint start)
{
    if (ACTIVATION == SWIGLU)
    {
        [[unroll]] for (uint i = 0; i < PAIRS; i++)
        {
            vec2 pair = resultPair(v, i) * inverse;
            uint unit = firstRow / 2 + pairNumber(i);
            if (live && ownsPair() && unit < p.hiddenStride)
            {
                uint at = start + unit;
                hidden[at >> 2][at & 3] = unit < p.units ? silu(pair.x) * pair.y : 0.0;
            }
        }
    }
    else
    {
        [[unroll]] for (uint j = 0; j < RESULTS; j++)
        {
            uint unit = firstRow + resultRow(j);
            float value = v[j] * inverse;
            value = ACTIVATION == GELU ? gelu(value) : shrink(0.0, value, p.eta, p.lambda);
            if (live && ownsRow() && unit < p.hiddenStride)
            {
                uint at = start + unit;
                hidden[at >> 2][at & 3] = unit < p.units ? value : 0.0;
            }
        }
    }
}

// The same for a lane a column: eight rows of it.
void writeLaneUnits(float v[8], uint firstRow, float inverse, bool live, uint start)
{
    uint count = ACTIVATION == SWIGLU ? 4 : 8;
    uint unit = firstRow * count / 8;
    vec4 units[2];
    [[unroll]] for (uint i = 0; i < count; i++)
    {
        float value;
        if (ACTIVATION == SWIGLU)
        {
            vec2 pair = vec2(v[2 * i], v[2 * i + 1]) * inverse;
            value = silu(pair.x) * pair.y;
        }
        else
        {
            value = v[i] * inverse;
            value = ACTIVATION == GELU ? gelu(value) : shrink(0.0, value, p.eta, p.lambda);
        }
        units[i >> 2][i & 3] = unit + i < p.units ? value : 0.0;
    }
    [[unroll]] for (uint i = 0; i < count / 4; i++)
    {
        if (live && unit + 4 * i < p.hiddenStride)
        {
            hidden[(start + unit) / 4 + i] = units[i];
        }
    }
}

#endif
