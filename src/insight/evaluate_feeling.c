// insight_evaluate, for feelings. Every figure has the middle 95 % of 1,000 bootstrap draws over the texts, always the same ones.
//
//   emotions [--models FOLDER] GOEMOTIONS.tsv   F1 of the 28 labels, Ekman's and the tones; calibration
//   valence TWEETS.txt LEXICON.txt               Pearson of valence with the mean rating; VADER's own rules beside it
//   complaints CFPB.csv                          what share of stories reads how
//   learning TEXTS LABELS WORDS…                 what corrections teach, with the labels as the right main emotion
//   speed TEXTS                                  microseconds a text
#include "insight/evaluate_feeling.h"

#include "base/random.h"
#include "insight/csv.h"
#include "insight/evaluate_file.h"
#include "insight/mind.h"
#include "insight/vader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define DRAWS 1000

static int by_value(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return (left > right) - (left < right);
}

typedef struct Interval {
  double low, high;
} Interval;

// Draws `count` texts with replacement, DRAWS times, and has each draw measured.
static Interval interval(size_t count, double (*measure)(const uint32_t *drawn, size_t count, const void *context),
                         const void *context) {
  g_autoptr(Arena) scratch = arena_new();
  uint32_t *drawn = arena_alloc_array(scratch, count + 1, sizeof *drawn);
  double values[DRAWS];
  Random random = random_seeded(4);
  for (size_t draw = 0; draw < DRAWS; draw++) {
    for (size_t i = 0; i < count; i++) drawn[i] = (uint32_t)random_below(&random, count);
    values[draw] = measure(drawn, count, context);
  }
  qsort(values, DRAWS, sizeof *values, by_value);
  return (Interval){values[DRAWS / 40], values[DRAWS - 1 - DRAWS / 40]};
}

// ---- Labels ----

typedef struct Marks { // one bit a label
  uint32_t said, real;
} Marks;

typedef struct Marked {
  Marks *items;
  size_t labels;
} Marked;

typedef struct Tally {
  double hits, said, real;
} Tally;

static double f1(const Tally *tally) { return tally->said + tally->real > 0 ? 2 * tally->hits / (tally->said + tally->real) : 0; }

static double macro_f1(const uint32_t *drawn, size_t count, const void *context) {
  const Marked *marked = context;
  Tally tallies[EMOTION_COUNT] = {{0}};
  for (size_t i = 0; i < count; i++) {
    Marks marks = marked->items[drawn ? drawn[i] : i];
    for (uint32_t bits = marks.said | marks.real; bits; bits &= bits - 1) {
      int label = __builtin_ctz(bits);
      tallies[label].said += marks.said >> label & 1, tallies[label].real += marks.real >> label & 1;
      tallies[label].hits += marks.said >> label & marks.real >> label & 1;
    }
  }
  double sum = 0;
  for (size_t i = 0; i < marked->labels; i++) sum += f1(&tallies[i]);
  return sum / (double)marked->labels;
}

static void print_marks(const char *title, const Marked *marked, size_t count, const char *(*word)(size_t)) {
  for (size_t label = 0; label < marked->labels; label++) {
    Tally tally = {0};
    for (size_t i = 0; i < count; i++) {
      bool is_said = marked->items[i].said >> label & 1, is_real = marked->items[i].real >> label & 1;
      tally.said += is_said, tally.real += is_real, tally.hits += is_said && is_real;
    }
    printf("  %-16s F1 %.3f  precision %.3f  recall %.3f  n %.0f\n", word(label), f1(&tally),
           tally.said > 0 ? tally.hits / tally.said : 0, tally.real > 0 ? tally.hits / tally.real : 0, tally.real);
  }
  Interval around = interval(count, macro_f1, marked);
  printf("%s macro-F1 %.4f [%.4f, %.4f]\n", title, macro_f1(NULL, count, marked), around.low, around.high);
}

static const char *emotion_at(size_t at) { return emotion_word((Emotion)at); }
static const char *ekman_at(size_t at) { return ekman_word((Ekman)at); }
static const char *tone_at(size_t at) { return tone_word((Tone)at); }

typedef struct Comment {
  const char *text;
  uint32_t labels;
} Comment;
LIST_DEFINE(Comment)

static CommentList read_comments(Arena *arena, const char *path) { // GoEmotions: text, label numbers, id
  CommentList list = {0};
  char *rest = file_text(arena, path);
  for (char *line; (line = next_line(&rest));) {
    char *labels = strchr(line, '\t');
    if (!labels) continue;
    *labels++ = '\0';
    Comment *comment = list_add(arena, &list);
    comment->text = line;
    for (const char *at = labels; at; at = strpbrk(at, ",\t") && *strpbrk(at, ",\t") == ',' ? strchr(at, ',') + 1 : NULL) {
      int64_t label = g_ascii_strtoll(at, NULL, 10);
      if (label >= 0 && label < EMOTION_COUNT) comment->labels |= UINT32_C(1) << label;
    }
  }
  return list;
}

