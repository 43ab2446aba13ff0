// From bytes to tokens and sentences, in one walk over the text. A word is folded as it is read: small letters, accents and
// zero-width characters gone, a letter repeated more than twice cut to two. Contractions and chat spellings are opened
// ("don't" and "dont": do, not), so that a phrase is written once. Emoji and emoticons are words of their own. What is not
// UTF-8 separates words. A word longer than FOLDED_ROOM is walked over but known to nobody, so the work is linear in bytes.
#include "insight/engine.h"

#define FOLDED_ROOM 40
#define REPLACEMENT 0xFFFD

typedef struct Scanner {
  Arena *arena;
  const Lexicon *lexicon;
  Scan *scan;
  size_t at, to;
  size_t line_start;
  bool is_open; // a sentence has begun
  bool after_break;
  bool in_quotes;
  Sentence sentence;
} Scanner;

typedef struct Word { // being folded
  char folded[FOLDED_ROOM + 8];
  size_t size;
  bool is_too_long, is_stretched;
  uint32_t last; // character, to count repeats
  int repeats;
  size_t letters, upper;
} Word;

uint32_t character_at(const char *text, size_t length, size_t at, size_t *out_size) {
  unsigned char first = (unsigned char)text[at];
  *out_size = 1;
  if (first < 0x80) return first;
  size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + size > length) return REPLACEMENT;
  uint32_t code = first & (0x7F >> size);
  for (size_t i = 1; i < size; i++) {
    unsigned char next = (unsigned char)text[at + i];
    if ((next & 0xC0) != 0x80) return REPLACEMENT;
    code = code << 6 | (next & 0x3F);
  }
  bool is_overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  if (is_overlong || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return REPLACEMENT;
  *out_size = size;
  return code;
}

static bool is_invisible(uint32_t code) {
  return code == 0xAD || (code >= 0x200B && code <= 0x200F) || code == 0x2060 || code == 0xFEFF ||
         (code >= 0xFE00 && code <= 0xFE0F);
}
bool character_is_apostrophe(uint32_t code) {
  return code == '\'' || code == 0x2019 || code == 0x2018 || code == 0x02BC || code == '`';
}
bool character_is_emoji(uint32_t code) {
  return (code >= 0x1F000 && code <= 0x1FAFF) || (code >= 0x2600 && code <= 0x27BF) || code == 0x2B50 || code == 0x203C;
}
static bool is_emoji_part(uint32_t code) { return is_invisible(code) || (code >= 0x1F3FB && code <= 0x1F3FF) || code == 0x20E3; }
static bool is_mark(uint32_t code) { return code >= 0x300 && g_unichar_ismark(code); }
bool character_is_part(uint32_t code) { return is_emoji_part(code) || is_mark(code); }
bool character_is_letter(uint32_t code) {
  if (code < 0x80) return g_ascii_isalnum((char)code);
  return code != REPLACEMENT && !character_is_emoji(code) && g_unichar_isalnum(code);
}

static uint32_t peek(const Scanner *s, size_t at, size_t *out_size) {
  *out_size = 0;
  return at < s->to ? character_at(s->scan->text, s->to, at, out_size) : 0;
}

// Stray continuation bytes go with what stands before them, so that its end is no middle of a character to anyone.
static void pass_stray_bytes(Scanner *s) {
  while (s->at < s->to && (s->scan->text[s->at] & 0xC0) == 0x80) s->at++;
}

static void word_put(Word *word, uint32_t code) {
  word->repeats = code == word->last ? word->repeats + 1 : 1;
  word->last = code;
  if (word->repeats > 2 && !(code < 0x80 && g_ascii_isdigit((char)code))) {
    word->is_stretched = true;
    return;
  }
  if (word->size >= FOLDED_ROOM) {
    word->is_too_long = true;
    return;
  }
  if (code < 0x80)
    word->folded[word->size++] = (char)code;
  else
    word->size += (size_t)g_unichar_to_utf8(code, word->folded + word->size);
}

static void word_put_letter(Word *word, uint32_t code) {
  if (code < 0x80) {
    if (g_ascii_isalpha((char)code)) word->letters++;
    if (g_ascii_isupper((char)code)) word->upper++;
    word_put(word, (uint32_t)g_ascii_tolower((char)code));
    return;
  }
  word->letters++;
  if (g_unichar_isupper(code)) word->upper++;
  if (word->is_too_long) return;
  if (code == 0xDF) { // ß
    word_put(word, 's');
    word_put(word, 's');
    return;
  }
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  size_t count = g_unichar_fully_decompose(code, TRUE, parts, G_N_ELEMENTS(parts));
  for (size_t i = 0; i < count && i < G_N_ELEMENTS(parts); i++) {
    if (!g_unichar_ismark(parts[i])) word_put(word, g_unichar_tolower(parts[i]));
  }
}

