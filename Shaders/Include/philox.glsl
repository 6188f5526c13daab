// Philox2x32-7 (Salmon, Moraes, Dror, Shaw 2011), first output word: Philox.First of Philox.cs.
#ifndef PRISM_PHILOX
#define PRISM_PHILOX

uint philox(uint counter0, uint counter1, uint key)
{
    [[unroll]] for (uint round = 0; round < 7; round++)
    {
        uint high;
        uint low;
        umulExtended(0xD256D193u, counter0, high, low);
        counter0 = high ^ key ^ counter1;
        counter1 = low;
        key += 0x9E3779B9u;
    }
    return counter0;
}

#endif
