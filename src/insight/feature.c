// From text to hashed keys. A walk over the characters makes tokens: words (letters, digits, inner apostrophes; folded to small
// letters without accents, a letter repeated more than three times cut to three), emoji, and runs of punctuation. Then each kind
// of feature walks over the tokens. Hashes are FNV-1a with a final mix, of code points, so that bytes and machines do not matter.
// Work is bounded by FEATURE_TOKENS and FEATURES_MOST, whatever the text.
#include "insight/feature.h"

#include "insight/engine.h"

#define WORD_LETTERS 32 // of a word are looked at
#define GRAM_LEAST 2
#define GRAM_MOST 5
#define DENIED_WORDS 3 // after a negation

#define SALT_WORD 0x11u
#define SALT_PAIR 0x22u
#define SALT_TRIPLE 0x33u
#define SALT_GRAM 0x44u
#define SALT_SHAPE 0x55u
#define SALT_FIRST 0x66u
#define SALT_LAST 0x77u
#define SALT_SKIP 0x88u
#define SALT_DENIED 0x99u
#define SALT_OWN 0xAAu

static uint32_t hash_start(uint32_t salt) { return (2166136261u ^ salt) * 16777619u; }
static uint32_t hash_add(uint32_t hash, uint32_t value) {
  hash = (hash ^ (value & 0xFFFF)) * 16777619u;
  return (hash ^ (value >> 16)) * 16777619u;
}
uint32_t feature_mix(uint32_t hash) {
  hash ^= hash >> 16;
  hash *= 0x85EBCA6Bu;
  hash ^= hash >> 13;
  hash *= 0xC2B2AE35u;
  return hash ^ (hash >> 16);
}

FeatureSet *feature_set_new(Arena *arena) { return arena_make(arena, FeatureSet); }

FeatureSet *feature_set_of_thread(void) {
  static GPrivate kept = G_PRIVATE_INIT(g_free);
  FeatureSet *set = g_private_get(&kept);
  if (!set) g_private_set(&kept, set = g_new0(FeatureSet, 1));
  return set;
}

static void clear(FeatureSet *set) {
  set->count = set->token_count = set->character_count = 0;
  memset(set->counts, 0, sizeof set->counts);
  if (++set->generation == 0) { // after 65,535 passages the stamps begin anew
    memset(set->stamps, 0, sizeof set->stamps);
    set->generation = 1;
  }
}

static void add(FeatureSet *set, FeatureBlock block, uint32_t hash, size_t first, size_t last) {
  uint32_t key = feature_mix(hash) & ((1u << FEATURE_BITS) - 1);
  size_t at = (key * 0x9E3779B1u) >> 19;
  G_STATIC_ASSERT(FEATURES_MOST * 2 == 1 << 13);
  for (; set->stamps[at] == set->generation; at = (at + 1) & (FEATURES_MOST * 2 - 1))
    if (set->seen[at] == key) return;
  if (set->count == FEATURES_MOST) return;
  set->stamps[at] = set->generation;
  set->seen[at] = key;
  set->items[set->count++] = (Feature){key, (uint16_t)first, (uint16_t)last, (uint8_t)block};
  set->counts[block]++;
}

// ---- Tokens ----

typedef struct Shape { // counted on the way
  size_t capitals, small, caps_words, stretched, words, exclamations, questions, dots, emoji;
} Shape;

typedef struct Reader {
  FeatureSet *set;
  const char *text;
  size_t at, to;
  Shape shape;
} Reader;

static void put_character(FeatureSet *set, FeatureToken *token, uint32_t code) {
  uint32_t *letters = set->characters + token->letters_at;
  size_t n = token->letters;
  if (n >= WORD_LETTERS || (n >= 3 && letters[n - 1] == code && letters[n - 2] == code && letters[n - 3] == code)) return;
  letters[token->letters++] = code;
}

static void put_folded(FeatureSet *set, FeatureToken *token, uint32_t code) {
  if (code < 0x80) {
    put_character(set, token, (uint32_t)g_ascii_tolower((char)code));
    return;
  }
  if (code == 0x2019 || code == 0x2018 || code == 0x02BC) {
    put_character(set, token, '\'');
    return;
  }
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  size_t count = g_unichar_fully_decompose(code, TRUE, parts, G_N_ELEMENTS(parts));
  for (size_t i = 0; i < count && i < G_N_ELEMENTS(parts); i++)
    if (!g_unichar_ismark(parts[i])) put_character(set, token, g_unichar_tolower(parts[i]));
}

