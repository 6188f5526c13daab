// The columns of one tile.
#ifndef PRISM_COLUMNS
#define PRISM_COLUMNS

Column tileColumn[TILE_COLUMNS];

// Reads them; false when none is active, so the workgroup can go home.
bool loadColumns(uint first)
{
    bool any = false;
    [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
    {
        tileColumn[c] = columnAt(first + c);
        any = any || tileColumn[c].live;
    }
    return any;
}

#endif
