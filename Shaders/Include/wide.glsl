// Sums of weights need 64 bits: pairs (low, high), without a 64-bit type.
#ifndef PRISM_WIDE
#define PRISM_WIDE

uvec2 wideAdd(uvec2 a, uvec2 b)
{
    uint carry;
    uint low = uaddCarry(a.x, b.x, carry);
    return uvec2(low, a.y + b.y + carry);
}

bool wideLess(uvec2 a, uvec2 b)
{
    return a.y < b.y || (a.y == b.y && a.x < b.x);
}

// Low 64 bits of a product.
uvec2 wideTimes(uvec2 a, uint b)
{
    uvec2 product;
    umulExtended(a.x, b, product.y, product.x);
    return uvec2(product.x, product.y + a.y * b);
}

// high * 2^16 + low.
uvec2 wideFromHalves(uint high, uint low)
{
    return wideAdd(uvec2(high << 16, high >> 16), uvec2(low, 0));
}

#endif
