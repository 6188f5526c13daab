// The entries of one expert among those that the router wrote, a tile at a time: how a workgroup reads an expert's weights once for many columns.
// Lanes look at an entry each and vote, so a step's entries are seen in a few reads.
#ifndef PRISM_EXPERT_ENTRIES
#define PRISM_EXPERT_ENTRIES
#extension GL_KHR_shader_subgroup_ballot : require

layout(constant_id = 4) const uint GROUPED = 0;

const uint VOTERS = LANES < 32 ? LANES : 32;

uint tileEntry[TILE_COLUMNS];
uint entryBase = 0;    // entries before this one are seen
uint entryVotes = 0;   // of the VOTERS before entryBase, those of the expert that have no tile yet

// Fills tileEntry with the expert's next entries and returns how many there were; past them the last is repeated and not to be stored.
uint nextEntries(uint expert, uint entries)
{
    uint count = 0;
    while (count < TILE_COLUMNS && (entryVotes != 0 || entryBase < entries))
    {
        if (entryVotes == 0)
        {
            uint entry = entryBase + lane;
            bool mine = lane < VOTERS && entry < entries && routeAt(min(entry, entries - 1)).x == expert;
            entryVotes = subgroupBallot(mine).x;
            entryBase += VOTERS;
        }
        else
        {
            uint entry = entryBase - VOTERS + findLSB(entryVotes);
            entryVotes &= entryVotes - 1;
            [[unroll]] for (uint c = 0; c < TILE_COLUMNS; c++)
            {
                tileEntry[c] = c >= count ? entry : tileEntry[c];
            }
            count++;
        }
    }
    return count;
}

// The entry of this lane's column, for a lane a column.
uint laneEntry()
{
    uint entry = tileEntry[0];
    [[unroll]] for (uint c = 1; c < TILE_COLUMNS; c++)
    {
        entry = lane == c ? tileEntry[c] : entry;
    }
    return entry;
}

#endif
