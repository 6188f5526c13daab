// Matrix times vectors: one subgroup computes a tile of 8 rows by TILE_COLUMNS columns, lanes along K.
// The partition of K over lanes, the fma chain of a lane and the reduction over lanes do not depend on TILE_COLUMNS: decode, batch and
// prefill give the same bits. The including kernel defines tileInput.
#ifndef PRISM_TILE
#define PRISM_TILE
#include "common.glsl"
#include "weights.glsl"

layout(constant_id = 2) const uint TILE_COLUMNS = 1;

// Sums of row r and column c at [c * ROWS + r]; a lane's part after tileDot, row sums by resultRow after tileResult.
float tileSums[TILE_COLUMNS * ROWS];

// Elements 8*chunk .. 8*chunk+7 of the input vector of column c of this tile.
void tileInput(uint c, uint chunk, out vec4 low, out vec4 high);

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

void tileDot(Matrix m, uint firstRow)
{
    uint rows[ROWS];
    [[unroll]] for (uint r = 0; r < ROWS; r++)
    {
        rows[r] = min(firstRow + r, m.rows - 1);
    }
    [[unroll]] for (uint i = 0; i < TILE_COLUMNS * ROWS; i++)
    {
        tileSums[i] = 0.0;
    }

    for (uint k = lane; k < m.chunks; k += LANES)
    {
        if (WEIGHT_FORMAT == FLOAT32 || WEIGHT_FORMAT == FLOAT16)
        {
            vec4 low[TILE_COLUMNS];
            vec4 high[TILE_COLUMNS];
            [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
            {
                tileInput(c, k, low[c], high[c]);
            }
            [[unroll]] for (uint r = 0; r < ROWS; r++)
            {
                vec4 a;
                vec4 b;
                decodeEight(m, rows[r], k, a, b);
                [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
                {
                    tileSums[c * ROWS + r] = dotEight(a, b, low[c], high[c], tileSums[c * ROWS + r]);
                }
            }
        }
        else if (WEIGHT_FORMAT == INT8)
        {
            vec4 x[TILE_COLUMNS * 4];
            [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
            {
                tileInput(c, 2 * k, x[4 * c], x[4 * c + 1]);
                tileInput(c, 2 * k + 1, x[4 * c + 2], x[4 * c + 3]);
            }
            [[unroll]] for (uint r = 0; r < ROWS; r++)
            {
                uvec4 u = AT(weights, m.start + rows[r] * m.stride + k);
                vec4 w0 = bytes(u.x);
                vec4 w1 = bytes(u.y);
                vec4 w2 = bytes(u.z);
                vec4 w3 = bytes(u.w);
                float scale = groupScale(m, rows[r], k >> 1);
                [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
                {
                    float part = dotEight(w0, w1, x[4 * c], x[4 * c + 1], 0.0);
                    part = dotEight(w2, w3, x[4 * c + 2], x[4 * c + 3], part);
                    precise float sum = fma(part, scale, tileSums[c * ROWS + r]);
                    tileSums[c * ROWS + r] = sum;
                }
            }
        }
        else
        {
            vec4 x[TILE_COLUMNS * 8];
            [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
            {
                [[unroll]] for (uint q = 0; q < 4; q++)
                {
                    tileInput(c, 4 * k + q, x[8 * c + 2 * q], x[8 * c + 2 * q + 1]);
                }
            }
            [[unroll]] for (uint r = 0; r < ROWS; r++)
            {
                uvec4 u = AT(weights, m.start + rows[r] * m.stride + k);
                float scale = groupScale(m, rows[r], k);
                [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
                {
                    float part = 0.0;
                    [[unroll]] for (uint q = 0; q < 4; q++)
                    {
                        part = dotEight(lowNibbles(u[q]), highNibbles(u[q]), x[8 * c + 2 * q], x[8 * c + 2 * q + 1], part);
                    }
                    precise float sum = fma(part, scale, tileSums[c * ROWS + r]);
                    tileSums[c * ROWS + r] = sum;
                }
            }
        }
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
