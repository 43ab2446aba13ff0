// VADER's rule of thumb for valence (Hutto & Gilbert 2014; MIT), to compare ours with: for the tool that measures, not for the engine.
// Written from the description of its rules; the lexicon is read from a file of its authors.
#pragma once

#include "base/arena.h"

typedef struct Vader Vader;
Vader *vader_open(Arena *arena, char *lexicon); // lines of word, tab, mean valence, …; changes the text in place
double vader_compound(Arena *scratch, const Vader *vader, const char *text); // -1 … 1
