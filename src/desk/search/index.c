// Keeping the documents. The journal says which conversations changed; those whose document knows less than that are read again. A
// document that says something else than before gets a new number, lower than all others, so the newest change is found first; FTS5 takes
// the new words and forgets the old ones. Words that were never met join the list of words. Transactions of PostgreSQL do not commit in
// the order of their events, so the last two hundred are looked at again each time; within one conversation they do, since it is locked.
#include "desk/search/search.h"

#include "desk/search.sql.h"
#include "desk/search/document.h"
#include "desk/search/words.h"
#include "desk/view/view.h"

#define LOOK_BACK 200
#define EVENTS_AT_ONCE (LOOK_BACK + 400)
#define CONVERSATIONS_AT_ONCE 100

typedef struct Change { // of a conversation whose document says something new
  int64_t number, up_to;
  const char *words;
} Change;
LIST_DEFINE(Change)

typedef struct Batch {
  Arena *arena;
  Desk *desk;
  IntList numbers; // whose documents are to be made
  int64_t up_to;   // events to here are in then
  bool has_more;
} Batch;

static bool choose(Batch *batch, GError **error) {
  SearchEventList events = {0};
  int64_t after = MAX(batch->up_to - LOOK_BACK, 0);
  if (!search_select_events(batch->arena, batch->desk->db, after, EVENTS_AT_ONCE, &events, error)) return false;
  g_autoptr(GHashTable) chosen = g_hash_table_new(g_int64_hash, g_int64_equal);
  batch->has_more = events.count == EVENTS_AT_ONCE;
  list_each(SearchEvent, event, &events) {
    if (!event->is_known && !g_hash_table_contains(chosen, &event->number)) {
      if (batch->numbers.count == CONVERSATIONS_AT_ONCE) {
        batch->has_more = true;
        break;
      }
      g_hash_table_add(chosen, &event->number);
      *list_add(batch->arena, &batch->numbers) = event->number;
    }
    batch->up_to = MAX(batch->up_to, event->id);
  }
  return true;
}

// What is to be made again though no event says so, in what room is left.
static bool choose_stale(Batch *batch, GError **error) {
  int64_t most = CONVERSATIONS_AT_ONCE - (int64_t)batch->numbers.count;
  IntList stale = {0};
  if (!search_select_stale(batch->arena, batch->desk->db, most, &stale, error)) return false;
  batch->has_more |= most > 0 && stale.count == (size_t)most;
  list_each(const Int, number, &stale) {
    bool is_there = false;
    list_each(const Int, chosen, &batch->numbers) is_there |= *chosen == *number;
    if (!is_there) *list_add(batch->arena, &batch->numbers) = *number;
  }
  return true;
}

static GHashTable *by_number(const SearchDocList *docs) {
  GHashTable *table = g_hash_table_new(g_int64_hash, g_int64_equal);
  list_each(SearchDoc, doc, docs) g_hash_table_insert(table, &doc->number, doc);
  return table;
}

// Puts down what changed, the last change first, then forgets what was said before: the index takes rising numbers at once, and every
// other order in as many pieces.
static bool put(Batch *batch, const ChangeList *changes, const SearchDocList *old, GError **error) {
  Db *db = batch->desk->db;
  int64_t id;
  g_autoptr(GHashTable) changed = g_hash_table_new(g_int64_hash, g_int64_equal);
  if (!search_doc_newest(db, SEARCH_DOC_FIRST, &id, error)) return false;
  id -= (int64_t)changes->count;
  for (size_t i = changes->count; i-- > 0; id++) {
    Change *change = &changes->items[i];
    g_hash_table_add(changed, &change->number);
    if (!search_doc_put(db, id, change->number, change->up_to, change->words, error) ||
        (*change->words && !search_index_add(db, id, change->words, error)))
      return false;
  }
  list_each(const SearchDoc, doc, old)
    if (*doc->words && g_hash_table_contains(changed, &doc->number) && !search_index_forget(db, doc->id, doc->words, error))
      return false;
  return true;
}

// Words that people can look for by their parts, which facts are not, of what is new in a document.
static void note_words(Batch *batch, GHashTable *met, const SearchDoc *old, const char *words) {
  g_auto(GStrv) before = g_strsplit(old ? old->words : "", " ", -1), now = g_strsplit(words, " ", -1);
  g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
  for (char **word = before; *word; word++) g_hash_table_add(known, *word);
  for (char **word = now; *word; word++)
    if (**word && !g_str_has_prefix(*word, SEARCH_MARK) && !g_hash_table_contains(known, *word) &&
        !g_hash_table_contains(met, *word))
      g_hash_table_add(met, arena_strdup(batch->arena, *word));
}

