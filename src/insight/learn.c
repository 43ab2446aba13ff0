// Learning on a desk: corrections to a delta, and a delta onto a reading.
//
// For each kind of correction a small model is trained over the same hashed features, the whole message at once, with what the base
// says of it as further features, so that a desk teaches both its own words and how far the base is to be trusted. A reading takes the
// answer with most of (1 - b) · base + b · learnt, where b = N / (N + 50) of N corrections learnt from: below some fifty the base
// prevails. Corrections whose id falls on a tenth are never learnt from; they are read twice to tell how often each is right.
// The base is not touched. Nothing here overrides a threat: a delta may not call calm what carries that flag.
#include "insight/mind.h"
#include "insight/train.h"

#include <math.h>

#define MAGIC "RAPPDLT1"
#define HALF_TRUST 50.0 // corrections at which base and delta weigh the same
#define HELD_OUT_PART 10
#define ROWS_MOST 8192 // features that a delta keeps of each kind
#define STEPS 5        // of the base's figures, as features

typedef struct Lesson { // what was learnt of one kind
  bool is_learnt;
  Model model;
} Lesson;

struct InsightDelta {
  Bytes packed;
  char version[12];
  LearningScore scores[CORRECTION_KIND_COUNT];
  Lesson lessons[CORRECTION_KIND_COUNT];
};

typedef struct KindRow {
  size_t outputs;
} KindRow;
static const KindRow kinds[CORRECTION_KIND_COUNT] = {
  [CORRECTION_EMOTION] = {EMOTION_COUNT}, [CORRECTION_BEHAVIOUR] = {BEHAVIOUR_COUNT}, [CORRECTION_NEED] = {NEED_COUNT + 1}};

static const TrainRecipe recipe = {
  .kinds = FEATURE_WORDS | FEATURE_LETTERS | FEATURE_SHAPE | FEATURE_DENIED,
  .blocks = {1, 0.7f, 1},
  .epochs = 12,
  .rate = 0.2f,
  .decay = 0.1f,
  .ratio_share = 0.5f,
  .ratio_rate = 0.2f,
  .ratio_decay = 0.3f,
  .seen_least = 1,
  .seed = 1,
};

// ---- What a reading says, of each kind ----

static int answer_of(const Reading *reading, CorrectionKind kind) {
  switch (kind) {
  case CORRECTION_EMOTION: return (int)reading->main;
  case CORRECTION_BEHAVIOUR: return (int)reading->behaviour;
  case CORRECTION_NEED: return (int)reading->need;
  case CORRECTION_KIND_COUNT: break;
  }
  return -1;
}

static void add_step(FeatureSet *set, const char *name, uint32_t of, double value) {
  uint32_t step = (uint32_t)(clamp(value, 0, 1) * STEPS + 0.5);
  if (step) feature_add_own(set, name, of * (STEPS + 1) + step);
}

// The message as a lesson sees it: its own words, and the base's answers.
static void take_features(FeatureSet *set, const Reading *base, const char *text, size_t length) {
  features_take(set, recipe.kinds, text, 0, length);
  feature_add_own(set, "base emotion", (uint32_t)base->main);
  feature_add_own(set, "base behaviour", (uint32_t)base->behaviour);
  feature_add_own(set, "base need", (uint32_t)base->need);
  for (uint32_t i = 0; i < EMOTION_COUNT; i++) add_step(set, "base felt", i, base->emotions[i]);
  for (uint32_t i = 0; i < NEED_COUNT; i++) add_step(set, "base needs", i, base->needs[i]);
  add_step(set, "base valence", 0, (base->valence + 1) / 2);
  add_step(set, "base intensity", 0, base->intensity / 4);
  add_step(set, "base abuse", 0, base->abuse);
}

// ---- Onto a reading ----

