// insight_train_feelings: makes the four files of the model of feelings from labelled comments, and says how good they are.
//
//   insight_train_feelings --out FOLDER [--ratings TWEETS.tsv] [--check dev.tsv] TRAIN.tsv…
//
// Lines as in lines.h, with the labels of GoEmotions by number. The lines are cut into folds. (1) Each fold is scored by a linear model and
// by a net that learnt from the others; the two together are the teacher. (2) A net is taught the teacher's answers, mixed with
// the labels; again fold by fold, so that what follows comes from scores of texts not learnt from. (3) The blend of the two is
// calibrated, the graph of labels fitted to it (fold by fold once more for the thresholds). (4) The linear model and the taught
// net learn from all lines and are written, with a line for valence fitted to --ratings (a number, the mean rating from -4 to 4, and
// the text, with tabs between). --check reads them back and scores them on lines of its own.
// Some ten minutes on one core. Exit 0, 64 wrong usage, 66 a file cannot be read.
#include "insight/lines.h"
#include "insight/mind.h"
#include "insight/net_train.h"

#include <math.h>
#include <stdio.h>
#include <sysexits.h>

#define FOLDS 5
#define ROWS 28000     // features that the linear model keeps
#define NET_SHARE 0.4f // of the net's margin in the blend
#define GRAPH_PULL 0.5
#define TEACHER_SHARE 0.7f // of the teacher in what the net is taught; the rest are the labels

// Chosen on the development part of GoEmotions; doc/insight.md says what else was tried.
static const TrainRecipe linear_recipe = {
  .kinds = FEATURE_WORDS | FEATURE_LETTERS | FEATURE_SHAPE | FEATURE_EDGES | FEATURE_DENIED | FEATURE_LISTS,
  .blocks = {1, 1, 0.5f},
  .epochs = 8,
  .rate = 0.15f,
  .decay = 0.2f,
  .ratio_share = 0.7f,
  .ratio_rate = 0.2f,
  .ratio_decay = 0.8f,
  .seen_least = 2,
  .seed = 1,
};

typedef struct School {
  const Names *names;
  const Lines *lines;
  TrainRecipe recipe;
  const TrainData *linear;
  const NetData *net;
  float *weights; // a text, of the fold at hand
} School;

static void take_feelings(FeatureSet *set, unsigned kinds, const TrainText *text, const void *context) {
  feeling_features_of_text(set, kinds, text->text, text->length, NULL);
}

static void leave_out(School *school, int fold) {
  for (size_t i = 0; i < school->lines->texts.count; i++)
    school->weights[i] = line_fold(&school->lines->texts.items[i], FOLDS) != (unsigned)fold;
}

static void score_linear(School *school, float *out_margins) {
  size_t outputs = school->names->count;
  for (int fold = 0; fold < FOLDS; fold++) {
    g_autoptr(Arena) scratch = arena_new();
    leave_out(school, fold);
    TrainTargets targets = {outputs, school->lines->targets.items, school->weights};
    const Trained *trained = train(scratch, school->linear, &targets, &school->recipe);
    for (size_t i = 0; i < school->lines->texts.count; i++)
      if (school->weights[i] <= 0) trained_margins(trained, school->linear, i, out_margins + i * outputs);
  }
}

static void score_net(School *school, const float *labels, float *out_margins) {
  size_t outputs = school->names->count;
  for (int fold = 0; fold < FOLDS; fold++) {
    g_autoptr(Arena) scratch = arena_new();
    leave_out(school, fold);
    TrainTargets targets = {outputs, labels, school->weights};
    const NetTrained *trained = net_train(scratch, school->net, &targets, &net_recipe_default);
    for (size_t i = 0; i < school->lines->texts.count; i++)
      if (school->weights[i] <= 0) net_trained_margins(trained, i, out_margins + i * outputs);
  }
}

