// Learning a net. A step takes a batch of texts: forward through filters and their highest answers, with some left out (Srivastava 2014);
// backward only through the places that won. Filters and answers follow Adam (Kingma & Ba 2015) once a batch; words and letter groups, of
// which a text touches few, follow AdaGrad at once. Rates fall in a straight line. A word is its own row plus the mean of its letter
// groups; packing adds the two up, so that reading looks up one row.
#include "insight/net_train.h"

#include <math.h>

#define KEYS ((size_t)1 << FEATURE_BITS)
#define ROWS (NET_WORDS + 2 * NET_WIDTHS_MOST)
#define ANSWERS_MOST (NET_WIDTHS_MOST * NET_FILTERS_MOST)
#define START 1e-4f // of the sums of squares

const NetRecipe net_recipe_default = {.widths = 4,
                                      .filters = 48,
                                      .epochs = 7,
                                      .batch = 32,
                                      .rate = 2e-3f,
                                      .word_rate = 0.06f,
                                      .drop = 0.15f,
                                      .word_drop = 0.05f,
                                      .seen_least = 3,
                                      .seed = 1};

typedef struct NetWord {
  uint32_t word;          // of the vocabulary, 0 for none
  uint32_t groups, count; // its letter groups in the data
} NetWord;

typedef struct NetText {
  size_t first, count; // words in the data
} NetText;

struct NetData {
  size_t texts, vocabulary; // vocabulary: number 0 stands for none
  uint32_t *keys;
  NetText *rows;
  NetWord *words;
  uint16_t *groups;
};

struct NetTrained {
  const NetData *data;
  NetRecipe recipe;
  size_t outputs, answers, size; // size: of `numbers`
  float *words, *groups;         // rows of NET_SIZE
  float *numbers;                // the following four, in one piece
  float *filters;                // by width: place and number × filter
  float *biases, *weights, *output_biases;
};

// ---- Words, once ----

static void count_words(NetData *data, FeatureSet *set, const TrainText *texts, uint32_t *numbers, uint32_t least,
                        size_t *out_words) {
  *out_words = 0;
  for (size_t i = 0; i < data->texts; i++) {
    features_take(set, 0, texts[i].text, 0, texts[i].length);
    size_t count = MIN(set->token_count, NET_WORDS);
    for (size_t j = 0; j < count; j++) numbers[net_word(&set->tokens[j])]++;
    *out_words += count;
  }
  for (size_t key = 0; key < KEYS; key++) numbers[key] = numbers[key] >= least ? (uint32_t)++data->vocabulary : 0;
}

NetData *net_data(Arena *arena, const TrainText *texts, size_t count, const NetRecipe *recipe) {
  g_autoptr(Arena) scratch = arena_new();
  NetData *data = arena_make(arena, NetData);
  FeatureSet *set = feature_set_new(scratch);
  uint32_t *numbers = arena_alloc_array(scratch, KEYS, sizeof *numbers);
  size_t words = 0, word = 0, groups = 0;
  data->texts = count;
  count_words(data, set, texts, numbers, recipe->seen_least, &words);
  data->keys = arena_alloc_array(arena, data->vocabulary + 1, sizeof *data->keys);
  for (size_t key = 0; key < KEYS; key++)
    if (numbers[key]) data->keys[numbers[key]] = (uint32_t)key;
  data->rows = arena_alloc_array(arena, count + 1, sizeof *data->rows);
  data->words = arena_alloc_array(arena, words + 1, sizeof *data->words);
  data->groups = arena_alloc_array(arena, words * NET_GROUPS_MOST + 1, sizeof *data->groups);
  for (size_t i = 0; i < count; i++) {
    features_take(set, 0, texts[i].text, 0, texts[i].length);
    data->rows[i] = (NetText){word, MIN(set->token_count, NET_WORDS)};
    for (size_t j = 0; j < data->rows[i].count; j++) {
      size_t room = net_groups(set, &set->tokens[j], data->groups + groups);
      data->words[word++] = (NetWord){numbers[net_word(&set->tokens[j])], (uint32_t)groups, (uint32_t)room};
      groups += room;
    }
  }
  return data;
}

// ---- Forward ----

typedef enum Seen { SEEN_WHOLE, SEEN_GROUPS, SEEN_NOT } Seen; // of a word, while learning

