// insight_evaluate shield …: what insight_offences folds, on abusive and on merely angry text. Counted is a text of which anything is
// folded, and the share of its words that are; `mixed` sets each abusive sentence of our own file between two merely angry ones and
// counts letters: how much of the abuse was folded, and how much of what was folded is abuse. Intervals are the middle 95 % of 1,000
// bootstrap draws, always the same ones.
#include "insight/evaluate_shield.h"
#include "base/random.h"
#include "insight/csv.h"
#include "insight/evaluate_file.h"
#include "insight/insight.h"

#include <stdio.h>
#include <stdlib.h>

#define DRAWS 1000

typedef struct Case {
  const char *text, *lot;
  bool is_abusive;
  double hit, folded, abusive; // of what is folded that which is abuse; what is folded; what is abuse: texts, or letters
} Case;
LIST_DEFINE(Case)

typedef enum Measure { PRECISION, RECALL, SHARE, MEASURE_COUNT } Measure;
static const char *const measure_names[MEASURE_COUNT] = {"precision", "recall", "folded"};

static double measure_of(const CaseList *cases, const size_t *drawn, Measure measure) {
  double hit = 0, folded = 0, abusive = 0;
  for (size_t i = 0; i < cases->count; i++) {
    const Case *each = &cases->items[drawn ? drawn[i] : i];
    hit += each->hit, folded += each->folded, abusive += each->abusive;
  }
  if (measure == SHARE) return folded / MAX((double)cases->count, 1);
  return hit / MAX(measure == PRECISION ? folded : abusive, 1);
}

static int by_value(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return (left > right) - (left < right);
}

static void print_measure(const CaseList *cases, Measure measure) {
  g_autofree size_t *drawn = g_new(size_t, cases->count + 1);
  double values[DRAWS];
  Random random = random_seeded(4);
  for (size_t i = 0; i < DRAWS; i++) {
    for (size_t j = 0; j < cases->count; j++) drawn[j] = random_below(&random, cases->count);
    values[i] = measure_of(cases, drawn, measure);
  }
  qsort(values, DRAWS, sizeof *values, by_value);
  printf(", %s %.3f [%.3f, %.3f]", measure_names[measure], measure_of(cases, NULL, measure), values[DRAWS / 40],
         values[DRAWS - 1 - DRAWS / 40]);
}

static void find(Arena *arena, const char *text, Behaviour from, OffenceList *out) {
  OffenceList all = {0};
  insight_offences(arena, text, strlen(text), &all);
  list_each(Offence, passage, &all)
    if (passage->level >= from) *list_add(arena, out) = *passage;
}

// Text by text: anything folded, or nothing.
static void judge(CaseList *cases, Behaviour from, bool is_verbose) {
  list_each(Case, each, cases) {
    g_autoptr(Arena) scratch = arena_new();
    OffenceList passages = {0};
    find(scratch, each->text, from, &passages);
    bool is_folded = passages.count > 0;
    each->folded = is_folded, each->abusive = each->is_abusive, each->hit = is_folded && each->is_abusive;
    if (is_verbose && is_folded != each->is_abusive) printf("  %s: %s\n", is_folded ? "false alarm" : "missed", each->text);
  }
}

static void report(const char *title, CaseList *cases, bool is_verbose) {
  static const Behaviour levels[] = {BEHAVIOUR_HOSTILE, BEHAVIOUR_ABUSIVE};
  size_t abusive = 0;
  list_each(Case, each, cases) abusive += each->is_abusive;
  for (size_t i = 0; i < G_N_ELEMENTS(levels); i++) {
    judge(cases, levels[i], is_verbose && i == 0);
    printf("%s, %s: n %zu, abusive %zu", title, i ? "abuse alone" : "abuse and hostility", cases->count, abusive);
    if (abusive)
      print_measure(cases, PRECISION), print_measure(cases, RECALL);
    else
      print_measure(cases, SHARE);
    printf("\n");
  }
}

// ---- The files ----

// Ours: lot, "abuse" or "anger", text.
static CaseList read_own(Arena *arena, const char *path, const char *lot) {
  CaseList cases = {0};
  char *rest = file_text(arena, path);
  for (char *line; (line = next_line(&rest));) {
    g_auto(GStrv) fields = g_strsplit(line, "\t", 3);
    if (g_strv_length(fields) != 3 || strcmp(fields[0], lot) != 0) continue;
    *list_add(arena,
              &cases) = (Case){.lot = lot, .text = arena_strdup(arena, fields[2]), .is_abusive = strcmp(fields[1], "abuse") == 0};
  }
  return cases;
}

// A column of a CSV file; with votes, as ConvAbuse has them, the majority decides.
static CaseList read_column(Arena *arena, const char *path, const char *column) {
  CaseList cases = {0};
  char *rest = file_text(arena, path);
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (bool is_last = false; !is_last;) g_ptr_array_add(names, csv_field(&rest, &is_last));
  while (*rest) {
    int votes = 0;
    const char *text = "";
    bool is_last = false;
    for (size_t i = 0; !is_last; i++) {
      const char *value = csv_field(&rest, &is_last), *name = i < names->len ? names->pdata[i] : "";
      if (strcmp(name, column) == 0) text = value;
      const char *vote = strstr(name, "is_abuse.");
      if (vote && value[0] == '1') votes += vote[strlen("is_abuse.")] == '-' ? 1 : -1;
    }
    if (*text) *list_add(arena, &cases) = (Case){.text = text, .is_abusive = votes > 0};
  }
  return cases;
}