static uint32_t ekman_bits(uint32_t labels) {
  uint32_t bits = 0;
  for (; labels; labels &= labels - 1) bits |= UINT32_C(1) << emotion_ekman((Emotion)__builtin_ctz(labels));
  return bits;
}
static uint32_t tone_bits(uint32_t labels) {
  uint32_t bits = 0;
  for (; labels; labels &= labels - 1) bits |= UINT32_C(1) << emotion_tone((Emotion)__builtin_ctz(labels));
  return bits;
}

typedef struct Bin {
  double count, said, real;
} Bin;

#define BINS 10

// How far what is said lies from what is true, in tenths: the mean over the labels, weighted by texts.
static void print_calibration(const Bin (*bins)[BINS], size_t count) {
  Bin all[BINS] = {{0}};
  double error = 0;
  for (size_t label = 0; label < EMOTION_COUNT; label++) {
    for (size_t i = 0; i < BINS; i++) {
      const Bin *bin = &bins[label][i];
      error += fabs(bin->said - bin->real) / (double)count / EMOTION_COUNT;
      all[i].count += bin->count, all[i].said += bin->said, all[i].real += bin->real;
    }
  }
  printf("expected calibration error, mean of the labels: %.4f\n", error);
  for (size_t i = 0; i < BINS; i++)
    printf("  said %.3f  true %.3f  n %.0f\n", all[i].said / MAX(all[i].count, 1), all[i].real / MAX(all[i].count, 1),
           all[i].count);
}

typedef struct Answers { // to all comments
  Marked labels, ekman, tones;
  Marked ekman_of_labels, tones_of_labels; // from the labels felt
  Bin bins[EMOTION_COUNT][BINS];
} Answers;

static void answer(const Comment *comment, size_t i, Answers *answers) {
  g_autoptr(Arena) scratch = arena_new();
  const Reading *reading = insight_read(scratch, comment->text, strlen(comment->text));
  uint32_t felt = 0, ekman = 0, tones = 0, real = comment->labels;
  for (size_t label = 0; label < EMOTION_COUNT; label++) {
    felt |= (uint32_t)reading->felt[label] << label;
    Bin *bin = &answers->bins[label][MIN((size_t)(reading->emotions[label] * BINS), BINS - 1)];
    bin->count++, bin->said += reading->emotions[label], bin->real += real >> label & 1;
  }
  for (Ekman group = 0; group < EKMAN_COUNT; group++) {
    bool is_felt;
    reading_ekman(reading, group, &is_felt);
    ekman |= (uint32_t)is_felt << group;
  }
  for (Tone tone = 0; tone < TONE_COUNT; tone++) {
    bool is_felt;
    reading_tone(reading, tone, &is_felt);
    tones |= (uint32_t)is_felt << tone;
  }
  answers->labels.items[i] = (Marks){felt, real};
  answers->ekman.items[i] = (Marks){ekman, ekman_bits(real)};
  answers->tones.items[i] = (Marks){tones, tone_bits(real)};
  answers->ekman_of_labels.items[i] = (Marks){ekman_bits(felt), ekman_bits(real)};
  answers->tones_of_labels.items[i] = (Marks){tone_bits(felt), tone_bits(real)};
}

static Marked marked_new(Arena *arena, size_t count, size_t labels) {
  return (Marked){arena_make_array(arena, Marks, count + 1), labels};
}

static void evaluate_emotions(Arena *arena, const char *path) {
  CommentList list = read_comments(arena, path);
  Answers *answers = arena_make(arena, Answers);
  answers->labels = marked_new(arena, list.count, EMOTION_COUNT);
  answers->ekman = marked_new(arena, list.count, EKMAN_COUNT), answers->tones = marked_new(arena, list.count, TONE_COUNT);
  answers->ekman_of_labels = marked_new(arena, list.count, EKMAN_COUNT);
  answers->tones_of_labels = marked_new(arena, list.count, TONE_COUNT);
  for (size_t i = 0; i < list.count; i++) answer(&list.items[i], i, answers);
  print_marks("28 labels", &answers->labels, list.count, emotion_at);
  print_marks("Ekman, by its own thresholds", &answers->ekman, list.count, ekman_at);
  print_marks("Ekman, of the labels felt", &answers->ekman_of_labels, list.count, ekman_at);
  print_marks("tones, by their own thresholds", &answers->tones, list.count, tone_at);
  print_marks("tones, of the labels felt", &answers->tones_of_labels, list.count, tone_at);
  print_calibration((const Bin(*)[BINS])answers->bins, list.count);
}