static float *blend(Arena *arena, const School *school, const float *linear, const float *net) {
  size_t count = school->lines->targets.count;
  float *blended = arena_alloc_array(arena, count + 1, sizeof *blended);
  for (size_t i = 0; i < count; i++) blended[i] = (1 - NET_SHARE) * linear[i] + NET_SHARE * net[i];
  return blended;
}

// What the net is taught: the teacher's probabilities, which know of other folds only, mixed with the labels.
static float *lessons_of(Arena *arena, const School *school, const float *teacher) {
  size_t count = school->lines->targets.count;
  float *lessons = arena_alloc_array(arena, count + 1, sizeof *lessons);
  for (size_t i = 0; i < count; i++)
    lessons[i] = TEACHER_SHARE / (1 + expf(-teacher[i])) + (1 - TEACHER_SHARE) * school->lines->targets.items[i];
  return lessons;
}

// ---- The graph of labels ----

static float *logits_of(Arena *arena, const School *school, const float *margins, const ModelOutput *output) {
  size_t count = school->lines->targets.count, outputs = school->names->count;
  float *logits = arena_alloc_array(arena, count + 1, sizeof *logits);
  for (size_t i = 0; i < count; i++) logits[i] = output[i % outputs].slope * margins[i] + output[i % outputs].shift;
  return logits;
}

static float *logistic_of(Arena *arena, const float *logits, size_t count) {
  float *probabilities = arena_alloc_array(arena, count + 1, sizeof *probabilities);
  for (size_t i = 0; i < count; i++) probabilities[i] = 1 / (1 + expf(-logits[i]));
  return probabilities;
}

// Final probabilities of each fold, by a graph that was fitted to the others.
static float *score_graph(Arena *arena, School *school, GraphLessons lessons) {
  size_t outputs = school->names->count;
  float *scores = arena_alloc_array(arena, lessons.count * outputs + 1, sizeof *scores);
  lessons.weights = school->weights;
  for (int fold = 0; fold < FOLDS; fold++) {
    g_autoptr(Arena) scratch = arena_new();
    Graph *graph = arena_make(scratch, Graph);
    leave_out(school, fold);
    for (size_t label = 0; label < outputs; label++) graph_fit(scratch, graph, label, &lessons, GRAPH_PULL);
    for (size_t i = 0; i < lessons.count; i++) {
      if (school->weights[i] > 0) continue;
      double logits[EMOTION_COUNT], probabilities[EMOTION_COUNT];
      for (size_t j = 0; j < outputs; j++) logits[j] = (double)lessons.logits[i * outputs + j];
      graph_apply(graph, logits, probabilities);
      for (size_t j = 0; j < outputs; j++) scores[i * outputs + j] = (float)probabilities[j];
    }
  }
  return scores;
}

static float column_threshold(const School *school, const float *scores, size_t label) {
  g_autoptr(Arena) scratch = arena_new();
  size_t count = school->lines->texts.count, outputs = school->names->count;
  float *column = arena_alloc_array(scratch, count + 1, sizeof *column),
        *targets = arena_alloc_array(scratch, count + 1, sizeof *targets);
  for (size_t i = 0; i < count; i++)
    column[i] = scores[i * outputs + label], targets[i] = school->lines->targets.items[i * outputs + label];
  return threshold_find(column, targets, count);
}

// The threshold of a group of labels: it is there when any of them is.
static float group_threshold(const School *school, const float *scores, bool (*is_in)(Emotion, int), int group) {
  g_autoptr(Arena) scratch = arena_new();
  size_t count = school->lines->texts.count, outputs = school->names->count;
  float *column = arena_alloc_array(scratch, count + 1, sizeof *column),
        *targets = arena_alloc_array(scratch, count + 1, sizeof *targets);
  for (size_t i = 0; i < count; i++) {
    float none = 1, target = 0;
    for (size_t j = 0; j < outputs; j++) {
      if (!is_in((Emotion)j, group)) continue;
      none *= 1 - scores[i * outputs + j];
      target = MAX(target, school->lines->targets.items[i * outputs + j]);
    }
    column[i] = 1 - none, targets[i] = target;
  }
  return threshold_find(column, targets, count);
}

