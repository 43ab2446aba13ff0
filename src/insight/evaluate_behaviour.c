// insight_evaluate, behaviour and need: `narratives` prints the complaints that people label, `labels` compares label files with
// each other and the engine with each, `threats` counts threats found and false alarms, `stories` counts what the engine says
// about all complaints. tests/insight/README.md says what the files are. Intervals are the middle 95 % of 1,000 bootstrap
// draws, always the same ones.
#include "insight/evaluate_behaviour.h"
#include "base/random.h"
#include "insight/csv.h"
#include "insight/insight.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define DRAWS 1000
#define SHOWN_WHOLE 1150 // characters of a story that are printed
#define SHOWN_FIRST 800
#define SHOWN_LAST 300
#define CLASSES_MOST 5

enum { FIRST_PASS, SECOND_PASS, ENGINE, VOICES }; // who labels
static const char *const voices[VOICES] = {"first pass", "second pass", "engine"};

typedef struct Story {
  const char *id, *text;
  char *rank;                            // SHA-256 of the id
  int behaviours[VOICES], needs[VOICES]; // -1 when not given
} Story;
LIST_DEFINE(Story)

static char *read_file(Arena *arena, const char *path) {
  char *text = NULL;
  g_autoptr(GError) error = NULL;
  if (!g_file_get_contents(path, &text, NULL, &error)) {
    fprintf(stderr, "insight_evaluate: %s\n", error->message);
    exit(66);
  }
  return arena_take(arena, text);
}

static int by_rank(const void *a, const void *b) { return strcmp(((const Story *)a)->rank, ((const Story *)b)->rank); }

static char *single_spaced(Arena *arena, const char *text) {
  char *out = arena_strdup(arena, text), *to = out;
  for (const char *at = text; *at; at++) {
    bool is_space = g_ascii_isspace(*at);
    if (is_space && (to == out || to[-1] == ' ')) continue;
    *to++ = is_space ? ' ' : *at;
  }
  if (to > out && to[-1] == ' ') to--;
  *to = '\0';
  return out;
}

// The complaints that tell a story, in the order of the rule, without repeated ones; at most `most`.
static StoryList read_stories(Arena *arena, const char *path, size_t most) {
  StoryList all = {0}, kept = {0};
  char *rest = read_file(arena, path);
  size_t id_column = SIZE_MAX, text_column = SIZE_MAX;
  bool is_last = false;
  for (size_t i = 0; !is_last; i++) {
    const char *name = csv_field(&rest, &is_last);
    if (strcmp(name, "Complaint ID") == 0) id_column = i;
    if (strcmp(name, "Consumer complaint narrative") == 0) text_column = i;
  }
  while (*rest) {
    Story story = {.behaviours = {-1, -1, -1}, .needs = {-1, -1, -1}};
    is_last = false;
    for (size_t i = 0; !is_last; i++) {
      const char *value = csv_field(&rest, &is_last);
      if (i == id_column) story.id = value;
      if (i == text_column) story.text = value;
    }
    if (!story.id || !story.text || !*story.text) continue;
    story.rank = arena_take(arena, g_compute_checksum_for_string(G_CHECKSUM_SHA256, story.id, -1));
    *list_add(arena, &all) = story;
  }
  if (all.count) qsort(all.items, all.count, sizeof *all.items, by_rank);
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  list_each(Story, story, &all) {
    if (kept.count == most) break;
    if (g_hash_table_add(seen, single_spaced(arena, story->text))) *list_add(arena, &kept) = *story;
  }
  return kept;
}

static void print_narratives(Arena *arena, const char *path, size_t most) {
  StoryList stories = read_stories(arena, path, most);
  size_t number = 0;
  list_each(Story, story, &stories) {
    const char *text = single_spaced(arena, story->text);
    glong length = g_utf8_validate(text, -1, NULL) ? g_utf8_strlen(text, -1) : 0;
    if (length <= SHOWN_WHOLE)
      printf("%zu|%s| %s\n", ++number, story->id, text);
    else
      printf("%zu|%s| %.*s [...] %s\n", ++number, story->id, (int)(g_utf8_offset_to_pointer(text, SHOWN_FIRST) - text), text,
             g_utf8_offset_to_pointer(text, length - SHOWN_LAST));
  }
}

