// Saying it. English costs one comparison. In another language a text is found once a thread: what was found is remembered by the
// address of the English text, which is a constant of the program and therefore never becomes another text. That an address is one of
// the program's constants is told by the linker's marks around what it loaded; so a customer who is called "Open" keeps their name
// in every language, and no value has to be marked. The catalogue itself is a hash table that the build laid out.
#include "base/words.h"

#include <string.h>

#define MOST_LANGUAGES 64
#define REMEMBERED 2048 // of each thread; a power of two

extern const char __executable_start, edata; // GNU ld and its kin: where the program begins, and where its constants and data end

static const WordsLanguage *languages[MOST_LANGUAGES]; // [0] stays NULL: English
static int language_count = 1;
static int pseudo_from = MOST_LANGUAGES; // the first of the two
static _Thread_local int language;

typedef struct Remembered {
  const char *english, *said;
  int language;
} Remembered;
static _Thread_local Remembered remembered[REMEMBERED];

static unsigned english_form(uint64_t count) { return count != 1; }
static const WordsLanguage pseudo[] = {{"en-xa", "Ëñĝļîšĥ", false, english_form, NULL, 0},
                                       {"ar-xb", "Ëñĝļîšĥ ←", true, english_form, NULL, 0}};

void words_install(const WordsLanguage *const *installed, bool with_pseudo) {
  if (language_count > 1) return;
  for (; *installed && language_count < MOST_LANGUAGES - 2; installed++) languages[language_count++] = *installed;
  if (!with_pseudo) return;
  pseudo_from = language_count;
  languages[language_count++] = &pseudo[0];
  languages[language_count++] = &pseudo[1];
}

int words_count(void) { return language_count; }
int words_language(void) { return language; }
const char *words_code(int index) { return languages[index] ? languages[index]->code : "en"; }
const char *words_name(int index) { return languages[index] ? languages[index]->name : "English"; }
bool words_is_right_to_left(int index) { return languages[index] && languages[index]->is_right_to_left; }

bool words_is_pseudo(int index) { return index >= pseudo_from; }

int words_use(int next) {
  int before = language;
  language = next >= 0 && next < language_count ? next : 0;
  return before;
}

int words_from_code(const char *code) {
  for (int i = 0; code && i < language_count; i++)
    if (g_ascii_strcasecmp(words_code(i), code) == 0) return i;
  return -1;
}

// "de-AT" is served by "de". The range "*" says nothing about a language of ours.
static int best_for(const char *range) {
  int exact = words_from_code(range);
  if (exact >= 0) return exact;
  g_autofree char *primary = g_strndup(range, strcspn(range, "-"));
  return words_from_code(primary);
}

int words_accepted(const char *header) {
  int best = 0;
  double best_weight = 0;
  g_auto(GStrv) ranges = g_strsplit(header ? header : "", ",", 32);
  for (char **range = ranges; *range; range++) {
    char *parameter = strchr(*range, ';');
    if (parameter) *parameter++ = '\0';
    const char *quality = parameter ? strstr(parameter, "q=") : NULL;
    double weight = quality ? g_ascii_strtod(quality + 2, NULL) : 1;
    int found = best_for(g_strstrip(*range));
    if (found < 0 || !(weight > best_weight)) continue;
    best = found;
    best_weight = weight;
  }
  return best;
}

// FNV-1a, as in tools/words.
static uint32_t hash_of(const char *text) {
  uint32_t hash = 2166136261u;
  for (; *text; text++) hash = (hash ^ (unsigned char)*text) * 16777619u;
  return hash;
}

static const WordsEntry *find_in(const WordsLanguage *where, const char *english) {
  uint32_t hash = hash_of(english);
  for (uint32_t at = hash & where->mask;; at = (at + 1) & where->mask) {
    const WordsEntry *slot = &where->slots[at];
    if (!slot->english) return NULL;
    if (slot->hash == hash && strcmp(slot->english, english) == 0) return slot;
  }
}

// Every letter gets an accent and the whole a third more room; what stands in braces, angle brackets or after % stays.
static const char *pseudo_said(const char *english) {
  static const char *const letters[128] = {
    ['a'] = "å", ['b'] = "ƀ", ['c'] = "ç", ['d'] = "ð", ['e'] = "é", ['f'] = "ƒ", ['g'] = "ĝ", ['h'] = "ĥ", ['i'] = "î",
    ['j'] = "ĵ", ['k'] = "ķ", ['l'] = "ļ", ['m'] = "ɱ", ['n'] = "ñ", ['o'] = "ö", ['p'] = "þ", ['r'] = "ŕ", ['s'] = "š",
    ['t'] = "ţ", ['u'] = "û", ['v'] = "ṽ", ['w'] = "ŵ", ['x'] = "ẋ", ['y'] = "ý", ['z'] = "ž", ['A'] = "Å", ['B'] = "Ɓ",
    ['C'] = "Ç", ['D'] = "Ð", ['E'] = "É", ['F'] = "Ƒ", ['G'] = "Ĝ", ['H'] = "Ĥ", ['I'] = "Î", ['L'] = "Ļ", ['M'] = "Ṁ",
    ['N'] = "Ñ", ['O'] = "Ö", ['P'] = "Þ", ['R'] = "Ŕ", ['S'] = "Š", ['T'] = "Ţ", ['U'] = "Û", ['W'] = "Ŵ", ['Y'] = "Ý"};
  g_autoptr(GString) out = g_string_new(NULL);
  size_t length = 0;
  for (const char *at = english; *at; at++) {
    const char *end = *at == '{'   ? strchr(at, '}')
                      : *at == '<' ? strchr(at, '>')
                      : *at == '%' ? at + 1 + strcspn(at + 1, "%diouxXeEfgGcsp")
                                   : NULL;
    if (end && *end) {
      g_string_append_len(out, at, end - at + 1);
      at = end;
      continue;
    }
    unsigned char byte = (unsigned char)*at;
    if (byte < 128 && letters[byte])
      g_string_append(out, letters[byte]);
    else
      g_string_append_c(out, *at);
    length++;
  }
  for (size_t i = 0; i < length / 3; i++) g_string_append(out, i % 6 == 0 ? " " : "·");
  return g_intern_string(out->str); // only in tests, so what is kept for ever is little
}

