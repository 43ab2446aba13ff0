// Reading a passage: which lines are somebody's own words, then words and sentences. Quoted lines and the line that introduces
// them, a greeting at the beginning, and the sign-off with all below it are left out. One walk forward, so the work is linear.
#include "insight/coach/study.h"

#include "insight/engine.h"

#define FOLDED_ROOM 40
#define SIGN_OFF_LINES 7  // from the end, within which a sign-off is looked for
#define SIGN_OFF_WIDTH 48 // bytes; a longer line is a sentence
#define GREETING_WORDS 5
#define WORDS_MOST 8000
#define LINES_MOST 4000

typedef struct Range { // a physical line
  size_t from, to;
  bool is_blank, is_passed;
} Range;
LIST_DEFINE(Range)

typedef struct Reader {
  Arena *arena;
  const Vocabulary *vocabulary;
  Passage *passage;
  size_t at, to;
  size_t line_start;
  bool is_open, after_break, in_quotes;
  Line line;
} Reader;

// ---- Whose lines ----

static bool begins_with(const char *text, size_t size, const char *word) {
  size_t length = strlen(word);
  return size >= length && g_ascii_strncasecmp(text, word, length) == 0 && (size == length || !g_ascii_isalpha(text[length]));
}

static bool ends_letter(const char *text, size_t size) {
  static const char *const words[] = {
    "regards",     "kind regards",    "best regards",     "warm regards",      "warmest regards", "best wishes",
    "warm wishes", "kindest regards", "many thanks",      "with best",         "with kind",       "with warm",
    "sincerely",   "yours sincerely", "yours faithfully", "yours truly",       "yours",           "all the best",
    "best",        "cheers",          "take care",        "respectfully",      "cordially",       "thanks",
    "thank you",   "warmly",          "mit freundlichen", "freundliche grüße", "viele grüße",     "liebe grüße",
    "beste grüße", "herzliche grüße", "mit besten",       "mit herzlichen"};
  if (size > SIGN_OFF_WIDTH) return false;
  size_t spaces = 0;
  for (size_t i = 0; i < size; i++) {
    if (strchr(".?!", text[i]) && i + 1 < size) return false; // a sentence, with something behind it
    spaces += text[i] == ' ';
  }
  if (spaces > 3 || (size && (text[size - 1] == '?' || text[size - 1] == '.' || text[size - 1] == '!'))) return false;
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
    if (begins_with(text, size, words[i])) return true;
  return false;
}

static RangeList ranges_of(Arena *arena, const char *text, size_t length) {
  RangeList ranges = {0};
  for (size_t at = 0; at < length;) {
    const char *newline = memchr(text + at, '\n', length - at);
    size_t end = newline ? (size_t)(newline - text) : length;
    Range *range = list_add(arena, &ranges);
    size_t from = at, to = end;
    while (from < to && strchr(" \t\r", text[from]) && text[from]) from++;
    while (to > from && strchr(" \t\r", text[to - 1]) && text[to - 1]) to--;
    *range = (Range){.from = from, .to = to, .is_blank = from == to};
    at = end + 1;
  }
  return ranges;
}

static bool is_introduction(const char *text, size_t size) { // "On Monday, Sam wrote:", "Am Montag schrieb Sam:"
  if (size <= 6 || text[size - 1] != ':') return false;
  bool is_german = begins_with(text, size, "am") && g_strstr_len(text, (gssize)size, " schrieb ");
  return is_german || g_ascii_strncasecmp(text + size - 6, "wrote", 5) == 0;
}

static void pass_foreign_lines(const char *text, RangeList *ranges) {
  size_t written = 0;
  for (size_t i = 0; i < ranges->count; i++) {
    Range *range = &ranges->items[i];
    size_t size = range->to - range->from;
    bool is_end = size >= 2 && size <= 3 && memcmp(text + range->from, "--", 2) == 0;
    if (is_end && written) {
      for (size_t j = i; j < ranges->count; j++) ranges->items[j].is_passed = true;
      return;
    }
    range->is_passed = range->is_blank || text[range->from] == '>' || is_introduction(text + range->from, size);
    written += !range->is_passed;
  }
  size_t left = 0;
  for (size_t i = ranges->count; i-- > 0 && left < SIGN_OFF_LINES;) {
    Range *range = &ranges->items[i];
    if (range->is_passed) continue;
    left++;
    if (left == written || !ends_letter(text + range->from, range->to - range->from)) continue;
    for (size_t j = i; j < ranges->count; j++) ranges->items[j].is_passed = true;
    return;
  }
}

