// Logits as sortable integers, and the integer functions of sampling: the same as SamplingKey.cs and SamplingMath.cs, word for word.
#ifndef PRISM_SAMPLING_MATH
#define PRISM_SAMPLING_MATH

const uint EXCLUDED = 0;
const uint SIGN_BIT = 0x80000000u;
const uint FAR = 32u << 24;
const uint WEIGHT_ONE = 1u << 30;

// The bits of a logit with its magnitude cut to 2^64, or +0 where it is below 2^-64.
uint canonical(uint bits)
{
    uint magnitude = bits & ~SIGN_BIT;
    return magnitude < 0x1F800000u ? 0 : magnitude > 0x5F800000u ? (bits & SIGN_BIT) | 0x5F800000u : bits;
}

uint keyOfCanonical(uint bits)
{
    return (bits & SIGN_BIT) != 0 ? ~bits : bits | SIGN_BIT;
}

// NaN and minus infinity exclude a token.
uint keyOfLogit(uint bits)
{
    bool usable = (bits & ~SIGN_BIT) <= 0x7F800000u && bits != 0xFF800000u;
    return usable ? keyOfCanonical(canonical(bits)) : EXCLUDED;
}

float logitOfKey(uint key)
{
    return uintBitsToFloat((key & SIGN_BIT) != 0 ? key & ~SIGN_BIT : ~key);
}

// How far below the best, in powers of two at the given scale, Q24.
uint distanceOf(float best, float logit, float scale)
{
    precise float difference = best - logit;
    precise float distance = difference * scale;
    return distance >= 32.0 ? FAR : uint(distance * 16777216.0);
}

uint mulHigh(uint a, uint b)
{
    uint high;
    uint low;
    umulExtended(a, b, high, low);
    return high;
}

int mulHigh(int a, int b)
{
    int high;
    int low;
    imulExtended(a, b, high, low);
    return high;
}

// floor(2^30 * 2^-d), d in Q24.
uint weightOf(uint distance)
{
    if (distance >= FAR)
    {
        return 0;
    }
    uint n = (distance + 0xFFFFFFu) >> 24;
    uint f = ((n << 24) - distance) << 8;
    uint p = 234018u;
    p = 1333042u + mulHigh(f, p);
    p = 10395076u + mulHigh(f, p);
    p = 59573866u + mulHigh(f, p);
    p = 257944889u + mulHigh(f, p);
    p = 744260928u + mulHigh(f, p);
    p = WEIGHT_ONE + mulHigh(f, p);
    return n == 32 ? 0 : p >> n;
}

// -log2(m / 2^24) in Q52 as (low, high), m in [2^23, 2^24).
uvec2 negativeLog(uint m)
{
    uint y = (1u << 24) - m;
    int t = int(y << 7);
    int r = 705428139;
    r = -1028564401 + 2 * mulHigh(t, r);
    r = 830164657 + 2 * mulHigh(t, r);
    r = -264304355 + 2 * mulHigh(t, r);
    r = 142438085 + 2 * mulHigh(t, r);
    r = 66142536 + 2 * mulHigh(t, r);
    r = 97749058 + 2 * mulHigh(t, r);
    r = 129051518 + 2 * mulHigh(t, r);
    r = 193635870 + 2 * mulHigh(t, r);
    r = 387270500 + 2 * mulHigh(t, r);
    uvec2 product;
    umulExtended(y, uint(r), product.y, product.x);
    return product;
}

// log2 of an exponential waiting time at a rate of 2^-d, plus d + 24, in Q24; the smallest wins.
uint waitingTime(uint random, uint distance)
{
    uint n = (1u << 24) - (((random >> 9) << 1) | 1u);
    int e = 23 - findMSB(n);
    uvec2 wait = negativeLog(n << e);
    wait.y += uint(e) << 20;
    int k = wait.y != 0 ? 32 + findMSB(wait.y) : findMSB(wait.x);
    int shift = k - 23;
    uint mantissa = shift >= 32 ? wait.y >> (shift - 32) : (wait.y << (32 - shift)) | (wait.x >> shift);
    uvec2 log = negativeLog(mantissa);
    return distance + (uint(k - 27) << 24) - ((log.y << 4) | (log.x >> 28));
}

#endif
