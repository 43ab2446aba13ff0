// Text: cleaning what comes from outside, folding for comparison, and cutting. Each call reads its input once or a fixed
// number of times. Folding decomposes, lowers, drops accents and composes again; runs of combining marks are cut at 30
// before that (as UAX #15 does for streams), because sorting them is quadratic.
#include "base/text.h"

#include <stdint.h>

#define MARKS_IN_A_RUN 30

// Writes the clean form of `size` bytes to `out`, which may be NULL to count only. Returns its length.
static size_t clean(const char *from, size_t size, char *out) {
  static const char replacement[] = "\xEF\xBF\xBD";
  size_t length = 0;
  const char *end = from + size;
  while (from < end) {
    const char *valid_end = NULL;
    g_utf8_validate_len(from, (size_t)(end - from), &valid_end);
    for (; from < valid_end; from++) {
      unsigned char byte = (unsigned char)*from;
      if (byte == '\r') {
        if (from + 1 < end && from[1] == '\n') continue;
        byte = '\n';
      }
      if (byte < ' ' && byte != '\n' && byte != '\t') continue;
      if (out) out[length] = (char)byte;
      length++;
    }
    if (from == end) break;
    if (*from++ == '\0') continue; // validation stops at NUL too
    if (out) memcpy(out + length, replacement, 3);
    length += 3;
  }
  return length;
}

const char *text_make_valid(Arena *arena, Bytes raw) {
  if (!raw.size) return "";
  size_t length = clean(raw.data, raw.size, NULL);
  char *out = arena_alloc(arena, length + 1);
  clean(raw.data, raw.size, out);
  return out;
}

static bool is_ascii(const char *text) {
  for (; *text; text++)
    if ((unsigned char)*text >= 0x80) return false;
  return true;
}

// Marks that a reader may leave out: accents, Hebrew points, Arabic vowel signs. Marks that make another letter (Indic vowels,
// the kana voicing mark) stay.
static bool is_accent(gunichar c) {
  static const struct {
    gunichar first, last;
  } blocks[] = {{0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5C7},   {0x64B, 0x65F},  {0x670, 0x670},
                {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE20, 0xFE2F}};
  if (c < blocks[0].first) return false;
  for (size_t i = 0; i < G_N_ELEMENTS(blocks); i++)
    if (c >= blocks[i].first && c <= blocks[i].last) return g_unichar_ismark(c); // some blocks hold punctuation too
  return false;
}

// Letters with a stroke or a joint that Unicode does not decompose, as people type them without a special keyboard.
static const char *plain_letter(gunichar c) {
  static const struct {
    gunichar letter;
    const char *plain;
  } letters[] = {{0xE6, "ae"}, {0xF0, "d"},  {0xF8, "o"},  {0xFE, "th"},  {0x111, "d"},
                 {0x127, "h"}, {0x131, "i"}, {0x142, "l"}, {0x153, "oe"}, {0x167, "t"}};
  if (c < 0xE6 || c > 0x167) return NULL;
  for (size_t i = 0; i < G_N_ELEMENTS(letters); i++)
    if (letters[i].letter == c) return letters[i].plain;
  return NULL;
}

// Cherokee folds to its capitals; GLib folds both cases to the other one.
static gunichar steady_letter(gunichar c) {
  if (c >= 0xAB70 && c <= 0xABBF) return c - 0xAB70 + 0x13A0;
  return c >= 0x13F8 && c <= 0x13FD ? c - 8 : c;
}

// Copies `text` without accents and invisible format characters, and with at most MARKS_IN_A_RUN other marks on one letter.
static char *without_accents(const char *text) {
  GString *out = g_string_sized_new(strlen(text) + 8);
  int marks = 0;
  for (; *text; text = text_next(text)) {
    gunichar c = g_utf8_get_char(text);
    if (is_accent(c) || g_unichar_type(c) == G_UNICODE_FORMAT) continue;
    marks = g_unichar_combining_class(c) ? marks + 1 : 0;
    if (marks > MARKS_IN_A_RUN) continue;
    const char *plain = plain_letter(c);
    if (plain)
      g_string_append(out, plain);
    else
      g_string_append_unichar(out, steady_letter(c));
  }
  return g_string_free(out, FALSE);
}

// One pass: decompose, lower, decompose what lowering composed, drop accents, compose.
static char *fold_once(const char *text) {
  g_autofree char *bounded = without_accents(text);
  g_autofree char *decomposed = g_utf8_normalize(bounded, -1, G_NORMALIZE_ALL);
  g_autofree char *lowered = g_utf8_casefold(decomposed, -1);
  g_autofree char *again = g_utf8_normalize(lowered, -1, G_NORMALIZE_ALL);
  g_autofree char *bare = without_accents(again);
  return g_utf8_normalize(bare, -1, G_NORMALIZE_ALL_COMPOSE);
}

const char *text_fold(Arena *arena, const char *text) {
  if (!text) return "";
  if (!is_ascii(text)) return arena_take(arena, fold_once(text));
  char *folded = arena_strdup(arena, text);
  for (char *at = folded; *at; at++) *at = g_ascii_tolower(*at);
  return folded;
}

static bool is_gap(gunichar c) { return g_unichar_isspace(c) || g_unichar_iscntrl(c); }

const char *text_one_line(Arena *arena, const char *text) {
  if (!text) return "";
  char *line = arena_alloc(arena, strlen(text) + 1);
  char *to = line;
  bool gap = false;
  while (*text) {
    const char *next = text_next(text);
    if (is_gap(g_utf8_get_char(text))) {
      gap = true;
    } else {
      if (gap && to > line) *to++ = ' ';
      gap = false;
      memcpy(to, text, (size_t)(next - text));
      to += next - text;
    }
    text = next;
  }
  return line;
}

const char *text_clamp(Arena *arena, const char *text, size_t characters) {
  if (!text || characters == 0) return "";
  const char *at = text, *cut = text; // `cut` stays one character behind
  for (size_t i = 0; i < characters && *at; i++) {
    cut = at;
    at = text_next(at);
  }
  if (!*at) return arena_strndup(arena, text, (size_t)(at - text));
  return arena_printf(arena, "%.*s…", (int)(cut - text), text);
}

const char *text_trim(Arena *arena, const char *text) {
  if (!text) return "";
  while (*text && g_unichar_isspace(g_utf8_get_char(text))) text = text_next(text);
  const char *end = text;
  for (const char *at = text; *at;) {
    bool is_space = g_unichar_isspace(g_utf8_get_char(at));
    at = text_next(at);
    if (!is_space) end = at;
  }
  return arena_strndup(arena, text, (size_t)(end - text));
}

bool text_is_blank(const char *text) {
  if (!text) return true;
  while (*text && g_unichar_isspace(g_utf8_get_char(text))) text = text_next(text);
  return !*text;
}

size_t text_length(const char *text) { return text ? (size_t)g_utf8_strlen(text, -1) : 0; }

const char *text_hex(Arena *arena, Bytes bytes) {
  static const char digits[] = "0123456789abcdef";
  const unsigned char *from = bytes.data;
  char *out = arena_alloc_array(arena, bytes.size + 1, 2);
  for (size_t i = 0; i < bytes.size; i++) {
    out[2 * i] = digits[from[i] >> 4];
    out[2 * i + 1] = digits[from[i] & 15];
  }
  return out;
}
