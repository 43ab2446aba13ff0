// Reading and writing the bytes of a model. A key is looked up in its bucket, a few rows long, so nothing is built at the start of
// the program. Sums are of integers, so that every compiler and every order gives the same; one multiplication a block follows.
#include "insight/model.h"

#include <math.h>
#include <stdlib.h>

#define MAGIC "RAPPMDL1"
#define BUCKET_BITS 14
#define BUCKETS ((size_t)1 << BUCKET_BITS)
#define REST_BITS (FEATURE_BITS - BUCKET_BITS)
#define HEAD_SIZE (8 + 4 * 3 + 4 * BLOCK_COUNT)
#define OUTPUT_SIZE (16 + 4 * 5)
#define ROWS_MOST ((size_t)1 << 22)

static uint32_t get_u32(const unsigned char *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}
static float get_f32(const unsigned char *at) {
  uint32_t bits = get_u32(at);
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}
static void put_u32(GByteArray *out, uint32_t value) {
  const unsigned char bytes[] = {value & 0xFF, value >> 8 & 0xFF, value >> 16 & 0xFF, value >> 24};
  g_byte_array_append(out, bytes, sizeof bytes);
}
static void put_f32(GByteArray *out, float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  put_u32(out, bits);
}

uint64_t bytes_checksum(const void *data, size_t size) {
  uint64_t hash = UINT64_C(14695981039346656037);
  for (size_t i = 0; i < size; i++) hash = (hash ^ ((const unsigned char *)data)[i]) * UINT64_C(1099511628211);
  return hash;
}

static size_t size_of(size_t outputs, size_t rows) {
  return HEAD_SIZE + outputs * OUTPUT_SIZE + (BUCKETS + 1) * 4 + rows * 2 + rows * outputs + 8;
}

static void open_outputs(Model *model, const unsigned char *at) {
  for (size_t i = 0; i < model->outputs; i++, at += OUTPUT_SIZE) {
    ModelOutput *output = &model->output[i];
    memcpy(output->name, at, sizeof output->name);
    output->name[sizeof output->name - 1] = '\0';
    output->bias = get_f32(at + 16), output->scale = get_f32(at + 20);
    output->slope = get_f32(at + 24), output->shift = get_f32(at + 28), output->threshold = get_f32(at + 32);
  }
}

static bool numbers_fit(const Model *model) {
  bool is_finite = true;
  for (size_t i = 0; i < BLOCK_COUNT; i++) is_finite = is_finite && isfinite(model->blocks[i]);
  for (size_t i = 0; i < model->outputs; i++) {
    const ModelOutput *output = &model->output[i];
    is_finite = is_finite && isfinite(output->bias) && isfinite(output->scale) && isfinite(output->slope) &&
                isfinite(output->shift) && isfinite(output->threshold);
  }
  return is_finite;
}

static bool buckets_fit(const Model *model) {
  uint32_t before = 0;
  for (size_t i = 0; i <= BUCKETS; i++) {
    uint32_t first = get_u32(model->buckets + i * 4);
    if (first < before || first > model->rows) return false;
    before = first;
  }
  return true;
}

bool model_open(Model *out, Bytes bytes, GError **error) {
  const unsigned char *data = bytes.data;
  *out = (Model){.bytes = bytes};
  if (bytes.size < HEAD_SIZE || memcmp(data, MAGIC, 8) != 0) return error_set(error, ERROR_BROKEN, "These bytes are no model.");
  out->outputs = get_u32(data + 8), out->rows = get_u32(data + 12), out->kinds = get_u32(data + 16);
  if (out->outputs < 1 || out->outputs > MODEL_OUTPUTS || out->rows > ROWS_MOST || bytes.size != size_of(out->outputs, out->rows))
    return error_set(error, ERROR_BROKEN, "The model is cut off, or too large.");
  for (size_t i = 0; i < BLOCK_COUNT; i++) out->blocks[i] = get_f32(data + 20 + 4 * i);
  open_outputs(out, data + HEAD_SIZE);
  if (!numbers_fit(out)) return error_set(error, ERROR_BROKEN, "The model has numbers that are none.");
  out->buckets = data + HEAD_SIZE + out->outputs * OUTPUT_SIZE;
  out->rests = out->buckets + (BUCKETS + 1) * 4;
  out->weights = out->rests + out->rows * 2;
  return buckets_fit(out) || error_set(error, ERROR_BROKEN, "The model's index is damaged.");
}

bool model_is_whole(const Model *model) {
  const unsigned char *data = model->bytes.data;
  size_t size = model->bytes.size - 8;
  return bytes_checksum(data, size) == ((uint64_t)get_u32(data + size) | (uint64_t)get_u32(data + size + 4) << 32);
}

const int8_t *model_row(const Model *model, uint32_t key) {
  size_t bucket = key >> REST_BITS;
  uint32_t rest = key & ((1u << REST_BITS) - 1);
  uint32_t end = get_u32(model->buckets + bucket * 4 + 4);
  for (uint32_t row = get_u32(model->buckets + bucket * 4); row < end; row++)
    if ((uint32_t)(model->rests[row * 2] | model->rests[row * 2 + 1] << 8) == rest)
      return (const int8_t *)model->weights + row * model->outputs;
  return NULL;
}

static double block_value(const Model *model, const FeatureSet *set, size_t block) {
  return set->counts[block] ? (double)model->blocks[block] / sqrt((double)set->counts[block]) : 0;
}

