// What the router wrote: entry column * topK + i is the i-th expert, in expert order, that a column visits.
#ifndef PRISM_ROUTES
#define PRISM_ROUTES
#include "router.glsl"

layout(std430, set = 0, binding = 2) restrict readonly buffer Routes { uvec2 routes[]; }; // (columns, topK): expert, weight

#endif