static const char *look_up(const char *english) {
  if (language >= pseudo_from) {
    bool is_known = pseudo_from == 1 || find_in(languages[1], english); // what no translator will see stays bare
    return is_known && *english ? pseudo_said(english) : english;
  }
  const WordsEntry *entry = find_in(languages[language], english);
  return entry ? entry->said[0] : english;
}

static const char *recall(const char *constant) {
  Remembered *slot = &remembered[((uintptr_t)constant * 11400714819323198485u) >> 53 & (REMEMBERED - 1)];
  if (slot->english != constant || slot->language != language) *slot = (Remembered){constant, look_up(constant), language};
  return slot->said;
}

const char *words_say(const char *literal) { return language == 0 ? literal : recall(literal); }

const char *words_say_form(const char *one, const char *many, uint64_t count) {
  if (language == 0) return count == 1 ? one : many;
  if (language >= pseudo_from) return pseudo_said(count == 1 ? one : many);
  const WordsEntry *entry = find_in(languages[language], one);
  if (!entry) return count == 1 ? one : many;
  return entry->said[languages[language]->form(count)];
}

static bool is_constant(const char *text) { return text >= &__executable_start && text < &edata; }

const char *tr_of(const char *text) { return language != 0 && text && is_constant(text) ? recall(text) : text; }

const char *words_of_kept(const char *text) { return language == 0 ? text : look_up(text); }

const char *arena_say(Arena *arena, const char *format, ...) {
  g_autoptr(GString) out = g_string_sized_new(80);
  va_list args;
  va_start(args, format);
  words_vappend(out, format, args);
  va_end(args);
  return arena_strndup(arena, out->str, out->len);
}

void words_append(GString *out, const char *format, ...) {
  va_list args;
  va_start(args, format);
  words_vappend(out, format, args);
  va_end(args);
}

const char *words_decimal_point(void) {
  const char *example = tr("1.5"); // what it looks like says which
  return strchr(example, ',') ? "," : ".";
}

const char *words_count_said(Arena *arena, const char *one, const char *many, int64_t count) {
  const char *said = words_say_form(one, many, (uint64_t)count), *number = strstr(said, "{}");
  if (!number) return said;
  return arena_printf(arena, "%.*s%jd%s", (int)(number - said), said, (intmax_t)count, number + 2);
}

void words_put_text(GString *out, const char *text) { html_put_text(out, tr_of(text)); }

void words_write(GString *out, const char *english, const char *html, size_t size) {
  if (language == 0)
    html_literal(out, html, size);
  else
    html_put_text(out, recall(english));
}

void words_write_count(GString *out, const char *one, const char *many, uint64_t count) {
  const char *said = words_say_form(one, many, count), *number = strstr(said, "{}");
  if (!number) {
    html_put_text(out, said);
    return;
  }
  g_autofree char *before = g_strndup(said, (size_t)(number - said));
  html_put_text(out, before);
  html_put_unsigned(out, count);
  html_put_text(out, number + 2);
}

WordsParts words_parts(const char *english, const char *html) {
  return language == 0 ? (WordsParts){html, true, 0} : (WordsParts){recall(english), false, 0};
}

// The placeholder at `at`: its size, or 0 when there is none.
static size_t read_placeholder(const char *at, int *out_number) {
  const char *digits = at + (at[0] == '<' && at[1] == '/' ? 2 : 1);
  size_t count = strspn(digits, "0123456789");
  if (!count || count > 3 || digits[count] != (*at == '{' ? '}' : '>')) return 0;
  int number = 0;
  for (size_t i = 0; i < count; i++) number = number * 10 + (digits[i] - '0');
  *out_number = digits == at + 2 ? -number : number;
  return (size_t)(digits - at) + count + 1;
}

static void write_part(GString *out, const WordsParts *parts, size_t size) {
  if (parts->is_html) {
    html_literal(out, parts->rest, size);
    return;
  }
  static const char escaped[] = "&<>\"'";
  for (size_t run, at = 0; at < size; at += run) { // html_put_text wants an end; these are pieces of a constant
    for (run = 0; at + run < size && !strchr(escaped, parts->rest[at + run]);) run++;
    if (run) {
      html_literal(out, parts->rest + at, run);
      continue;
    }
    html_put_text(out, (const char[]){parts->rest[at], '\0'});
    run = 1;
  }
}

bool words_next(GString *out, WordsParts *parts) {
  size_t size = 0, found = 0;
  for (;;) {
    size += strcspn(parts->rest + size, "{<");
    if (!parts->rest[size]) break;
    found = read_placeholder(parts->rest + size, &parts->number);
    if (found) break;
    size++;
  }
  write_part(out, parts, size);
  parts->rest += size + found;
  return found > 0;
}
