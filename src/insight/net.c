// Scoring with a net. The words of a passage become rows of small integers with empty rows around them; a filter's answer at a place is a
// dot product of 16-bit integers, which compilers turn into vector instructions; the highest answer of each filter, if it is
// above nothing, goes into the margins in a fixed order.
#include "insight/net.h"

#include <math.h>

#define MAGIC "RAPPNET1"
#define HEAD_SIZE (8 + 4 * 5)
#define GROUP_LEAST 3
#define GROUP_MOST 5

static uint32_t get_u32(const unsigned char *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}
static float get_f32(const unsigned char **at) {
  uint32_t bits = get_u32(*at);
  float value;
  memcpy(&value, &bits, sizeof value);
  *at += 4;
  return value;
}

static size_t size_of(const Net *net) {
  size_t all = net->widths * net->filters;
  return HEAD_SIZE + 4 * (2 * all + 2 * net->outputs + NET_SIZE) + (size_t)NET_GROUPS * NET_SIZE +
         net_weights_before(net->widths + 1, net->filters) + all * net->outputs + 8;
}

static void open_numbers(Net *net, const unsigned char *at) {
  size_t all = net->widths * net->filters;
  for (size_t i = 0; i < all; i++) net->filter_scale[i] = get_f32(&at), net->filter_bias[i] = get_f32(&at);
  for (size_t i = 0; i < net->outputs; i++) net->output_scale[i] = get_f32(&at), net->output_bias[i] = get_f32(&at);
  for (size_t i = 0; i < NET_SIZE; i++) net->group_ratio[i] = get_f32(&at);
  net->groups = (const int8_t *)at;
  at += (size_t)NET_GROUPS * NET_SIZE;
  size_t weights = net_weights_before(net->widths + 1, net->filters);
  for (size_t i = 0; i < weights; i++) net->weights[i] = (int8_t)at[i];
  net->answers = (const int8_t *)at + weights;
}

bool net_open(Net *out, Bytes words, Bytes rest, GError **error) {
  const unsigned char *data = rest.data;
  if (!model_open(&out->words, words, error)) return false;
  if (out->words.outputs != NET_SIZE) return error_set(error, ERROR_BROKEN, "The vocabulary is of another net.");
  if (rest.size < HEAD_SIZE || memcmp(data, MAGIC, 8) != 0) return error_set(error, ERROR_BROKEN, "These bytes are no net.");
  out->bytes = rest;
  out->widths = get_u32(data + 8), out->filters = get_u32(data + 12), out->outputs = get_u32(data + 16);
  const unsigned char *at = data + 24;
  out->share = get_f32(&at);
  if (out->widths < 1 || out->widths > NET_WIDTHS_MOST || out->filters < 1 || out->filters > NET_FILTERS_MOST ||
      out->outputs < 1 || out->outputs > MODEL_OUTPUTS || get_u32(data + 20) != NET_GROUPS || rest.size != size_of(out))
    return error_set(error, ERROR_BROKEN, "The net is cut off, or of other sizes.");
  open_numbers(out, at);
  return true;
}

bool net_is_whole(const Net *net) {
  const unsigned char *data = net->bytes.data;
  size_t size = net->bytes.size - 8;
  uint64_t sum = (uint64_t)get_u32(data + size) | (uint64_t)get_u32(data + size + 4) << 32;
  return bytes_checksum(net->bytes.data, size) == sum && model_is_whole(&net->words);
}

size_t net_groups(const FeatureSet *set, const FeatureToken *token, uint16_t *out) {
  size_t count = 0, letters = token->is_word ? (size_t)token->letters + 2 : 0;
  for (size_t from = 0; from < letters; from++) {
    uint32_t hash = UINT32_C(2166136261);
    for (size_t n = 0; n < GROUP_MOST && from + n < letters; n++) {
      size_t at = from + n;
      uint32_t letter = at == 0 ? '^' : at + 1 == letters ? '$' : set->characters[token->letters_at + at - 1];
      hash = (hash ^ letter) * UINT32_C(16777619);
      if (n + 1 >= GROUP_LEAST && count < NET_GROUPS_MOST) out[count++] = (uint16_t)(feature_mix(hash) % NET_GROUPS);
    }
  }
  return count;
}