static bool is_in_ekman(Emotion emotion, int ekman) { return (int)emotion_ekman(emotion) == ekman; }
static bool is_in_tone(Emotion emotion, int tone) { return (int)emotion_tone(emotion) == tone; }

// Fits graph and thresholds to the blended margins, whose calibration is in `output`; says how good they are.
static Graph *make_graph(Arena *arena, School *school, const float *margins, ModelOutput *output) {
  size_t count = school->lines->texts.count, outputs = school->names->count;
  GraphLessons lessons = {.count = count, .targets = school->lines->targets.items};
  lessons.logits = logits_of(arena, school, margins, output);
  lessons.probabilities = logistic_of(arena, lessons.logits, count * outputs);
  Graph *graph = arena_make(arena, Graph);
  const float *scores = score_graph(arena, school, lessons);
  for (size_t label = 0; label < outputs; label++) {
    graph_fit(arena, graph, label, &lessons, GRAPH_PULL);
    output[label].threshold = column_threshold(school, scores, label);
  }
  for (int i = 0; i < EKMAN_COUNT; i++) graph->ekman_thresholds[i] = group_threshold(school, scores, is_in_ekman, i);
  for (int i = 0; i < TONE_COUNT; i++) graph->tone_thresholds[i] = group_threshold(school, scores, is_in_tone, i);
  lines_print_figures("After the graph of labels, likewise", school->names, scores, school->lines, output);
  return graph;
}

// ---- Valence ----

typedef struct Ratings {
  double *features, *ratings;
  bool *is_left_out;
  size_t count;
} Ratings;

static void take_rating(const Mind *mind, FeatureSet *set, const char *text, double *out_features) {
  double probabilities[EMOTION_COUNT];
  Reading heard = {0};
  feeling_features_of_text(set, mind->emotions->kinds, text, strlen(text), &heard);
  mind_feel(mind, set, probabilities);
  valence_features(heard.valence, heard.intensity, probabilities, out_features);
}

static double sum_of(const Graph *graph, const double *features) {
  double sum = (double)graph->still;
  for (size_t i = 0; i < VALENCE_WEIGHTS; i++) sum += (double)graph->valence[i] * features[i];
  return sum;
}

static double pearson(const double *a, const double *b, size_t count) {
  double n = (double)count, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  for (size_t i = 0; i < count; i++) x += a[i], y += b[i], xx += a[i] * a[i], yy += b[i] * b[i], xy += a[i] * b[i];
  double spread = sqrt((n * xx - x * x) * (n * yy - y * y));
  return spread > 0 ? (n * xy - x * y) / spread : 0;
}

static Ratings read_ratings(Arena *arena, const Mind *mind, const char *text) {
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  size_t most = g_strv_length(lines) + 1;
  Ratings all = {.features = arena_alloc_array(arena, most * VALENCE_WEIGHTS, sizeof(double)),
                 .ratings = arena_alloc_array(arena, most, sizeof(double)),
                 .is_left_out = arena_alloc_array(arena, most, sizeof(bool))};
  FeatureSet *set = feature_set_new(arena);
  for (size_t i = 0; lines[i]; i++) {
    g_auto(GStrv) fields = g_strsplit(g_strchomp(lines[i]), "\t", 3);
    if (g_strv_length(fields) < 3) continue;
    all.ratings[all.count] = g_ascii_strtod(fields[1], NULL) / 4;
    take_rating(mind, set, fields[2], all.features + VALENCE_WEIGHTS * all.count++);
  }
  return all;
}