static void finish_token(FeatureSet *set, FeatureToken *token) {
  uint32_t hash = hash_start(0);
  for (size_t i = 0; i < token->letters; i++) hash = hash_add(hash, set->characters[token->letters_at + i]);
  token->hash = feature_mix(hash);
  set->character_count += token->letters;
  set->token_count++;
}

// Stray continuation bytes go with what stands before them, so that no token ends or begins within a character.
static void pass_stray_bytes(Reader *r) {
  while (r->at < r->to && (r->text[r->at] & 0xC0) == 0x80) r->at++;
}

static void read_feature_word(Reader *r) {
  FeatureSet *set = r->set;
  FeatureToken *token = &set->tokens[set->token_count];
  *token = (FeatureToken){.start = (uint32_t)r->at, .letters_at = (uint16_t)set->character_count, .is_word = true};
  size_t upper = 0, letters = 0, repeats = 0;
  uint32_t last = 0;
  bool is_stretched = false;
  while (r->at < r->to) {
    size_t size, next_size = 0;
    uint32_t code = character_at(r->text, r->to, r->at, &size);
    if (character_is_apostrophe(code)) {
      bool is_inner = r->at + size < r->to && character_is_letter(character_at(r->text, r->to, r->at + size, &next_size));
      if (!is_inner) break;
      code = '\'';
    } else if (!character_is_letter(code) && !character_is_part(code)) {
      break;
    }
    r->at += size;
    if (character_is_part(code)) continue;
    repeats = code == last ? repeats + 1 : 1;
    is_stretched = is_stretched || (repeats > 2 && code >= 'A');
    last = code;
    bool is_upper = code < 0x80 ? g_ascii_isupper((char)code) : g_unichar_isupper(code);
    letters++, upper += is_upper;
    put_folded(set, token, code);
  }
  pass_stray_bytes(r);
  token->end = (uint32_t)r->at;
  r->shape.capitals += upper, r->shape.small += letters - upper;
  r->shape.caps_words += upper == letters && letters >= 2;
  r->shape.stretched += is_stretched;
  r->shape.words++;
  finish_token(set, token);
}

// A run of one sign is a token: "!!!" is "!" three times, and so are two dots and more. Other signs stand alone.
static void read_sign(Reader *r, uint32_t code, size_t size) {
  FeatureSet *set = r->set;
  FeatureToken *token = &set->tokens[set->token_count];
  *token = (FeatureToken){.start = (uint32_t)r->at, .letters_at = (uint16_t)set->character_count};
  uint32_t next = code;
  while (size && next == code) {
    put_character(set, token, code);
    r->shape.exclamations += code == '!', r->shape.questions += code == '?', r->shape.dots += code == '.';
    r->at += size;
    size = 0;
    if (r->at < r->to) next = character_at(r->text, r->to, r->at, &size);
  }
  r->shape.emoji += character_is_emoji(code);
  pass_stray_bytes(r);
  token->end = (uint32_t)r->at;
  finish_token(set, token);
}

static void read_tokens(Reader *r) {
  FeatureSet *set = r->set;
  pass_stray_bytes(r);
  while (r->at < r->to && set->token_count < FEATURE_TOKENS &&
         set->character_count + WORD_LETTERS < G_N_ELEMENTS(set->characters)) {
    size_t size;
    uint32_t code = character_at(r->text, r->to, r->at, &size);
    if (code <= ' ' || character_is_part(code))
      r->at += size, pass_stray_bytes(r);
    else if (character_is_letter(code))
      read_feature_word(r);
    else
      read_sign(r, code, size);
  }
}

// ---- Features ----

static void take_words(FeatureSet *set) {
  const FeatureToken *tokens = set->tokens;
  for (size_t i = 0; i < set->token_count; i++) {
    add(set, BLOCK_WORDS, hash_add(hash_start(SALT_WORD), tokens[i].hash), i, i);
    if (i + 1 >= set->token_count) break;
    uint32_t pair = hash_add(hash_add(hash_start(SALT_PAIR), tokens[i].hash), tokens[i + 1].hash);
    add(set, BLOCK_WORDS, pair, i, i + 1);
    if (i + 2 < set->token_count) add(set, BLOCK_WORDS, hash_add(pair ^ SALT_TRIPLE, tokens[i + 2].hash), i, i + 2);
  }
}

static void take_skips(FeatureSet *set) {
  const FeatureToken *tokens = set->tokens;
  for (size_t i = 0; i + 2 < set->token_count; i++)
    add(set, BLOCK_WORDS, hash_add(hash_add(hash_start(SALT_SKIP), tokens[i].hash), tokens[i + 2].hash), i, i + 2);
}

