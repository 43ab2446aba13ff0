// The Stanford politeness corpus (Danescu-Niculescu-Mizil et al. 2013) as an outside check: requests of the top quarter of the
// normalised score against those of the bottom quarter, ten folds, each scored by a linear model that learnt from the other nine
// (train.h: two logistic regressions over hashed n-grams, folded; the strategies of the paper stand beside the n-grams). Which fold
// a request is in hangs on its words alone. Threshold 0 on the margin: nothing is tuned on what is scored but the few numbers of
// the recipe. The interval is the 2.5 to 97.5 percentile of 2,000 bootstrap samples of requests.
#include "insight/coach/evaluate.h"

#include "base/list.h"
#include "base/random.h"
#include "insight/coach/study.h"
#include "insight/csv.h"
#include "insight/train.h"

#include <stdio.h>
#include <stdlib.h>

#define FOLDS 10
#define SAMPLES 2000

typedef struct Request {
  const char *text;
  double score; // normalised
  float margin;
  bool is_polite;
} Request;
LIST_DEFINE(Request)

static int by_score(const void *a, const void *b) {
  const Request *left = a, *right = b;
  return (left->score > right->score) - (left->score < right->score);
}

static int by_margin(const void *a, const void *b) {
  const Request *left = a, *right = b;
  return (left->margin > right->margin) - (left->margin < right->margin);
}

static RequestList read_requests(Arena *arena, char *text) {
  RequestList list = {0};
  bool is_last = false;
  for (char *rest = text; *rest;) {
    const char *fields[16] = {0};
    size_t count = 0;
    do {
      const char *field = csv_field(&rest, &is_last);
      if (count < G_N_ELEMENTS(fields)) fields[count++] = field;
    } while (!is_last);
    if (*rest == '\n') rest++;
    if (count < 14 || strcmp(fields[0], "Community") == 0) continue;
    *list_add(arena, &list) = (Request){.text = fields[2], .score = g_ascii_strtod(fields[13], NULL)};
  }
  return list;
}

// The outer quarters, and which of them a request belongs to.
static RequestList outer_quarters(Arena *arena, RequestList *all) {
  RequestList out = {0};
  qsort(all->items, all->count, sizeof *all->items, by_score);
  size_t quarter = all->count / 4;
  for (size_t i = 0; i < all->count; i++) {
    bool is_polite = i >= all->count - quarter;
    if (i >= quarter && !is_polite) continue;
    Request *request = list_add(arena, &out);
    *request = all->items[i];
    request->is_polite = is_polite;
  }
  return out;
}

// ---- The strategies of the paper, as features of our own beside the n-grams ----

static const char *const hedges[] = {"think",    "thought", "seems",   "seem",   "perhaps",   "maybe",    "might",
                                     "possibly", "guess",   "suggest", "wonder", "wondering", "somewhat", "sort",
                                     "suppose",  "feel",    "believe", "likely", "appears",   "probably"};
static const char *const factual[] = {"really", "actually", "honestly", "surely", "fact",
                                      "point",  "reality",  "truth",    "simply", "just"};
static const char *const openings[] = {
  "great",      "good",  "nice", "interesting", "cool", "excellent", "awesome", "wonderful", "thanks", "appreciate",
  "impressive", "hello", "hi",   "hey",         "btw",  "sorry",     "please",  "why",       "what",   "how",
  "who",        "when",  "so",   "then",        "and",  "but",       "well",    "ok",        "okay",   "you",
  "your",       "i",     "we",   "do",          "did",  "is",        "are",     "could",     "would",  "can",
  "will",       "if",    "in",   "also",        "any",  "have",      "don't",   "stop"};

static bool has_word(const Passage *passage, const Line *line, const char *const *words, size_t count) {
  for (size_t i = line->first; i < line->first + line->count; i++)
    if (word_in(&passage->words.items[i], words, count)) return true;
  return false;
}

static void add_line_strategies(Arena *arena, const Passage *passage, const Line *line, TextList *out) {
  const Word *first = &passage->words.items[line->first];
  const char *place = line == passage->lines.items ? "first" : "later";
  if (word_in(first, openings, G_N_ELEMENTS(openings))) {
    *list_add(arena, out) = arena_printf(arena, "start %s", first->folded);
    *list_add(arena, out) = arena_printf(arena, "start %s %s", place, first->folded);
  }
  for (size_t i = line->first + 1; i < line->first + line->count; i++)
    if (word_is(&passage->words.items[i], "please")) *list_add(arena, out) = "please within";
  if (has_word(passage, line, hedges, G_N_ELEMENTS(hedges))) *list_add(arena, out) = "hedge";
  if (has_word(passage, line, factual, G_N_ELEMENTS(factual))) *list_add(arena, out) = "factuality";
  if (line->is_question) *list_add(arena, out) = arena_printf(arena, "question %s", place);
}

// What the coach and the reader mark, where sentences begin, hedges, questions.
static const char *const *strategies_of(Arena *arena, const char *text) {
  TextList out = {0};
  Passage passage;
  passage_read(arena, &passage, vocabulary_english(), text, strlen(text));
  passage_match(arena, &passage);
  for (Mark mark = 0; mark < MARK_COUNT; mark++)
    if (has_mark(&passage, mark)) *list_add(arena, &out) = arena_printf(arena, "mark %d", (int)mark);
  list_each(const Line, line, &passage.lines) add_line_strategies(arena, &passage, line, &out);
  const Reading *reading = insight_read(arena, text, strlen(text));
  for (Emotion emotion = 0; emotion < EMOTION_COUNT; emotion++)
    if (reading->felt[emotion]) *list_add(arena, &out) = arena_printf(arena, "felt %s", emotion_word(emotion));
  *list_add(arena, &out) = arena_printf(arena, "valence %d", (int)(reading->valence * 4));
  *list_add(arena, &out) = NULL;
  return out.items;
}

