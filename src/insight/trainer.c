// insight_train: makes a model from labelled lines, and says how good it is.
//
//   insight_train --names a,b,c [--folds 5] [--rows 32768] [--out model.bin] [--check dev.tsv] TRAIN.tsv…
//
// Lines are as lines.h says. They are cut into folds, each scored by a model of the others; from these scores come calibration,
// thresholds and the first table. The model written learns from all lines; --check reads it back and scores it on lines of its
// own. Exit 0, 64 wrong usage, 66 a file cannot be read.
#include "insight/lines.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

typedef struct Options {
  char *names, *out, *check;
  int folds, rows, epochs, kinds;
  double rate, decay, share;
  char **files;
} Options;

static void options_clear(Options *options) {
  g_free(options->names), g_free(options->out), g_free(options->check);
  g_strfreev(options->files);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static bool read_options(int argc, char **argv, Options *out, GError **error) {
  const GOptionEntry entries[] = {
    {"names", 0, 0, G_OPTION_ARG_STRING, &out->names, "the labels, in order", "A,B,C"},
    {"folds", 0, 0, G_OPTION_ARG_INT, &out->folds, "how many parts to cut the lines into (5)", "N"},
    {"rows", 0, 0, G_OPTION_ARG_INT, &out->rows, "features that the model keeps (32768)", "N"},
    {"out", 0, 0, G_OPTION_ARG_FILENAME, &out->out, "the model to write", "FILE"},
    {"check", 0, 0, G_OPTION_ARG_FILENAME, &out->check, "lines to score the model on", "FILE"},
    {"epochs", 0, 0, G_OPTION_ARG_INT, &out->epochs, "times over the lines", "N"},
    {"kinds", 0, 0, G_OPTION_ARG_INT, &out->kinds, "kinds of features, as bits", "N"},
    {"rate", 0, 0, G_OPTION_ARG_DOUBLE, &out->rate, "of learning", "X"},
    {"decay", 0, 0, G_OPTION_ARG_DOUBLE, &out->decay, "of weights, an epoch", "X"},
    {"share", 0, 0, G_OPTION_ARG_DOUBLE, &out->share, "of the regression with ratios, 0 to 1", "X"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &out->files, NULL, "TRAIN.tsv…"},
    {0},
  };
  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  g_option_context_add_main_entries(context, entries, NULL);
  return g_option_context_parse(context, &argc, &argv, error);
}

// ---- The folds ----

static void score_folds(Arena *arena, const TrainData *data, const Lines *lines, size_t outputs, const TrainRecipe *recipe,
                        int folds, float *margins) {
  float *weights = arena_alloc_array(arena, lines->texts.count + 1, sizeof *weights);
  for (int fold = 0; fold < folds; fold++) {
    g_autoptr(Arena) scratch = arena_new();
    for (size_t i = 0; i < lines->texts.count; i++) weights[i] = line_fold(&lines->texts.items[i], folds) != (unsigned)fold;
    TrainTargets targets = {outputs, lines->targets.items, weights};
    const Trained *trained = train(scratch, data, &targets, recipe);
    for (size_t i = 0; i < lines->texts.count; i++)
      if (weights[i] <= 0) trained_margins(trained, data, i, margins + i * outputs);
  }
}

static void check(Arena *arena, Bytes bytes, const Names *names, const Lines *lines, const char *title) {
  Model model;
  g_autoptr(GError) error = NULL;
  if (!model_open(&model, bytes, &error)) g_error("%s", error->message);
  FeatureSet *set = feature_set_new(arena);
  float *scores = arena_alloc_array(arena, lines->texts.count * names->count + 1, sizeof *scores);
  for (size_t i = 0; i < lines->texts.count; i++) {
    double margins[MODEL_OUTPUTS];
    features_take(set, model.kinds, lines->texts.items[i].text, 0, lines->texts.items[i].length);
    model_score(&model, set, margins);
    for (size_t j = 0; j < names->count; j++) scores[i * names->count + j] = (float)model_probability(&model, j, margins[j]);
  }
  lines_print_figures(title, names, scores, lines, model.output);
}

static TrainRecipe recipe_of(const Options *options) {
  TrainRecipe recipe = train_recipe_default;
  if (options->kinds > 0) recipe.kinds = (unsigned)options->kinds & FEATURE_ALL;
  if (options->epochs > 0) recipe.epochs = options->epochs;
  if (options->rate > 0) recipe.rate = recipe.ratio_rate = (float)options->rate;
  if (options->decay > 0) recipe.decay = recipe.ratio_decay = (float)options->decay;
  if (options->share >= 0) recipe.ratio_share = (float)MIN(options->share, 1);
  return recipe;
}

static bool make(Arena *arena, const Options *options, const Names *names, GError **error) {
  Lines lines = {0}, checks = {0};
  for (char **file = options->files; *file; file++)
    if (!lines_read(arena, *file, names, &lines, error)) return false;
  if (options->check && !lines_read(arena, options->check, names, &checks, error)) return false;
  TrainRecipe recipe = recipe_of(options);
  TrainData *data = train_data(arena, lines.texts.items, lines.texts.count, &recipe);
  ModelOutput output[MODEL_OUTPUTS];
  float *margins = arena_alloc_array(arena, lines.texts.count * names->count + 1, sizeof *margins);
  score_folds(arena, data, &lines, names->count, &recipe, options->folds, margins);
  lines_calibrate(arena, &lines, names->count, margins, output);
  lines_print_figures("each part scored by a model of the others", names, margins, &lines, output);
  TrainTargets targets = {names->count, lines.targets.items, NULL};
  Trained *trained = train(arena, data, &targets, &recipe);
  memcpy(trained->output, output, sizeof output);
  Bytes bytes = trained_pack(arena, trained, names->names, (size_t)options->rows);
  printf("model of %zu bytes\n", bytes.size);
  if (options->check) check(arena, bytes, names, &checks, options->check);
  return !options->out || g_file_set_contents(options->out, bytes.data, (gssize)bytes.size, error);
}

int main(int argc, char **argv) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  g_auto(Options) options = {.folds = 5, .rows = 32768, .share = -1};
  Names names = {0};
  if (!read_options(argc, argv, &options, &error) || !options.files || !options.names || options.folds < 2 || options.rows < 1 ||
      !names_read(arena, options.names, &names)) {
    fprintf(stderr, "insight_train: %s\n", error ? error->message : "--names and files of lines are needed; --help says more.");
    return EX_USAGE;
  }
  if (make(arena, &options, &names, &error)) return 0;
  fprintf(stderr, "insight_train: %s\n", error->message);
  return EX_NOINPUT;
}
