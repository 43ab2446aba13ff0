// Where sentences end. A full stop ends one when white space follows and no abbreviation stands before it; a line break ends
// one unless the line looks wrapped by the mail program (long, and the next line goes on with a small letter or "I").
// Scoring a long mail as one text destroys the reading, so sentences matter.
#include "insight/engine.h"

#define WRAPPED_LINE 30 // shorter lines are broken on purpose

// Characters as bytes are enough here: everything looked at is ASCII, and other bytes count as letters.
static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0'; }

static bool word_before_is(const char *text, size_t start, size_t at, const char *word) {
  size_t size = strlen(word);
  if (at < start + size || g_ascii_strncasecmp(text + at - size, word, size) != 0) return false;
  return at == start + size || !(g_ascii_isalnum(text[at - size - 1]) || (text[at - size - 1] & 0x80));
}

// "2. The lid is cracked": the number belongs to what follows it.
static bool is_list_number(const char *text, size_t length, size_t start, size_t at) {
  size_t digits = 0;
  while (digits < at - start && digits <= 2 && g_ascii_isdigit(text[at - 1 - digits])) digits++;
  return digits >= 1 && digits <= 2 && digits == at - start && at + 1 < length && text[at + 1] == ' ';
}

// "- ", "* ", "• ", "3. ", "3) ": an item of a list, whatever the line before it looks like.
static bool is_list_item(const char *text, size_t length, size_t at) {
  if (at + 2 >= length) return false;
  if (strchr("-*+", text[at]) && text[at + 1] == ' ') return true;
  if (at + 3 < length && memcmp(text + at, "\xe2\x80\xa2", 3) == 0) return true;
  size_t digits = 0;
  while (digits < 2 && at + digits < length && g_ascii_isdigit(text[at + digits])) digits++;
  return digits && at + digits + 1 < length && (text[at + digits] == '.' || text[at + digits] == ')') &&
         text[at + digits + 1] == ' ';
}

bool stop_ends_sentence(const char *text, size_t length, size_t start, size_t at) {
  static const char *const abbreviations[] = {"mr",   "mrs",  "ms",     "dr",   "st",   "no",  "ref", "e.g",  "i.e",  "eg",
                                              "ie",   "vs",   "approx", "inc",  "prof", "jr",  "sr",  "ltd",  "corp", "dept",
                                              "tel",  "a.m",  "p.m",    "acct", "nr",   "art", "ext", "fig",  "vol",  "ave",
                                              "blvd", "incl", "excl",   "resp", "max",  "min", "u.s", "u.s.c"};
  if (at + 1 < length && !is_space(text[at + 1]) && !strchr(".!?)\"'*]", text[at + 1]) && !(text[at + 1] & 0x80)) return false;
  if (is_list_number(text, length, start, at)) return false;
  for (size_t i = 0; i < G_N_ELEMENTS(abbreviations); i++) {
    if (!word_before_is(text, start, at, abbreviations[i])) continue;
    // "No." alone is a sentence, "no. 4711" is not.
    size_t next = at + 1;
    while (next < length && (text[next] == ' ' || text[next] == '\t')) next++;
    bool is_number = strcmp(abbreviations[i], "no") == 0 || strcmp(abbreviations[i], "ref") == 0;
    if (next < length && (!is_number || g_ascii_isdigit(text[next]) || text[next] == '#')) return false;
  }
  return true;
}

bool line_ends_sentence(const char *text, size_t length, size_t line_start, size_t at) {
  if (at - line_start < WRAPPED_LINE) return true;
  size_t next = at;
  if (next < length && text[next] == '\r') next++;
  if (next < length && text[next] == '\n') next++;
  while (next < length && (text[next] == ' ' || text[next] == '\t')) next++;
  if (next >= length || is_list_item(text, length, next)) return true;
  char c = text[next];
  bool is_lone_i = c == 'I' && next + 1 < length && (text[next + 1] == ' ' || text[next + 1] == '\'');
  return !(g_ascii_islower(c) || g_ascii_isdigit(c) || is_lone_i);
}
