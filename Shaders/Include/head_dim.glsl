// Size p of a head; a multiple of 8.
#ifndef PRISM_HEAD_DIM
#define PRISM_HEAD_DIM

layout(constant_id = 3) const uint HEAD_DIM = 64;

#endif
