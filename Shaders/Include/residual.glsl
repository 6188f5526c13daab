// Adds this lane's rows of a tile to the residual stream and prepares the next RMSNorm. Needs a float `stream`, and `p.to`.
#ifndef PRISM_RESIDUAL
#define PRISM_RESIDUAL

void addToResidual(uint column, uint firstRow, uint rows, float v[8])
{
    float squares = 0.0;
    [[unroll]] for (uint j = 0; j < RESULTS; j++)
    {
        uint row = firstRow + resultRow(j);
        if (ownsRow() && row < rows)
        {
            uint at = column * p.to.xStride + row;
            precise float x = stream[p.to.x + at] + v[j];
            stream[p.to.x + at] = x;
            stream[p.to.scaled + at] = x * weightFloats(p.to.gain + (row >> 2))[row & 3];
            precise float sum = fma(x, x, squares);
            squares = sum;
        }
    }
    squares = sumOverLanes(squares);
    if (lane == 0)
    {
        stream[p.to.squares + (column * p.to.xStride + firstRow) / 8] = squares;
    }
}

#endif