static void unknown_word(const Net *net, const FeatureSet *set, const FeatureToken *token, int16_t *out) {
  uint16_t groups[NET_GROUPS_MOST];
  size_t count = net_groups(set, token, groups);
  if (!count) return;
  double share = 1 / sqrt((double)count);
  for (size_t i = 0; i < NET_SIZE; i++) {
    int32_t sum = 0;
    for (size_t j = 0; j < count; j++) sum += net->groups[(size_t)groups[j] * NET_SIZE + i];
    double value = sum * share * (double)net->group_ratio[i];
    out[i] = (int16_t)lrint(CLAMP(value, -127, 127));
  }
}

static inline int32_t dot(const int16_t *a, const int16_t *b, size_t width) { // of a known size, for the compiler's sake
  int32_t sum = 0;
  for (size_t word = 0; word < width; word++)
    for (size_t i = 0; i < NET_SIZE; i++) sum += a[word * NET_SIZE + i] * b[word * NET_SIZE + i];
  return sum;
}

// Four places at a time share each weight that is loaded.
static inline int32_t highest(const int16_t *rows, size_t first, size_t last, const int16_t *weights, size_t width) {
  int32_t most = INT32_MIN;
  size_t at = first;
  for (; at + 4 <= last; at += 4) {
    const int16_t *row = rows + at * NET_SIZE;
    int32_t one = 0, two = 0, three = 0, four = 0;
    for (size_t word = 0; word < width; word++) {
      for (size_t j = 0; j < NET_SIZE; j++) {
        size_t i = word * NET_SIZE + j;
        one += row[i] * weights[i], two += row[i + NET_SIZE] * weights[i];
        three += row[i + 2 * NET_SIZE] * weights[i], four += row[i + 3 * NET_SIZE] * weights[i];
      }
    }
    most = MAX(most, MAX(MAX(one, two), MAX(three, four)));
  }
  for (; at < last; at++) most = MAX(most, dot(rows + at * NET_SIZE, weights, width));
  return most;
}

static void score_width(const Net *net, const int16_t *rows, size_t count, size_t width, float *margins) {
  const int16_t *all = net->weights + net_weights_before(width, net->filters);
  size_t first = net->widths - width, last = net->widths - 1 + count;
  for (size_t filter = 0; filter < net->filters; filter++) {
    const int16_t *weights = all + filter * width * NET_SIZE;
    int32_t most = width == 1   ? highest(rows, first, last, weights, 1)
                   : width == 2 ? highest(rows, first, last, weights, 2)
                   : width == 3 ? highest(rows, first, last, weights, 3)
                   : width == 4 ? highest(rows, first, last, weights, 4)
                                : highest(rows, first, last, weights, width);
    size_t number = (width - 1) * net->filters + filter;
    float answer = net->filter_bias[number] + net->filter_scale[number] * (float)most;
    if (answer <= 0) continue;
    const int8_t *answers = net->answers + number * net->outputs;
    for (size_t j = 0; j < net->outputs; j++) margins[j] += answer * (float)answers[j];
  }
}

void net_score(const Net *net, const FeatureSet *set, double *out_margins) {
  int16_t rows[(NET_WORDS + 2 * NET_WIDTHS_MOST) * NET_SIZE] = {0};
  float margins[MODEL_OUTPUTS] = {0};
  size_t count = MIN(set->token_count, NET_WORDS);
  for (size_t i = 0; i < count; i++) {
    int16_t *row = rows + (net->widths - 1 + i) * NET_SIZE;
    const int8_t *known = model_row(&net->words, net_word(&set->tokens[i]));
    if (known)
      for (size_t j = 0; j < NET_SIZE; j++) row[j] = known[j];
    else
      unknown_word(net, set, &set->tokens[i], row);
  }
  for (size_t width = 1; width <= net->widths && count; width++) score_width(net, rows, count, width, margins);
  for (size_t j = 0; j < net->outputs; j++)
    out_margins[j] = (double)net->output_bias[j] + (double)net->output_scale[j] * (double)margins[j];
}
