// Matrix times vectors: one subgroup computes a tile of 8 rows by TILE_COLUMNS columns, lanes along K.
// The partition of K over lanes, the fma chain of a lane and the reduction over lanes do not depend on TILE_COLUMNS: decode, batch and
// prefill give the same bits. The including kernel defines tileInputs.
#ifndef PRISM_TILE
#define PRISM_TILE
#include "common.glsl"
#include "weights.glsl"

layout(constant_id = 2) const uint TILE_COLUMNS = 1;

// Sums of row r and column c at [c * ROWS + r]; a lane's part after tileDot, row sums by resultRow after tileResult.
float tileSums[TILE_COLUMNS * ROWS];

// Elements 8*chunk .. 8*chunk+7 of the input vectors of this tile's columns.
void tileInputs(uint chunk, out vec4 low[TILE_COLUMNS], out vec4 high[TILE_COLUMNS]);

float dotEight(vec4 a, vec4 b, vec4 low, vec4 high, float sum)
{
    precise float r = fma(a.x, low.x, sum);
    r = fma(a.y, low.y, r);
    r = fma(a.z, low.z, r);
    r = fma(a.w, low.w, r);
    r = fma(b.x, high.x, r);
    r = fma(b.y, high.y, r);
    r = fma(b.z, high.z, r);
    r = fma(b.w, high.w, r);
    return r;
}

// The first row is a multiple of eight.
void tileDot(Matrix m, uint firstRow)
{
    // Computed once: software Vulkan moves nothing out of a loop.
    uint rows[ROWS];
    uint starts[ROWS];
    [[unroll]] for (uint r = 0; r < ROWS; r++)
    {
        rows[r] = min(firstRow + r, m.rows - 1);
        starts[r] = m.start + rows[r] * m.stride;
    }
    [[unroll]] for (uint i = 0; i < TILE_COLUMNS * ROWS; i++)
    {
        tileSums[i] = 0.0;
    }

    // Tested at the end: software Vulkan runs a body that is tested at its beginning once more, with every lane masked.
    uint k = lane;
    if (k < m.chunks)
    {
        do
        {
            if (WEIGHT_FORMAT == FLOAT32 || WEIGHT_FORMAT == FLOAT16)
            {
                vec4 low[TILE_COLUMNS];
                vec4 high[TILE_COLUMNS];
                tileInputs(k, low, high);
                [[unroll]] for (uint r = 0; r < ROWS; r++)
                {
                    vec4 a;
                    vec4 b;
                    decodeEight(m, rows[r], starts[r], k, a, b);
                    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
                    {
                        tileSums[c * ROWS + r] = dotEight(a, b, low[c], high[c], tileSums[c * ROWS + r]);
                    }
                }
            }
            else if (WEIGHT_FORMAT == INT8)
            {
                vec4 x0[TILE_COLUMNS];
                vec4 x1[TILE_COLUMNS];
                vec4 x2[TILE_COLUMNS];
                vec4 x3[TILE_COLUMNS];
                tileInputs(2 * k, x0, x1);
                tileInputs(2 * k + 1, x2, x3);
                uvec4 scales = groupScales(m, rows[0], k >> 1);
                [[unroll]] for (uint r = 0; r < ROWS; r++)
                {
                    uvec4 u = AT(weights, starts[r] + k);
                    vec4 w0 = bytes(u.x);
                    vec4 w1 = bytes(u.y);
                    vec4 w2 = bytes(u.z);
                    vec4 w3 = bytes(u.w);
                    float scale = unpackHalf2x16(scales[r >> 1])[r & 1];
                    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
                    {
                        float part = dotEight(w0, w1, x0[c], x1[c], 0.0);
                        part = dotEight(w2, w3, x2[c], x3[c], part);
                        precise float sum = fma(part, scale, tileSums[c * ROWS + r]);
                        tileSums[c * ROWS + r] = sum;
                    }
                }
            }
            else
            {
                vec4 x0[TILE_COLUMNS];
                vec4 x1[TILE_COLUMNS];
                vec4 x2[TILE_COLUMNS];
                vec4 x3[TILE_COLUMNS];
                vec4 x4[TILE_COLUMNS];
                vec4 x5[TILE_COLUMNS];
                vec4 x6[TILE_COLUMNS];
                vec4 x7[TILE_COLUMNS];
                tileInputs(4 * k, x0, x1);
                tileInputs(4 * k + 1, x2, x3);
                tileInputs(4 * k + 2, x4, x5);
                tileInputs(4 * k + 3, x6, x7);
                uvec4 scales = groupScales(m, rows[0], k);
                [[unroll]] for (uint r = 0; r < ROWS; r++)
                {
                    uvec4 u = AT(weights, starts[r] + k);
                    float scale = unpackHalf2x16(scales[r >> 1])[r & 1];
                    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
                    {
                        float part = dotEight(lowNibbles(u.x), highNibbles(u.x), x0[c], x1[c], 0.0);
                        part = dotEight(lowNibbles(u.y), highNibbles(u.y), x2[c], x3[c], part);
                        part = dotEight(lowNibbles(u.z), highNibbles(u.z), x4[c], x5[c], part);
                        part = dotEight(lowNibbles(u.w), highNibbles(u.w), x6[c], x7[c], part);
                        precise float sum = fma(part, scale, tileSums[c * ROWS + r]);
                        tileSums[c * ROWS + r] = sum;
                    }
                }
            }
            k += LANES;
        }
        while (k < m.chunks);
    }
}

// Sums over lanes of column c: v[j] is row resultRow(j) of the tile.
void tileResult(uint c, out float v[8])
{
    [[unroll]] for (uint r = 0; r < ROWS; r++)
    {
        v[r] = tileSums[c * ROWS + r];
    }
    sumRowsOverLanes(v);
}

#endif
