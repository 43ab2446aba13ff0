// Encoded words. A value is a run of pieces: plain bytes, and words =?charset?encoding?text?=. White space between two words
// belongs to nobody. Bytes of neighbouring words that name the same charset are collected and decoded together, because many
// programs cut in the middle of a character; plain 8-bit bytes are read as charset.h says for bytes without a label.
#include "mail/words.h"

#include "base/text.h"
#include "mail/charset.h"

#include <gmime/gmime.h>

typedef struct Word {
  const char *charset, *text;
  size_t charset_length, text_length;
  char encoding; // 'b' or 'q'
  size_t length; // all of it
} Word;

typedef struct Decoder {
  Arena *arena;
  const char *hint, *where;
  TextList *problems;
  GString *out;
  GString *bytes;      // of neighbouring words, decoded from base64 or Q
  const char *charset; // of `bytes`; not terminated
  size_t charset_length;
} Decoder;

// Where the text of a word ends ("?="), NULL when another word begins first: then this one was never closed. Because of that
// no byte is looked at for two words, and decoding stays linear.
static const char *end_of_text(const char *at) {
  for (; *at; at++) {
    if (at[0] == '?' && at[1] == '=') return at;
    if (at[0] == '=' && at[1] == '?' && at[2] != '=') return NULL;
  }
  return NULL;
}

static bool read_word(const char *at, Word *out) {
  if (at[0] != '=' || at[1] != '?') return false;
  const char *charset = at + 2;
  size_t charset_length = strcspn(charset, "?= \t()<>@,;:\"");
  if (charset_length > 60 || charset[charset_length] != '?') return false;
  const char *encoding = charset + charset_length + 1;
  if (!*encoding || encoding[1] != '?' || !strchr("bBqQ", *encoding)) return false;
  const char *text = encoding + 2;
  const char *end = end_of_text(text);
  if (!end) return false;
  *out = (Word){.charset = charset,
                .charset_length = strcspn(charset, "?*") < charset_length ? strcspn(charset, "?*") : charset_length,
                .encoding = g_ascii_tolower(*encoding),
                .text = text,
                .text_length = (size_t)(end - text),
                .length = (size_t)(end + 2 - at)};
  return true;
}

size_t words_length(const char *at) {
  Word word;
  return read_word(at, &word) ? word.length : 0;
}

static void decode_q(const Word *word, GString *out) {
  for (size_t i = 0; i < word->text_length; i++) {
    char c = word->text[i];
    if (c == '=' && i + 2 < word->text_length && g_ascii_isxdigit(word->text[i + 1]) && g_ascii_isxdigit(word->text[i + 2])) {
      c = (char)(g_ascii_xdigit_value(word->text[i + 1]) * 16 + g_ascii_xdigit_value(word->text[i + 2]));
      i += 2;
    } else if (c == '_') {
      c = ' ';
    }
    g_string_append_c(out, c);
  }
}

static void decode_b(const Word *word, GString *out) {
  int state = 0;
  guint32 save = 0;
  size_t before = out->len;
  g_string_set_size(out, before + word->text_length + 4);
  size_t length = g_mime_encoding_base64_decode_step((const unsigned char *)word->text, word->text_length,
                                                     (unsigned char *)out->str + before, &state, &save);
  g_string_set_size(out, before + length);
}

static void note_problem(Decoder *decoder, const char *problem) {
  if (!problem || !decoder->problems || decoder->problems->count >= 50) return;
  const char **sentence = list_add(decoder->arena, decoder->problems);
  *sentence = arena_printf(decoder->arena, "%s %s.", decoder->where, problem);
}

static void flush_words(Decoder *decoder) {
  if (!decoder->charset) return;
  const char *problem = NULL;
  const char *label = arena_strndup(decoder->arena, decoder->charset, decoder->charset_length);
  Bytes bytes = bytes_of(decoder->bytes->str, decoder->bytes->len);
  g_string_append(decoder->out, charset_decode(decoder->arena, bytes, label, &problem));
  note_problem(decoder, problem);
  g_string_truncate(decoder->bytes, 0);
  decoder->charset = NULL;
}

static void add_word(Decoder *decoder, const Word *word) {
  bool same = decoder->charset && decoder->charset_length == word->charset_length &&
              g_ascii_strncasecmp(decoder->charset, word->charset, word->charset_length) == 0;
  if (!same) flush_words(decoder);
  decoder->charset = word->charset;
  decoder->charset_length = word->charset_length;
  if (word->encoding == 'q')
    decode_q(word, decoder->bytes);
  else
    decode_b(word, decoder->bytes);
}

// The charset to read raw bytes in: the hint, unless it says Western, as many do that know no better, and the bytes look otherwise.
static const char *label_of_plain(const Decoder *decoder, Bytes raw) {
  static const char *const western[] = {"iso-8859-1", "us-ascii", "ascii", "windows-1252", "utf"};
  for (size_t i = 0; decoder->hint && i < G_N_ELEMENTS(western); i++) {
    const char *guess = g_ascii_strncasecmp(decoder->hint, western[i], strlen(western[i])) == 0 ? charset_guess(raw) : NULL;
    if (guess) return guess;
  }
  return decoder->hint;
}

static void add_plain(Decoder *decoder, const char *from, size_t length) {
  flush_words(decoder);
  if (!length) return;
  bool is_plain = g_utf8_validate(from, (gssize)length, NULL);
  const char *label = is_plain ? NULL : label_of_plain(decoder, bytes_of(from, length));
  g_string_append(decoder->out, charset_decode(decoder->arena, bytes_of(from, length), label, NULL));
}

const char *words_decode(Arena *arena, const char *value, const char *hint, const char *where, TextList *problems) {
  if (!value || !*value) return "";
  g_autoptr(GString) out = g_string_sized_new(strlen(value));
  g_autoptr(GString) bytes = g_string_new(NULL);
  Decoder decoder = {.arena = arena, .hint = hint, .where = where, .problems = problems, .out = out, .bytes = bytes};
  const char *plain = value, *at = value;
  while (*at) {
    Word word;
    if (!read_word(at, &word)) {
      at++;
      continue;
    }
    bool only_space = plain + strspn(plain, " \t\r\n") >= at;
    if (!(only_space && decoder.charset)) add_plain(&decoder, plain, (size_t)(at - plain));
    add_word(&decoder, &word);
    at += word.length;
    plain = at;
  }
  add_plain(&decoder, plain, (size_t)(at - plain));
  return arena_strndup(arena, out->str, out->len);
}
