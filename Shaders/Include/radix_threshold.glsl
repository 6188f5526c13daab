// Thresholds among unsorted keys, two bits a pass from the top: counts and sums alone, so the order of summation does not matter.
// RadixThreshold.cs finds the same key. Needs `stream`. SPAN entries a lane and iteration keep 65,536 entries within rule 7:
// fewer than 32,768 loop iterations an invocation.
#ifndef PRISM_RADIX_THRESHOLD
#define PRISM_RADIX_THRESHOLD
#include "wide.glsl"

const uint SPAN = 32;

// The largest key K for which the measures of all keys at or above it add up to target or more. Entries are stream[keys + i]; they
// measure stream[weights + i], or 1 each. `above` becomes the sum of the measures of keys above K.
uint findThreshold(uint keys, uint count, bool weighted, uint weights, uvec2 target, out uvec2 above)
{
    uint prefix = 0;
    above = uvec2(0);
    for (uint shift = 32; shift > 0;)
    {
        shift -= 2;
        // For each of the three digits above 0: sums of the upper and lower 16 bits of measures; 65,536 of them stay within 32 bits.
        uvec3 high = uvec3(0);
        uvec3 low = uvec3(0);
        uvec3 least = uvec3(prefix) | (uvec3(1, 2, 3) << shift);
        for (uint first = 0; first < count; first += SPAN * LANES)
        {
            [[unroll]] for (uint u = 0; u < SPAN; u++)
            {
                uint i = first + u * LANES + lane;
                bool real = i < count;
                i = min(i, count - 1);
                uint key = real ? stream[keys + i] : 0;
                uint measure = weighted ? stream[weights + i] : 1;
                uvec3 reached = mix(uvec3(0), uvec3(measure), greaterThanEqual(uvec3(key), least));
                high += reached >> 16;
                low += reached & 0xFFFFu;
            }
        }
        uvec2 one = wideFromHalves(subgroupAdd(high.x), subgroupAdd(low.x));
        uvec2 two = wideFromHalves(subgroupAdd(high.y), subgroupAdd(low.y));
        uvec2 three = wideFromHalves(subgroupAdd(high.z), subgroupAdd(low.z));
        if (!wideLess(three, target))
        {
            prefix |= 3u << shift;
        }
        else if (!wideLess(two, target))
        {
            prefix |= 2u << shift;
            above = three;
        }
        else if (!wideLess(one, target))
        {
            prefix |= 1u << shift;
            above = two;
        }
        else
        {
            above = one;
        }
    }
    return prefix;
}

#endif
