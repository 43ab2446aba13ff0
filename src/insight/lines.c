// Labelled lines: reading them, cutting them into folds, fitting calibration and thresholds to scores, and printing figures.
#include "insight/lines.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

bool names_read(Arena *arena, const char *list, Names *out) {
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

bool lines_read(Arena *arena, const char *path, const Names *names, Lines *out, GError **error) {
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

void lines_print_figures(const char *title, const Names *names, const float *scores, const Lines *lines,
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

// ---- Folds and calibration ----

unsigned line_fold(const TrainText *text, int folds) { return g_str_hash(text->text) * 2654435761u / 65536 % (unsigned)folds; }

void lines_calibrate(Arena *arena, const Lines *lines, size_t outputs, float *margins, ModelOutput *output) {
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