// The blend for each answer; gives the best one.
static int blend(const Lesson *lesson, const LearningScore *score, const FeatureSet *set, int base_answer, double *out_blend) {
  double margins[MODEL_OUTPUTS], sum = 0;
  double trust = (double)score->learnt / ((double)score->learnt + HALF_TRUST);
  model_score(&lesson->model, set, margins);
  for (size_t i = 0; i < lesson->model.outputs; i++) sum += out_blend[i] = model_probability(&lesson->model, i, margins[i]);
  int best = base_answer;
  for (size_t i = 0; i < lesson->model.outputs; i++)
    out_blend[i] = trust * out_blend[i] / MAX(sum, 1e-9) + ((int)i == base_answer ? 1 - trust : 0);
  for (size_t i = 0; i < lesson->model.outputs; i++)
    if (out_blend[i] > out_blend[best]) best = (int)i;
  return best;
}

static void set_emotion(Reading *reading, int answer, const double *shares) {
  Emotion before = reading->main;
  if (answer == (int)before) return;
  reading->main = (Emotion)answer;
  reading->felt[answer] = true;
  reading->emotions[answer] = rounded(MAX(reading->emotions[answer], shares[answer]));
  reading->felt[before] = false;
  reading->emotions[before] = rounded(MIN(reading->emotions[before], shares[before]));
}

static void set_need(Reading *reading, int answer, const double *shares) {
  if (answer == (int)reading->need) return;
  reading->need = (Need)answer;
  double others = 0;
  for (int i = 0; i < NEED_COUNT; i++)
    if (i != answer) others = MAX(others, shares[i]);
  if (answer < NEED_COUNT) reading->needs[answer] = rounded(MAX(reading->needs[answer], shares[answer]));
  reading->need_margin = answer < NEED_COUNT ? rounded(clamp(shares[answer] - others, 0, 1)) : 0;
}

static void set_answer(Reading *reading, CorrectionKind kind, int answer, const double *shares) {
  if (kind == CORRECTION_EMOTION)
    set_emotion(reading, answer, shares);
  else if (kind == CORRECTION_NEED)
    set_need(reading, answer, shares);
  else if (!reading->flags[FLAG_THREAT] || answer > (int)reading->behaviour)
    reading->behaviour = (Behaviour)answer;
}

static void apply(const InsightDelta *delta, Reading *reading, FeatureSet *set) {
  for (CorrectionKind kind = 0; kind < CORRECTION_KIND_COUNT; kind++) {
    if (!delta->lessons[kind].is_learnt) continue;
    double shares[MODEL_OUTPUTS];
    int answer = blend(&delta->lessons[kind], &delta->scores[kind], set, answer_of(reading, kind), shares);
    set_answer(reading, kind, answer, shares);
  }
}

Reading *insight_read_with(Arena *arena, const InsightDelta *delta, const char *text, size_t length) {
  Reading *reading = insight_read(arena, text, length);
  if (!delta || !reading->is_read) return reading;
  FeatureSet *set = feature_set_of_thread();
  take_features(set, reading, text, length);
  apply(delta, reading, set);
  reading->engine = arena_printf(arena, "%s + %s", reading->engine, delta->version);
  return reading;
}

// ---- Packing ----
//
//   "RAPPDLT1"  u64 of the base  |  a kind: u32 learnt, held out, right before, right after, size of its model, the model
//   u64 FNV-1a of all that stands before

static void put(GByteArray *out, uint64_t value, size_t size) {
  for (size_t i = 0; i < size; i++) g_byte_array_append(out, &(const unsigned char){value >> (8 * i) & 0xFF}, 1);
}
static uint64_t get(const unsigned char *at, size_t size) {
  uint64_t value = 0;
  for (size_t i = 0; i < size; i++) value |= (uint64_t)at[i] << (8 * i);
  return value;
}

// Deltas go with the engine and the models that they were learnt over.
uint64_t insight_base_mark(void) { return bytes_checksum(ENGINE_NAME, strlen(ENGINE_NAME)) ^ mind_mark(); }

#define HEAD_SIZE 16
#define KIND_SIZE 20

Bytes insight_delta_pack(Arena *arena, const InsightDelta *delta) {
  return bytes_of(arena_copy(arena, delta->packed.data, delta->packed.size), delta->packed.size);
}