// ---- Agreement ----

static void read_labels(Arena *arena, const char *path, StoryList *stories, size_t file) {
  g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);
  list_each(Story, story, stories) g_hash_table_insert(by_id, g_strdup(story->id), story);
  g_auto(GStrv) lines = g_strsplit(read_file(arena, path), "\n", -1);
  for (char **line = lines; *line; line++) {
    g_auto(GStrv) fields = g_strsplit(g_strchomp(*line), "\t", 3);
    if (g_strv_length(fields) < 3 || strcmp(fields[0], "id") == 0) continue;
    Story *story = g_hash_table_lookup(by_id, fields[0]);
    Behaviour behaviour;
    Need need;
    if (!story || !behaviour_from_word(fields[1], &behaviour) || !need_from_word(fields[2], &need)) {
      fprintf(stderr, "insight_evaluate: %s: not a label of a story: %s\n", path, *line);
      exit(65);
    }
    story->behaviours[file] = (int)behaviour, story->needs[file] = (int)need;
  }
  GHashTableIter iter;
  g_hash_table_iter_init(&iter, by_id);
  for (gpointer key; g_hash_table_iter_next(&iter, &key, NULL);) g_free(key);
}

typedef struct Pair {
  int left, right; // classes
} Pair;
LIST_DEFINE(Pair)

typedef struct Agreement {
  double share, kappa;
} Agreement;

// Cohen (1960): agreement beyond that of two who guess by their own shares. 1 when nothing but one class was ever said.
static Agreement agreement_of(const PairList *pairs, const size_t *drawn) {
  double counts[2][CLASSES_MOST] = {{0}}, same = 0, n = (double)pairs->count, chance = 0;
  for (size_t i = 0; i < pairs->count; i++) {
    const Pair *pair = &pairs->items[drawn ? drawn[i] : i];
    counts[0][pair->left]++, counts[1][pair->right]++;
    same += pair->left == pair->right;
  }
  for (size_t i = 0; i < CLASSES_MOST; i++) chance += counts[0][i] / n * (counts[1][i] / n);
  return (Agreement){same / n, chance < 1 ? (same / n - chance) / (1 - chance) : 1};
}

static int by_value(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return (left > right) - (left < right);
}

static void print_interval(double *values) {
  qsort(values, DRAWS, sizeof *values, by_value);
  printf(" [%.3f, %.3f]", values[DRAWS / 40], values[DRAWS - 1 - DRAWS / 40]);
}

static void draw(Random *random, size_t *drawn, size_t count) {
  for (size_t i = 0; i < count; i++) drawn[i] = random_below(random, count);
}

static void print_confusion(const PairList *pairs, size_t classes, const char *(*word)(int)) {
  size_t counts[CLASSES_MOST][CLASSES_MOST] = {{0}};
  list_each(Pair, pair, pairs) counts[pair->left][pair->right]++;
  printf("    %-12s", "");
  for (size_t i = 0; i < classes; i++) printf(" %11s", word((int)i));
  printf("\n");
  for (size_t i = 0; i < classes; i++) {
    printf("    %-12s", word((int)i));
    for (size_t j = 0; j < classes; j++) printf(" %11zu", counts[i][j]);
    printf("\n");
  }
}

static void report_agreement(const char *title, const PairList *pairs, size_t classes, const char *(*word)(int)) {
  if (!pairs->count) return;
  g_autofree size_t *drawn = g_new(size_t, pairs->count);
  double shares[DRAWS], kappas[DRAWS];
  Random random = random_seeded(4);
  for (size_t i = 0; i < DRAWS; i++) {
    draw(&random, drawn, pairs->count);
    Agreement once = agreement_of(pairs, drawn);
    shares[i] = once.share, kappas[i] = once.kappa;
  }
  Agreement all = agreement_of(pairs, NULL);
  printf("%s: n %zu, same %.3f", title, pairs->count, all.share);
  print_interval(shares);
  printf(", kappa %.3f", all.kappa);
  print_interval(kappas);
  printf("\n");
  print_confusion(pairs, classes, word);
}

