// Results of attention splits: [column][head][split][HEAD_DIM values, maximum, sum, 2 of padding], binary32, not yet normalised.
#ifndef PRISM_ATTENTION_LAYOUT
#define PRISM_ATTENTION_LAYOUT

const uint SPLIT_KEYS = 256;

#define partialRow(column, heads, head, splits, split) ((((column) * (heads) + (head)) * (splits) + (split)) * (HEAD_DIM + 4))

#endif
