// What the router wrote: entry column * topK + i is the i-th expert, in expert order, that a column visits.
#ifndef PRISM_ROUTES
#define PRISM_ROUTES
#include "reads.glsl"
#include "router.glsl"

READS(routes, 2); // (columns, topK): expert, weight; two entries a vector

uvec2 routeAt(uint entry)
{
    uvec4 two = AT(routes, entry >> 1);
    return (entry & 1) == 0 ? two.xy : two.zw;
}

#endif
