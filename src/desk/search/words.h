// Words as search knows them: what a folded text (text_fold) is made of, for the index and for a query alike. Internal to this folder.
//
// A word is a run of letters, digits and their marks. Scripts that put no space between words give every character and every pair
// of neighbours instead, so that "北京市" is found by 北京, by 京市 and by 京. What is longer than WORD_MOST goes on as another word.
#pragma once

#include "base/list.h"

#include <stdbool.h>

#define WORD_MOST 40 // characters

// Marks what nobody wrote: facts ("a7": with person 7) and in which place a word stands. A private character of Unicode, which is no
// part of any word.
#define SEARCH_MARK "\xEE\x80\x80"

typedef struct WordRun { // of one kind of script, where it stands in its text
  const char *start;
  size_t size;
  bool is_dense; // without spaces between words
} WordRun;
// The next run at or after `*at`, which moves behind it. False at the end.
bool word_run_next(const char **at, WordRun *out);

// A number stands in a list of its own: digits for the most part, and four characters or more ("1042", "gc20419", "rr123456785de").
bool word_is_number(const char *word);
const char *word_reversed(Arena *arena, const char *word); // from its last character to its first

// Every word of `folded` as the index keeps it; a word may come more than once.
void words_add(Arena *arena, const char *folded, TextList *out);
// The words that a text must have which holds `folded`: of dense runs the pairs, or the one character.
void words_sought(Arena *arena, const char *folded, TextList *out);
