// The last part of the first projection: element function and store of this lane's hidden units.
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
                hidden[start + unit] = unit < p.units ? silu(pair.x) * pair.y : 0.0;
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
                hidden[start + unit] = unit < p.units ? value : 0.0;
            }
        }
    }
}

#endif
