// Results of a wide tile with a lane a column, where the device has eight lanes: what follows a product is then done once for all columns, and a lane stores whole
// vectors. Software Vulkan stores one lane after the other, so this is most of what a short product costs there.
#ifndef PRISM_LANE_COLUMNS
#define PRISM_LANE_COLUMNS

const bool LANE_COLUMNS = TILE_COLUMNS == 8 && LANES == 8;

// One step of a transposition: the upper lanes' `low` and the lower lanes' `high` change places.
void exchange(inout float low, inout float high, uint distance)
{
    bool upper = (lane & distance) != 0;
    float got = subgroupShuffleXor(upper ? low : high, distance);
    low = upper ? got : low;
    high = upper ? high : got;
}

// v[r] becomes row r of column `lane`: the sums of tileResult, transposed.
void tileLaneColumn(out float v[8])
{
    [[unroll]] for (uint c = 0; c < 8; c++)
    {
        float rows[8];
        tileResult(min(c, TILE_COLUMNS - 1), rows);
        v[c] = rows[0];
    }
    exchange(v[0], v[4], 4);
    exchange(v[1], v[5], 4);
    exchange(v[2], v[6], 4);
    exchange(v[3], v[7], 4);
    exchange(v[0], v[2], 2);
    exchange(v[1], v[3], 2);
    exchange(v[4], v[6], 2);
    exchange(v[5], v[7], 2);
    exchange(v[0], v[1], 1);
    exchange(v[2], v[3], 1);
    exchange(v[4], v[5], 1);
    exchange(v[6], v[7], 1);
}

#endif
