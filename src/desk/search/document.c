// All texts of some conversations come in one statement, a few conversations at a time, since there may be much of it. Each is folded and cut into words; a set for each conversation keeps every
// word once, and in the end they stand in order, so that two documents can be compared.
#include "desk/search/document.h"

#include "base/text.h"
#include "desk/search.sql.h"
#include "desk/search/words.h"

#include <stdlib.h>

#define AT_ONCE 10 // conversations

typedef struct WordSet {
  GHashTable *words;
  size_t bytes;
} WordSet;

typedef struct Making {
  Arena *arena; // for what is needed on the way
  const BusinessHours *hours;
  GHashTable *sets; // number → WordSet
} Making;

const char *number_list(Arena *arena, const IntList *numbers) {
  g_autoptr(GString) out = g_string_new(NULL);
  list_each(const Int, number, numbers)
    g_string_append_printf(out, out->len ? ",%" G_GINT64_FORMAT : "%" G_GINT64_FORMAT, *number);
  return arena_strndup(arena, out->str, out->len);
}

static void free_set(void *own) { g_hash_table_unref(((WordSet *)own)->words); }

static WordSet *set_of(const Making *making, const int64_t *number) {
  WordSet *set = g_hash_table_lookup(making->sets, number);
  if (set) return set;
  set = arena_make(making->arena, WordSet);
  set->words = g_hash_table_new(g_str_hash, g_str_equal);
  g_hash_table_insert(making->sets, arena_copy(making->arena, number, sizeof *number), set);
  return set;
}

static void add(WordSet *set, const char *word) {
  size_t size = strlen(word) + 1;
  if (set->bytes + size <= DOCUMENT_BYTES && g_hash_table_add(set->words, (void *)(uintptr_t)word)) set->bytes += size;
}

// The year, the month and the day, as words.
static void add_day(const Making *making, WordSet *set, int64_t at) {
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_julian(&date, (guint32)hours_day_of(making->hours, at));
  int year = g_date_get_year(&date), month = (int)g_date_get_month(&date), day = g_date_get_day(&date);
  add(set, arena_printf(making->arena, SEARCH_MARK "d%04d", year));
  add(set, arena_printf(making->arena, SEARCH_MARK "d%04d%02d", year, month));
  add(set, arena_printf(making->arena, SEARCH_MARK "d%04d%02d%02d", year, month, day));
}

static void add_text(const Making *making, const SearchText *text) {
  WordSet *set = set_of(making, &text->number);
  TextList words = {0};
  if (text->kind == SEARCH_FACT) {
    add(set, arena_printf(making->arena, SEARCH_MARK "%s", text->text));
    return;
  }
  if (text->at) add_day(making, set, text->at);
  words_add(making->arena, text_fold(making->arena, text->text), &words);
  list_each(const Text, word, &words) {
    add(set, *word);
    if (text->kind != SEARCH_TEXT)
      add(set, arena_printf(making->arena, SEARCH_MARK "%c%s", text->kind == SEARCH_SENDER ? 'F' : 'T', *word));
  }
}

static int compare(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static const char *written(Arena *arena, const WordSet *set) {
  unsigned count;
  g_autofree void **words = g_hash_table_get_keys_as_array(set->words, &count);
  g_autoptr(GString) out = g_string_sized_new(set->bytes);
  qsort(words, count, sizeof *words, compare);
  for (unsigned i = 0; i < count; i++) {
    if (i) g_string_append_c(out, ' ');
    g_string_append(out, words[i]);
  }
  return arena_strndup(arena, out->str, out->len);
}

static bool make_some(Arena *arena, Desk *desk, const BusinessHours *hours, const IntList *numbers, TextList *out,
                      GError **error) {
  g_autoptr(Arena) work = arena_new();
  SearchTextList texts = {0};
  if (!search_select_texts(work, desk->db, number_list(work, numbers), DOCUMENT_MESSAGES, DOCUMENT_CHARACTERS, &texts, error))
    return false;
  g_autoptr(GHashTable) sets = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, free_set);
  Making making = {work, hours, sets};
  list_each(const SearchText, text, &texts) add_text(&making, text);
  list_each(const Int, number, numbers) {
    const WordSet *set = g_hash_table_lookup(sets, number);
    *list_add(arena, out) = set ? written(arena, set) : "";
  }
  return true;
}

bool documents_make(Arena *arena, Desk *desk, const BusinessHours *hours, const IntList *numbers, TextList *out, GError **error) {
  for (size_t i = 0; i < numbers->count; i += AT_ONCE) {
    const IntList some = {.items = numbers->items + i, .count = MIN(AT_ONCE, numbers->count - i)};
    if (!make_some(arena, desk, hours, &some, out, error)) return false;
  }
  return true;
}
