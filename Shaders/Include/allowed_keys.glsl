// Logits become keys in place; what neither mask nor constraint allows is excluded. Needs the sampler's stream, push constants and settle().
#ifndef PRISM_ALLOWED_KEYS
#define PRISM_ALLOWED_KEYS

// Keys of the tokens that a mask, if there is one, allows.
void buildKeys(bool masked, uint mask)
{
    for (uint first = 0; first < p.vocabulary; first += SPAN * LANES)
    {
        [[unroll]] for (uint u = 0; u < SPAN; u++)
        {
            uint i = first + u * LANES + lane;
            if (i < p.vocabulary)
            {
                bool allowed = !masked || ((state[mask + i / 32] >> (i % 32)) & 1) != 0;
                stream[keysAt + i] = allowed ? keyOfLogit(stream[keysAt + i]) : EXCLUDED;
            }
        }
    }
    settle();
}

// Keys of the few tokens that the edges of a constraint's state list; every other is excluded.
void buildListedKeys(uint edges, uint count)
{
    for (uint r = lane; r < count; r += LANES)
    {
        stream[idsAt + r] = keyOfLogit(stream[keysAt + state[edges + 2 * r]]);
    }
    settle();
    for (uint first = 0; first < p.vocabulary; first += SPAN * LANES)
    {
        [[unroll]] for (uint u = 0; u < SPAN; u++)
        {
            uint i = first + u * LANES + lane;
            if (i < p.vocabulary)
            {
                stream[keysAt + i] = EXCLUDED;
            }
        }
    }
    settle();
    for (uint r = lane; r < count; r += LANES)
    {
        stream[keysAt + state[edges + 2 * r]] = stream[idsAt + r];
    }
    settle();
}

void buildAllowedKeys(uint slot, uint constraint)
{
    if (constraint == 0)
    {
        buildKeys(state[slot + CONTROL_MASKED] != 0, slot + p.mask);
        return;
    }
    uint table = state[slot + CONTROL_CONSTRAINT];
    if (state[constraint + STATE_MASK] != NO_MASK)
    {
        buildKeys(true, table + state[constraint + STATE_MASK]);
    }
    else
    {
        buildListedKeys(table + state[constraint + STATE_EDGES], state[constraint + STATE_EDGE_COUNT]);
    }
}

#endif
