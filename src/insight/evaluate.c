// insight_evaluate: how well the engine reads, on public labelled data that lie outside this repository (doc/insight.md says
// which and where from). Here `abuse`, `offensive` and `rows`, which prints what the word tables are made from, and `read` for
// looking; evaluate_behaviour.c and evaluate_feeling.c have more. Reads files named on the command line, writes to standard output.
#include "base/random.h"
#include "insight/csv.h"
#include "insight/engine.h"
#include "insight/evaluate_behaviour.h"
#include "insight/evaluate_feeling.h"
#include "insight/evaluate_file.h"
#include "insight/evaluate_shield.h"
#include "insight/evaluate_tweets.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Example {
  const char *text;
  bool labels[EMOTION_COUNT];
  double value; // valence, or 1 for abuse
  double score; // what the engine says
} Example;
LIST_DEFINE(Example)

// GoEmotions: text, label numbers with commas, id; separated by tabs.
static ExampleList read_emotion_file(Arena *arena, const char *path) {
  ExampleList list = {0};
  char *rest = file_text(arena, path);
  for (char *line; (line = next_line(&rest));) {
    g_auto(GStrv) fields = g_strsplit(line, "\t", 3);
    if (g_strv_length(fields) < 2) continue;
    Example *example = list_add(arena, &list);
    example->text = arena_strdup(arena, fields[0]);
    for (const char *at = fields[1]; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
      int64_t label = g_ascii_strtoll(at, NULL, 10);
      if (label >= 0 && label < EMOTION_COUNT) example->labels[label] = true;
    }
  }
  return list;
}

// ---- Abuse: area under the curve ----

static int by_score(const void *a, const void *b) {
  const Example *left = a, *right = b;
  return (left->score > right->score) - (left->score < right->score);
}

static double area_under_curve(ExampleList *list) { // by ranks, ties count half (Mann & Whitney)
  if (!list->count) return 0;
  qsort(list->items, list->count, sizeof *list->items, by_score);
  double positives = 0, ranks = 0;
  for (size_t i = 0; i < list->count;) {
    size_t end = i;
    while (end < list->count && list->items[end].score == list->items[i].score) end++;
    for (size_t j = i; j < end; j++) {
      if (list->items[j].value > 0) positives++, ranks += ((double)i + (double)end + 1) / 2;
    }
    i = end;
  }
  double negatives = (double)list->count - positives;
  return positives > 0 && negatives > 0 ? (ranks - positives * (positives + 1) / 2) / (positives * negatives) : 0;
}

// The middle 95 % of 1,000 bootstrap draws, always the same ones.
static void area_interval(Arena *arena, const ExampleList *list, double *out_low, double *out_high) {
  enum { DRAWS = 1000 };
  ExampleList drawn = {.items = arena_make_array(arena, Example, list->count), .count = list->count};
  ExampleList areas = {.items = arena_make_array(arena, Example, DRAWS), .count = DRAWS};
  Random random = random_seeded(4);
  for (size_t i = 0; i < DRAWS; i++) {
    for (size_t j = 0; j < list->count; j++) drawn.items[j] = list->items[random_below(&random, list->count)];
    areas.items[i].score = area_under_curve(&drawn);
  }
  qsort(areas.items, DRAWS, sizeof *areas.items, by_score);
  *out_low = areas.items[DRAWS / 40].score, *out_high = areas.items[DRAWS - 1 - DRAWS / 40].score;
}

static void report_abuse(Arena *arena, const char *title, ExampleList *list) {
  int64_t levels[BEHAVIOUR_COUNT][2] = {{0}};
  list_each(Example, example, list) {
    const Reading *reading = insight_read(arena, example->text, strlen(example->text));
    example->score = reading->abuse;
    levels[reading->behaviour][example->value > 0]++;
  }
  double low, high;
  area_interval(arena, list, &low, &high);
  printf("%s: n %zu, AUC %.3f [%.3f, %.3f]\n", title, list->count, area_under_curve(list), low, high);
  for (size_t i = 0; i < BEHAVIOUR_COUNT; i++)
    printf("  %-10s labelled abuse %lld, not %lld\n", behaviour_word((Behaviour)i), (long long)levels[i][1],
           (long long)levels[i][0]);
}

static void evaluate_offensive(Arena *arena, const char *text_path, const char *label_path) {
  ExampleList list = {0};
  char *texts = file_text(arena, text_path), *labels = file_text(arena, label_path);
  for (char *text, *label; (text = next_line(&texts)) && (label = next_line(&labels));) {
    Example *example = list_add(arena, &list);
    example->text = text;
    example->value = label[0] == '1';
  }
  report_abuse(arena, "offensive", &list);
}

