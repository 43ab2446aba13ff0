// coach_evaluate: how well the coach advises. `drafts FILE…` scores it on our own good and bad drafts (tests/coach), those that the
// phrases were written with and those held out; `misses FILE…` shows what it got wrong of the former. `rules` prints the table of
// rules for doc/coach.md. `politeness FILE` measures a linear model over the same features that our own models use on the Stanford
// politeness corpus, which lies outside this repository. `time FILE…` prints the processor time of one coaching of 300 words, made of
// our own drafts.
#include "insight/coach/evaluate.h"
#include "insight/coach/drafts.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define TIMED_WORDS 300
#define TIMED_RUNS 301

static CoachExampleList read_all(Arena *arena, int count, char **paths) {
  CoachExampleList examples = {0};
  for (int i = 0; i < count; i++) {
    g_autoptr(GError) error = NULL;
    if (coach_examples_read(arena, paths[i], &examples, &error)) continue;
    fprintf(stderr, "coach_evaluate: %s\n", error->message);
    exit(66);
  }
  return examples;
}

static void print_score(const char *name, const CoachScore *written, const CoachScore *held_out) {
  printf("%-20s %4d %4d  %.3f  %.3f | %4d %4d  %.3f  %.3f\n", name, (int)written->good, (int)written->bad,
         coach_precision(written), coach_recall(written), (int)held_out->good, (int)held_out->bad, coach_precision(held_out),
         coach_recall(held_out));
}

static void add(CoachScore *sum, const CoachScore *score) {
  sum->good += score->good;
  sum->bad += score->bad;
  sum->good_advised += score->good_advised;
  sum->bad_advised += score->bad_advised;
}

static int print_drafts(int count, char **paths) {
  g_autoptr(Arena) arena = arena_new();
  CoachExampleList examples = read_all(arena, count, paths);
  printf("%-20s %4s %4s  %5s  %5s | %4s %4s  %5s  %5s (held out)\n", "", "good", "bad", "prec.", "rec.", "good", "bad", "prec.",
         "rec.");
  CoachScore sums[2] = {0};
  for (CoachRule rule = 0; rule < COACH_RULE_COUNT; rule++) {
    CoachScore written = coach_score(&examples, rule, false), held_out = coach_score(&examples, rule, true);
    print_score(coach_rule_word(rule), &written, &held_out);
    add(&sums[0], &written);
    add(&sums[1], &held_out);
  }
  print_score("all", &sums[0], &sums[1]);
  return 0;
}

static int print_misses(int count, char **paths) {
  g_autoptr(Arena) arena = arena_new();
  CoachExampleList examples = read_all(arena, count, paths);
  list_each(const CoachExample, example, &examples) {
    if (example->is_held_out || coach_example_is_advised(example) != example->is_good) continue;
    printf("%s\t%c %s\n", coach_rule_word(example->rule), example->is_good ? '+' : '-', example->draft);
  }
  return 0;
}

static int print_rules(void) {
  for (CoachRule rule = 0; rule < COACH_RULE_COUNT; rule++) {
    const CoachRuleFacts *facts = &coach_rules[rule];
    printf("| %d | `%s` | %s | %s | %s | %s |\n", (int)rule + 1, facts->word, facts->title, facts->looks_at, facts->evidence,
           facts->source);
  }
  return 0;
}

static int64_t cpu_now(void) { // nanoseconds
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int by_value(const void *a, const void *b) {
  const int64_t *left = a, *right = b;
  return (*left > *right) - (*left < *right);
}

static int print_time(int count, char **paths) {
  g_autoptr(Arena) arena = arena_new();
  CoachExampleList examples = read_all(arena, count, paths);
  GString *draft = g_string_new(NULL);
  size_t words = 0;
  for (size_t i = 0; i < examples.count && words < TIMED_WORDS; i++) { // from all rules in turn
    const char *text = examples.items[i * 61 % examples.count].draft;
    g_string_append_printf(draft, "%s ", text);
    for (const char *at = text; *at; at++) words += *at == ' ';
  }
  const char *message = "My blue lamp arrived broken three weeks ago and nobody answers the phone. I want my money back!";
  int64_t spent[TIMED_RUNS];
  for (size_t i = 0; i < TIMED_RUNS; i++) {
    g_autoptr(Arena) own = arena_new();
    int64_t start = cpu_now();
    coach_draft(own, &(CoachInput){draft->str, draft->len, message, strlen(message), NULL});
    spent[i] = cpu_now() - start;
  }
  int64_t first = spent[0];
  qsort(spent, TIMED_RUNS, sizeof *spent, by_value);
  printf(
    "%zu words: median %.0f \xC2\xB5s, 99 of 100 below %.0f \xC2\xB5s; the very first, which builds the tables, %.0f \xC2\xB5s\n",
    words, (double)spent[TIMED_RUNS / 2] / 1000, (double)spent[TIMED_RUNS * 99 / 100] / 1000, (double)first / 1000);
  g_string_free(draft, TRUE);
  return 0;
}

int main(int argc, char **argv) {
  if (argc > 2 && strcmp(argv[1], "drafts") == 0) return print_drafts(argc - 2, argv + 2);
  if (argc > 2 && strcmp(argv[1], "misses") == 0) return print_misses(argc - 2, argv + 2);
  if (argc > 2 && strcmp(argv[1], "time") == 0) return print_time(argc - 2, argv + 2);
  if (argc == 2 && strcmp(argv[1], "rules") == 0) return print_rules();
  if (argc == 3 && strcmp(argv[1], "politeness") == 0) return evaluate_politeness(argv[2]);
  fprintf(stderr, "usage: coach_evaluate drafts|misses|time FILE… | rules | politeness FILE\n");
  return 64;
}