static void embed(const NetTrained *net, size_t number, const Seen *seen, float *rows) {
  const NetText *text = &net->data->rows[number];
  memset(rows, 0, sizeof(float) * NET_SIZE * (text->count + 2 * net->recipe.widths));
  for (size_t i = 0; i < text->count; i++) {
    const NetWord *word = &net->data->words[text->first + i];
    float *row = rows + (net->recipe.widths - 1 + i) * NET_SIZE;
    if (seen && seen[i] == SEEN_NOT) continue;
    if (word->word && !(seen && seen[i] == SEEN_GROUPS))
      memcpy(row, net->words + word->word * NET_SIZE, sizeof(float) * NET_SIZE);
    float share = word->count ? 1 / sqrtf((float)word->count) : 0;
    for (size_t j = 0; j < word->count; j++) {
      const float *group = net->groups + (size_t)net->data->groups[word->groups + j] * NET_SIZE;
      for (size_t k = 0; k < NET_SIZE; k++) row[k] += share * group[k];
    }
  }
}

static void answer_at(const float *restrict filters, const float *restrict row, size_t size, size_t count, float *restrict sums) {
  for (size_t i = 0; i < size; i++) {
    float value = row[i];
    for (size_t j = 0; j < count; j++) sums[j] += value * filters[i * count + j];
  }
}

// The highest answer of each filter, not below 0, and the place where it was given.
static void answer(const NetTrained *net, const float *rows, size_t count, float *answers, uint32_t *places) {
  size_t filters = net->recipe.filters;
  memset(answers, 0, sizeof(float) * net->answers);
  for (size_t width = 1; width <= net->recipe.widths; width++) {
    float *most = answers + (width - 1) * filters;
    uint32_t *won = places + (width - 1) * filters;
    for (size_t at = net->recipe.widths - width; at < net->recipe.widths - 1 + count; at++) {
      float sums[NET_FILTERS_MOST];
      memcpy(sums, net->biases + (width - 1) * filters, sizeof(float) * filters);
      answer_at(net->filters + net_weights_before(width, filters), rows + at * NET_SIZE, width * NET_SIZE, filters, sums);
      for (size_t j = 0; j < filters; j++)
        if (sums[j] > most[j]) most[j] = sums[j], won[j] = (uint32_t)at;
    }
  }
}

static void sum_up(const NetTrained *net, const float *answers, float *margins) {
  memcpy(margins, net->output_biases, sizeof(float) * net->outputs);
  for (size_t i = 0; i < net->answers; i++) {
    if (answers[i] <= 0) continue;
    for (size_t j = 0; j < net->outputs; j++) margins[j] += answers[i] * net->weights[i * net->outputs + j];
  }
}

void net_trained_margins(const NetTrained *trained, size_t number, float *out_margins) {
  float rows[ROWS * NET_SIZE], answers[ANSWERS_MOST];
  uint32_t places[ANSWERS_MOST];
  embed(trained, number, NULL, rows);
  answer(trained, rows, trained->data->rows[number].count, answers, places);
  sum_up(trained, answers, out_margins);
}

// ---- Backward ----

typedef struct Student {
  NetTrained *net;
  const TrainTargets *targets;
  float *slopes, *firsts, *seconds; // of `numbers`: this batch's, and Adam's two means
  float *word_squares, *group_squares;
  float word_rate;
  uint64_t random;
} Student;

static float chance(Student *s) { return (float)(train_random(&s->random) >> 40) * (1.0f / (1 << 24)); }

static void move(float *row, float *squares, const float *slopes, float share, float rate) {
  for (size_t i = 0; i < NET_SIZE; i++) {
    float slope = share * slopes[i];
    squares[i] += slope * slope;
    row[i] -= rate * slope / sqrtf(squares[i]);
  }
}

static void move_words(Student *s, size_t number, const Seen *seen, const float *row_slopes) {
  const NetText *text = &s->net->data->rows[number];
  for (size_t i = 0; i < text->count; i++) {
    if (seen[i] == SEEN_NOT) continue;
    const NetWord *word = &s->net->data->words[text->first + i];
    const float *slopes = row_slopes + (s->net->recipe.widths - 1 + i) * NET_SIZE;
    size_t at = (size_t)word->word * NET_SIZE;
    if (word->word && seen[i] == SEEN_WHOLE) move(s->net->words + at, s->word_squares + at, slopes, 1, s->word_rate);
    float share = word->count ? 1 / sqrtf((float)word->count) : 0;
    for (size_t j = 0; j < word->count; j++) {
      size_t group = (size_t)s->net->data->groups[word->groups + j] * NET_SIZE;
      move(s->net->groups + group, s->group_squares + group, slopes, share, s->word_rate);
    }
  }
}