static void use_models(Arena *arena, const char *folder) {
  Bytes files[MIND_FILE_COUNT];
  g_autoptr(GError) error = NULL;
  for (size_t i = 0; i < MIND_FILE_COUNT && !error; i++) {
    g_autofree char *path = g_build_filename(folder, mind_file_names[i], NULL), *data = NULL;
    size_t size = 0;
    if (g_file_get_contents(path, &data, &size, &error)) files[i] = bytes_of(arena_copy(arena, data, size), size);
  }
  Mind *mind = arena_make(arena, Mind);
  if (!error && mind_open(arena, mind, files, &error)) {
    mind_use(mind);
    return;
  }
  fprintf(stderr, "insight_evaluate: %s\n", error->message);
  exit(66);
}

// ---- Valence ----

typedef struct Pair {
  double said, real;
} Pair;
LIST_DEFINE(Pair)

static double pearson(const uint32_t *drawn, size_t count, const void *context) {
  const Pair *pairs = context;
  double n = (double)count, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  for (size_t i = 0; i < count; i++) {
    const Pair *pair = &pairs[drawn ? drawn[i] : i];
    x += pair->said, y += pair->real;
    xx += pair->said * pair->said, yy += pair->real * pair->real, xy += pair->said * pair->real;
  }
  double spread = sqrt((n * xx - x * x) * (n * yy - y * y));
  return spread > 0 ? (n * xy - x * y) / spread : 0;
}

typedef struct Rivals { // of the same texts
  const Pair *ours, *theirs;
} Rivals;

static double lead(const uint32_t *drawn, size_t count, const void *context) {
  const Rivals *rivals = context;
  return pearson(drawn, count, rivals->ours) - pearson(drawn, count, rivals->theirs);
}

static void print_pearson(const char *title, const PairList *pairs) {
  Interval around = interval(pairs->count, pearson, pairs->items);
  printf("%s: n %zu, Pearson %.4f [%.4f, %.4f]\n", title, pairs->count, pearson(NULL, pairs->count, pairs->items), around.low,
         around.high);
}

static void evaluate_valence(Arena *arena, const char *path, const char *lexicon_path) {
  Vader *vader = vader_open(arena, file_text(arena, lexicon_path));
  PairList ours = {0}, theirs = {0};
  char *rest = file_text(arena, path);
  for (char *line; (line = next_line(&rest));) {
    g_auto(GStrv) fields = g_strsplit(line, "\t", 3);
    if (g_strv_length(fields) < 3) continue;
    g_autoptr(Arena) scratch = arena_new();
    double real = g_ascii_strtod(fields[1], NULL);
    *list_add(arena, &ours) = (Pair){insight_read(scratch, fields[2], strlen(fields[2]))->valence, real};
    *list_add(arena, &theirs) = (Pair){vader_compound(scratch, vader, fields[2]), real};
  }
  print_pearson("valence", &ours);
  print_pearson("VADER's rules and lexicon", &theirs);
  Rivals rivals = {ours.items, theirs.items};
  Interval around = interval(ours.count, lead, &rivals);
  printf("ahead by %.4f [%.4f, %.4f], drawn in pairs\n", lead(NULL, ours.count, &rivals), around.low, around.high);
}

// ---- Complaints ----

static void evaluate_complaints(Arena *arena, const char *path) {
  char *rest = file_text(arena, path);
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (bool is_last = false; !is_last;) g_ptr_array_add(names, csv_field(&rest, &is_last));
  double count = 0, unpleasant = 0, tones[TONE_COUNT] = {0}, main_tones[TONE_COUNT] = {0}, mains[EMOTION_COUNT] = {0};
  while (*rest) {
    const char *text = "";
    bool is_last = false;
    for (size_t i = 0; !is_last; i++) {
      const char *value = csv_field(&rest, &is_last);
      if (i < names->len && strcmp(names->pdata[i], "Consumer complaint narrative") == 0) text = value;
    }
    g_autoptr(Arena) scratch = arena_new();
    const Reading *reading = insight_read(scratch, text, strlen(text));
    if (!*text || !reading->is_read) continue;
    count++, unpleasant += reading->valence < -0.05, mains[reading->main]++, main_tones[emotion_tone(reading->main)]++;
    for (Tone tone = 0; tone < TONE_COUNT; tone++) {
      bool is_felt = false;
      for (size_t i = 0; i < EMOTION_COUNT; i++) is_felt = is_felt || (reading->felt[i] && emotion_tone((Emotion)i) == tone);
      tones[tone] += is_felt;
    }
  }
  printf("%.0f stories: valence below -0.05 in %.1f %%\n", count, 100 * unpleasant / count);
  for (Tone tone = 0; tone < TONE_COUNT; tone++)
    printf("  %-10s felt in %.1f %%, the main feeling in %.1f %%\n", tone_word(tone), 100 * tones[tone] / count,
           100 * main_tones[tone] / count);
  for (size_t i = 0; i < EMOTION_COUNT; i++)
    if (mains[i] > 0) printf("  main: %-14s %.1f %%\n", emotion_word((Emotion)i), 100 * mains[i] / count);
}