// What the line says of comments that are labelled neutral alone and that the lists are silent on: taken away.
static void be_still(Graph *graph, const Mind *mind, const Lines *lines) {
  g_autoptr(Arena) scratch = arena_new();
  FeatureSet *set = feature_set_new(scratch);
  double sum = 0, count = 0;
  for (size_t i = 0; i < MIN(lines->texts.count, 10000); i++) {
    const float *labels = lines->targets.items + i * EMOTION_COUNT;
    bool is_neutral = labels[EMOTION_NEUTRAL] > 0;
    for (size_t j = 0; j < EMOTION_NEUTRAL; j++) is_neutral = is_neutral && labels[j] <= 0;
    if (!is_neutral) continue;
    double features[VALENCE_WEIGHTS];
    take_rating(mind, set, lines->texts.items[i].text, features);
    if (fabs(features[2 * EMOTION_COUNT]) < 1e-9) sum += sum_of(graph, features), count++;
  }
  if (count > 0) graph->still -= (float)(sum / count);
}

// Fits the line for valence, and says how well it does on fifths that it was not fitted to.
static void make_valence(Arena *arena, Graph *graph, const Mind *mind, const Lines *lines, const char *text) {
  Ratings all = read_ratings(arena, mind, text);
  double *said = arena_alloc_array(arena, all.count + 1, sizeof *said);
  for (size_t fold = 0; fold < FOLDS; fold++) {
    for (size_t i = 0; i < all.count; i++) all.is_left_out[i] = i % FOLDS == fold;
    valence_fit(graph, all.features, all.ratings, all.is_left_out, all.count);
    for (size_t i = fold; i < all.count; i += FOLDS) said[i] = CLAMP(sum_of(graph, all.features + i * VALENCE_WEIGHTS), -1, 1);
  }
  printf("Valence, each fifth by a line fitted to the others: n %zu, Pearson %.4f\n", all.count,
         pearson(said, all.ratings, all.count));
  valence_fit(graph, all.features, all.ratings, NULL, all.count);
  be_still(graph, mind, lines);
}

// ---- All together ----

static void report(Arena *arena, const School *school, const float *margins, const char *title, ModelOutput *out) {
  float *scores = arena_copy(arena, margins, school->lines->targets.count * sizeof *scores);
  lines_calibrate(arena, school->lines, school->names->count, scores, out);
  lines_print_figures(title, school->names, scores, school->lines, out);
}

static void check(Arena *arena, const Bytes *files, const Names *names, const Lines *lines, const char *title) {
  Mind mind;
  g_autoptr(GError) error = NULL;
  if (!mind_open(arena, &mind, files, &error)) g_error("%s", error->message);
  FeatureSet *set = feature_set_new(arena);
  float *scores = arena_alloc_array(arena, lines->targets.count + 1, sizeof *scores);
  for (size_t i = 0; i < lines->texts.count; i++) {
    double probabilities[MODEL_OUTPUTS];
    feeling_features_of_text(set, mind.emotions->kinds, lines->texts.items[i].text, lines->texts.items[i].length, NULL);
    mind_feel(&mind, set, probabilities);
    for (size_t j = 0; j < names->count; j++) scores[i * names->count + j] = (float)probabilities[j];
  }
  lines_print_figures(title, names, scores, lines, mind.emotions->output);
}

static bool write_files(const char *folder, const Bytes *files, GError **error) {
  for (size_t i = 0; i < MIND_FILE_COUNT; i++) {
    g_autofree char *path = g_build_filename(folder, mind_file_names[i], NULL);
    printf("%s: %zu bytes\n", mind_file_names[i], files[i].size);
    if (!g_file_set_contents(path, files[i].data, (gssize)files[i].size, error)) return false;
  }
  return true;
}