static void open_sentence(Scanner *s, size_t at) {
  if (s->is_open) return;
  s->is_open = true;
  s->sentence = (Sentence){.first = s->scan->tokens.count, .start = at, .end = at};
}

static void close_sentence(Scanner *s, size_t end) {
  if (!s->is_open) return;
  s->is_open = false;
  s->after_break = false;
  s->sentence.count = s->scan->tokens.count - s->sentence.first;
  s->sentence.end = end;
  if (s->sentence.count || s->sentence.exclamations || s->sentence.is_question)
    *list_add(s->arena, &s->scan->sentences) = s->sentence;
}

static Token *token_add(Scanner *s, size_t start, size_t end, uint32_t word) {
  open_sentence(s, start);
  Token *token = list_add(s->arena, &s->scan->tokens);
  *token = (Token){.start = start,
                   .end = end,
                   .word = word,
                   .classes = lexicon_classes(s->lexicon, word),
                   .after_break = s->after_break,
                   .in_quotes = s->in_quotes};
  s->after_break = false;
  return token;
}

static bool ends_with(const char *folded, size_t size, const char *suffix) {
  size_t suffix_size = strlen(suffix);
  return size > suffix_size && memcmp(folded + size - suffix_size, suffix, suffix_size) == 0;
}

// Opens what ends in an apostrophe part. Gives the size of the stem; `*out_second` is the second word, or NULL.
size_t contraction_open(char *folded, size_t size, const char **out_second) {
  static const struct {
    const char *suffix, *second;
  } endings[] = {{"n't", "not"}, {"'m", "am"}, {"'re", "are"}, {"'ll", "will"}, {"'ve", "have"}, {"'d", "would"}};
  static const char *const subjects[] = {"it", "that", "he", "she", "what", "who", "there", "here", "where", "how", "this"};
  *out_second = NULL;
  for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
    if (!ends_with(folded, size, endings[i].suffix)) continue;
    *out_second = endings[i].second;
    size_t stem = size - strlen(endings[i].suffix);
    if (i > 0) return stem;
    if (stem == 2 && memcmp(folded, "ca", 2) == 0)
      folded[stem++] = 'n';
    else if (stem == 2 && memcmp(folded, "wo", 2) == 0)
      return (size_t)(g_strlcpy(folded, "will", FOLDED_ROOM));
    return stem;
  }
  if (!ends_with(folded, size, "'s")) return size;
  if (size == 5 && memcmp(folded, "let's", 5) == 0) *out_second = "us";
  for (size_t i = 0; i < G_N_ELEMENTS(subjects); i++) {
    if (strlen(subjects[i]) == size - 2 && memcmp(folded, subjects[i], size - 2) == 0) *out_second = "is";
  }
  return size - 2;
}

// The number of the word; for a stretched one that nobody knows, with doubled letters made single.
static uint32_t look_up(const Scanner *s, const Word *word, size_t size) {
  uint32_t number = lexicon_word(s->lexicon, word->folded, size);
  if (number || !word->is_stretched) return number;
  char single[FOLDED_ROOM + 8];
  size_t count = 0;
  for (size_t i = 0; i < size; i++) {
    if (count == 0 || single[count - 1] != word->folded[i] || (word->folded[i] & 0x80)) single[count++] = word->folded[i];
  }
  return lexicon_word(s->lexicon, single, count);
}

static void word_finish(Scanner *s, Word *word, size_t start, size_t end) {
  Scan *scan = s->scan;
  scan->letters += word->letters;
  scan->capitals += word->upper;
  scan->lower += word->letters - word->upper;
  bool is_caps = word->letters >= 2 && word->upper == word->letters;
  if (is_caps && word->letters >= 4) scan->caps_words++;
  const char *second = NULL;
  size_t size = word->size;
  uint32_t number = 0;
  if (!word->is_too_long) {
    if (memchr(word->folded, '\'', size)) size = contraction_open(word->folded, size, &second);
    number = look_up(s, word, size);
  }
  size_t parts = 0;
  const uint32_t *opened = lexicon_alias(s->lexicon, number, &parts);
  for (size_t i = 0; i < (opened ? parts : 1); i++) {
    Token *token = token_add(s, start, end, opened ? opened[i] : number);
    token->is_caps = is_caps;
    token->is_stretched = word->is_stretched;
    if (size && g_ascii_isdigit(word->folded[0])) token->classes |= CLASS_BIT(CLASS_NUMBER);
  }
  if (second) token_add(s, start, end, lexicon_word(s->lexicon, second, strlen(second)))->is_caps = is_caps;
}

