// Softmax over keys that arrive in blocks: a running maximum, a running sum of weights, and the factor that rescales what was summed.
#ifndef PRISM_ONLINE_SOFTMAX
#define PRISM_ONLINE_SOFTMAX

// Half the lowest float: below every score, and differences with it stay finite.
const float NO_SCORE = -1.7014117e38;

// Folds one block in. `score` is this lane's key, `visible` says whether it counts; an invisible key weighs exactly 0.
// Returns the lane's weight and sets `rescale` for the values summed so far.
float foldBlock(float score, bool visible, inout float maximum, inout float sum, out float rescale)
{
    float next = max(maximum, maxOverLanes(visible ? score : NO_SCORE));
    float weight = visible ? exp(score - next) : 0.0;
    rescale = exp(maximum - next);
    precise float total = fma(sum, rescale, sumOverLanes(weight));
    sum = total;
    maximum = next;
    return weight;
}

#endif
