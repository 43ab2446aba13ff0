// insight_train: makes a model from labelled lines, and says how good it is.
//
//   insight_train --names a,b,c [--folds 5] [--rows 32768] [--out model.bin] [--check dev.tsv] TRAIN.tsv…
//
// A line is a text, a tab, and its labels with commas between them: numbers from 0 in the order of the names, or the names; "2:0.7" is
// a soft one; nothing, or "-", is none of them. What follows another tab is passed over. The lines are cut into folds, each scored by a
// model of the others; from these scores come calibration, thresholds and the first table. The model written learns from all
// lines; --check reads it back and scores it on lines of its own. Exit 0, 64 wrong usage, 66 a file cannot be read.
#include "base/list.h"
#include "insight/train.h"

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

static bool read_names(const char *list, Arena *arena, Names *out) {
  g_auto(GStrv) parts = g_strsplit(list, ",", MODEL_OUTPUTS + 1);
  out->count = g_strv_length(parts);
  if (out->count > MODEL_OUTPUTS) return false;
  for (size_t i = 0; i < out->count; i++) out->names[i] = arena_strdup(arena, parts[i]);
  return out->count > 0 && *out->names[0];
}

static void set_target(const char *label, const Names *names, float *targets) {
  char *rest = NULL;
  guint64 number = g_ascii_strtoull(label, &rest, 10);
  if (rest == label) {
    for (number = 0; number < names->count && strcmp(names->names[number], label) != 0;) number++;
    rest = NULL;
  }
  if (number < names->count) targets[number] = rest && *rest == ':' ? (float)g_ascii_strtod(rest + 1, NULL) : 1;
}

static void add_line(Arena *arena, char *line, const Names *names, Lines *out) {
  g_auto(GStrv) fields = g_strsplit(line, "\t", 3);
  if (g_strv_length(fields) < 2) return;
  char *text = arena_strdup(arena, fields[0]);
  *list_add(arena, &out->texts) = (TrainText){.text = text, .length = strlen(text)};
  size_t first = out->targets.count;
  for (size_t i = 0; i < names->count; i++) *list_add(arena, &out->targets) = 0;
  g_auto(GStrv) labels = g_strsplit(g_strchomp(fields[1]), ",", -1);
  for (size_t i = 0; labels[i]; i++) set_target(labels[i], names, out->targets.items + first);
}

static bool read_lines(Arena *arena, const char *path, const Names *names, Lines *out, GError **error) {
  g_autofree char *bytes = NULL;
  if (!g_file_get_contents(path, &bytes, NULL, error)) return false;
  for (char *line = bytes; line && *line;) {
    char *end = strchr(line, '\n');
    if (end) *end++ = '\0';
    add_line(arena, line, names, out);
    line = end;
  }
  return true;
}

// ---- Figures ----

typedef struct Scored {
  float score;
  bool is_real;
} Scored;

static int by_score(const void *a, const void *b) {
  const Scored *left = a, *right = b;
  return (left->score > right->score) - (left->score < right->score);
}

static double area_under_curve(Scored *scored, size_t count) { // by ranks, ties count half
  qsort(scored, count, sizeof *scored, by_score);
  double positives = 0, ranks = 0;
  for (size_t i = 0; i < count;) {
    size_t end = i;
    while (end < count && scored[end].score == scored[i].score) end++;
    for (size_t j = i; j < end; j++)
      if (scored[j].is_real) positives++, ranks += ((double)i + (double)end + 1) / 2;
    i = end;
  }
  double negatives = (double)count - positives;
  return positives > 0 && negatives > 0 ? (ranks - positives * (positives + 1) / 2) / (positives * negatives) : 0;
}