static const char *behaviour_name(int value) { return behaviour_word((Behaviour)value); }
static const char *need_name(int value) { return need_word((Need)value); }

static void compare(Arena *arena, const StoryList *stories, size_t left, size_t right) {
  PairList behaviours = {0}, needs = {0};
  list_each(Story, story, stories) {
    if (story->behaviours[left] < 0 || story->behaviours[right] < 0) continue;
    *list_add(arena, &behaviours) = (Pair){story->behaviours[left], story->behaviours[right]};
    *list_add(arena, &needs) = (Pair){story->needs[left], story->needs[right]};
  }
  g_autofree char *behaviour_title = g_strdup_printf("behaviour, %s (rows) and %s (columns)", voices[left], voices[right]);
  g_autofree char *need_title = g_strdup_printf("need, %s (rows) and %s (columns)", voices[left], voices[right]);
  report_agreement(behaviour_title, &behaviours, BEHAVIOUR_COUNT, behaviour_name);
  report_agreement(need_title, &needs, NEED_COUNT + 1, need_name);
}

static void compare_labels(Arena *arena, const char *stories_path, char **paths, size_t count) {
  StoryList stories = read_stories(arena, stories_path, SIZE_MAX);
  for (size_t i = 0; i < count; i++) read_labels(arena, paths[i], &stories, i);
  list_each(Story, story, &stories) {
    if (story->behaviours[FIRST_PASS] < 0 && story->behaviours[SECOND_PASS] < 0) continue;
    g_autoptr(Arena) scratch = arena_new();
    const Reading *reading = insight_read(scratch, story->text, strlen(story->text));
    story->behaviours[ENGINE] = (int)reading->behaviour, story->needs[ENGINE] = (int)reading->need;
  }
  if (count == 2) compare(arena, &stories, FIRST_PASS, SECOND_PASS);
  for (size_t i = 0; i < count; i++) compare(arena, &stories, i, ENGINE);
}

// ---- Threats ----

static void count_threats(Arena *arena, const char *path, bool is_verbose) {
  g_auto(GStrv) lines = g_strsplit(read_file(arena, path), "\n", -1);
  size_t n[4][2] = {{0}}, found[4][2] = {{0}}; // by voice, and whether it is a threat
  for (char **line = lines; *line; line++) {
    g_auto(GStrv) fields = g_strsplit(*line, "\t", 3);
    if (g_strv_length(fields) < 3) continue;
    size_t voice = (size_t)CLAMP(fields[0][0] - 'a', 0, 3);
    bool is_threat = strcmp(fields[1], "threat") == 0;
    g_autoptr(Arena) scratch = arena_new();
    bool is_found = insight_read(scratch, fields[2], strlen(fields[2]))->flags[FLAG_THREAT];
    n[voice][is_threat]++, found[voice][is_threat] += is_found;
    if (is_verbose && is_found != is_threat) printf("  %s: %s\n", is_threat ? "missed" : "false alarm", fields[2]);
  }
  for (size_t i = 0; i < 4; i++)
    printf("voice %c: found %zu of %zu threats, false alarms %zu of %zu\n", "abcd"[i], found[i][1], n[i][1], found[i][0],
           n[i][0]);
}

// ---- All stories ----