static bool add_words(Batch *batch, GHashTable *met, GError **error) {
  if (!g_hash_table_size(met)) return true;
  g_autoptr(GString) words = g_string_new(NULL);
  GHashTableIter each;
  void *word;
  g_hash_table_iter_init(&each, met);
  while (g_hash_table_iter_next(&each, &word, NULL)) {
    g_string_append_printf(words, words->len ? " %s" : "%s", (char *)word);
    if (word_is_number(word)) g_string_append_printf(words, "/%s", word_reversed(batch->arena, word));
  }
  int64_t last;
  return search_word_last(batch->desk->db, &last, error) && search_word_add(batch->desk->db, words->str, error) &&
         search_part_add(batch->desk->db, last, error);
}

static bool index_batch(Batch *batch, int64_t *out_changes, GError **error) {
  Arena *arena = batch->arena;
  Db *db = batch->desk->db;
  BusinessHours hours;
  SearchNewestList newest = {0};
  SearchDocList old = {0};
  TextList documents = {0};
  IntList in_order = {0};
  ChangeList changes = {0};
  const char *numbers = number_list(arena, &batch->numbers);
  if (!hours_load(arena, batch->desk, &hours, error) || !search_select_newest(arena, db, numbers, &newest, error) ||
      !search_doc_select(arena, db, numbers, &old, error))
    return false;
  list_each(SearchNewest, mark, &newest) *list_add(arena, &in_order) = mark->number;
  if (!documents_make(arena, batch->desk, &hours, &in_order, &documents, error)) return false;
  g_autoptr(GHashTable) docs = by_number(&old), met = g_hash_table_new(g_str_hash, g_str_equal);
  for (size_t i = 0; i < newest.count; i++) {
    const SearchNewest *mark = &newest.items[i];
    const SearchDoc *doc = g_hash_table_lookup(docs, &mark->number);
    bool is_same = doc && strcmp(doc->words, documents.items[i]) == 0;
    if (is_same) {
      if (!search_doc_touch(db, mark->number, MAX(mark->up_to, 1), error)) return false;
      continue;
    }
    *list_add(arena, &changes) = (Change){mark->number, MAX(mark->up_to, 1), documents.items[i]};
    note_words(batch, met, doc, documents.items[i]);
  }
  *out_changes = (int64_t)changes.count;
  return put(batch, &changes, &old, error) && add_words(batch, met, error) &&
         view_follow(arena, batch->desk, &in_order, &documents, error);
}

static bool index_next(Desk *desk, bool *out_more, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  SearchState *state = NULL;
  Batch batch = {.arena = arena, .desk = desk};
  int64_t changes = 0;
  *out_more = false;
  // most often there is nothing to do, and no need to keep others from writing
  if (!search_state_select(arena, desk->db, &state, error)) return false;
  batch.up_to = state->up_to;
  if (!choose(&batch, error) || !choose_stale(&batch, error)) return false;
  if (!batch.numbers.count && batch.up_to == state->up_to) return true;
  batch = (Batch){.arena = arena, .desk = desk};
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !search_state_lock(arena, desk->db, &state, error)) return false;
  batch.up_to = state->up_to;
  if (!choose(&batch, error) || !choose_stale(&batch, error)) return false;
  if (batch.numbers.count && !index_batch(&batch, &changes, error)) return false;
  if (!search_state_update(desk->db, batch.up_to, changes, error) || !db_announce(desk->db, error) || !db_commit(&tx, error))
    return false;
  *out_more = batch.has_more;
  return true;
}

bool search_catch_up(Desk *desk, bool *out_more, GError **error) {
  bool is_behind, is_filling;
  if (!index_next(desk, &is_behind, error) || !view_fill(desk, &is_filling, error)) return false;
  *out_more = is_behind || is_filling;
  return true;
}

bool search_rebuild(Desk *desk, GError **error) {
  Db *db = desk->db;
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(db, error);
  SearchState *state = NULL;
  return tx && search_state_lock(arena, db, &state, error) && search_forget_all(db, error) && search_forget_index(db, error) &&
         search_forget_parts(db, error) && search_forget_words(db, error) && search_state_reset(db, error) &&
         db_announce(db, error) && db_commit(&tx, error);
}

// Else whoever indexes at this moment, from what was there before, would write over the mark.
static bool hold(Desk *desk, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  SearchState *state = NULL;
  return search_state_lock(arena, desk->db, &state, error);
}

// No event says so to who indexes.
bool search_tag_changes(Desk *desk, int64_t tag_id, GError **error) {
  return hold(desk, error) && search_tag_stale(desk->db, tag_id, error) && db_announce(desk->db, error);
}

bool search_customer_changes(Desk *desk, int64_t customer_id, GError **error) {
  return hold(desk, error) && search_customer_stale(desk->db, customer_id, error) && db_announce(desk->db, error);
}

bool search_changes(Desk *desk, int64_t *out, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  SearchState *state = NULL;
  if (!search_state_select(arena, desk->db, &state, error)) return false;
  *out = state->changes;
  return true;
}