static Bytes pack(Arena *arena, const LearningScore *scores, const Bytes *models) {
  g_autoptr(GByteArray) out = g_byte_array_new();
  g_byte_array_append(out, (const unsigned char *)MAGIC, 8);
  put(out, insight_base_mark(), 8);
  for (CorrectionKind kind = 0; kind < CORRECTION_KIND_COUNT; kind++) {
    put(out, (uint64_t)scores[kind].learnt, 4), put(out, (uint64_t)scores[kind].held_out, 4);
    put(out, (uint64_t)scores[kind].right_before, 4), put(out, (uint64_t)scores[kind].right_after, 4);
    put(out, models[kind].size, 4);
    if (models[kind].size) g_byte_array_append(out, models[kind].data, (guint)models[kind].size);
  }
  put(out, bytes_checksum(out->data, out->len), 8);
  return bytes_of(arena_copy(arena, out->data, out->len), out->len);
}

static bool open_kinds(InsightDelta *delta, GError **error) {
  const unsigned char *at = (const unsigned char *)delta->packed.data + HEAD_SIZE;
  const unsigned char *end = (const unsigned char *)delta->packed.data + delta->packed.size - 8;
  for (CorrectionKind kind = 0; kind < CORRECTION_KIND_COUNT; kind++) {
    if (end - at < KIND_SIZE) return error_set(error, ERROR_BROKEN, "What the desk taught is damaged: it ends too early.");
    delta->scores[kind] = (LearningScore){(int64_t)get(at, 4), (int64_t)get(at + 4, 4), (int64_t)get(at + 8, 4),
                                          (int64_t)get(at + 12, 4)};
    size_t size = get(at + 16, 4);
    at += KIND_SIZE;
    if ((size_t)(end - at) < size) return error_set(error, ERROR_BROKEN, "What the desk taught is damaged: it ends too early.");
    Lesson *lesson = &delta->lessons[kind];
    lesson->is_learnt = size > 0;
    if (size && !model_open(&lesson->model, bytes_of(at, size), error)) return false;
    if (size && lesson->model.outputs != kinds[kind].outputs)
      return error_set(error, ERROR_BROKEN, "What the desk taught is damaged: it has other labels.");
    at += size;
  }
  return at == end || error_set(error, ERROR_BROKEN, "What the desk taught is damaged: it is too long.");
}

const InsightDelta *insight_delta_open(Arena *arena, Bytes packed, GError **error) {
  const unsigned char *data = packed.data;
  const InsightDelta *none = NULL;
  if (packed.size < 8 || memcmp(data, MAGIC, 7) != 0) {
    error_set(error, ERROR_BROKEN, "These bytes are nothing that a desk taught.");
    return none;
  }
  if (memcmp(data, MAGIC, 8) != 0 || (packed.size >= HEAD_SIZE && get(data + 8, 8) != insight_base_mark())) {
    error_set(error, ERROR_INVALID, "What the desk taught was learnt over other models; learn anew from its corrections.");
    return none;
  }
  if (packed.size < HEAD_SIZE + 8 || bytes_checksum(data, packed.size - 8) != get(data + packed.size - 8, 8)) {
    error_set(error, ERROR_BROKEN, "What the desk taught is damaged; learn anew from its corrections.");
    return none;
  }
  InsightDelta *delta = arena_make(arena, InsightDelta);
  delta->packed = bytes_of(arena_copy(arena, data, packed.size), packed.size);
  g_snprintf(delta->version, sizeof delta->version, "d%08x", (unsigned)get(data + packed.size - 8, 4));
  return open_kinds(delta, error) ? delta : none;
}

// ---- Learning ----

typedef struct Pupil { // one correction, read
  const Correction *correction;
  const Reading *base;
  bool is_held_out;
} Pupil;
LIST_DEFINE(Pupil)

static bool is_held_out(const Correction *correction) {
  return bytes_checksum(correction->id, strlen(correction->id)) / 7 % HELD_OUT_PART == 0;
}