// One line a label, and the means. `scores` are probabilities, texts × names.
static void print_figures(const char *title, const Names *names, const float *scores, const Lines *lines,
                          const ModelOutput *outputs) {
  g_autoptr(Arena) scratch = arena_new();
  size_t count = lines->texts.count;
  Scored *scored = arena_alloc_array(scratch, count + 1, sizeof *scored);
  double sum_f1 = 0, sum_area = 0;
  printf("%s, %zu texts\n", title, count);
  for (size_t j = 0; j < names->count; j++) {
    double hits = 0, said = 0, real = 0, loss = 0;
    for (size_t i = 0; i < count; i++) {
      double p = CLAMP((double)scores[i * names->count + j], 1e-6, 1 - 1e-6),
             target = (double)lines->targets.items[i * names->count + j];
      bool is_said = scores[i * names->count + j] >= outputs[j].threshold, is_real = target >= 0.5;
      scored[i] = (Scored){scores[i * names->count + j], is_real};
      said += is_said, real += is_real, hits += is_said && is_real;
      loss -= target * log(p) + (1 - target) * log(1 - p);
    }
    double area = area_under_curve(scored, count), f1 = said + real > 0 ? 2 * hits / (said + real) : 0;
    sum_f1 += f1, sum_area += area;
    printf("  %-15s F1 %.3f  precision %.3f  recall %.3f  AUC %.3f  log loss %.4f  threshold %.3f  n %.0f\n", names->names[j], f1,
           said > 0 ? hits / said : 0, real > 0 ? hits / real : 0, area, loss / (double)count, (double)outputs[j].threshold,
           real);
  }
  printf("  mean F1 %.4f, mean AUC %.4f\n", sum_f1 / (double)names->count, sum_area / (double)names->count);
}

// ---- The folds ----

// The fold of a text hangs on its words, so that the same text twice is never on both sides.
static unsigned fold_of(const TrainText *text, int folds) {
  return g_str_hash(text->text) * 2654435761u / 65536 % (unsigned)folds;
}

static void score_folds(Arena *arena, const TrainData *data, const Lines *lines, size_t outputs, const TrainRecipe *recipe,
                        int folds, float *margins) {
  float *weights = arena_alloc_array(arena, lines->texts.count + 1, sizeof *weights);
  for (int fold = 0; fold < folds; fold++) {
    g_autoptr(Arena) scratch = arena_new();
    for (size_t i = 0; i < lines->texts.count; i++) weights[i] = fold_of(&lines->texts.items[i], folds) != (unsigned)fold;
    TrainTargets targets = {outputs, lines->targets.items, weights};
    const Trained *trained = train(scratch, data, &targets, recipe);
    for (size_t i = 0; i < lines->texts.count; i++)
      if (weights[i] <= 0) trained_margins(trained, data, i, margins + i * outputs);
  }
}

// Turns the margins into probabilities.
static void calibrate(Arena *arena, const Lines *lines, size_t outputs, float *margins, ModelOutput *output) {
  size_t count = lines->texts.count;
  float *column = arena_alloc_array(arena, count + 1, sizeof *column),
        *targets = arena_alloc_array(arena, count + 1, sizeof *targets);
  for (size_t j = 0; j < outputs; j++) {
    for (size_t i = 0; i < count; i++) column[i] = margins[i * outputs + j], targets[i] = lines->targets.items[i * outputs + j];
    calibration_fit(column, targets, NULL, count, &output[j].slope, &output[j].shift);
    for (size_t i = 0; i < count; i++)
      margins[i * outputs + j] = column[i] = 1 / (1 + expf(-(output[j].slope * column[i] + output[j].shift)));
    output[j].threshold = threshold_find(column, targets, count);
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
  print_figures(title, names, scores, lines, model.output);
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
    if (!read_lines(arena, *file, names, &lines, error)) return false;
  if (options->check && !read_lines(arena, options->check, names, &checks, error)) return false;
  TrainRecipe recipe = recipe_of(options);
  TrainData *data = train_data(arena, lines.texts.items, lines.texts.count, &recipe);
  ModelOutput output[MODEL_OUTPUTS];
  float *margins = arena_alloc_array(arena, lines.texts.count * names->count + 1, sizeof *margins);
  score_folds(arena, data, &lines, names->count, &recipe, options->folds, margins);
  calibrate(arena, &lines, names->count, margins, output);
  print_figures("each part scored by a model of the others", names, margins, &lines, output);
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
      !read_names(options.names, arena, &names)) {
    fprintf(stderr, "insight_train: %s\n", error ? error->message : "--names and files of lines are needed; --help says more.");
    return EX_USAGE;
  }
  if (make(arena, &options, &names, &error)) return 0;
  fprintf(stderr, "insight_train: %s\n", error->message);
  return EX_NOINPUT;
}
