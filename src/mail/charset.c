// Charsets as mail has them: the label, when it is true; else UTF-8, when the bytes are strictly that; else the larger charset
// that programs mean by the label (gb18030 for gb2312, windows-1252 for iso-8859-1); and what is left becomes U+FFFD
// (cases 18 and 19).
//
// Labels come from strangers and iconv loads modules by name, so only labels of this table ever reach it. Bytes in UTF-8 under
// another label are common, and long runs of valid UTF-8 do not happen by chance: with enough of them the label is wrong.
#include "mail/charset.h"

#include "base/text.h"
#include "mail/preload.h"

typedef struct Charset {
  const char *label;    // lower case; a trailing * stands for any ending
  const char *name;     // what iconv calls it; NULL: the label itself
  const char *superset; // tried when `name` fails; NULL: windows-1252
  int utf8_evidence;    // this many multi-byte sequences of strict UTF-8 prove the label wrong
} Charset;

static const Charset charsets[] = {
  {"us-ascii", "ASCII", NULL, 1},
  {"ascii", "ASCII", NULL, 1},
  {"ansi*", "CP1252", NULL, 1},
  {"iso-8859-1", "CP1252", NULL, 1},
  {"iso8859-1", "CP1252", NULL, 1},
  {"iso_8859-1", "CP1252", NULL, 1},
  {"latin1", "CP1252", NULL, 1},
  {"latin-1", "CP1252", NULL, 1},
  {"l1", "CP1252", NULL, 1},
  {"iso-8859-8-i", "ISO-8859-8", "CP1255", 2},
  {"iso-8859-8-e", "ISO-8859-8", "CP1255", 2},
  {"iso-8859-9", "CP1254", NULL, 2},
  {"iso-8859-11", "CP874", NULL, 4},
  {"iso-8859-*", NULL, NULL, 2},
  {"iso8859-*", NULL, NULL, 2},
  {"iso_8859-*", NULL, NULL, 2},
  {"latin-9", "ISO-8859-15", NULL, 2},
  {"latin9", "ISO-8859-15", NULL, 2},
  {"windows-874", "CP874", NULL, 4},
  {"windows-936", "CP936", "GB18030", 4},
  {"windows-949", "CP949", NULL, 4},
  {"windows-950", "BIG5", "BIG5-HKSCS", 4},
  {"windows-31j", "CP932", NULL, 4},
  {"windows-12*", NULL, NULL, 2},
  {"cp125*", NULL, NULL, 2},
  {"cp-850", "CP850", NULL, 2},
  {"cp8*", NULL, NULL, 2},
  {"ibm8*", NULL, NULL, 2},
  {"cp437", "CP437", NULL, 2},
  {"ibm437", "CP437", NULL, 2},
  {"koi8-*", NULL, NULL, 2},
  {"koi8", "KOI8-R", NULL, 2},
  {"macintosh", "MACINTOSH", NULL, 2},
  {"x-mac-roman", "MACINTOSH", NULL, 2},
  {"x-mac-cyrillic", "MAC-CYRILLIC", NULL, 2},
  {"viscii", "VISCII", "CP1258", 2},
  {"tcvn*", NULL, "CP1258", 2},
  {"tis-620", "CP874", NULL, 4},
  {"gb2312", "GB2312", "GB18030", 2},
  {"gb_2312-80", "GB2312", "GB18030", 2},
  {"euc-cn", "GB2312", "GB18030", 2},
  {"x-gbk", "GBK", "GB18030", 4},
  {"gbk", "GBK", "GB18030", 4},
  {"cp936", "GBK", "GB18030", 4},
  {"gb18030", "GB18030", NULL, 4},
  {"hz-gb-2312", "GB18030", NULL, 2},
  {"big5-hkscs", "BIG5-HKSCS", NULL, 4},
  {"big5", "BIG5", "BIG5-HKSCS", 4},
  {"cn-big5", "BIG5", "BIG5-HKSCS", 4},
  {"x-x-big5", "BIG5", "BIG5-HKSCS", 4},
  {"euc-tw", NULL, NULL, 4},
  {"shift_jis", "CP932", NULL, 4},
  {"shift-jis", "CP932", NULL, 4},
  {"x-sjis", "CP932", NULL, 4},
  {"sjis", "CP932", NULL, 4},
  {"cp932", "CP932", NULL, 4},
  {"euc-jp", "EUC-JP", "EUC-JP-MS", 4},
  {"x-euc-jp", "EUC-JP", "EUC-JP-MS", 4},
  {"iso-2022-jp*", "ISO-2022-JP-3", NULL, 1},
  {"cp5022*", "ISO-2022-JP-3", NULL, 1},
  {"euc-kr", "EUC-KR", "CP949", 4},
  {"ks_c_5601*", "CP949", NULL, 4},
  {"ksc5601", "CP949", NULL, 4},
  {"cp949", "CP949", NULL, 4},
  {"uhc", "CP949", NULL, 4},
  {"iso-2022-kr", "ISO-2022-KR", NULL, 1},
  {"utf-7", "UTF-7", NULL, 1},
  {"unicode-1-1-utf-7", "UTF-7", NULL, 1},
  {"utf-16*", NULL, NULL, 4},
  {"utf-32*", NULL, NULL, 4},
  {"ucs-2", "UTF-16", NULL, 4},
};

