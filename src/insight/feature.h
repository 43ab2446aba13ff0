// Features: what a statistical model sees of a text: hashed n-grams of words and of letters, and the shape of the writing.
//
// A passage (a sentence, or a short text) becomes a set of keys of FEATURE_BITS bits; how often one occurs does not matter. The
// keys stand in blocks that are normalised by themselves: a key's value is the weight of its block / √(keys in that block). So
// a score is a sum of integers a block and one multiplication, the same on every machine. Training and reading share this file.
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

#define FEATURE_BITS 24
#define FEATURES_MOST 4096 // keys a passage; what is beyond is not seen
#define FEATURE_TOKENS 640 // words and signs a passage, likewise

// What is taken; a model keeps the bits that it was trained with.
enum {
  FEATURE_WORDS = 1 << 0,   // words, pairs and triples
  FEATURE_LETTERS = 1 << 1, // 2 to 5 characters within a word, its ends marked
  FEATURE_SHAPE = 1 << 2,   // capitals, stretched words, "!" and "?", length
  FEATURE_EDGES = 1 << 3,   // the first and the last words
  FEATURE_SKIPS = 1 << 4,   // two words with one between them
  FEATURE_DENIED = 1 << 5,  // words after "not" and its like
  FEATURE_LISTS = 1 << 6,   // what our word lists hear (feeling.c adds them; features_take does not)
  FEATURE_ALL = (1 << 7) - 1
};

typedef enum FeatureBlock { BLOCK_WORDS, BLOCK_LETTERS, BLOCK_SHAPE, BLOCK_COUNT } FeatureBlock;

typedef struct Feature {
  uint32_t key;
  uint16_t first, last; // tokens it was first found in, both inclusive
  uint8_t block;
} Feature;

typedef struct FeatureToken {
  uint32_t start, end;          // bytes of the text
  uint32_t hash;                // of the folded word
  uint16_t letters_at, letters; // its folded characters in `characters`
  bool is_word;                 // false: a sign
} FeatureToken;

typedef struct FeatureSet {
  size_t count;
  size_t counts[BLOCK_COUNT];
  Feature items[FEATURES_MOST];
  size_t token_count;
  FeatureToken tokens[FEATURE_TOKENS];
  size_t character_count;
  uint32_t characters[FEATURE_TOKENS * 12];
  uint32_t seen[FEATURES_MOST * 2]; // hash table of keys, stamped with the generation
  uint16_t stamps[FEATURES_MOST * 2];
  uint16_t generation;
} FeatureSet;

// A set to fill again and again; it is large, so one serves a whole message.
FeatureSet *feature_set_new(Arena *arena);
// The calling thread's own, kept as long as the thread: fresh pages for every message would cost more than reading it.
FeatureSet *feature_set_of_thread(void);
// Fills `set` from text[from … to). Any bytes are accepted. `kinds`: bits of FEATURE_….
void features_take(FeatureSet *set, unsigned kinds, const char *text, size_t from, size_t to);
uint32_t feature_mix(uint32_t hash); // the final mix of MurmurHash3
// Adds one more key of our own making (a word list that spoke, say), once.
void feature_add_own(FeatureSet *set, const char *name, uint32_t number);