static CaseList read_tweets(Arena *arena, const char *text_path, const char *label_path) {
  CaseList cases = {0};
  char *texts = file_text(arena, text_path), *labels = file_text(arena, label_path);
  for (char *text, *label; (text = next_line(&texts)) && (label = next_line(&labels));)
    *list_add(arena, &cases) = (Case){.text = text, .is_abusive = label[0] == '1'};
  return cases;
}

// ---- Passages within a message ----

static int64_t overlap(int64_t start, int64_t end, int64_t other_start, int64_t other_end) {
  return MAX(0, MIN(end, other_end) - MAX(start, other_start));
}

static void report_mixed(Arena *arena, const CaseList *own) {
  CaseList angry = {0}, mixed = {0};
  list_each(const Case, each, own)
    if (!each->is_abusive) *list_add(arena, &angry) = *each;
  size_t at = 0;
  list_each(const Case, each, own) {
    if (!each->is_abusive || angry.count < 2) continue;
    const char *before = angry.items[at++ % angry.count].text, *after = angry.items[at++ % angry.count].text;
    char *text = arena_printf(arena, "%s %s %s", before, each->text, after);
    int64_t start = (int64_t)strlen(before) + 1, end = start + (int64_t)strlen(each->text);
    Case *made = list_add(arena, &mixed);
    *made = (Case){.text = text, .is_abusive = true, .abusive = (double)(end - start)};
    OffenceList passages = {0};
    find(arena, text, BEHAVIOUR_HOSTILE, &passages);
    list_each(const Offence, passage, &passages) {
      made->folded += (double)(passage->end - passage->start);
      made->hit += (double)overlap(passage->start, passage->end, start, end);
    }
  }
  printf("letters within mixed messages: n %zu", mixed.count);
  print_measure(&mixed, PRECISION);
  print_measure(&mixed, RECALL);
  printf("\n");
}

static void print_cost(const CaseList *cases) {
  gint64 began = g_get_monotonic_time();
  size_t bytes = 0;
  list_each(const Case, each, cases) {
    g_autoptr(Arena) scratch = arena_new();
    OffenceList passages = {0};
    find(scratch, each->text, BEHAVIOUR_HOSTILE, &passages);
    bytes += strlen(each->text);
  }
  double spent = (double)(g_get_monotonic_time() - began);
  printf("  %.1f µs a text of %.0f bytes\n", spent / MAX((double)cases->count, 1), (double)bytes / MAX((double)cases->count, 1));
}

void evaluate_shield_usage(void) {
  fprintf(
    stderr,
    "       insight_evaluate shield own|missed SHIELD.tsv LOT | column FILE.csv COLUMN | offensive TEXTS LABELS | alarms FILE.csv COLUMN | passages - < text\n");
}

static void show_passages(void) {
  char buffer[65536];
  g_autoptr(Arena) arena = arena_new();
  while (fgets(buffer, sizeof buffer, stdin)) {
    OffenceList passages = {0};
    find(arena, buffer, BEHAVIOUR_HOSTILE, &passages);
    int64_t done = 0;
    list_each(const Offence, passage, &passages) {
      printf("%.*s[%s%s: %.*s]", (int)(passage->start - done), buffer + done, behaviour_word(passage->level),
             passage->is_threat ? ", threat" : "", (int)(passage->end - passage->start), buffer + passage->start);
      done = passage->end;
    }
    printf("%s", buffer + done);
  }
}

bool evaluate_shield_command(int argc, char **argv) {
  if (argc < 3 || strcmp(argv[1], "shield") != 0) return false;
  g_autoptr(Arena) arena = arena_new();
  const char *what = argv[2];
  CaseList cases = {0};
  if ((strcmp(what, "own") == 0 || strcmp(what, "missed") == 0) && argc == 5) {
    cases = read_own(arena, argv[3], argv[4]);
    report(argv[4], &cases, what[0] == 'm');
    report_mixed(arena, &cases);
  } else if (strcmp(what, "column") == 0 && argc == 5) {
    cases = read_column(arena, argv[3], argv[4]);
    report(argv[4], &cases, false);
    print_cost(&cases);
  } else if (strcmp(what, "alarms") == 0 && argc == 5) {
    cases = read_column(arena, argv[3], argv[4]);
    judge(&cases, BEHAVIOUR_HOSTILE, true);
  } else if (strcmp(what, "offensive") == 0 && argc == 5) {
    cases = read_tweets(arena, argv[3], argv[4]);
    report("tweets", &cases, false);
  } else if (strcmp(what, "passages") == 0)
    show_passages();
  else
    return false;
  return true;
}