static bool label_matches(const char *pattern, const char *label) {
  size_t length = strlen(pattern);
  if (pattern[length - 1] == '*') return strncmp(pattern, label, length - 1) == 0;
  return strcmp(pattern, label) == 0;
}

// Letters, digits and "-_." only, lower case; "" for anything else, so that nothing strange reaches iconv.
static void clean_label(const char *label, char out[32]) {
  while (*label == ' ' || *label == '"' || *label == '\'') label++;
  size_t length = strcspn(label, " \"'*;,");
  out[0] = '\0';
  if (length >= 32) return;
  for (size_t i = 0; i < length; i++) {
    if (!g_ascii_isalnum(label[i]) && !strchr("-_.", label[i])) {
      out[0] = '\0';
      return;
    }
    out[i] = g_ascii_tolower(label[i]);
  }
  out[length] = '\0';
}

static bool is_utf8_label(const char *clean) {
  static const char *const labels[] = {"utf-8", "utf8", "utf_8", "x-utf-8", "unicode-1-1-utf-8", "utf-8mb4", "utf8mb4"};
  for (size_t i = 0; i < G_N_ELEMENTS(labels); i++)
    if (strcmp(clean, labels[i]) == 0) return true;
  return false;
}

static const Charset *find_charset(const char *clean) {
  for (size_t i = 0; *clean && i < G_N_ELEMENTS(charsets); i++)
    if (label_matches(charsets[i].label, clean)) return &charsets[i];
  return NULL;
}

// What the bytes look like: the number of multi-byte sequences when all is strict UTF-8, else -1.
static int utf8_sequences(Bytes raw) {
  const unsigned char *bytes = raw.data;
  int sequences = 0;
  for (size_t i = 0; i < raw.size; i++)
    if (bytes[i] >= 0xC0 && sequences < G_MAXINT) sequences++;
  const char *at = raw.data, *end = at + raw.size;
  while (at < end) { // NUL bytes are no reason to doubt the charset
    if (g_utf8_validate_len(at, (size_t)(end - at), &at)) break;
    if (at < end && *at) return -1;
    at++;
  }
  return sequences;
}

static bool is_seven_bit(Bytes raw) {
  const unsigned char *bytes = raw.data;
  for (size_t i = 0; i < raw.size; i++)
    if (bytes[i] >= 0x80) return false;
  return true;
}

