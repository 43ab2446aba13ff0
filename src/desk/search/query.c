// Reading a query. It is cut into terms at white space, except in quotes; each term becomes a group for the index: a word with the words
// that hold it, a filter's facts, or days. A term that means nothing (a lone minus, "…") is left out. Groups without a minus come
// first, since FTS5 cannot begin with one; when there are none, every conversation is the beginning.
#include "base/text.h"
#include "db/full_text.h"
#include "desk/search.sql.h"
#include "desk/search/filter.h"
#include "desk/search/words.h"

#define PARTS_MOST 24 // words that hold a part; each is looked for in every segment of the index
#define NUMBERS_MOST 20
#define LOOKED_AT 500  // words that begin with one or two letters, numbers that begin or end with something
#define NUMBER_LEAST 5 // characters, from which a word with a digit that is there is not taken for a part
#define PART_LEAST 3   // characters; shorter ones are beginnings
#define LAST_CHARACTER "\xF4\x8F\xBF\xBF"

typedef struct Term {
  const char *name, *value; // name: of a filter; NULL for words
  bool is_without, is_quoted;
} Term;

// ——— cutting

static const char *take_quoted(Arena *arena, const char **at) {
  const char *start = *at + 1, *end = strchr(start, '"');
  *at = end ? end + 1 : start + strlen(start);
  return arena_strndup(arena, start, end ? (size_t)(end - start) : strlen(start));
}

static const char *take_plain(Arena *arena, const char **at) {
  const char *start = *at;
  while (**at && **at != ' ' && **at != '"') (*at)++;
  return arena_strndup(arena, start, (size_t)(*at - start));
}

static const char *take_name(Arena *arena, const char **at) {
  const char *end = *at;
  while (g_ascii_isalpha(*end)) end++;
  if (end == *at || *end != ':') return NULL;
  const char *name = arena_take(arena, g_ascii_strdown(*at, end - *at));
  if (!filter_is_known(name)) return NULL;
  *at = end + 1;
  return name;
}

static bool take_term(Arena *arena, const char **at, Term *out) {
  *out = (Term){0};
  while (**at == ' ') (*at)++;
  if (!**at) return false;
  if (**at == '-' && (*at)[1] && (*at)[1] != ' ') {
    out->is_without = true;
    (*at)++;
  }
  out->name = take_name(arena, at);
  out->is_quoted = **at == '"';
  out->value = out->is_quoted ? take_quoted(arena, at) : take_plain(arena, at);
  return true;
}

// ——— words

static const char *behind(Arena *arena, const char *beginning) { return arena_printf(arena, "%s" LAST_CHARACTER, beginning); }

// Of numbers the beginning or the end is looked for; of other words any part.
static bool find_holders(QueryReading *reading, const char *word, TextList *out, GError **error) {
  Arena *arena = reading->arena;
  Db *db = reading->desk->db;
  if (text_length(word) < PART_LEAST)
    return search_words_from(arena, db, word, behind(arena, word), LOOKED_AT, PARTS_MOST, out, error);
  TextList numbers = {0};
  const char *end = word_reversed(arena, word);
  if (!search_words_with(arena, db, arena_printf(arena, "\"%s\"", word), arena_printf(arena, "%%%s%%", word), PARTS_MOST, out,
                         error) ||
      !search_numbers_with(arena, db, word, behind(arena, word), end, behind(arena, end), LOOKED_AT, NUMBERS_MOST, &numbers,
                           error))
    return false;
  list_each(const Text, number, &numbers) *list_add(arena, out) = *number;
  return true;
}

static bool has_digit(const char *word) { return strpbrk(word, "0123456789") != NULL; }

// A long number that somebody wrote out is meant as it is; among a million numbers there are many that hold it.
static bool is_whole_number(QueryReading *reading, const char *word, bool *out, GError **error) {
  int64_t id;
  *out = false;
  return !has_digit(word) || text_length(word) < NUMBER_LEAST || search_word_find(reading->desk->db, word, out, &id, error);
}

static bool is_dense(const char *word) {
  WordRun run;
  return word_run_next(&word, &run) && run.is_dense;
}

static const char *placed(Arena *arena, char place, const char *word) {
  return place ? arena_printf(arena, SEARCH_MARK "%c%s", place, word) : word;
}

static void add_group(QueryReading *reading, const TextList *any_of, bool is_without) {
  *list_add(reading->arena, &reading->search->groups) = (SearchGroup){*any_of, is_without};
}

static bool add_word(QueryReading *reading, const char *word, const Term *term, char place, GError **error) {
  Arena *arena = reading->arena;
  TextList holders = {0}, any_of = {0};
  if (++reading->terms > SEARCH_TERMS_MOST) return true;
  *list_add(arena, &any_of) = placed(arena, place, word);
  bool is_whole;
  if (!is_whole_number(reading, word, &is_whole, error)) return false;
  if (!is_whole && !term->is_quoted && !is_dense(word) && !find_holders(reading, word, &holders, error)) return false;
  list_each(const Text, holder, &holders)
    if (strcmp(*holder, word) != 0) *list_add(arena, &any_of) = placed(arena, place, *holder);
  add_group(reading, &any_of, term->is_without);
  return true;
}

