// Mixture of experts: the k largest router logits (ties to the lower index) and the softmax over them, listed in expert order.
#ifndef PRISM_ROUTER
#define PRISM_ROUTER

const uint MAX_EXPERTS = 64;
const uint MAX_TOP_K = 8;
const uint NO_EXPERT = 0xffffffffu;

// NaN counts as the smallest logit.
float rankOf(float logit)
{
    return (floatBitsToUint(logit) & 0x7fffffffu) > 0x7f800000u ? -3.402823466e38 : logit;
}

// Every lane computes the same numbers.
void route(float logits[MAX_EXPERTS], uint experts, uint topK, out uint chosen[MAX_TOP_K], out float weight[MAX_TOP_K])
{
    float best = 0.0;
    float sum = 0.0;
    uvec2 taken = uvec2(0);
    [[unroll]] for (uint i = 0; i < MAX_TOP_K; i++)
    {
        chosen[i] = NO_EXPERT;
        weight[i] = 0.0;
    }
    for (uint i = 0; i < topK; i++)
    {
        uint at = NO_EXPERT;
        float value = 0.0;
        for (uint e = 0; e < experts; e++)
        {
            bool free = (taken[e >> 5] & (1u << (e & 31))) == 0;
            if (free && (at == NO_EXPERT || logits[e] > value))
            {
                at = e;
                value = logits[e];
            }
        }
        taken[at >> 5] |= 1u << (at & 31);
        best = i == 0 ? value : best;
        sum += exp(value - best);
    }
    uint n = 0;
    for (uint e = 0; e < experts; e++)
    {
        if ((taken[e >> 5] & (1u << (e & 31))) != 0)
        {
            chosen[n] = e;
            weight[n] = exp(logits[e] - best) / sum;
            n++;
        }
    }
}

#endif