static void make(Arena *arena, School *school, const char *ratings, Bytes *out_files) {
  size_t count = school->lines->texts.count, outputs = school->names->count;
  ModelOutput calibration[MODEL_OUTPUTS];
  school->weights = arena_alloc_array(arena, count + 1, sizeof *school->weights);
  school->linear = train_data(arena, school->lines->texts.items, count, &school->recipe);
  school->net = net_data(arena, school->lines->texts.items, count, &net_recipe_default);
  float *linear = arena_alloc_array(arena, school->lines->targets.count + 1, sizeof *linear);
  float *net = arena_alloc_array(arena, school->lines->targets.count + 1, sizeof *net);
  score_linear(school, linear);
  report(arena, school, linear, "The linear model alone, each fold scored by a model of the others", calibration);
  score_net(school, school->lines->targets.items, net);
  report(arena, school, net, "A net alone, likewise", calibration);
  const float *lessons = lessons_of(arena, school, blend(arena, school, linear, net));
  score_net(school, lessons, net);
  report(arena, school, net, "The taught net alone, likewise", calibration);
  const float *blended = blend(arena, school, linear, net);
  report(arena, school, blended, "The linear model and the taught net, likewise", calibration);
  Graph *graph = make_graph(arena, school, blended, calibration);
  graph->valence[2 * EMOTION_COUNT] = 1; // what the lists hear, until ratings say more
  Trained *trained = train(arena, school->linear, &(TrainTargets){outputs, school->lines->targets.items, NULL}, &school->recipe);
  memcpy(trained->output, calibration, sizeof calibration);
  out_files[MIND_LINEAR] = trained_pack(arena, trained, school->names->names, ROWS);
  const NetTrained *taught = net_train(arena, school->net, &(TrainTargets){outputs, lessons, NULL}, &net_recipe_default);
  net_pack(arena, taught, NET_SHARE, &out_files[MIND_WORDS], &out_files[MIND_NET]);
  out_files[MIND_GRAPH] = graph_pack(arena, graph);
  if (!ratings) return;
  Mind mind;
  if (!mind_open(arena, &mind, out_files, NULL)) g_error("a model just made cannot be opened");
  make_valence(arena, graph, &mind, school->lines, ratings);
  out_files[MIND_GRAPH] = graph_pack(arena, graph);
}

static int fail(int code, const char *message) {
  fprintf(stderr, "insight_train_feelings: %s\n", message);
  return code;
}

int main(int argc, char **argv) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  g_autofree char *out = NULL, *check_path = NULL, *ratings_path = NULL, *ratings = NULL;
  g_auto(GStrv) files = NULL;
  const GOptionEntry entries[] = {
    {"out", 0, 0, G_OPTION_ARG_FILENAME, &out, "the folder to write to", "FOLDER"},
    {"ratings", 0, 0, G_OPTION_ARG_FILENAME, &ratings_path, "tweets with mean ratings of valence", "FILE"},
    {"check", 0, 0, G_OPTION_ARG_FILENAME, &check_path, "lines to score the model on", "FILE"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "TRAIN.tsv…"},
    {0},
  };
  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  g_option_context_add_main_entries(context, entries, NULL);
  if (!g_option_context_parse(context, &argc, &argv, &error)) return fail(EX_USAGE, error->message);
  if (!out || !files) return fail(EX_USAGE, "--out and files of lines are needed; --help says more.");
  Names names = {.count = EMOTION_COUNT};
  for (size_t i = 0; i < EMOTION_COUNT; i++) names.names[i] = emotion_word((Emotion)i);
  Lines lines = {0}, checks = {0};
  for (char **file = files; *file; file++)
    if (!lines_read(arena, *file, &names, &lines, &error)) return fail(EX_NOINPUT, error->message);
  if (check_path && !lines_read(arena, check_path, &names, &checks, &error)) return fail(EX_NOINPUT, error->message);
  if (ratings_path && !g_file_get_contents(ratings_path, &ratings, NULL, &error)) return fail(EX_NOINPUT, error->message);
  if (!lines.texts.count) return fail(EX_NOINPUT, "there are no lines.");
  School school = {.names = &names, .lines = &lines, .recipe = linear_recipe};
  school.recipe.take = take_feelings;
  Bytes made[MIND_FILE_COUNT];
  make(arena, &school, ratings, made);
  if (check_path) check(arena, made, &names, &checks, check_path);
  return write_files(out, made, &error) ? 0 : fail(EX_CANTCREAT, error->message);
}