// "Hi Anna," at the beginning: the bytes it takes.
static size_t greeting_size(const char *text, size_t size) {
  static const char *const words[] = {
    "hi",           "hello",    "hey",          "dear",          "good morning", "good afternoon",
    "good evening", "good day", "greetings",    "hiya",          "guten tag",    "guten morgen",
    "guten abend",  "hallo",    "sehr geehrte", "sehr geehrter", "liebe",        "lieber"};
  size_t found = 0;
  for (size_t i = 0; i < G_N_ELEMENTS(words) && !found; i++)
    if (begins_with(text, size, words[i])) found = strlen(words[i]);
  if (!found) return 0;
  size_t spaces = 0;
  for (size_t at = found; at < size; at++) {
    bool is_title = text[at] == '.' && at >= 2 && (text[at - 1] == 'r' || text[at - 1] == 's'); // Mr. Mrs. Dr. Ms.
    if (strchr(",!:;.", text[at]) && text[at] && !is_title) return at + 1;
    spaces += text[at] == ' ';
    if (spaces > GREETING_WORDS) return 0;
  }
  return spaces <= 3 ? size : 0;
}

// ---- Words and sentences ----

static void open_line(Reader *r, size_t at) {
  if (r->is_open) return;
  r->is_open = true;
  r->line = (Line){.first = (uint32_t)r->passage->words.count, .start = (uint32_t)at};
}

static void close_line(Reader *r, size_t end) {
  if (!r->is_open) return;
  r->is_open = r->after_break = false;
  r->line.count = (uint32_t)r->passage->words.count - r->line.first;
  r->line.end = (uint32_t)end;
  if (r->line.count && r->passage->lines.count < LINES_MOST) *list_add(r->arena, &r->passage->lines) = r->line;
  if (!r->line.count && r->passage->lines.count) { // "?!" of the sentence before
    Line *before = &r->passage->lines.items[r->passage->lines.count - 1];
    before->exclamations = (uint16_t)(before->exclamations + r->line.exclamations);
    before->is_question |= r->line.is_question;
    before->end = (uint32_t)end;
  }
}

static void add_word(Reader *r, size_t start, size_t end, const char *folded, size_t size, size_t letters, size_t capitals,
                     bool is_capital) {
  if (r->passage->words.count >= WORDS_MOST || r->passage->lines.count >= LINES_MOST) return;
  open_line(r, start);
  bool is_first = r->passage->words.count == r->line.first;
  Word *word = list_add(r->arena, &r->passage->words);
  *word = (Word){.folded = arena_strndup(r->arena, folded, size),
                 .start = (uint32_t)start,
                 .end = (uint32_t)end,
                 .sentence = (uint16_t)r->passage->lines.count,
                 .is_quoted = r->in_quotes,
                 .is_number = size && g_ascii_isdigit(folded[0]),
                 .is_caps = letters >= 4 && capitals == letters,
                 .is_name = is_capital && !is_first && !(size == 1 && folded[0] == 'i'),
                 .after_break = r->after_break};
  vocabulary_ids(r->vocabulary, folded, size, word->ids);
  word->stem = word_stem(folded, size, &word->is_generic);
  r->after_break = false;
}

static void finish_word(Reader *r, size_t start, char *folded, size_t size, size_t letters, size_t capitals, bool is_capital) {
  const char *second = NULL;
  if (size == 6 && memcmp(folded, "cannot", 6) == 0) {
    size = 3;
    second = "not";
  } else if (memchr(folded, '\'', size))
    size = contraction_open(folded, size, &second);
  add_word(r, start, r->at, folded, size, letters, capitals, is_capital);
  if (second) add_word(r, start, r->at, second, strlen(second), 0, 0, false);
}