// Decodes with iconv. With `replace`, bytes that make no sense become U+FFFD; without, they end it and the result is NULL.
static char *convert(Bytes raw, const char *from, bool replace) {
  GIConv converter = g_iconv_open("UTF-8", from);
  if (converter == (GIConv)-1) return NULL;
  GString *out = g_string_sized_new(raw.size + raw.size / 2 + 16);
  g_autofree char *input = g_memdup2(raw.size ? raw.data : "", raw.size ? raw.size : 1); // g_iconv takes no const
  char *at = input, buffer[4096];
  size_t left = raw.size;
  bool failed = false, flushed = false;
  while (!flushed && !failed) {
    char *to = buffer;
    size_t room = sizeof buffer;
    flushed = left == 0;
    size_t result = flushed ? g_iconv(converter, NULL, NULL, &to, &room) : g_iconv(converter, &at, &left, &to, &room);
    int reason = errno;
    g_string_append_len(out, buffer, to - buffer);
    if (result != (size_t)-1 || reason == E2BIG || flushed) continue;
    failed = !replace;
    g_string_append(out, "\xEF\xBF\xBD");
    at++;
    left--;
  }
  g_iconv_close(converter);
  return g_string_free(out, failed);
}

// ISO-2022-JP with the characters that Japanese vendors added (①), which iconv does not know in this form but in EUC: there
// the two bytes of a character have their high bits set.
static char *convert_japanese(Bytes raw) {
  g_autoptr(GByteArray) euc = g_byte_array_new();
  const guint8 *at = raw.data, *end = at + raw.size;
  bool is_double = false, is_kana = false;
  while (at < end) {
    if (end - at >= 3 && at[0] == 033 && (at[1] == '$' || at[1] == '(')) {
      is_double = at[1] == '$';
      is_kana = at[1] == '(' && at[2] == 'I';
      at += 3;
      continue;
    }
    bool is_high = (is_double || is_kana) && *at > ' ' && *at < 0x7F;
    guint8 bytes[2] = {0x8E, is_high ? (guint8)(*at | 0x80) : *at};
    g_byte_array_append(euc, is_high && is_kana ? bytes : bytes + 1, is_high && is_kana ? 2 : 1);
    at++;
  }
  return convert(bytes_of(euc->data, euc->len), "EUC-JP-MS", true);
}

static const char *keep(Arena *arena, char *converted) {
  const char *clean = text_make_valid(arena, bytes_of_text(converted));
  g_free(converted);
  return clean;
}

// Nothing said: UTF-8 when it is, ISO-2022-JP when it has its escapes, what it looks like (charset_guess.c), else what old Western
// mail was written in.
static const char *decode_unlabelled(Arena *arena, Bytes raw) {
  bool has_escape = memmem(raw.data, raw.size, "\033$B", 3) || memmem(raw.data, raw.size, "\033$@", 3);
  char *japanese = has_escape && is_seven_bit(raw) ? convert(raw, "ISO-2022-JP-3", false) : NULL;
  if (japanese) return keep(arena, japanese);
  if (utf8_sequences(raw) >= 0) return text_make_valid(arena, raw);
  const char *guess = charset_guess(raw);
  const Charset *charset = guess ? find_charset(guess) : NULL;
  char *guessed = charset ? convert(raw, charset->name ? charset->name : guess, false) : NULL;
  if (guessed) return keep(arena, guessed);
  char *western = convert(raw, "CP1252", true);
  return western ? keep(arena, western) : text_make_valid(arena, raw);
}

static void say(Arena *arena, const char **out_problem, const char *label, const char *what) {
  if (!out_problem) return;
  g_autoptr(Arena) scratch = arena_new();
  const char *shown = text_clamp(scratch, text_one_line(scratch, text_make_valid(scratch, bytes_of_text(label))), 40);
  *out_problem = arena_printf(arena, "says charset \"%s\", %s", shown, what);
}

static const char *decode_utf8(Arena *arena, Bytes raw, const char *label, const char **out_problem) {
  if (utf8_sequences(raw) >= 0) return text_make_valid(arena, raw);
  size_t broken = 0, high = 0;
  const char *end = (const char *)raw.data + raw.size;
  for (const char *at = raw.data; at < end; high++) { // a few bad bytes in much good UTF-8 are damage, not another charset
    if (g_utf8_validate_len(at, (size_t)(end - at), &at)) break;
    if (at < end && *at) broken++;
    at++;
  }
  const unsigned char *bytes = raw.data;
  size_t starts = 0;
  for (size_t i = 0; i + 1 < raw.size; i++) starts += bytes[i] >= 0xC2 && bytes[i] < 0xF5 && (bytes[i + 1] & 0xC0) == 0x80;
  if (starts >= broken) {
    say(arena, out_problem, label, "but some bytes are not; they were replaced");
    return text_make_valid(arena, raw);
  }
  say(arena, out_problem, label, "which it is not; read as windows-1252");
  char *western = convert(raw, "CP1252", true);
  return western ? keep(arena, western) : text_make_valid(arena, raw);
}