// Whether the punctuation before `next_at` belongs to the word around it: an apostrophe, the stars of "f**k" and "f***", the
// dollars of "a$$hole"; but not the stars around *this*.
static bool joins_word(const Scanner *s, const Word *word, uint32_t code, size_t next_at) {
  size_t size;
  uint32_t next = peek(s, next_at, &size);
  if (character_is_apostrophe(code)) return character_is_letter(next) && word->size > 0;
  if (code != '*' && code != '$') return false;
  int run = 1;
  for (; next == code && run < 8; run++) next = peek(s, next_at + (size_t)run, &size);
  if (character_is_letter(next)) return code == '*' || !g_ascii_isdigit((char)(next & 0x7F));
  return (run >= 2 || word->last == '*' || word->last == 's') && word->size <= 3;
}

static void read_word(Scanner *s) {
  Word word = {.last = 0};
  size_t start = s->at;
  size_t size;
  for (;;) {
    uint32_t code = peek(s, s->at, &size);
    if (size == 0) break;
    if (character_is_letter(code))
      word_put_letter(&word, code);
    else if (is_invisible(code) || is_mark(code)) { // belongs to the letter before
    } else if (joins_word(s, &word, code, s->at + size)) {
      uint32_t folded = character_is_apostrophe(code) ? '\'' : code == '$' ? 's' : '*';
      if (folded != '*' || word.last != '*') word_put(&word, folded);
    } else
      break;
    s->at += size;
  }
  pass_stray_bytes(s);
  word_finish(s, &word, start, s->at);
}

static void read_emoji(Scanner *s) {
  size_t start = s->at, size;
  char folded[8];
  uint32_t code = peek(s, s->at, &size);
  size_t folded_size = (size_t)g_unichar_to_utf8(code, folded);
  bool is_joined = false;
  for (; size; code = peek(s, s->at, &size)) { // the first, its modifiers, and what a joiner ties to it
    if (s->at != start && !is_emoji_part(code) && !is_mark(code) && !(is_joined && character_is_emoji(code))) break;
    is_joined = code == 0x200D;
    s->at += size;
  }
  pass_stray_bytes(s);
  token_add(s, start, s->at, lexicon_word(s->lexicon, folded, folded_size));
}

// ":)", ":-(", ":'(", "<3": after white space or at the start only. Gives true and moves on when there is one.
static bool read_emoticon(Scanner *s, uint32_t code) {
  const char *text = s->scan->text;
  if (s->at > 0 && !strchr(" \t\r\n", text[s->at - 1])) return false;
  size_t left = s->to - s->at;
  const char *word = NULL;
  size_t used = 2;
  if (code == '<' && left >= 2 && text[s->at + 1] == '3') word = "<3";
  if (code == ':' || code == ';' || code == '=') {
    while (used < 4 && used <= left && text[s->at + used - 1] && strchr("-'^", text[s->at + used - 1])) used++;
    char mouth = used <= left ? text[s->at + used - 1] : '\0';
    if (mouth == ')' || mouth == ']')
      word = code == ';' ? ";)" : ":)";
    else if (mouth == '(' || mouth == '[')
      word = ":(";
    else if (mouth == 'D')
      word = ":d";
    else if (mouth == '/' || mouth == '\\')
      word = ":/";
  }
  if (!word || (s->at + used < s->to && g_ascii_isalnum(text[s->at + used]))) return false;
  size_t start = s->at;
  s->at += used;
  pass_stray_bytes(s);
  token_add(s, start, s->at, lexicon_word(s->lexicon, word, 2));
  return true;
}