static void read_word(Reader *r) {
  const char *text = r->passage->text;
  char folded[FOLDED_ROOM + 8];
  size_t start = r->at, used = 0, letters = 0, capitals = 0, size;
  bool is_capital = g_ascii_isupper(text[start]);
  while (r->at < r->to) {
    uint32_t code = character_at(text, r->to, r->at, &size);
    bool is_letter = character_is_letter(code);
    if (!is_letter && !character_is_part(code)) {
      size_t next_size = 0;
      bool is_joined = character_is_apostrophe(code) && r->at + size < r->to && used &&
                       character_is_letter(character_at(text, r->to, r->at + size, &next_size));
      if (!is_joined) break;
      code = '\'';
    } else if (is_letter) {
      letters += !g_unichar_isdigit(code);
      capitals += g_unichar_isupper(code) != 0;
      code = g_unichar_tolower(code);
    }
    if (!character_is_part(code) && used < FOLDED_ROOM) used += (size_t)g_unichar_to_utf8(code, folded + used);
    r->at += size;
  }
  while (r->at < r->to && (text[r->at] & 0xC0) == 0x80) r->at++; // stray bytes go with what stands before them
  finish_word(r, start, folded, MIN(used, FOLDED_ROOM), letters, capitals, is_capital);
}

static bool read_emoticon(Reader *r) {
  static const char *const faces[] = {":)", ":-)", ";)", ";-)", ":D", ":-D", ":(", ":-(",
                                      ":P", ":-P", "<3", "xD",  "XD", "^^",  ":')"};
  const char *text = r->passage->text;
  if (r->at > 0 && !strchr(" \t\n.!?,", text[r->at - 1])) return false;
  for (size_t i = 0; i < G_N_ELEMENTS(faces); i++) {
    size_t size = strlen(faces[i]);
    if (r->to - r->at < size || memcmp(text + r->at, faces[i], size) != 0) continue;
    if (r->at + size < r->to && (g_ascii_isalnum(text[r->at + size]) || (text[r->at + size] & 0xC0) == 0x80)) continue;
    if (r->passage->emoji_end == 0) {
      r->passage->emoji_start = (uint32_t)r->at;
      r->passage->emoji_end = (uint32_t)(r->at + size);
    }
    r->at += size;
    return true;
  }
  return false;
}

static void read_quote(Reader *r, uint32_t code) {
  const char *text = r->passage->text;
  if (code == 0x201C) // closes „German quotes“, opens English ones
    r->in_quotes = !r->in_quotes;
  else if (code == 0x201E || code == 0xAB)
    r->in_quotes = true;
  else if (code == 0x201D || code == 0xBB)
    r->in_quotes = false;
  else if (r->in_quotes)
    r->in_quotes = false;
  else // an opening one stands before a word and behind none ("19"" are inches)
    r->in_quotes = (r->at == 0 || !g_ascii_isalnum(text[r->at - 1])) && memchr(text + r->at + 1, '"', r->to - r->at - 1) != NULL;
}

// Moves on, together with stray bytes: they go with what stands before them, so that no place lies within a character.
static void pass(Reader *r, size_t size) {
  r->at += size;
  while (r->at < r->to && (r->passage->text[r->at] & 0xC0) == 0x80) r->at++;
}

static void read_end(Reader *r) { // the whole run "?!!" belongs to the sentence
  open_line(r, r->at);
  while (r->at < r->to && (r->passage->text[r->at] == '!' || r->passage->text[r->at] == '?' || r->passage->text[r->at] == '.')) {
    r->line.exclamations = (uint16_t)MIN(r->line.exclamations + (r->passage->text[r->at] == '!'), 1000);
    r->line.is_question |= r->passage->text[r->at] == '?';
    pass(r, 1);
  }
  if (!r->in_quotes) close_line(r, r->at);
}