void model_score(const Model *model, const FeatureSet *set, double *out_margins) {
  int32_t sums[BLOCK_COUNT][MODEL_OUTPUTS] = {{0}};
  size_t outputs = model->outputs;
  for (size_t i = 0; i < set->count; i++) {
    const int8_t *row = model_row(model, set->items[i].key);
    if (!row) continue;
    int32_t *sum = sums[set->items[i].block];
    for (size_t j = 0; j < outputs; j++) sum[j] += row[j];
  }
  double values[BLOCK_COUNT];
  for (size_t block = 0; block < BLOCK_COUNT; block++) values[block] = block_value(model, set, block);
  for (size_t j = 0; j < outputs; j++) {
    double sum = 0;
    for (size_t block = 0; block < BLOCK_COUNT; block++) sum += values[block] * sums[block][j];
    out_margins[j] = (double)model->output[j].bias + (double)model->output[j].scale * sum;
  }
}

double model_probability(const Model *model, size_t output, double margin) {
  return 1 / (1 + exp(-((double)model->output[output].slope * margin + (double)model->output[output].shift)));
}

double model_part(const Model *model, const FeatureSet *set, const Feature *feature, size_t output) {
  const int8_t *row = model_row(model, feature->key);
  return row ? block_value(model, set, feature->block) * (double)model->output[output].scale * row[output] : 0;
}

// ---- Writing ----

typedef struct Ranked {
  uint32_t key;
  float strength;
  size_t row;
} Ranked;

static int by_strength(const void *a, const void *b) {
  const Ranked *left = a, *right = b;
  if (left->strength != right->strength) return left->strength > right->strength ? -1 : 1;
  return (left->key > right->key) - (left->key < right->key);
}
static int by_key(const void *a, const void *b) {
  const Ranked *left = a, *right = b;
  return (left->key > right->key) - (left->key < right->key);
}

static size_t rank_rows(const ModelDraft *draft, size_t keep, Ranked *ranked) {
  size_t count = 0;
  for (size_t i = 0; i < draft->row_count; i++) {
    float strength = 0;
    for (size_t j = 0; j < draft->outputs; j++)
      strength += draft->weights[i * draft->stride + j] * draft->weights[i * draft->stride + j];
    if (strength > 0) ranked[count++] = (Ranked){draft->keys[i], strength, i};
  }
  qsort(ranked, count, sizeof *ranked, by_strength);
  count = MIN(count, keep);
  qsort(ranked, count, sizeof *ranked, by_key);
  return count;
}

static void find_scales(ModelDraft *draft, const Ranked *ranked, size_t count) {
  for (size_t j = 0; j < draft->outputs; j++) {
    float most = 0;
    for (size_t i = 0; i < count; i++) most = MAX(most, fabsf(draft->weights[ranked[i].row * draft->stride + j]));
    draft->output[j].scale = most > 0 ? most / 127 : 1;
  }
}

static void put_rows(GByteArray *out, const ModelDraft *draft, const Ranked *ranked, size_t count) {
  for (size_t bucket = 0, row = 0; bucket <= BUCKETS; bucket++) {
    while (row < count && ranked[row].key >> REST_BITS < bucket) row++;
    put_u32(out, (uint32_t)row);
  }
  for (size_t i = 0; i < count; i++) {
    uint32_t rest = ranked[i].key & ((1u << REST_BITS) - 1);
    const unsigned char bytes[] = {rest & 0xFF, rest >> 8 & 0xFF};
    g_byte_array_append(out, bytes, sizeof bytes);
  }
  for (size_t i = 0; i < count; i++) {
    for (size_t j = 0; j < draft->outputs; j++) {
      int8_t weight = (int8_t)lrintf(draft->weights[ranked[i].row * draft->stride + j] / draft->output[j].scale);
      g_byte_array_append(out, (const unsigned char *)&weight, 1);
    }
  }
}

Bytes model_write(Arena *arena, const ModelDraft *given, size_t keep) {
  g_autoptr(Arena) scratch = arena_new();
  g_autoptr(GByteArray) out = g_byte_array_new();
  ModelDraft draft = *given;
  Ranked *ranked = arena_alloc_array(scratch, draft.row_count + 1, sizeof *ranked);
  size_t count = rank_rows(&draft, MIN(keep, ROWS_MOST), ranked);
  find_scales(&draft, ranked, count);
  g_byte_array_append(out, (const unsigned char *)MAGIC, 8);
  put_u32(out, (uint32_t)draft.outputs), put_u32(out, (uint32_t)count), put_u32(out, draft.kinds);
  for (size_t i = 0; i < BLOCK_COUNT; i++) put_f32(out, draft.blocks[i]);
  for (size_t j = 0; j < draft.outputs; j++) {
    const ModelOutput *output = &draft.output[j];
    g_byte_array_append(out, (const unsigned char *)output->name, sizeof output->name);
    put_f32(out, output->bias), put_f32(out, output->scale), put_f32(out, output->slope), put_f32(out, output->shift);
    put_f32(out, output->threshold);
  }
  put_rows(out, &draft, ranked, count);
  uint64_t sum = bytes_checksum(out->data, out->len);
  put_u32(out, (uint32_t)sum), put_u32(out, (uint32_t)(sum >> 32));
  return bytes_of(arena_copy(arena, out->data, out->len), out->len);
}