// Addresses of pages and names after "@" are walked over: their words are not the customer's.
static bool skip_address(Scanner *s, uint32_t code) {
  const char *text = s->scan->text;
  size_t left = s->to - s->at;
  bool is_page = (left > 7 && (code == 'h' || code == 'H') &&
                  (g_ascii_strncasecmp(text + s->at, "http://", 7) == 0 ||
                   g_ascii_strncasecmp(text + s->at, "https://", 8) == 0)) ||
                 (left > 4 && g_ascii_strncasecmp(text + s->at, "www.", 4) == 0);
  bool is_name = code == '@' && left > 1 && g_ascii_isalnum(text[s->at + 1]);
  if (!is_page && !is_name) return false;
  size_t start = s->at;
  while (s->at < s->to && !strchr(is_page ? " \t\r\n<>\"" : " \t\r\n<>\",;:!?", text[s->at])) s->at++;
  token_add(s, start, s->at, 0);
  return true;
}

static bool line_is_signature(const Scanner *s, size_t at) {
  const char *text = s->scan->text;
  if (s->to - at < 2 || memcmp(text + at, "--", 2) != 0) return false;
  size_t end = at + 2;
  while (end < s->to && (text[end] == ' ' || text[end] == '\r')) end++;
  if (end >= s->to || text[end] != '\n') return false;
  if (s->to - end >= 400) return false;
  size_t lines = 0; // a real signature is short; after a mere divider the message goes on
  for (size_t i = end + 1; i < s->to && lines <= 6; i++) lines += text[i] == '\n';
  return lines <= 6;
}

// At the start of a line: passes over quoted lines and ends at a signature.
static void begin_line(Scanner *s) {
  const char *text = s->scan->text;
  while (s->at < s->to && text[s->at] == '>') {
    while (s->at < s->to && text[s->at] != '\n') s->at++;
    if (s->at < s->to) s->at++;
  }
  s->line_start = s->at;
  if (s->at < s->to && line_is_signature(s, s->at)) s->at = s->to;
}

static void read_line_break(Scanner *s) {
  const char *text = s->scan->text;
  if (line_ends_sentence(text, s->to, s->line_start, s->at)) {
    close_sentence(s, s->at);
    s->in_quotes = s->in_quotes && s->at - s->line_start >= 2; // an empty line ends a quotation
  }
  s->at += text[s->at] == '\r' && s->at + 1 < s->to && text[s->at + 1] == '\n' ? 2 : 1;
  begin_line(s);
}

static void read_punctuation(Scanner *s, uint32_t code, size_t size) {
  if (code == '"' || code == 0x201C || code == 0x201D) s->in_quotes = code == '"' ? !s->in_quotes : code == 0x201C;
  if (code == ',' || code == ':' || code == '(' || code == ')' || code == '-' || code == 0x2013 || code == 0x2014)
    s->after_break = true;
  bool is_stop = code == '.' && stop_ends_sentence(s->scan->text, s->to, s->sentence.start, s->at);
  if (!is_stop && code != '!' && code != '?' && code != ';' && code != 0x2026 && code != 0x3002 && code != 0xFF01 &&
      code != 0xFF1F) {
    s->at += size;
    return;
  }
  open_sentence(s, s->at);
  for (;;) { // the whole run "?!!" belongs to the sentence
    if (code == '!' || code == 0xFF01) s->sentence.exclamations++;
    if (code == '?' || code == 0xFF1F) s->sentence.is_question = true;
    s->at += size;
    code = peek(s, s->at, &size);
    if (size == 0 || !(code == '.' || code == '!' || code == '?' || code == 0xFF01 || code == 0xFF1F)) break;
  }
  if (s->is_open && s->scan->tokens.count == s->sentence.first && s->scan->sentences.count) { // "thanks . !!" has one sentence
    Sentence *last = &s->scan->sentences.items[s->scan->sentences.count - 1];
    last->exclamations += s->sentence.exclamations;
    last->is_question = last->is_question || s->sentence.is_question;
    last->end = s->at;
    s->is_open = false;
    return;
  }
  close_sentence(s, s->at);
}

void scan_passage(Arena *arena, Scan *scan, size_t from, size_t to) {
  Scanner s = {.arena = arena, .lexicon = lexicon_get(), .scan = scan, .at = from, .to = to, .line_start = from};
  begin_line(&s);
  while (s.at < s.to) {
    size_t size;
    uint32_t code = peek(&s, s.at, &size);
    if (code == '\n' || code == '\r')
      read_line_break(&s);
    else if (code == ' ' || code == '\t')
      s.at++;
    else if (skip_address(&s, code))
      continue;
    else if (character_is_letter(code))
      read_word(&s);
    else if (character_is_emoji(code))
      read_emoji(&s);
    else if (read_emoticon(&s, code))
      continue;
    else
      read_punctuation(&s, code, size);
  }
  close_sentence(&s, s.to);
}