static void take_request(FeatureSet *set, unsigned kinds, const TrainText *text, const void *context) {
  const char *const *own = ((const char *const *const *)context)[text->number];
  features_take(set, kinds, text->text, 0, text->length);
  for (; *own; own++) feature_add_own(set, *own, 0);
}

static void score_folds(Arena *arena, RequestList *requests) {
  TrainText *texts = arena_make_array(arena, TrainText, requests->count);
  const char *const **own = arena_make_array(arena, const char *const *, requests->count);
  float *targets = arena_make_array(arena, float, requests->count), *weights = arena_make_array(arena, float, requests->count);
  for (size_t i = 0; i < requests->count; i++) {
    texts[i] = (TrainText){.text = requests->items[i].text, .length = strlen(requests->items[i].text), .number = i};
    own[i] = strategies_of(arena, requests->items[i].text);
    targets[i] = requests->items[i].is_polite;
  }
  TrainRecipe recipe = train_recipe_default;
  recipe.take = take_request;
  recipe.context = own;
  recipe.epochs = 12;
  recipe.ratio_share = 0.5f;
  TrainData *data = train_data(arena, texts, requests->count, &recipe);
  for (unsigned fold = 0; fold < FOLDS; fold++) {
    g_autoptr(Arena) scratch = arena_new();
    for (size_t i = 0; i < requests->count; i++)
      weights[i] = g_str_hash(requests->items[i].text) * 2654435761u / 65536 % FOLDS != fold;
    const Trained *trained = train(scratch, data, &(TrainTargets){1, targets, weights}, &recipe);
    for (size_t i = 0; i < requests->count; i++)
      if (weights[i] <= 0) trained_margins(trained, data, i, &requests->items[i].margin);
  }
}

static double accuracy_of(const Request *requests, size_t count) {
  size_t right = 0;
  for (size_t i = 0; i < count; i++) right += (requests[i].margin > 0) == requests[i].is_polite;
  return count ? (double)right / (double)count : 0;
}

static double area_of(Request *requests, size_t count) { // ranks; ties are as good as absent among real numbers
  qsort(requests, count, sizeof *requests, by_margin);
  double ranks = 0, polite = 0;
  for (size_t i = 0; i < count; i++) {
    if (!requests[i].is_polite) continue;
    ranks += (double)i + 1;
    polite++;
  }
  double other = (double)count - polite;
  return polite > 0 && other > 0 ? (ranks - polite * (polite + 1) / 2) / (polite * other) : 0;
}

static int by_value(const void *a, const void *b) {
  const double *left = a, *right = b;
  return (*left > *right) - (*left < *right);
}

static void print_interval(Arena *arena, const RequestList *requests) {
  Random random = random_seeded(1);
  double *accuracies = arena_make_array(arena, double, SAMPLES);
  Request *sample = arena_make_array(arena, Request, requests->count);
  for (size_t i = 0; i < SAMPLES; i++) {
    for (size_t j = 0; j < requests->count; j++) sample[j] = requests->items[random_below(&random, requests->count)];
    accuracies[i] = accuracy_of(sample, requests->count);
  }
  qsort(accuracies, SAMPLES, sizeof *accuracies, by_value);
  printf("linear model, %d folds: accuracy %.3f [%.3f, %.3f]", FOLDS, accuracy_of(requests->items, requests->count),
         accuracies[SAMPLES / 40], accuracies[SAMPLES - 1 - SAMPLES / 40]);
  printf(", AUC %.3f\n", area_of(requests->items, requests->count));
}

// What the rule says without any training: how often it advises on impolite and on polite requests.
static void print_rule(const RequestList *requests) {
  double advised[2] = {0}, count[2] = {0};
  list_each(const Request, request, requests) {
    g_autoptr(Arena) arena = arena_new();
    const Coaching *coaching = coach_draft(arena, &(CoachInput){.draft = request->text, .draft_length = strlen(request->text)});
    bool is_advised = false;
    list_each(const Advice, advice, &coaching->advice) is_advised |= advice->rule == COACH_POLITE_REQUEST;
    count[request->is_polite]++;
    advised[request->is_polite] += is_advised;
  }
  printf("rule polite_request: advises on %.1f %% of the impolite and %.1f %% of the polite\n", 100 * advised[0] / count[0],
         100 * advised[1] / count[1]);
}

int evaluate_politeness(const char *path) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  char *text = NULL;
  if (!g_file_get_contents(path, &text, NULL, &error)) {
    fprintf(stderr, "coach_evaluate: %s\n", error->message);
    return 66;
  }
  RequestList all = read_requests(arena, arena_take(arena, text));
  RequestList requests = outer_quarters(arena, &all);
  if (!requests.count) {
    fprintf(stderr, "coach_evaluate: there are no requests in %s\n", path);
    return 66;
  }
  printf("%zu requests, %zu in the outer quarters\n", all.count, requests.count);
  score_folds(arena, &requests);
  print_interval(arena, &requests);
  print_rule(&requests);
  return 0;
}