// Through one winning place: the filter's slopes, and those of the rows under it.
static void pass_back(Student *s, size_t number, float slope, const float *row, float *row_slope) {
  size_t filters = s->net->recipe.filters, width = number / filters + 1;
  size_t at = net_weights_before(width, filters) + number % filters;
  for (size_t i = 0; i < width * NET_SIZE; i++) {
    s->slopes[at + i * filters] += slope * row[i];
    row_slope[i] += slope * s->net->filters[at + i * filters];
  }
}

static void learn_text(Student *s, size_t number) {
  NetTrained *net = s->net;
  float rows[ROWS * NET_SIZE], row_slopes[ROWS * NET_SIZE] = {0}, answers[ANSWERS_MOST], margins[MODEL_OUTPUTS];
  uint32_t places[ANSWERS_MOST];
  Seen seen[NET_WORDS];
  size_t count = net->data->rows[number].count, outputs = net->outputs;
  float drop = net->recipe.word_drop;
  for (size_t i = 0; i < count; i++) {
    float drawn = chance(s);
    seen[i] = drawn < drop ? SEEN_NOT : drawn < 2 * drop ? SEEN_GROUPS : SEEN_WHOLE;
  }
  embed(net, number, seen, rows);
  answer(net, rows, count, answers, places);
  for (size_t i = 0; i < net->answers; i++) answers[i] = chance(s) < net->recipe.drop ? 0 : answers[i] / (1 - net->recipe.drop);
  sum_up(net, answers, margins);
  size_t weights = (size_t)(net->weights - net->numbers), biases = (size_t)(net->biases - net->numbers);
  float *output_slopes = s->slopes + (net->output_biases - net->numbers), misses[MODEL_OUTPUTS];
  for (size_t j = 0; j < outputs; j++) {
    misses[j] = 1 / (1 + expf(-margins[j])) - s->targets->targets[number * outputs + j];
    output_slopes[j] += misses[j];
  }
  for (size_t i = 0; i < net->answers; i++) {
    if (answers[i] <= 0) continue;
    float slope = 0;
    for (size_t j = 0; j < outputs; j++) {
      s->slopes[weights + i * outputs + j] += answers[i] * misses[j];
      slope += net->weights[i * outputs + j] * misses[j];
    }
    slope /= 1 - net->recipe.drop;
    s->slopes[biases + i] += slope;
    pass_back(s, i, slope, rows + places[i] * NET_SIZE, row_slopes + places[i] * NET_SIZE);
  }
  move_words(s, number, seen, row_slopes);
}

static void follow(Student *s, size_t batch, int64_t step, float rate) { // Adam
  float correct = sqrtf(1 - powf(0.999f, (float)step)) / (1 - powf(0.9f, (float)step));
  for (size_t i = 0; i < s->net->size; i++) {
    float slope = s->slopes[i] / (float)batch;
    s->firsts[i] = 0.9f * s->firsts[i] + 0.1f * slope;
    s->seconds[i] = 0.999f * s->seconds[i] + 0.001f * slope * slope;
    s->net->numbers[i] -= rate * correct * s->firsts[i] / (sqrtf(s->seconds[i]) + 1e-8f);
  }
}

static void learn(Student *s, uint32_t *order, size_t count) {
  const NetRecipe *recipe = &s->net->recipe;
  size_t batch = (size_t)recipe->batch;
  int64_t step = 0, steps = (int64_t)((count + batch - 1) / batch) * recipe->epochs;
  for (int epoch = 0; epoch < recipe->epochs; epoch++) {
    train_shuffle(order, count, &s->random);
    for (size_t first = 0; first < count; first += batch) {
      size_t size = MIN(batch, count - first);
      float fall = 1 - 0.9f * (float)step / (float)steps;
      s->word_rate = recipe->word_rate * fall;
      memset(s->slopes, 0, sizeof(float) * s->net->size);
      for (size_t i = 0; i < size; i++) learn_text(s, order[first + i]);
      follow(s, size, ++step, recipe->rate * fall);
    }
  }
}

static void fill_normal(Student *s, float *numbers, size_t count, float spread) {
  for (size_t i = 0; i < count; i++) {
    float sum = -6;
    for (int j = 0; j < 12; j++) sum += chance(s);
    numbers[i] = spread * sum;
  }
}

