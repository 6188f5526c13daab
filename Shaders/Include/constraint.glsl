// Constraints: automata over tokens, in the state buffer behind the slots. TokenConstraint.cs is the definition, and writes the words; the same numbers
// are there. Offsets count from the automaton's first word. Needs slot_control.glsl and a writable state.
#ifndef PRISM_CONSTRAINT
#define PRISM_CONSTRAINT

const uint STATE_WORDS = 6;
const uint STATE_NEED = 0;       // tokens to the end that the widest token may take
const uint STATE_NARROWER = 1;   // where to go when fewer are left; itself when there is nowhere
const uint STATE_MASK = 2;       // allowed tokens, or NO_MASK: the edges are all there is
const uint STATE_EDGES = 3;      // pairs {token, next state}, ascending tokens
const uint STATE_EDGE_COUNT = 4;
const uint STATE_OTHERWISE = 5;  // next state of an allowed token without an edge
const uint NO_MASK = 0;
const uint MAX_NARROWINGS = 16;  // characters end within 4 bytes, so chains are shorter

// The state of a slot that allows what still reaches an end within the tokens left, as an index into the state buffer.
uint narrowedState(uint slot, uint position)
{
    uint table = state[slot + CONTROL_CONSTRAINT];
    uint at = table + state[slot + CONTROL_CONSTRAINT_STATE] * STATE_WORDS;
    uint remaining = min(state[slot + CONTROL_MAX_TOKENS] - state[slot + CONTROL_GENERATED], state[slot + CONTROL_CONTEXT] - 1 - position);
    for (uint i = 0; i < MAX_NARROWINGS && state[at + STATE_NEED] > remaining; i++)
    {
        at = table + state[at + STATE_NARROWER] * STATE_WORDS;
    }
    return at;
}

// The state after an allowed token.
uint stateAfter(uint table, uint at, uint token)
{
    uint edges = table + state[at + STATE_EDGES];
    uint count = state[at + STATE_EDGE_COUNT];
    uint low = 0;
    uint high = count;
    while (low < high)
    {
        uint middle = (low + high) / 2;
        bool below = state[edges + 2 * middle] < token;
        low = below ? middle + 1 : low;
        high = below ? high : middle;
    }
    bool listed = low < count && state[edges + 2 * min(low, max(count, 1u) - 1)] == token;
    return listed ? state[edges + 2 * low + 1] : state[at + STATE_OTHERWISE];
}

#endif
