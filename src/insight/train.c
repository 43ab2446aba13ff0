// AdaGrad on sparse rows. Features of all texts are numbered once; a text is then a list of numbers and three block values. Labels
// are learnt side by side, since they share the features: a row of weights a feature, its labels next to each other, which the
// compiler turns into vector instructions. Order of texts: shuffled each epoch by a generator of our own with a fixed seed.
#include "insight/train.h"

#include <math.h>
#include <stdlib.h>

#define KEYS ((size_t)1 << FEATURE_BITS)
#define START 1e-6f // of the sums of squares
#define SMOOTH 1.0f // counts added in the ratios

const TrainRecipe train_recipe_default = {
  .kinds = FEATURE_WORDS | FEATURE_LETTERS | FEATURE_SHAPE | FEATURE_EDGES,
  .blocks = {1, 0.7f, 0.3f},
  .epochs = 8,
  .rate = 0.1f,
  .decay = 0.2f,
  .ratio_share = 1,
  .ratio_rate = 0.1f,
  .ratio_decay = 0.5f,
  .seen_least = 2,
  .seed = 1,
};

typedef struct Entry {
  uint32_t number : 28; // of the feature
  uint32_t block : 4;
} Entry;

typedef struct TrainRow {
  size_t first, count; // entries
  float values[BLOCK_COUNT];
} TrainRow;

struct TrainData {
  size_t count, features;
  uint32_t *keys; // of the numbered features
  Entry *entries;
  TrainRow *rows;
};

// ---- Features, once ----

static void take(FeatureSet *set, const TrainText *text, const TrainRecipe *recipe) {
  if (recipe->take)
    recipe->take(set, recipe->kinds, text, recipe->context);
  else
    features_take(set, recipe->kinds, text->text, 0, text->length);
}

static void fill_rows(TrainData *data, FeatureSet *set, const TrainText *texts, const TrainRecipe *recipe,
                      const uint32_t *numbers) {
  size_t at = 0;
  for (size_t i = 0; i < data->count; i++) {
    take(set, &texts[i], recipe);
    TrainRow *row = &data->rows[i];
    row->first = at;
    for (size_t j = 0; j < set->count; j++) {
      uint32_t number = numbers[set->items[j].key];
      if (number) data->entries[at++] = (Entry){number - 1, set->items[j].block};
    }
    row->count = at - row->first;
    for (size_t block = 0; block < BLOCK_COUNT; block++)
      row->values[block] = set->counts[block] ? recipe->blocks[block] / sqrtf((float)set->counts[block]) : 0;
  }
}

TrainData *train_data(Arena *arena, const TrainText *texts, size_t count, const TrainRecipe *recipe) {
  g_autoptr(Arena) scratch = arena_new();
  TrainData *data = arena_make(arena, TrainData);
  FeatureSet *set = feature_set_new(scratch);
  uint32_t *numbers = arena_alloc_array(scratch, KEYS, sizeof *numbers); // first the count of each key, then its number
  size_t entries = 0;
  for (size_t i = 0; i < count; i++) {
    take(set, &texts[i], recipe);
    for (size_t j = 0; j < set->count; j++) numbers[set->items[j].key]++;
  }
  for (size_t key = 0; key < KEYS; key++) {
    if (numbers[key] < (uint32_t)recipe->seen_least) {
      numbers[key] = 0;
      continue;
    }
    entries += numbers[key];
    numbers[key] = (uint32_t)++data->features;
  }
  data->count = count;
  data->keys = arena_alloc_array(arena, data->features + 1, sizeof *data->keys);
  for (size_t key = 0; key < KEYS; key++)
    if (numbers[key]) data->keys[numbers[key] - 1] = (uint32_t)key;
  data->entries = arena_alloc_array(arena, entries + 1, sizeof *data->entries);
  data->rows = arena_alloc_array(arena, count + 1, sizeof *data->rows);
  fill_rows(data, set, texts, recipe, numbers);
  return data;
}

// ---- Learning ----

typedef struct Learner {
  const TrainData *data;
  const TrainTargets *targets;
  size_t stride;
  float rate, decay;
  float *decays; // of a feature at each touch, so that it is `decay` an epoch; 0: occurs too seldom to be learnt
  float *weights, *squares;
  const float *ratios; // or NULL
  float bias[MODEL_OUTPUTS], bias_squares[MODEL_OUTPUTS];
} Learner;

