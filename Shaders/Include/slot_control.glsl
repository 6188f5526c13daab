// Words of a slot that sampling reads and advances. The same numbers are in SlotControl.cs; the first eight are SamplerParameters.
#ifndef PRISM_SLOT_CONTROL
#define PRISM_SLOT_CONTROL

const uint CONTROL_SCALE = 0;
const uint CONTROL_PENALTY = 1;
const uint CONTROL_INVERSE_PENALTY = 2;
const uint CONTROL_WINDOW = 3;
const uint CONTROL_TOP_K = 4;
const uint CONTROL_TOP_P = 5;
const uint CONTROL_MIN_WEIGHT = 6;
const uint CONTROL_KEY = 7;
const uint CONTROL_DRAWS = 8;         // random numbers drawn before this reply
const uint CONTROL_GENERATED = 9;     // tokens of this reply
const uint CONTROL_MAX_TOKENS = 10;
const uint CONTROL_RECENT_COUNT = 11; // tokens ever put into the recent window
const uint CONTROL_CONTEXT = 12;      // positions this sequence may reach
const uint CONTROL_BIAS_COUNT = 13;   // entries of the bias table
const uint CONTROL_MASKED = 14;       // 1 when only the tokens of the mask are allowed
const uint CONTROL_CONSTRAINT = 15;   // where the constraint's words begin in the state buffer; 0 for none
const uint CONTROL_CONSTRAINT_STATE = 16;

// An entry of the ring: the token and why the sequence ends.
const uint TOKEN_MASK = 0x01ffffffu;
const uint END_SHIFT = 28;
const uint END_NONE = 0;
const uint END_STOP = 1;
const uint END_MAX = 2;
const uint END_FAILED = 3;

uint endOf(uint slot, uint token, uint generated, uint position)
{
    if (token == 0xffffffffu)
    {
        return END_FAILED;
    }
    bool stop = false;
    for (uint i = 0; i < STOP_TOKENS; i++)
    {
        stop = stop || state[slot + SLOT_STOPS + i] == token;
    }
    bool full = generated + 1 >= state[slot + CONTROL_MAX_TOKENS] || position + 2 >= state[slot + CONTROL_CONTEXT];
    return stop ? END_STOP : full ? END_MAX : END_NONE;
}

#endif
