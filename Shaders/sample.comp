#version 450
#extension GL_GOOGLE_include_directive : require
#extension GL_KHR_shader_subgroup_arithmetic : require
// Chooses a token from each row of logits, writes it to the ring, advances its column and gathers the next embedding, so that the loop from
// token to token needs no CPU. Grid: (logit rows). Sampler.cs is the definition: the same token from the same logits, bit for bit, because
// everything after one float32 multiplication is integer arithmetic and order-independent.
// The row of logits becomes keys in place; the two rows of scratch behind it hold ids and weights of the candidates.
#include "Include/common.glsl"
#include "Include/weights.glsl"
#include "Include/residual_target.glsl"
#define STATE_BINDING 2
#define STATE_WRITABLE
#include "Include/state.glsl"
#include "Include/philox.glsl"
#include "Include/sampling_math.glsl"

layout(std430, set = 0, binding = 1) restrict coherent buffer Stream { uint stream[]; };
layout(std430, set = 0, binding = 3) restrict writeonly buffer Ring { uint ring[]; };

#include "Include/radix_threshold.glsl"
#include "Include/slot_control.glsl"
#include "Include/constraint.glsl"

layout(push_constant) uniform Push
{
    Matrix embedding;
    ResidualTarget to;
    uint logits;      // float index of row 0
    uint rowStride;   // floats from one row to the next: logits, ids, weights
    uint arrayStride; // floats from a row's logits to its ids, and from those to its weights
    uint vocabulary;
    uint slotStride;
    uint ringTokens;  // entries of one slot
    uint mask;        // offset of the mask of allowed tokens in a slot
} p;

#include "Include/gather.glsl"

uint keysAt;
uint idsAt;
uint weightsAt;

// What one lane wrote, the others may read.
void settle()
{
    subgroupMemoryBarrierBuffer();
    subgroupBarrier();
}

#include "Include/allowed_keys.glsl"

// Logits of recent tokens, each id once: the lane that holds its first occurrence does it.
void penalise(uint slot, float penalty, float inverse, uint window)
{
    uint total = state[slot + CONTROL_RECENT_COUNT];
    uint count = min(min(window, RECENT_TOKENS), total);
    for (uint r = lane; r < count; r += LANES)
    {
        uint token = state[slot + SLOT_RECENT + (total - count + r) % RECENT_TOKENS];
        bool first = token < p.vocabulary;
        for (uint j = 0; j < r; j++)
        {
            first = first && state[slot + SLOT_RECENT + (total - count + j) % RECENT_TOKENS] != token;
        }
        if (first)
        {
            uint key = stream[keysAt + token];
            if (key != EXCLUDED)
            {
                float logit = logitOfKey(key);
                precise float penalised = logit * (logit > 0.0 ? inverse : penalty);
                stream[keysAt + token] = keyOfCanonical(canonical(floatBitsToUint(penalised)));
            }
        }
    }
    settle();
}

// A number added to each of a few logits; no token is listed twice.
void addBias(uint slot, uint count)
{
    for (uint r = lane; r < count; r += LANES)
    {
        uint token = min(state[slot + SLOT_BIAS + 2 * r], p.vocabulary - 1);
        uint key = stream[keysAt + token];
        if (key != EXCLUDED)
        {
            precise float biased = logitOfKey(key) + uintBitsToFloat(canonical(state[slot + SLOT_BIAS + 2 * r + 1]));
            stream[keysAt + token] = keyOfCanonical(canonical(floatBitsToUint(biased)));
        }
    }
    settle();
}

// The largest key and the lowest id that has it. Each lane's largest key of every SPAN goes to the weights array: k of these at or
// above a bound mean that the k-th largest key is, too.
void findBest(out uint bestKey, out uint bestId, out uint chunks)
{
    uint laneKey = EXCLUDED;
    uint laneId = 0xffffffffu;
    chunks = 0;
    for (uint first = 0; first < p.vocabulary; first += SPAN * LANES)
    {
        uint chunkKey = EXCLUDED;
        [[unroll]] for (uint u = 0; u < SPAN; u++)
        {
            uint i = first + u * LANES + lane;
            uint key = i < p.vocabulary ? stream[keysAt + min(i, p.vocabulary - 1)] : EXCLUDED;
            chunkKey = max(chunkKey, key);
            laneId = key > laneKey ? i : laneId;
            laneKey = max(laneKey, key);
        }
        if (chunks + lane < p.arrayStride)
        {
            stream[weightsAt + chunks + lane] = chunkKey;
        }
        chunks += LANES;
    }
    bestKey = subgroupMax(laneKey);
    bestId = subgroupMin(laneKey == bestKey ? laneId : 0xffffffffu);
    chunks = min(chunks, p.arrayStride);
    settle();
}