uint64_t train_random(uint64_t *state) { // splitmix64
  uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
  return z ^ z >> 31;
}

void train_shuffle(uint32_t *order, size_t count, uint64_t *state) {
  for (size_t i = count; i > 1; i--) {
    size_t other = (size_t)(train_random(state) % i);
    uint32_t kept = order[i - 1];
    order[i - 1] = order[other];
    order[other] = kept;
  }
}

static void add_row(float *restrict sums, const float *restrict weights, float value, size_t stride) {
  for (size_t j = 0; j < stride; j++) sums[j] += value * weights[j];
}
static void add_ratio_row(float *restrict sums, const float *restrict weights, const float *restrict ratios, float value,
                          size_t stride) {
  for (size_t j = 0; j < stride; j++) sums[j] += value * ratios[j] * weights[j];
}
static void move_row(float *restrict weights, float *restrict squares, const float *restrict slopes, float value, float rate,
                     float decay, size_t stride) {
  for (size_t j = 0; j < stride; j++) {
    float slope = value * slopes[j] + decay * weights[j];
    squares[j] += slope * slope;
    weights[j] -= rate * slope / sqrtf(squares[j]);
  }
}
static void move_ratio_row(float *restrict weights, float *restrict squares, const float *restrict slopes,
                           const float *restrict ratios, float value, float rate, float decay, size_t stride) {
  for (size_t j = 0; j < stride; j++) {
    float slope = value * ratios[j] * slopes[j] + decay * weights[j];
    squares[j] += slope * slope;
    weights[j] -= rate * slope / sqrtf(squares[j]);
  }
}

static void learn_text(Learner *l, size_t number, float weight) {
  const TrainRow *row = &l->data->rows[number];
  const Entry *entries = l->data->entries + row->first;
  size_t stride = l->stride, outputs = l->targets->outputs;
  float sums[MODEL_OUTPUTS] = {0}, slopes[MODEL_OUTPUTS] = {0};
  for (size_t i = 0; i < row->count; i++) {
    if (l->decays[entries[i].number] <= 0) continue;
    size_t at = entries[i].number * stride;
    if (l->ratios)
      add_ratio_row(sums, l->weights + at, l->ratios + at, row->values[entries[i].block], stride);
    else
      add_row(sums, l->weights + at, row->values[entries[i].block], stride);
  }
  for (size_t j = 0; j < outputs; j++) {
    slopes[j] = weight * (1 / (1 + expf(-(sums[j] + l->bias[j]))) - l->targets->targets[number * outputs + j]);
    l->bias_squares[j] += slopes[j] * slopes[j];
    l->bias[j] -= l->rate * slopes[j] / sqrtf(l->bias_squares[j]);
  }
  for (size_t i = 0; i < row->count; i++) {
    if (l->decays[entries[i].number] <= 0) continue;
    size_t at = entries[i].number * stride;
    float value = row->values[entries[i].block];
    if (l->ratios)
      move_ratio_row(l->weights + at, l->squares + at, slopes, l->ratios + at, value, l->rate,
                     l->decay * l->decays[entries[i].number], stride);
    else
      move_row(l->weights + at, l->squares + at, slopes, value, l->rate, l->decay * l->decays[entries[i].number], stride);
  }
}

static float weight_of(const TrainTargets *targets, size_t number) { return targets->weights ? targets->weights[number] : 1; }

static void learn(Learner *l, int epochs, uint64_t seed, uint32_t *order) {
  size_t count = 0;
  for (size_t i = 0; i < l->data->count; i++)
    if (weight_of(l->targets, i) > 0) order[count++] = (uint32_t)i;
  for (size_t i = 0; i < l->data->features * l->stride; i++) l->squares[i] = START;
  for (size_t j = 0; j < l->targets->outputs; j++) l->bias_squares[j] = START;
  for (int epoch = 0; epoch < epochs; epoch++) {
    train_shuffle(order, count, &seed);
    for (size_t i = 0; i < count; i++) learn_text(l, order[i], weight_of(l->targets, order[i]));
  }
}

