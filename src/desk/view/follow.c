// Who is in which view, from what their documents say. For each conversation and each view that is kept: in it now, and in it before?
// The difference goes into the view's tally, inside the transaction that writes the document, so the two cannot part. A view that
// is new, or looks for something else, is filled from the index, some thousand documents at a time; what changes meanwhile is put in or
// taken out as of any other. All of this holds the row of search_state, as do changes of views: so nobody follows what a view was before.
#include "desk/view/view.h"

#include "desk/conversation/stand.h"
#include "desk/search.sql.h"
#include "desk/search/document.h"
#include "desk/search/search.h"
#include "desk/view.sql.h"

#define FILLED_AT_ONCE 10000 // documents

typedef struct Followed {
  const SavedView *view;
  Search search;
  int64_t delta;
} Followed;
LIST_DEFINE(Followed)

typedef struct Following {
  Arena *arena;
  Desk *desk;
  FollowedList views;
  ViewPlaceList places;
  ViewEntryList entries;
  GHashTable *first_entries; // number → ViewEntry
} Following;

static bool load_views(Following *following, GError **error) {
  SavedViewList views = {0};
  if (!saved_view_select_kept(following->arena, following->desk->db, &views, error)) return false;
  list_each(const SavedView, view, &views) {
    Followed *followed = list_add(following->arena, &following->views);
    const Staff who = {.id = view->made_by};
    followed->view = view;
    if (!search_read(following->arena, following->desk, &who, view->query, true, &followed->search, error)) return false;
  }
  return true;
}

// The entries of one conversation stand together.
static const ViewEntry *entry_of(const Following *following, int64_t view_id, int64_t number) {
  const ViewEntry *entry = g_hash_table_lookup(following->first_entries, &number);
  const ViewEntry *end = following->entries.items + following->entries.count;
  for (; entry && entry < end && entry->number == number; entry++)
    if (entry->view_id == view_id) return entry;
  return NULL;
}

static void note_first_entries(Following *following) {
  list_each(ViewEntry, entry, &following->entries)
    if (!g_hash_table_contains(following->first_entries, &entry->number))
      g_hash_table_insert(following->first_entries, &entry->number, entry);
}

static int64_t place_of(const Following *following, int64_t number) {
  list_each(const ViewPlace, place, &following->places)
    if (place->number == number) return place->queue_key;
  return 0;
}

static bool settle(Following *following, Followed *followed, int64_t number, GHashTable *words, GError **error) {
  Db *db = following->desk->db;
  const ViewEntry *before = entry_of(following, followed->view->id, number);
  bool is_in = g_hash_table_size(words) && search_matches(&followed->search, words);
  if (!is_in && !before) return true;
  followed->delta += is_in - (before != NULL);
  if (!is_in) return saved_view_take(db, followed->view->id, number, error);
  int64_t place = place_of(following, number);
  return (before && before->queue_key == place) || saved_view_put(db, followed->view->id, number, place, error);
}

static GHashTable *set_of(Arena *arena, const char *document) {
  GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);
  char *words = arena_strdup(arena, document);
  for (char *word = words, *end; *word; word = end) {
    end = strchrnul(word, ' ');
    if (*end) *end++ = '\0';
    g_hash_table_add(set, word);
  }
  return set;
}

static bool change_tally(Desk *desk, int64_t view_id, int64_t delta, GError **error) {
  char name[40];
  g_snprintf(name, sizeof name, "view/%" G_GINT64_FORMAT, view_id);
  return tally_change(desk, name, delta, error);
}

bool view_follow(Arena *arena, Desk *desk, const IntList *numbers, const TextList *documents, GError **error) {
  Following following = {.arena = arena, .desk = desk};
  if (!load_views(&following, error)) return false;
  if (!following.views.count) return true;
  const char *list = number_list(arena, numbers);
  if (!saved_view_select_places(arena, desk->db, list, &following.places, error) ||
      !saved_view_select_entries(arena, desk->db, list, &following.entries, error))
    return false;
  g_autoptr(GHashTable) first_entries = g_hash_table_new(g_int64_hash, g_int64_equal);
  following.first_entries = first_entries;
  note_first_entries(&following);
  for (size_t i = 0; i < numbers->count; i++) {
    g_autoptr(GHashTable) words = set_of(arena, documents->items[i]);
    list_each(Followed, followed, &following.views)
      if (!settle(&following, followed, numbers->items[i], words, error)) return false;
  }
  list_each(const Followed, followed, &following.views)
    if (!change_tally(desk, followed->view->id, followed->delta, error)) return false;
  return true;
}

static bool fill(Arena *arena, Desk *desk, const UnfilledView *view, GError **error) {
  Search search;
  const Staff who = {.id = view->made_by};
  int64_t newest, added = 0, up_to = view->filled_to + FILLED_AT_ONCE;
  int64_t low = SEARCH_DOC_FIRST - up_to, high = SEARCH_DOC_FIRST - view->filled_to;
  if (!search_read(arena, desk, &who, view->query, true, &search, error) ||
      !search_doc_newest(desk->db, SEARCH_DOC_FIRST, &newest, error))
    return false;
  return (!search.query || saved_view_fill(desk->db, view->id, search.query, low, high, &added, error)) &&
         change_tally(desk, view->id, added, error) && saved_view_filled(desk->db, view->id, newest < low ? &up_to : NULL, error);
}

bool view_fill(Desk *desk, bool *out_more, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  UnfilledView *view = NULL;
  SearchState *state = NULL;
  if (!saved_view_select_unfilled(arena, desk->db, &view, error)) return false;
  *out_more = view != NULL;
  if (!view) return true;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !search_state_lock(arena, desk->db, &state, error) || !saved_view_select_unfilled(arena, desk->db, &view, error))
    return false;
  if (!view) return true;
  return fill(arena, desk, view, error) && search_state_update(desk->db, state->up_to, 1, error) &&
         db_announce(desk->db, error) && db_commit(&tx, error);
}