static NetTrained *net_new(Arena *arena, const NetData *data, size_t outputs, const NetRecipe *recipe) {
  NetTrained *net = arena_make(arena, NetTrained);
  *net = (NetTrained){.data = data, .recipe = *recipe, .outputs = outputs, .answers = recipe->widths * recipe->filters};
  size_t filters = net_weights_before(recipe->widths + 1, recipe->filters);
  net->size = filters + net->answers + net->answers * outputs + outputs;
  net->words = arena_alloc_array(arena, (data->vocabulary + 1) * NET_SIZE, sizeof(float));
  net->groups = arena_alloc_array(arena, (size_t)NET_GROUPS * NET_SIZE, sizeof(float));
  net->filters = net->numbers = arena_alloc_array(arena, net->size, sizeof(float));
  net->biases = net->filters + filters;
  net->weights = net->biases + net->answers;
  net->output_biases = net->weights + net->answers * outputs;
  return net;
}

static void begin(Student *s) {
  NetTrained *net = s->net;
  fill_normal(s, net->words + NET_SIZE, net->data->vocabulary * NET_SIZE, 0.1f);
  fill_normal(s, net->groups, (size_t)NET_GROUPS * NET_SIZE, 0.1f);
  for (size_t width = 1; width <= net->recipe.widths; width++)
    fill_normal(s, net->filters + net_weights_before(width, net->recipe.filters), width * NET_SIZE * net->recipe.filters,
                sqrtf(2 / (float)(width * NET_SIZE)));
  fill_normal(s, net->weights, net->answers * net->outputs, 0.02f);
  for (size_t j = 0; j < net->outputs; j++) net->output_biases[j] = -3;
}

NetTrained *net_train(Arena *arena, const NetData *data, const TrainTargets *targets, const NetRecipe *recipe) {
  g_autoptr(Arena) scratch = arena_new();
  NetTrained *net = net_new(arena, data, targets->outputs, recipe);
  Student student = {.net = net, .targets = targets, .random = recipe->seed};
  size_t words = (data->vocabulary + 1) * NET_SIZE, groups = (size_t)NET_GROUPS * NET_SIZE, count = 0;
  student.slopes = arena_alloc_array(scratch, net->size, sizeof(float));
  student.firsts = arena_alloc_array(scratch, net->size, sizeof(float));
  student.seconds = arena_alloc_array(scratch, net->size, sizeof(float));
  student.word_squares = arena_alloc_array(scratch, words, sizeof(float));
  student.group_squares = arena_alloc_array(scratch, groups, sizeof(float));
  for (size_t i = 0; i < words; i++) student.word_squares[i] = START;
  for (size_t i = 0; i < groups; i++) student.group_squares[i] = START;
  uint32_t *order = arena_alloc_array(scratch, data->texts + 1, sizeof *order);
  for (size_t i = 0; i < data->texts; i++)
    if (!targets->weights || targets->weights[i] > 0) order[count++] = (uint32_t)i;
  begin(&student);
  learn(&student, order, count);
  return net;
}

// ---- To bytes ----

// What reading sees of the vocabulary: each word's row with its letter groups added.
static float *rows_of_words(Arena *arena, const NetTrained *net) {
  const NetData *data = net->data;
  float *rows = arena_alloc_array(arena, (data->vocabulary + 1) * NET_SIZE, sizeof *rows);
  bool *is_done = arena_alloc_array(arena, data->vocabulary + 1, sizeof *is_done);
  const NetText *last = &data->rows[data->texts - 1];
  for (size_t i = 0; i < last->first + last->count; i++) {
    const NetWord *word = &data->words[i];
    if (!word->word || is_done[word->word]) continue;
    is_done[word->word] = true;
    float *row = rows + (size_t)word->word * NET_SIZE, share = word->count ? 1 / sqrtf((float)word->count) : 0;
    memcpy(row, net->words + (size_t)word->word * NET_SIZE, sizeof(float) * NET_SIZE);
    for (size_t j = 0; j < word->count; j++)
      for (size_t k = 0; k < NET_SIZE; k++) row[k] += share * net->groups[(size_t)data->groups[word->groups + j] * NET_SIZE + k];
  }
  return rows;
}