static void count_stories(Arena *arena, const char *path, size_t most) {
  StoryList stories = read_stories(arena, path, most);
  size_t behaviours[BEHAVIOUR_COUNT] = {0}, needs[NEED_COUNT + 1] = {0}, reasons[REASON_COUNT] = {0}, flags[FLAG_COUNT] = {0};
  size_t negative = 0, present = 0, desired = 0, unread = 0, no_reason = 0;
  list_each(Story, story, &stories) {
    g_autoptr(Arena) scratch = arena_new();
    const Reading *reading = insight_read(scratch, story->text, strlen(story->text));
    behaviours[reading->behaviour]++, needs[reading->need]++;
    bool is_any = false;
    for (size_t i = 0; i < REASON_COUNT; i++) reasons[i] += reading->reasons[i], is_any = is_any || reading->reasons[i];
    for (size_t i = 0; i < FLAG_COUNT; i++) flags[i] += reading->flags[i];
    negative += reading->valence < 0, present += reading->present != NULL, desired += reading->desired != NULL;
    unread += !reading->is_read, no_reason += !is_any;
  }
  double n = MAX((double)stories.count, 1) / 100;
  printf("stories %zu: valence below 0 %.1f %%, not read %zu, present %.1f %%, desired %.1f %%\n", stories.count,
         (double)negative / n, unread, (double)present / n, (double)desired / n);
  for (size_t i = 0; i < BEHAVIOUR_COUNT; i++)
    printf("  %s %zu (%.1f %%)\n", behaviour_name((int)i), behaviours[i], (double)behaviours[i] / n);
  for (size_t i = 0; i <= NEED_COUNT; i++) printf("  %s %zu (%.1f %%)\n", need_name((int)i), needs[i], (double)needs[i] / n);
  for (size_t i = 0; i < REASON_COUNT; i++)
    printf("  %s %zu (%.1f %%)\n", reason_word((Reason)i), reasons[i], (double)reasons[i] / n);
  printf("  no reason %zu (%.1f %%)\n", no_reason, (double)no_reason / n);
  for (size_t i = 0; i < FLAG_COUNT; i++) printf("  flag %s %zu\n", flag_word((Flag)i), flags[i]);
}

// ---- Looking at single ones ----

static void show_stories(Arena *arena, const char *path, size_t first, size_t last) {
  StoryList stories = read_stories(arena, path, last);
  for (size_t i = first; i < stories.count; i++) {
    g_autoptr(Arena) scratch = arena_new();
    const Story *story = &stories.items[i];
    const Reading *reading = insight_read(scratch, story->text, strlen(story->text));
    printf("%zu %s: %s, %s, %s (%.2f), valence %.2f, abuse %.2f;", i + 1, story->id, emotion_word(reading->main),
           behaviour_word(reading->behaviour), need_word(reading->need), reading->need_margin, reading->valence, reading->abuse);
    for (size_t j = 0; j < REASON_COUNT; j++) {
      if (reading->reasons[j]) printf(" %s", reason_word((Reason)j));
    }
    for (size_t j = 0; j < FLAG_COUNT; j++) {
      if (reading->flags[j]) printf(" flag:%s", flag_word((Flag)j));
    }
    printf("\n  present: %s\n  desired: %s\n", reading->present ? reading->present : "-",
           reading->desired ? reading->desired : "-");
  }
}

static size_t number_of(const char *text) { return (size_t)g_ascii_strtoull(text, NULL, 10); }

void evaluate_behaviour_usage(void) {
  fprintf(stderr, "       insight_evaluate narratives STORIES.csv COUNT | labels STORIES.csv FIRST.tsv [SECOND.tsv] | "
                  "threats|misses THREATS.tsv | stories STORIES.csv COUNT | show STORIES.csv FROM TO\n");
}

bool evaluate_behaviour_command(int argc, char **argv) {
  g_autoptr(Arena) arena = arena_new();
  const char *what = argc > 1 ? argv[1] : "";
  if (strcmp(what, "narratives") == 0 && argc == 4)
    print_narratives(arena, argv[2], number_of(argv[3]));
  else if (strcmp(what, "labels") == 0 && (argc == 4 || argc == 5))
    compare_labels(arena, argv[2], argv + 3, (size_t)argc - 3);
  else if ((strcmp(what, "threats") == 0 || strcmp(what, "misses") == 0) && argc == 3)
    count_threats(arena, argv[2], what[0] == 'm');
  else if (strcmp(what, "stories") == 0 && argc == 4)
    count_stories(arena, argv[2], number_of(argv[3]));
  else if (strcmp(what, "show") == 0 && argc == 5)
    show_stories(arena, argv[2], number_of(argv[3]), number_of(argv[4]));
  else
    return false;
  return true;
}