static const char *decode_as(Arena *arena, Bytes raw, const Charset *charset, const char *label, const char **out_problem) {
  const char *name = charset->name ? charset->name : label;
  int sequences = utf8_sequences(raw);
  if (sequences >= charset->utf8_evidence) {
    say(arena, out_problem, label, "but it is UTF-8");
    return text_make_valid(arena, raw);
  }
  char *converted = convert(raw, name, false);
  if (converted) return keep(arena, converted);
  if (sequences > 0) {
    say(arena, out_problem, label, "but it is UTF-8");
    return text_make_valid(arena, raw);
  }
  const char *last = charset->superset ? charset->superset : strcmp(name, "ASCII") == 0 ? "CP1252" : name;
  bool is_japanese = g_str_has_prefix(name, "ISO-2022-JP") && is_seven_bit(raw);
  converted = is_japanese ? convert_japanese(raw) : convert(raw, last, true);
  say(arena, out_problem, label, "which does not fit; read as well as possible");
  return converted ? keep(arena, converted) : text_make_valid(arena, raw);
}

const char *charset_decode(Arena *arena, Bytes raw, const char *label, const char **out_problem) {
  if (raw.size == 0) return "";
  char clean[32];
  clean_label(label ? label : "", clean);
  if (!label || !*label) return decode_unlabelled(arena, raw);
  if (is_utf8_label(clean)) return decode_utf8(arena, raw, clean, out_problem);
  const Charset *charset = find_charset(clean);
  if (charset) return decode_as(arena, raw, charset, clean, out_problem);
  if (!is_seven_bit(raw)) {
    bool is_utf8 = utf8_sequences(raw) >= 0;
    say(arena, out_problem, label, is_utf8 ? "which nobody knows; read as UTF-8" : "which nobody knows; read as windows-1252");
  }
  return decode_unlabelled(arena, raw);
}

// The labels that the patterns of the table stand for, and the charsets that stand nowhere in it by name.
static const char *const spelled_out[] = {
  "ISO-8859-1", "ISO-8859-2",  "ISO-8859-3",  "ISO-8859-4",  "ISO-8859-5",  "ISO-8859-6",  "ISO-8859-7",  "ISO-8859-8",
  "ISO-8859-9", "ISO-8859-10", "ISO-8859-11", "ISO-8859-13", "ISO-8859-14", "ISO-8859-15", "ISO-8859-16", "CP1250",
  "CP1251",     "CP1252",      "CP1253",      "CP1254",      "CP1255",      "CP1256",      "CP1257",      "CP1258",
  "IBM437",     "IBM850",      "IBM852",      "IBM855",      "IBM857",      "IBM860",      "IBM861",      "IBM862",
  "IBM863",     "IBM864",      "IBM865",      "IBM866",      "IBM869",      "CP737",       "CP775",       "CP874",
  "KOI8-R",     "KOI8-U",      "KOI8-T",      "KOI8-RU",     "TCVN",        "EUC-TW",      "UTF-16",      "UTF-32",
  "UCS-2",      "UTF-16LE",    "UTF-16BE",    "UTF-32LE",    "UTF-32BE",
};

// A converter that is open keeps its table loaded, for every later one of the same charset. These stay open until the end.
void charset_preload(void) {
  for (size_t i = 0; i < G_N_ELEMENTS(charsets); i++) {
    if (charsets[i].name) g_iconv_open("UTF-8", charsets[i].name);
    if (charsets[i].superset) g_iconv_open("UTF-8", charsets[i].superset);
  }
  for (size_t i = 0; i < G_N_ELEMENTS(spelled_out); i++) g_iconv_open("UTF-8", spelled_out[i]);
}