// ConvAbuse: each annotator has the columns is_abuse.1, .0, .-1, .-2, .-3; the majority decides.
static void evaluate_abuse(Arena *arena, const char *path) {
  char *rest = file_text(arena, path);
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (bool is_last = false; !is_last;) g_ptr_array_add(names, csv_field(&rest, &is_last));
  ExampleList list = {0};
  while (*rest) {
    int votes = 0;
    const char *text = "";
    bool is_last = false;
    for (size_t i = 0; !is_last; i++) {
      const char *value = csv_field(&rest, &is_last), *name = i < names->len ? names->pdata[i] : "";
      if (strcmp(name, "user") == 0) text = value;
      const char *column = strstr(name, "is_abuse.");
      if (column && value[0] == '1') votes += column[strlen("is_abuse.")] == '-' ? 1 : -1;
    }
    *list_add(arena, &list) = (Example){.text = text, .value = votes > 0};
  }
  report_abuse(arena, "conversational abuse", &list);
}

// ---- What the tables are made from ----

typedef struct Counted {
  int64_t cases;
  int64_t labels[EMOTION_COUNT];
} Counted;

static void study_text(Arena *arena, const char *text, Scan *scan, Study *study) {
  *scan = (Scan){.text = text, .length = strlen(text)};
  scan_passage(arena, scan, 0, scan->length);
  *study = (Study){.scratch = arena, .scan = scan, .matches = arena_make_array(arena, MatchList, scan->sentences.count + 1)};
  for (size_t i = 0; i < scan->sentences.count; i++)
    lexicon_match(arena, lexicon_get(), scan, &scan->sentences.items[i], &study->matches[i]);
}

static void print_rows(Arena *arena, const char *path) {
  ExampleList list = read_emotion_file(arena, path);
  Counted *counted = arena_make_array(arena, Counted, emotion_rows.count);
  list_each(Example, example, &list) {
    g_autoptr(Arena) scratch = arena_new();
    Scan scan;
    Study study;
    study_text(scratch, example->text, &scan, &study);
    for (size_t i = 0; i < scan.sentences.count; i++) {
      list_each(Match, match, &study.matches[i]) {
        if (match->kind != MATCH_EMOTION || is_negated(&scan, &scan.sentences.items[i], match->first)) continue;
        Counted *row = &counted[match->row - emotion_rows.rows];
        row->cases++;
        for (size_t label = 0; label < EMOTION_COUNT; label++) row->labels[label] += example->labels[label];
      }
    }
  }
  for (size_t i = 0; i < emotion_rows.count; i++) {
    printf("%zu\t%lld", i, (long long)counted[i].cases);
    for (size_t label = 0; label < EMOTION_COUNT; label++) printf("\t%lld", (long long)counted[i].labels[label]);
    printf("\t%.30s\n", emotion_rows.rows[i].phrases);
  }
}

static void print_reading(Arena *arena) { // of standard input, for looking
  g_autoptr(GString) text = g_string_new(NULL);
  char buffer[4096];
  for (size_t size; (size = fread(buffer, 1, sizeof buffer, stdin)) > 0;) g_string_append_len(text, buffer, (gssize)size);
  gint64 before = g_get_monotonic_time();
  const Reading *reading = insight_read(arena, text->str, text->len);
  gint64 after = g_get_monotonic_time();
  g_autoptr(Json) json = reading_to_json(reading);
  printf("%s\n", json_text(arena, json));
  fprintf(stderr, "%lld µs\n", (long long)(after - before));
}

int main(int argc, char **argv) {
  if (evaluate_behaviour_command(argc, argv) || evaluate_feeling_command(argc, argv) || evaluate_tweets_command(argc, argv) ||
      evaluate_shield_command(argc, argv))
    return 0;
  g_autoptr(Arena) arena = arena_new();
  const char *what = argc > 1 ? argv[1] : "";
  if (strcmp(what, "abuse") == 0 && argc == 3)
    evaluate_abuse(arena, argv[2]);
  else if (strcmp(what, "offensive") == 0 && argc == 4)
    evaluate_offensive(arena, argv[2], argv[3]);
  else if (strcmp(what, "rows") == 0 && argc == 3)
    print_rows(arena, argv[2]);
  else if (strcmp(what, "read") == 0 && argc == 2)
    print_reading(arena);
  else {
    fprintf(stderr, "usage: insight_evaluate rows GOEMOTIONS.tsv | abuse CONVABUSE.csv | offensive TEXTS LABELS | read < text\n");
    evaluate_behaviour_usage();
    evaluate_feeling_usage();
    evaluate_shield_usage();
    evaluate_tweets_usage();
    return 64;
  }
  return 0;
}
