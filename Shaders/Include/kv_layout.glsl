// Key/value pages of 16 tokens: [page][layer][K or V][kv head][16][HEAD_DIM], binary16 or binary32; K is rotated, V is not.
#ifndef PRISM_KV_LAYOUT
#define PRISM_KV_LAYOUT

#include "head_dim.glsl"

const uint KV_FLOAT32 = 0;
const uint KV_FLOAT16 = 1;
layout(constant_id = 4) const uint KV_FORMAT = 1;

const uint KEYS = 0;
const uint VALUES = 1;

// Element index of the row of one position.
uint kvRow(uint page, uint layers, uint layer, uint which, uint kvHeads, uint kvHead, uint position)
{
    return ((((page * layers + layer) * 2 + which) * kvHeads + kvHead) * 16 + (position & 15)) * HEAD_DIM;
}

#endif