// A free word is shown wherever it stands; who wrote, in the name alone; to whom, nowhere.
static void add_marks(QueryReading *reading, const char *folded, char place) {
  WordRun run;
  while (word_run_next(&folded, &run)) {
    const char *mark = arena_strndup(reading->arena, run.start, run.size);
    if (!place) *list_add(reading->arena, &reading->search->marks) = mark;
    if (place != 'T') *list_add(reading->arena, &reading->search->who_marks) = mark;
  }
}

static bool add_words(QueryReading *reading, const Term *term, char place, GError **error) {
  Arena *arena = reading->arena;
  TextList words = {0};
  const char *folded = text_fold(arena, term->value);
  words_sought(arena, folded, &words);
  if (!place) reading->search->has_words |= words.count > 0;
  if (!term->is_without) add_marks(reading, folded, place);
  // without a phrase is without any conversation that has all of it; words one by one would leave out too much
  if (term->is_without && words.count > 1 && !is_dense(words.items[0]))
    query_problem(reading, "A minus stands before one word; “%s” are several.", term->value);
  else
    list_each(const Text, word, &words)
      if (!add_word(reading, *word, term, place, error)) return false;
  return true;
}

// "#1042": the conversation with that number, or what took it in.
static bool add_number(QueryReading *reading, const Term *term) {
  gint64 number;
  if (term->name || term->is_quoted || *term->value != '#' ||
      !g_ascii_string_to_signed(term->value + 1, 10, 1, G_MAXINT64, &number, NULL))
    return false;
  TextList one = {0};
  *list_add(reading->arena, &one) = arena_printf(reading->arena, SEARCH_MARK "n%" G_GINT64_FORMAT, (int64_t)number);
  add_group(reading, &one, term->is_without);
  return true;
}

static bool add_filter(QueryReading *reading, const Term *term, GError **error) {
  FilterAnswer answer;
  int64_t after = reading->after, before = reading->before;
  if (!filter_answer(reading, term->name, term->value, &answer, error)) return false;
  if (!answer.is_fine) return true;
  if (answer.is_day && term->is_without) {
    reading->after = after;
    reading->before = before;
    query_problem(reading, "Before %s: stands no minus; say before: or after:.", term->name);
    return true;
  }
  reading->search->has_times |= answer.is_day;
  if (answer.place) return add_words(reading, term, answer.place, error);
  if (answer.any_of.count && ++reading->terms <= SEARCH_TERMS_MOST) add_group(reading, &answer.any_of, term->is_without);
  return true;
}

// ——— the whole

static void add_every_conversation(QueryReading *reading) {
  TextList every = {0};
  *list_add(reading->arena, &every) = SEARCH_MARK "s0";
  *list_add(reading->arena, &every) = SEARCH_MARK "s1";
  add_group(reading, &every, false);
}

static bool read_terms(QueryReading *reading, GError **error) {
  const char *at = reading->search->text;
  Term term;
  while (reading->terms <= SEARCH_TERMS_MOST && take_term(reading->arena, &at, &term)) {
    if (add_number(reading, &term)) continue;
    if (term.name ? !add_filter(reading, &term, error) : !add_words(reading, &term, 0, error)) return false;
  }
  TextList days = {0};
  filter_days(reading, &days);
  if (reading->after || reading->before) add_group(reading, &days, false);
  return true;
}

// Groups without a minus first, since FTS5 cannot begin with one.
static const char *written(Arena *arena, const Db *db, const SearchGroupList *groups) {
  g_autoptr(GString) query = g_string_new(NULL);
  for (int without = 0; without < 2; without++)
    list_each(const SearchGroup, group, groups)
      if (group->is_without == without) full_text_add(query, db, &group->any_of, without);
  return query->len ? arena_strndup(arena, query->str, query->len) : NULL;
}

static bool has_beginning(const SearchGroupList *groups) {
  list_each(const SearchGroup, group, groups)
    if (!group->is_without) return true;
  return groups->count == 0;
}

bool search_read(Arena *arena, Desk *desk, const Staff *who, const char *text, bool shows_readings, Search *out, GError **error) {
  const char *line = text_one_line(arena, text);
  QueryReading reading = {.arena = arena, .desk = desk, .who = who, .shows_readings = shows_readings, .search = out};
  *out = (Search){.text = text_length(line) > SEARCH_TEXT_MOST ? arena_take(arena, g_utf8_substring(line, 0, SEARCH_TEXT_MOST))
                                                               : line};
  if (out->text != line) query_problem(&reading, "Only the first %d characters are looked for.", SEARCH_TEXT_MOST);
  if (!read_terms(&reading, error)) return false;
  if (reading.terms > SEARCH_TERMS_MOST) query_problem(&reading, "Only the first %d words are looked for.", SEARCH_TERMS_MOST);
  if (!has_beginning(&out->groups)) add_every_conversation(&reading);
  out->query = written(arena, desk->db, &out->groups);
  return true;
}

static bool has_one(const TextList *any_of, GHashTable *words) {
  list_each(const Text, word, any_of)
    if (g_hash_table_contains(words, *word)) return true;
  return false;
}

bool search_matches(const Search *search, GHashTable *words) {
  list_each(const SearchGroup, group, &search->groups)
    if (has_one(&group->any_of, words) == group->is_without) return false;
  return search->groups.count > 0;
}