static float most_of(const float *numbers, size_t count, size_t stride) {
  float most = 0;
  for (size_t i = 0; i < count; i++) most = MAX(most, fabsf(numbers[i * stride]));
  return most > 0 ? most / 127 : 1;
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
static void put_s8(GByteArray *out, float value, float scale) {
  int8_t rounded = (int8_t)lrintf(value / scale);
  g_byte_array_append(out, (const unsigned char *)&rounded, 1);
}

// Filters with the scales of the words in them, by filter and then place; and their own scales.
static void scale_filters(const NetTrained *net, const float *word_scales, float *out_filters, float *out_scales) {
  size_t filters = net->recipe.filters;
  for (size_t width = 1; width <= net->recipe.widths; width++) {
    size_t before = net_weights_before(width, filters), size = width * NET_SIZE;
    for (size_t j = 0; j < filters; j++) {
      float *filter = out_filters + before + j * size;
      for (size_t i = 0; i < size; i++) filter[i] = net->filters[before + i * filters + j] * word_scales[i % NET_SIZE];
      out_scales[(width - 1) * filters + j] = most_of(filter, size, 1);
    }
  }
}

static void put_numbers(GByteArray *out, const NetTrained *net, const float *filter_scales, const float *answer_scales,
                        const float *word_scales, const float *group_scales) {
  for (size_t i = 0; i < net->answers; i++) put_f32(out, filter_scales[i]), put_f32(out, net->biases[i]);
  for (size_t j = 0; j < net->outputs; j++) put_f32(out, answer_scales[j]), put_f32(out, net->output_biases[j]);
  for (size_t i = 0; i < NET_SIZE; i++) put_f32(out, group_scales[i] / word_scales[i]);
}

static void put_tables(GByteArray *out, const NetTrained *net, const float *filters, const float *filter_scales,
                       const float *answer_scales, const float *group_scales) {
  for (size_t i = 0; i < (size_t)NET_GROUPS * NET_SIZE; i++) put_s8(out, net->groups[i], group_scales[i % NET_SIZE]);
  for (size_t width = 1; width <= net->recipe.widths; width++) {
    size_t before = net_weights_before(width, net->recipe.filters), size = width * NET_SIZE;
    for (size_t i = 0; i < size * net->recipe.filters; i++)
      put_s8(out, filters[before + i], filter_scales[(width - 1) * net->recipe.filters + i / size]);
  }
  for (size_t i = 0; i < net->answers * net->outputs; i++) put_s8(out, net->weights[i], answer_scales[i % net->outputs]);
}

void net_pack(Arena *arena, const NetTrained *net, float share, Bytes *out_words, Bytes *out_rest) {
  g_autoptr(Arena) scratch = arena_new();
  g_autoptr(GByteArray) out = g_byte_array_new();
  ModelDraft words = {.outputs = NET_SIZE, .row_count = net->data->vocabulary, .stride = NET_SIZE, .keys = net->data->keys + 1};
  float *rows = rows_of_words(scratch, net), word_scales[NET_SIZE], group_scales[NET_SIZE];
  float answer_scales[MODEL_OUTPUTS], filter_scales[ANSWERS_MOST];
  float *filters = arena_alloc_array(scratch, net_weights_before(net->recipe.widths + 1, net->recipe.filters), sizeof *filters);
  words.weights = rows + NET_SIZE;
  *out_words = model_write(arena, &words, SIZE_MAX);
  for (size_t i = 0; i < NET_SIZE; i++) {
    word_scales[i] = most_of(words.weights + i, net->data->vocabulary, NET_SIZE);
    group_scales[i] = most_of(net->groups + i, NET_GROUPS, NET_SIZE);
  }
  for (size_t j = 0; j < net->outputs; j++) answer_scales[j] = most_of(net->weights + j, net->answers, net->outputs);
  scale_filters(net, word_scales, filters, filter_scales);
  g_byte_array_append(out, (const unsigned char *)"RAPPNET1", 8);
  put_u32(out, (uint32_t)net->recipe.widths), put_u32(out, (uint32_t)net->recipe.filters), put_u32(out, (uint32_t)net->outputs);
  put_u32(out, NET_GROUPS), put_f32(out, share);
  put_numbers(out, net, filter_scales, answer_scales, word_scales, group_scales);
  put_tables(out, net, filters, filter_scales, answer_scales, group_scales);
  uint64_t sum = bytes_checksum(out->data, out->len);
  put_u32(out, (uint32_t)sum), put_u32(out, (uint32_t)(sum >> 32));
  *out_rest = bytes_of(arena_copy(arena, out->data, out->len), out->len);
}
