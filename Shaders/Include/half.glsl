// binary32 to binary16, ties to even, subnormal results flushed to zero: packHalf2x16 may round either way, this is the same everywhere
// and the same as HalfFloat.ToHalf.
#ifndef PRISM_HALF
#define PRISM_HALF

uint toHalf(float value)
{
    uint bits = floatBitsToUint(value);
    uint sign = (bits >> 16) & 0x8000u;
    uint magnitude = bits & 0x7fffffffu;
    if (magnitude > 0x7f800000u)
    {
        return sign | 0x7e00u;
    }
    if (magnitude >= 0x477ff000u)
    {
        return sign | 0x7c00u;
    }
    if (magnitude < 0x38800000u)
    {
        return sign | (magnitude >= 0x387fe000u ? 0x0400u : 0u); // what rounds up to 2^-14 is kept
    }
    return sign | ((magnitude - 0x38000000u + 0xfffu + ((magnitude >> 13) & 1)) >> 13);
}

uint packHalves(vec2 v)
{
    return toHalf(v.x) | (toHalf(v.y) << 16);
}

#endif
