// Words of identity in neutral sentences: what a reading must not depend on (doc/insight-behaviour.md). The abuse model learns that
// the sentences of one list are harmless; the test of bias reads those of the other. "{}" stands for the word.
#pragma once

#include <stddef.h>

extern const char *const identity_words[]; // religion, nationality, gender, orientation, disability, age, race; adjectives
extern const size_t identity_word_count;
extern const size_t identity_taught_count; // of them, from the beginning, the model is taught; the rest is new to it
extern const char *const taught_sentences[];
extern const size_t taught_sentence_count;
extern const char *const tested_sentences[];
extern const size_t tested_sentence_count;

// Displeasure at things and firms, taught to the abuse model as harmless (displeasure.c).
extern const char *const harsh_words[], *const harsh_sentences[], *const displeased_sentences[];
extern const size_t harsh_word_count, harsh_sentence_count, displeased_sentence_count;
