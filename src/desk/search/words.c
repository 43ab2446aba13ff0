// Runs are cut where the kind of character changes. Dense runs are kept as single characters and pairs, others whole.
#include "desk/search/words.h"

#include "base/text.h"

#define NUMBER_LEAST 4 // characters

typedef enum CharacterKind { OUTSIDE, SPACED, DENSE } CharacterKind;

static bool is_dense(gunichar c) {
  static const struct {
    gunichar first, last;
  } blocks[] = {{0xE00, 0xEFF},   {0x1000, 0x109F}, {0x1780, 0x17FF}, {0x2E80, 0x9FFF},
                {0xA000, 0xA4CF}, {0xAC00, 0xD7AF}, {0xF900, 0xFAFF}, {0x20000, 0x3FFFF}};
  if (c < blocks[0].first) return false;
  for (size_t i = 0; i < G_N_ELEMENTS(blocks); i++)
    if (c >= blocks[i].first && c <= blocks[i].last) return true;
  return false;
}

static CharacterKind kind_of(const char *at) {
  unsigned char byte = (unsigned char)*at;
  if (byte < 0x80) return g_ascii_isalnum(byte) ? SPACED : OUTSIDE;
  gunichar c = g_utf8_get_char(at);
  if (!g_unichar_isalnum(c) && !g_unichar_ismark(c)) return OUTSIDE;
  return is_dense(c) ? DENSE : SPACED;
}

bool word_run_next(const char **at, WordRun *out) {
  const char *start = *at;
  while (*start && kind_of(start) == OUTSIDE) start = text_next(start);
  const char *end = start;
  CharacterKind kind = *start ? kind_of(start) : OUTSIDE;
  for (int count = 0; *end && count < WORD_MOST && kind_of(end) == kind; count++) end = text_next(end);
  *at = end;
  *out = (WordRun){start, (size_t)(end - start), kind == DENSE};
  return end > start;
}

bool word_is_number(const char *word) {
  int64_t digits = 0, characters = 0;
  for (const char *at = word; *at; at = text_next(at), characters++) digits += g_ascii_isdigit(*at);
  return characters >= NUMBER_LEAST && 2 * digits >= characters;
}

const char *word_reversed(Arena *arena, const char *word) { return arena_take(arena, g_utf8_strreverse(word, -1)); }

static void add(Arena *arena, TextList *out, const char *start, const char *end) {
  *list_add(arena, out) = arena_strndup(arena, start, (size_t)(end - start));
}

static void add_dense(Arena *arena, const WordRun *run, bool with_single, TextList *out) {
  const char *end = run->start + run->size;
  bool is_single = text_next(run->start) == end;
  for (const char *at = run->start; at < end; at = text_next(at)) {
    const char *second = text_next(at);
    if (with_single || is_single) add(arena, out, at, second);
    if (second < end) add(arena, out, at, text_next(second));
  }
}

static void add_words(Arena *arena, const char *folded, bool with_single, TextList *out) {
  WordRun run;
  while (word_run_next(&folded, &run)) {
    if (run.is_dense)
      add_dense(arena, &run, with_single, out);
    else
      add(arena, out, run.start, run.start + run.size);
  }
}

void words_add(Arena *arena, const char *folded, TextList *out) { add_words(arena, folded, true, out); }
void words_sought(Arena *arena, const char *folded, TextList *out) { add_words(arena, folded, false, out); }