// ---- Learning ----

static double share_of(int64_t part, int64_t whole) { return whole ? (double)part / (double)whole : 0; }

static void evaluate_learning(Arena *arena, const char *texts_path, const char *labels_path, char **words, int word_count) {
  CorrectionList all = {0};
  char *texts = file_text(arena, texts_path), *labels = file_text(arena, labels_path);
  for (char *text, *label; (text = next_line(&texts)) && (label = next_line(&labels));) {
    int64_t number = g_ascii_strtoll(label, NULL, 10);
    Emotion right;
    if (number < 0 || number >= word_count || !emotion_from_word(words[number], &right)) continue;
    *list_add(arena, &all) = (Correction){.id = arena_printf(arena, "line %zu", all.count),
                                          .text = text,
                                          .length = strlen(text),
                                          .kind = CORRECTION_EMOTION,
                                          .right = (int)right};
  }
  for (size_t count = 25; count < 2 * all.count; count *= 2) {
    CorrectionList some = {.items = all.items, .count = MIN(count, all.count)};
    g_autoptr(Arena) scratch = arena_new();
    int64_t before = g_get_monotonic_time();
    const InsightDelta *delta = insight_learn(scratch, &some);
    const LearningScore *score = &insight_delta_scores(delta)[CORRECTION_EMOTION];
    printf("%zu corrections: held out %lld, right %.3f before, %.3f after; %.2f s, %zu bytes\n", some.count,
           (long long)score->held_out, share_of(score->right_before, score->held_out),
           share_of(score->right_after, score->held_out), (double)(g_get_monotonic_time() - before) / 1e6,
           insight_delta_pack(scratch, delta).size);
  }
}

// ---- Speed ----

static void evaluate_speed(Arena *arena, const char *path) {
  char *rest = file_text(arena, path);
  TextList texts = {0};
  size_t bytes = 0;
  for (char *line; (line = next_line(&rest));) bytes += strlen(line), *list_add(arena, &texts) = line;
  insight_read(arena, "Hello.", 6); // the lexicon is built at the first
  double best = INFINITY;
  for (int round = 0; round < 5; round++) {
    clock_t before = clock(); // processor time: the machine may be busy
    list_each(Text, text, &texts) {
      g_autoptr(Arena) scratch = arena_new();
      insight_read(scratch, *text, strlen(*text));
    }
    best = MIN(best, (double)(clock() - before) * 1e6 / CLOCKS_PER_SEC);
  }
  printf("%zu texts of %zu bytes in the mean: %.1f µs a text, %.0f texts a second (best of five rounds)\n", texts.count,
         bytes / MAX(texts.count, 1), best / (double)texts.count, 1e6 * (double)texts.count / best);
}

bool evaluate_feeling_command(int argc, char **argv) {
  g_autoptr(Arena) arena = arena_new();
  const char *what = argc > 1 ? argv[1] : "";
  bool has_models = argc > 3 && strcmp(argv[2], "--models") == 0;
  if (has_models) use_models(arena, argv[3]), argc -= 2, argv += 2;
  if (strcmp(what, "emotions") == 0 && argc == 3)
    evaluate_emotions(arena, argv[2]);
  else if (strcmp(what, "valence") == 0 && argc == 4)
    evaluate_valence(arena, argv[2], argv[3]);
  else if (strcmp(what, "complaints") == 0 && argc == 3)
    evaluate_complaints(arena, argv[2]);
  else if (strcmp(what, "learning") == 0 && argc > 4)
    evaluate_learning(arena, argv[2], argv[3], argv + 4, argc - 4);
  else if (strcmp(what, "speed") == 0 && argc == 3)
    evaluate_speed(arena, argv[2]);
  else
    return false;
  return true;
}

void evaluate_feeling_usage(void) {
  fprintf(
    stderr,
    "       insight_evaluate emotions|valence|complaints|learning|speed [--models FOLDER] FILES; evaluate_feeling.c says more\n");
}
