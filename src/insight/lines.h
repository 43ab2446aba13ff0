// Labelled lines, for the tools that train: a text, a tab, and its labels with commas between them: numbers from 0 in the order of the
// names, or the names; "2:0.7" is a soft one; nothing, or "-", is none of them. What follows another tab is passed over.
#pragma once

#include "base/list.h"
#include "insight/train.h"

typedef struct Names {
  const char *names[MODEL_OUTPUTS];
  size_t count;
} Names;

LIST_DEFINE(TrainText)
typedef float Number;
LIST_DEFINE(Number)

typedef struct Lines {
  TrainTextList texts;
  NumberList targets; // texts × names
} Lines;

bool names_read(Arena *arena, const char *list, Names *out); // with commas between; false when there are none, or too many
bool lines_read(Arena *arena, const char *path, const Names *names, Lines *out, GError **error); // added to `out`

// The fold of a text hangs on its words, so that the same text twice is never on both sides.
unsigned line_fold(const TrainText *text, int folds);
// Fits slope, shift and threshold of each output to the margins (texts × outputs), and turns the margins into probabilities.
void lines_calibrate(Arena *arena, const Lines *lines, size_t outputs, float *margins, ModelOutput *output);
// One line a label, and the means. `scores` are probabilities, texts × names.
void lines_print_figures(const char *title, const Names *names, const float *scores, const Lines *lines,
                         const ModelOutput *outputs);