const uint RUN = 4; // neighbouring entries a lane keeps or drops at once

// Candidates: keys from `least` up that weigh something, in the order of their ids. Returns how many.
uint gatherCandidates(uint least, float best, float scale)
{
    uint kept = 0;
    for (uint first = 0; first < p.vocabulary; first += RUN * LANES)
    {
        uint key[RUN];
        uint weight[RUN];
        uint count = 0;
        [[unroll]] for (uint r = 0; r < RUN; r++)
        {
            uint i = first + lane * RUN + r;
            key[r] = i < p.vocabulary ? stream[keysAt + min(i, p.vocabulary - 1)] : EXCLUDED;
            weight[r] = key[r] >= least && key[r] != EXCLUDED ? weightOf(distanceOf(best, logitOfKey(key[r]), scale)) : 0;
            count += weight[r] != 0 ? 1 : 0;
        }
        uint at = kept + subgroupExclusiveAdd(count);
        kept += subgroupAdd(count);
        // Writing in place is safe: nothing is written past what has been read.
        settle();
        [[unroll]] for (uint r = 0; r < RUN; r++)
        {
            if (weight[r] != 0)
            {
                stream[keysAt + at] = key[r];
                stream[idsAt + at] = first + lane * RUN + r;
                stream[weightsAt + at] = weight[r];
                at++;
            }
        }
    }
    settle();
    return kept;
}

// Keeps the candidates above a key and, of those at it, the first `ties` in the order of ids. Returns how many.
uint keepFrom(uint threshold, uint ties, uint count)
{
    uint kept = 0;
    uint seen = 0;
    for (uint first = 0; first < count; first += RUN * LANES)
    {
        uint key[RUN];
        uint id[RUN];
        uint weight[RUN];
        uint tied = 0;
        [[unroll]] for (uint r = 0; r < RUN; r++)
        {
            uint i = first + lane * RUN + r;
            bool real = i < count;
            i = min(i, count - 1);
            key[r] = real ? stream[keysAt + i] : EXCLUDED;
            id[r] = stream[idsAt + i];
            weight[r] = stream[weightsAt + i];
            tied += key[r] == threshold ? 1 : 0;
        }
        uint rank = seen + subgroupExclusiveAdd(tied);
        seen += subgroupAdd(tied);
        bool keep[RUN];
        uint keeps = 0;
        [[unroll]] for (uint r = 0; r < RUN; r++)
        {
            bool tie = key[r] == threshold;
            keep[r] = key[r] > threshold || (tie && rank < ties);
            rank += tie ? 1 : 0;
            keeps += keep[r] ? 1 : 0;
        }
        uint at = kept + subgroupExclusiveAdd(keeps);
        kept += subgroupAdd(keeps);
        settle();
        [[unroll]] for (uint r = 0; r < RUN; r++)
        {
            if (keep[r])
            {
                stream[keysAt + at] = key[r];
                stream[idsAt + at] = id[r];
                stream[weightsAt + at] = weight[r];
                at++;
            }
        }
    }
    settle();
    return kept;
}

uvec2 sumOfWeights(uint count)
{
    uint high = 0;
    uint low = 0;
    for (uint first = 0; first < count; first += SPAN * LANES)
    {
        [[unroll]] for (uint u = 0; u < SPAN; u++)
        {
            uint i = first + u * LANES + lane;
            uint weight = i < count ? stream[weightsAt + min(i, count - 1)] : 0;
            high += weight >> 16;
            low += weight & 0xFFFFu;
        }
    }
    return wideFromHalves(subgroupAdd(high), subgroupAdd(low));
}

// Candidates become the shortest run, from the largest key down and from the lowest id up, that holds the share of the weight.
uint keepTopP(uint share, uint count, float best, float scale)
{
    uvec2 scaled = wideAdd(wideTimes(sumOfWeights(count), share), uvec2(65535, 0));
    uvec2 target = uvec2((scaled.x >> 16) | (scaled.y << 16), scaled.y >> 16);
    uvec2 held;
    uint threshold = findThreshold(keysAt, count, true, weightsAt, target, held);
    // Equal keys weigh the same: the first n of them are kept, the least n for which held + n * weight reaches the target.
    uint weight = weightOf(distanceOf(best, logitOfKey(threshold), scale));
    uint n = 0;
    [[unroll]] for (uint bit = 1u << 16; bit > 0; bit >>= 1)
    {
        n += wideLess(wideAdd(held, wideTimes(uvec2(weight, 0), n + bit)), target) ? bit : 0;
    }
    return keepFrom(threshold, n + 1, count);
}