// ln of how much more often a feature occurs with the label than without, smoothed.
static void find_ratios(const TrainData *data, const TrainTargets *targets, size_t stride, float *ratios) {
  size_t outputs = targets->outputs;
  double totals[MODEL_OUTPUTS] = {0}, all = 0;
  g_autoptr(Arena) scratch = arena_new();
  float *occurs = arena_alloc_array(scratch, data->features + 1, sizeof *occurs);
  for (size_t i = 0; i < data->count; i++) {
    float weight = weight_of(targets, i);
    if (weight <= 0) continue;
    const TrainRow *row = &data->rows[i];
    all += (double)weight;
    for (size_t j = 0; j < outputs; j++) totals[j] += (double)(weight * targets->targets[i * outputs + j]);
    for (size_t k = 0; k < row->count; k++) {
      size_t number = data->entries[row->first + k].number;
      occurs[number] += weight;
      for (size_t j = 0; j < outputs; j++) ratios[number * stride + j] += weight * targets->targets[i * outputs + j];
    }
  }
  for (size_t number = 0; number < data->features; number++) {
    for (size_t j = 0; j < outputs; j++) {
      float *ratio = &ratios[number * stride + j];
      float with = (*ratio + SMOOTH) / ((float)totals[j] + 2 * SMOOTH);
      float without = (occurs[number] - *ratio + SMOOTH) / ((float)(all - totals[j]) + 2 * SMOOTH);
      *ratio = logf(with / without);
    }
  }
}

static void find_decays(const TrainData *data, const TrainTargets *targets, int least, float *decays) {
  for (size_t i = 0; i < data->count; i++) {
    if (weight_of(targets, i) <= 0) continue;
    for (size_t k = 0; k < data->rows[i].count; k++) decays[data->entries[data->rows[i].first + k].number]++;
  }
  for (size_t i = 0; i < data->features; i++) decays[i] = decays[i] >= (float)least ? 1 / decays[i] : 0;
}

static void fold(Trained *trained, const Learner *l, float share) {
  for (size_t i = 0; i < l->data->features * l->stride; i++)
    trained->weights[i] += share * l->weights[i] * (l->ratios ? l->ratios[i] : 1);
  for (size_t j = 0; j < trained->outputs; j++) trained->bias[j] += share * l->bias[j];
}

Trained *train(Arena *arena, const TrainData *data, const TrainTargets *targets, const TrainRecipe *recipe) {
  g_autoptr(Arena) scratch = arena_new();
  Trained *trained = arena_make(arena, Trained);
  *trained = (Trained){.outputs = targets->outputs, .stride = (targets->outputs + 3) / 4 * 4, .data = data, .recipe = *recipe};
  size_t room = (data->features + 1) * trained->stride;
  trained->weights = arena_alloc_array(arena, room, sizeof(float));
  for (size_t j = 0; j < trained->outputs; j++) trained->output[j].slope = 1, trained->output[j].threshold = 0.5f;
  uint32_t *order = arena_alloc_array(scratch, data->count + 1, sizeof *order);
  Learner learner = {.data = data, .targets = targets, .stride = trained->stride, .rate = recipe->rate, .decay = recipe->decay};
  learner.decays = arena_alloc_array(scratch, data->features + 1, sizeof *learner.decays);
  find_decays(data, targets, recipe->seen_least, learner.decays);
  learner.weights = arena_alloc_array(scratch, room, sizeof(float));
  learner.squares = arena_alloc_array(scratch, room, sizeof(float));
  if (recipe->ratio_share < 1) {
    learn(&learner, recipe->epochs, recipe->seed, order);
    fold(trained, &learner, 1 - recipe->ratio_share);
  }
  if (recipe->ratio_share > 0) {
    float *ratios = arena_alloc_array(scratch, room, sizeof *ratios);
    find_ratios(data, targets, trained->stride, ratios);
    memset(learner.weights, 0, room * sizeof(float));
    memset(learner.bias, 0, sizeof learner.bias);
    learner.ratios = ratios;
    learner.rate = recipe->ratio_rate, learner.decay = recipe->ratio_decay;
    learn(&learner, recipe->epochs, recipe->seed + 1, order);
    fold(trained, &learner, recipe->ratio_share);
  }
  return trained;
}

