// Everything that changes from step to step lives in one buffer of words, so that recorded commands can be replayed.
// The same numbers are in StateLayout.cs.
//   columns   MAX_COLUMNS x {slot, position, token, flags}
//   logits    MAX_COLUMNS x column that row j of the logits belongs to, or NO_COLUMN
//   slots     slotStride words each: control, stop tokens, recent tokens, bias, page table,
//             head gains (layers, heads), mask of allowed tokens
//   constraints  automata that slots refer to, each once
#ifndef PRISM_STATE
#define PRISM_STATE
#include "reads.glsl"

const uint MAX_COLUMNS = 64;
const uint COLUMN_WORDS = 4;
const uint LOGIT_COLUMNS = MAX_COLUMNS * COLUMN_WORDS;
const uint SLOTS = LOGIT_COLUMNS + MAX_COLUMNS;
const uint NO_COLUMN = 0xffffffffu;

const uint COLUMN_ACTIVE = 1; // flag

const uint PAGE_TOKENS = 16;
const uint SLOT_STOPS = 32;
const uint STOP_TOKENS = 8;
const uint SLOT_RECENT = 40;
const uint RECENT_TOKENS = 64;
const uint SLOT_BIAS = 104;
const uint BIAS_TOKENS = 32; // {token, float} each
const uint SLOT_PAGES = 168;

struct Column
{
    uint slot;
    uint position;
    uint token;
    bool live;
};

#ifndef STATE_WRITABLE
READS(state, STATE_BINDING);

uint stateWord(uint index)
{
    return AT(state, index >> 2)[index & 3];
}

Column columnAt(uint column)
{
    uvec4 words = AT(state, column);
    return Column(words.x, words.y, words.z, (words.w & COLUMN_ACTIVE) != 0);
}
#else
layout(std430, set = 0, binding = STATE_BINDING) restrict buffer State { uint state[]; };

uint stateWord(uint index)
{
    return state[index];
}

Column columnAt(uint column)
{
    uint at = column * COLUMN_WORDS;
    return Column(state[at], state[at + 1], state[at + 2], (state[at + 3] & COLUMN_ACTIVE) != 0);
}
#endif

uint slotStart(uint slot, uint slotStride)
{
    return SLOTS + slot * slotStride;
}

// Page that holds a position of a slot.
uint pageOf(uint slotAt, uint position)
{
    return stateWord(slotAt + SLOT_PAGES + position / PAGE_TOKENS);
}

#endif
