// A buffer that a kernel reads, as 128-bit vectors: a storage buffer, or in the variant `texel` a texel buffer over the same bytes, four bindings above. The
// bits are the same. Software Vulkan reads storage one lane after the other behind a bounds check, and a texel buffer with vector code.
//   READS(name, binding)             declares a buffer that is only read
//   READS_AND_WRITES(name, binding)  declares one that is also written, as uvec4 name[]; nothing that a dispatch writes may be read with AT in it
//   AT(name, index)                  the vector at an index
#ifndef PRISM_READS
#define PRISM_READS

#ifdef TEXEL_READS
#define READS(name, number) layout(set = 0, binding = number + 4) uniform usamplerBuffer name##Texels
#define READS_AND_WRITES(name, number) READS(name, number); layout(std430, set = 0, binding = number) restrict buffer name##Buffer { uvec4 name[]; }
#define AT(name, index) texelFetch(name##Texels, int(index))
#else
#define READS(name, number) layout(std430, set = 0, binding = number) restrict readonly buffer name##Buffer { uvec4 name[]; }
#define READS_AND_WRITES(name, number) layout(std430, set = 0, binding = number) restrict buffer name##Buffer { uvec4 name[]; }
#define AT(name, index) name[index]
#endif

#define FLOATS_AT(name, index) uintBitsToFloat(AT(name, index))

#endif