uint draw(uint count, uint minWeight, uint key, uint drawn, float best, float scale)
{
    uint soonest = 0xffffffffu;
    uint chosen = 0xffffffffu;
    for (uint first = 0; first < count; first += RUN * LANES)
    {
        [[unroll]] for (uint u = 0; u < RUN; u++)
        {
            uint i = first + u * LANES + lane;
            if (i < count && stream[weightsAt + i] >= minWeight)
            {
                uint id = stream[idsAt + i];
                uint time = waitingTime(philox(id, drawn, key), distanceOf(best, logitOfKey(stream[keysAt + i]), scale));
                if (time < soonest || (time == soonest && id < chosen))
                {
                    soonest = time;
                    chosen = id;
                }
            }
        }
    }
    uint least = subgroupMin(soonest);
    return subgroupMin(soonest == least ? chosen : 0xffffffffu);
}

uint choose(uint slot, uint constraint)
{
    float scale = uintBitsToFloat(state[slot + CONTROL_SCALE]);
    float penalty = uintBitsToFloat(state[slot + CONTROL_PENALTY]);
    uint topK = state[slot + CONTROL_TOP_K];
    uint topP = state[slot + CONTROL_TOP_P];
    buildAllowedKeys(slot, constraint);
    if (penalty != 1.0)
    {
        penalise(slot, penalty, uintBitsToFloat(state[slot + CONTROL_INVERSE_PENALTY]), state[slot + CONTROL_WINDOW]);
    }
    uint biased = min(state[slot + CONTROL_BIAS_COUNT], BIAS_TOKENS);
    if (biased > 0)
    {
        addBias(slot, biased);
    }
    uint bestKey;
    uint bestId;
    uint chunks;
    findBest(bestKey, bestId, chunks);
    if (bestKey == EXCLUDED || scale == 0.0)
    {
        return bestId;
    }

    uvec2 above;
    uint least = EXCLUDED;
    if (topK > 0 && topK <= chunks)
    {
        least = findThreshold(weightsAt, chunks, false, 0, uvec2(topK, 0), above);
    }
    float best = logitOfKey(bestKey);
    uint count = gatherCandidates(least, best, scale);
    if (topK > 0 && topK < count)
    {
        uint threshold = findThreshold(keysAt, count, false, 0, uvec2(topK, 0), above);
        count = keepFrom(threshold, topK - above.x, count);
    }
    if (topP < 65536)
    {
        count = keepTopP(topP, count, best, scale);
    }
    uint drawn = state[slot + CONTROL_DRAWS] + state[slot + CONTROL_GENERATED];
    return draw(count, state[slot + CONTROL_MIN_WEIGHT], state[slot + CONTROL_KEY], drawn, best, scale);
}

void main()
{
    uint row = gl_WorkGroupID.x;
    uint columnIndex = state[LOGIT_COLUMNS + row];
    if (columnIndex >= MAX_COLUMNS)
    {
        return;
    }
    Column column = columnAt(columnIndex);
    if (!column.live)
    {
        return;
    }
    uint slot = slotStart(column.slot, p.slotStride);
    keysAt = p.logits + row * p.rowStride;
    idsAt = keysAt + p.arrayStride;
    weightsAt = idsAt + p.arrayStride;
    uint constraint = state[slot + CONTROL_CONSTRAINT] != 0 ? narrowedState(slot, column.position) : 0;
    uint token = choose(slot, constraint);

    // Every lane has read what it needs before lane 0 writes.
    uint generated = state[slot + CONTROL_GENERATED];
    uint recent = state[slot + CONTROL_RECENT_COUNT];
    uint end = endOf(slot, token, generated, column.position);
    uint next = constraint != 0 && token != 0xffffffffu ? stateAfter(state[slot + CONTROL_CONSTRAINT], constraint, token) : 0;
    settle();
    if (lane == 0)
    {
        ring[column.slot * p.ringTokens + generated % p.ringTokens] = (token & TOKEN_MASK) | (end << END_SHIFT);
        state[slot + CONTROL_GENERATED] = generated + 1;
        state[slot + CONTROL_RECENT_COUNT] = recent + 1;
        state[slot + CONTROL_CONSTRAINT_STATE] = next;
        state[slot + SLOT_RECENT + recent % RECENT_TOKENS] = token;
        uint at = columnIndex * COLUMN_WORDS;
        state[at + 1] = column.position + 1;
        state[at + 2] = token;
        state[at + 3] = end == END_NONE ? COLUMN_ACTIVE : 0;
    }
    if (end == END_NONE)
    {
        gatherEmbedding(token, columnIndex);
    }
}