static void read_emoji(Reader *r) { // and those that follow it
  size_t start = r->at, size;
  for (uint32_t code; r->at < r->to; pass(r, size)) {
    code = character_at(r->passage->text, r->to, r->at, &size);
    if (!character_is_emoji(code) && !character_is_part(code)) break;
  }
  if (r->passage->emoji_end) return;
  r->passage->emoji_start = (uint32_t)start;
  r->passage->emoji_end = (uint32_t)r->at;
}

static void read_sign(Reader *r) {
  const char *text = r->passage->text;
  size_t size, at = r->at;
  uint32_t code = character_at(text, r->to, at, &size);
  if (code == '!' || code == '?') {
    read_end(r);
    return;
  }
  if (character_is_emoji(code)) {
    read_emoji(r);
    return;
  }
  if (code == '"' || code == 0x201E || code == 0x201C || code == 0x201D || code == 0xAB || code == 0xBB) read_quote(r, code);
  if (code == ',' || code == ':' || code == ';' || code == '(' || code == ')' || code == 0x2013 || code == 0x2014)
    r->after_break = true;
  pass(r, size);
  if (code == '.' && r->is_open && !r->in_quotes && stop_ends_sentence(text, r->to, r->line.start, at)) close_line(r, r->at);
}

// "- ", "* ", "3. " at the beginning of a line: its size, or 0.
static size_t item_size(const char *text, size_t from, size_t to) {
  if (to - from > 2 && strchr("-*+", text[from]) && text[from + 1] == ' ') return 2;
  if (to - from > 4 && memcmp(text + from, "\xE2\x80\xA2 ", 4) == 0) return 4;
  size_t digits = 0;
  while (digits < 2 && from + digits < to && g_ascii_isdigit(text[from + digits])) digits++;
  bool is_item = digits && from + digits + 1 < to && strchr(".)", text[from + digits]) && text[from + digits + 1] == ' ';
  return is_item ? digits + 2 : 0;
}

static void read_range(Reader *r, size_t from, size_t to) {
  size_t item = item_size(r->passage->text, from, to);
  r->at = from;
  r->to = to;
  r->line_start = from;
  if (item) {
    close_line(r, from);
    open_line(r, from + item);
    r->line.is_item = true;
    r->at += item;
  }
  while (r->at < to) {
    size_t size;
    if (character_is_letter(character_at(r->passage->text, to, r->at, &size)))
      read_word(r);
    else if (!read_emoticon(r))
      read_sign(r);
  }
}

void passage_read(Arena *arena, Passage *passage, const Vocabulary *vocabulary, const char *text, size_t length) {
  if (length > COACH_MOST)
    for (length = COACH_MOST; length > 0 && (text[length] & 0xC0) == 0x80;) length--;
  *passage = (Passage){.vocabulary = vocabulary, .text = text, .length = length};
  Reader reader = {.arena = arena, .vocabulary = vocabulary, .passage = passage};
  RangeList ranges = ranges_of(arena, text, length);
  pass_foreign_lines(text, &ranges);
  bool is_first = true, after_gap = false;
  size_t last_end = 0;
  list_each(Range, range, &ranges) {
    if (range->is_passed) {
      after_gap = true;
      continue;
    }
    if (is_first) range->from += greeting_size(text + range->from, range->to - range->from);
    while (range->from < range->to && (text[range->from] & 0xC0) == 0x80) range->from++; // stray bytes belong to nobody
    if (is_first) passage->begin = (uint32_t)range->from;
    is_first = false;
    bool is_new = after_gap || line_ends_sentence(text, length, reader.line_start, last_end);
    if (is_new) {
      close_line(&reader, last_end);
      reader.in_quotes = reader.in_quotes && !after_gap;
    }
    after_gap = false;
    if (range->from < range->to) read_range(&reader, range->from, range->to);
    last_end = range->to;
  }
  close_line(&reader, last_end);
}

// At least a third of its words are common English ones or stand in the phrase tables.
bool passage_is_english(const Passage *passage) {
  size_t known = 0, words = 0;
  list_each(const Word, word, &passage->words) {
    if (word->is_number) continue;
    words++;
    known += word->stem == 0 || word->ids[0] != 0;
  }
  return words > 0 && known * 3 >= words;
}