void trained_margins(const Trained *trained, const TrainData *data, size_t number, float *out_margins) {
  const TrainRow *row = &data->rows[number];
  float sums[MODEL_OUTPUTS] = {0};
  for (size_t i = 0; i < row->count; i++) {
    Entry entry = data->entries[row->first + i];
    add_row(sums, trained->weights + entry.number * trained->stride, row->values[entry.block], trained->stride);
  }
  for (size_t j = 0; j < trained->outputs; j++) out_margins[j] = sums[j] + trained->bias[j];
}

// ---- Calibration and thresholds ----

void calibration_fit(const float *margins, const float *targets, const float *weights, size_t count, float *out_slope,
                     float *out_shift) {
  double positives = 0, all = 0;
  for (size_t i = 0; i < count; i++) {
    double weight = weights ? (double)weights[i] : 1;
    positives += weight * (double)targets[i], all += weight;
  }
  double high = (positives + 1) / (positives + 2), low = 1 / (all - positives + 2);
  double slope = 1, shift = 0;
  for (int step = 0; step < 50; step++) { // Newton
    double g0 = 0, g1 = 0, h00 = 1e-9, h01 = 0, h11 = 1e-9;
    for (size_t i = 0; i < count; i++) {
      double x = (double)margins[i], weight = weights ? (double)weights[i] : 1;
      double target = low + (high - low) * (double)targets[i];
      double p = 1 / (1 + exp(-(slope * x + shift))), miss = weight * (p - target), spread = weight * p * (1 - p);
      g0 += miss * x, g1 += miss, h00 += spread * x * x, h01 += spread * x, h11 += spread;
    }
    double determinant = h00 * h11 - h01 * h01;
    if (fabs(determinant) < 1e-12) break;
    double down_slope = (h11 * g0 - h01 * g1) / determinant, down_shift = (h00 * g1 - h01 * g0) / determinant;
    slope -= CLAMP(down_slope, -2, 2), shift -= CLAMP(down_shift, -2, 2);
    if (fabs(down_slope) + fabs(down_shift) < 1e-7) break;
  }
  *out_slope = (float)slope, *out_shift = (float)shift;
}

typedef struct Point {
  float probability, target;
} Point;

static int by_probability(const void *a, const void *b) {
  const Point *left = a, *right = b;
  if (left->probability != right->probability) return left->probability > right->probability ? -1 : 1;
  return (left->target > right->target) - (left->target < right->target);
}

float threshold_find(const float *probabilities, const float *targets, size_t count) {
  g_autoptr(Arena) scratch = arena_new();
  Point *points = arena_alloc_array(scratch, count + 1, sizeof *points);
  double *curve = arena_alloc_array(scratch, count + 2, sizeof *curve); // sums of F1 up to a rank
  double positives = 0, hits = 0;
  for (size_t i = 0; i < count; i++) {
    points[i] = (Point){probabilities[i], targets[i]};
    positives += targets[i] >= 0.5f;
  }
  qsort(points, count, sizeof *points, by_probability);
  for (size_t i = 0; i < count; i++) {
    hits += points[i].target >= 0.5f;
    curve[i + 1] = curve[i] + 2 * hits / ((double)(i + 1) + positives);
  }
  double best = -1;
  size_t best_at = 0;
  for (size_t i = 0; i < count; i++) {
    size_t reach = (i + 1) / 10, from = i - reach, to = MIN(i + reach + 1, count);
    double mean = (curve[to] - curve[from]) / (double)(to - from);
    if (mean > best) best = mean, best_at = i;
  }
  if (best_at + 1 >= count) return 0;
  return (points[best_at].probability + points[best_at + 1].probability) / 2;
}

Bytes trained_pack(Arena *arena, const Trained *trained, const char *const *names, size_t rows) {
  ModelDraft draft = {.outputs = trained->outputs,
                      .row_count = trained->data->features,
                      .stride = trained->stride,
                      .kinds = trained->recipe.kinds,
                      .keys = trained->data->keys,
                      .weights = trained->weights};
  memcpy(draft.blocks, trained->recipe.blocks, sizeof draft.blocks);
  for (size_t j = 0; j < trained->outputs; j++) {
    draft.output[j] = trained->output[j];
    draft.output[j].bias = trained->bias[j];
    memset(draft.output[j].name, 0, sizeof draft.output[j].name);
    g_strlcpy(draft.output[j].name, names[j], sizeof draft.output[j].name);
  }
  return model_write(arena, &draft, rows);
}
