// What `rapport check` asks: whether every document says what its conversation says now. Conversations of which the journal knows more
// than the index are left out; they wait for their turn.
#include "base/words.h"
#include "desk/search/search.h"

#include "desk/search.sql.h"
#include "desk/search/document.h"

#define AT_ONCE 200

// `up_to`: events to here are said to be in, so what has none later must have a document.
static bool verify_some(Arena *arena, Desk *desk, const IntList *numbers, int64_t up_to, int64_t *out_wrong, GError **error) {
  BusinessHours hours;
  SearchDocList docs = {0};
  TextList made = {0};
  SearchNewestList newest = {0};
  const char *list = number_list(arena, numbers);
  if (!hours_load(arena, desk, &hours, error) || !search_doc_select(arena, desk->db, list, &docs, error) ||
      !search_select_newest(arena, desk->db, list, &newest, error) || !documents_make(arena, desk, &hours, numbers, &made, error))
    return false;
  g_autoptr(GHashTable) by_number = g_hash_table_new(g_int64_hash, g_int64_equal),
                        last = g_hash_table_new(g_int64_hash, g_int64_equal);
  list_each(SearchDoc, doc, &docs) g_hash_table_insert(by_number, &doc->number, doc);
  list_each(SearchNewest, mark, &newest) g_hash_table_insert(last, &mark->number, mark);
  for (size_t i = 0; i < numbers->count; i++) {
    const SearchDoc *doc = g_hash_table_lookup(by_number, &numbers->items[i]);
    const SearchNewest *mark = g_hash_table_lookup(last, &numbers->items[i]);
    bool is_known = doc ? doc->up_to >= mark->up_to : mark->up_to && mark->up_to <= up_to;
    if (is_known && (!doc || strcmp(doc->words, made.items[i]) != 0)) ++*out_wrong;
  }
  return true;
}

bool search_verify(Arena *arena, Desk *desk, TextList *out, GError **error) {
  g_autoptr(Arena) work = arena_new();
  SearchState *state = NULL;
  int64_t after = 0, wrong = 0;
  if (!search_state_select(arena, desk->db, &state, error)) return false;
  for (;;) {
    arena_reset(work);
    IntList numbers = {0};
    if (!search_verify_documents(work, desk->db, after, AT_ONCE, &numbers, error)) return false;
    if (!numbers.count) break;
    after = numbers.items[numbers.count - 1];
    if (!verify_some(work, desk, &numbers, state->up_to, &wrong, error)) return false;
  }
  if (wrong)
    *list_add(arena, out) = arena_say(
      arena, "Search knows %jd conversations otherwise than they are; `rapport search rebuild` mends that.", wrong);
  return search_verify_index(desk->db, error);
}