static void take_letters(FeatureSet *set) {
  for (size_t i = 0; i < set->token_count; i++) {
    const FeatureToken *token = &set->tokens[i];
    if (!token->is_word) continue;
    uint32_t marked[WORD_LETTERS + 2];
    size_t count = 0;
    marked[count++] = '^';
    for (size_t j = 0; j < token->letters; j++) marked[count++] = set->characters[token->letters_at + j];
    marked[count++] = '$';
    for (size_t from = 0; from < count; from++) {
      uint32_t hash = hash_start(SALT_GRAM);
      for (size_t n = 0; n < GRAM_MOST && from + n < count; n++) {
        hash = hash_add(hash, marked[from + n]);
        if (n + 1 >= GRAM_LEAST) add(set, BLOCK_LETTERS, hash, i, i);
      }
    }
  }
}

static void take_edges(FeatureSet *set) {
  size_t count = set->token_count;
  if (!count) return;
  const FeatureToken *tokens = set->tokens;
  add(set, BLOCK_WORDS, hash_add(hash_start(SALT_FIRST), tokens[0].hash), 0, 0);
  add(set, BLOCK_WORDS, hash_add(hash_start(SALT_LAST), tokens[count - 1].hash), count - 1, count - 1);
}

static bool is_denying(const FeatureSet *set, const FeatureToken *token) {
  static const char *const words[] = {"not",    "no",      "never", "cannot", "without", "hardly",
                                      "nobody", "nothing", "dont",  "cant",   "didnt"};
  const uint32_t *letters = set->characters + token->letters_at;
  size_t n = token->letters;
  if (n > 3 && letters[n - 3] == 'n' && letters[n - 2] == '\'' && letters[n - 1] == 't') return true;
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
    size_t size = strlen(words[i]), same = 0;
    while (size == n && same < n && letters[same] == (uint32_t)words[i][same]) same++;
    if (size == n && same == n) return true;
  }
  return false;
}

static void take_denied(FeatureSet *set) {
  size_t left = 0;
  for (size_t i = 0; i < set->token_count; i++) {
    const FeatureToken *token = &set->tokens[i];
    if (!token->is_word) {
      left = 0;
      continue;
    }
    if (left) add(set, BLOCK_WORDS, hash_add(hash_start(SALT_DENIED), token->hash), i, i), left--;
    if (is_denying(set, token)) left = DENIED_WORDS;
  }
}

static void add_shape(FeatureSet *set, uint32_t name, size_t number, size_t most) {
  if (number == 0 || set->token_count == 0) return;
  add(set, BLOCK_SHAPE, hash_add(hash_add(hash_start(SALT_SHAPE), name), (uint32_t)MIN(number, most)), 0, set->token_count - 1);
}

static size_t length_class(size_t words) {
  return words < 4 ? 1 : words < 8 ? 2 : words < 14 ? 3 : words < 20 ? 4 : words < 28 ? 5 : 6;
}

static void take_shape(FeatureSet *set, const Shape *shape) {
  add_shape(set, 1, length_class(shape->words), 6);
  add_shape(set, 2, shape->caps_words, 3);
  add_shape(set, 3, shape->capitals > 4 && shape->capitals > shape->small, 1);
  add_shape(set, 4, shape->stretched, 2);
  add_shape(set, 5, shape->exclamations, 3);
  add_shape(set, 6, shape->questions, 3);
  add_shape(set, 7, shape->dots, 3);
  add_shape(set, 8, shape->emoji, 2);
}

void feature_add_own(FeatureSet *set, const char *name, uint32_t number) {
  uint32_t hash = hash_start(SALT_OWN);
  for (const char *c = name; *c; c++) hash = hash_add(hash, (unsigned char)*c);
  add(set, BLOCK_SHAPE, hash_add(hash, number), 0, set->token_count ? set->token_count - 1 : 0);
}

void features_take(FeatureSet *set, unsigned kinds, const char *text, size_t from, size_t to) {
  Reader reader = {.set = set, .text = text, .at = from, .to = to};
  clear(set);
  read_tokens(&reader);
  if (kinds & FEATURE_WORDS) take_words(set);
  if (kinds & FEATURE_SKIPS) take_skips(set);
  if (kinds & FEATURE_EDGES) take_edges(set);
  if (kinds & FEATURE_DENIED) take_denied(set);
  if (kinds & FEATURE_SHAPE) take_shape(set, &reader.shape);
  if (kinds & FEATURE_LETTERS) take_letters(set);
}