static PupilList read_all(Arena *arena, const CorrectionList *corrections, CorrectionKind kind) {
  PupilList pupils = {0};
  for (size_t i = 0; i < corrections->count; i++) {
    const Correction *correction = &corrections->items[i];
    if (correction->kind != kind || correction->right < 0 || (size_t)correction->right >= kinds[kind].outputs) continue;
    const Reading *base = insight_read(arena, correction->text, correction->length);
    if (base->is_read) *list_add(arena, &pupils) = (Pupil){correction, base, is_held_out(correction)};
  }
  return pupils;
}

static void take_pupil(FeatureSet *set, unsigned bits, const TrainText *text, const void *context) {
  const Pupil *pupil = &((const PupilList *)context)->items[text->number];
  take_features(set, pupil->base, pupil->correction->text, pupil->correction->length);
}

static Bytes learn_kind(Arena *arena, const PupilList *pupils, CorrectionKind kind, LearningScore *score) {
  g_autoptr(Arena) scratch = arena_new();
  size_t outputs = kinds[kind].outputs;
  TrainText *texts = arena_alloc_array(scratch, pupils->count + 1, sizeof *texts);
  float *targets = arena_alloc_array(scratch, pupils->count * outputs + 1, sizeof *targets);
  float *weights = arena_alloc_array(scratch, pupils->count + 1, sizeof *weights);
  const char *names[MODEL_OUTPUTS];
  for (size_t i = 0; i < outputs; i++) names[i] = "";
  for (size_t i = 0; i < pupils->count; i++) {
    const Pupil *pupil = &pupils->items[i];
    texts[i].number = i;
    targets[i * outputs + (size_t)pupil->correction->right] = 1;
    weights[i] = !pupil->is_held_out;
    if (pupil->is_held_out)
      score->held_out++;
    else
      score->learnt++;
  }
  if (!score->learnt) return bytes_of(NULL, 0);
  TrainRecipe own = recipe;
  own.take = take_pupil, own.context = pupils;
  const TrainData *data = train_data(scratch, texts, pupils->count, &own);
  return trained_pack(arena, train(scratch, data, &(TrainTargets){outputs, targets, weights}, &own), names, ROWS_MOST);
}

static void count_right(Arena *arena, const InsightDelta *delta, const PupilList *pupils, CorrectionKind kind,
                        LearningScore *score) {
  FeatureSet *set = feature_set_new(arena);
  list_each(Pupil, pupil, pupils) {
    if (!pupil->is_held_out) continue;
    Reading reading = *pupil->base;
    score->right_before += answer_of(&reading, kind) == pupil->correction->right;
    take_features(set, &reading, pupil->correction->text, pupil->correction->length);
    apply(delta, &reading, set);
    score->right_after += answer_of(&reading, kind) == pupil->correction->right;
  }
}

static const InsightDelta *open_own(Arena *arena, Bytes packed) {
  g_autoptr(GError) error = NULL;
  const InsightDelta *delta = insight_delta_open(arena, packed, &error);
  if (!delta) g_error("a delta just made: %s", error->message);
  return delta;
}

const InsightDelta *insight_learn(Arena *arena, const CorrectionList *corrections) {
  g_autoptr(Arena) scratch = arena_new();
  PupilList pupils[CORRECTION_KIND_COUNT];
  LearningScore scores[CORRECTION_KIND_COUNT] = {{0}};
  Bytes models[CORRECTION_KIND_COUNT];
  for (CorrectionKind kind = 0; kind < CORRECTION_KIND_COUNT; kind++) {
    pupils[kind] = read_all(scratch, corrections, kind);
    models[kind] = learn_kind(scratch, &pupils[kind], kind, &scores[kind]);
  }
  const InsightDelta *draft = open_own(scratch, pack(scratch, scores, models)); // to be examined
  for (CorrectionKind kind = 0; kind < CORRECTION_KIND_COUNT; kind++)
    count_right(scratch, draft, &pupils[kind], kind, &scores[kind]);
  return open_own(arena, pack(scratch, scores, models));
}

const LearningScore *insight_delta_scores(const InsightDelta *delta) { return delta->scores; }
const char *insight_delta_version(const InsightDelta *delta) { return delta->version; }
