// Making, finding and removing views, and a page of one.
#include "desk/view/view.h"
#include "base/words.h"

#include "base/text.h"
#include "desk/conversation/verbs.h"
#include "desk/search/search.h"
#include "desk/view.sql.h"

bool view_list(Arena *arena, Desk *desk, int64_t staff_id, SavedViewList *out, GError **error) {
  return saved_view_select(arena, desk->db, staff_id, out, error);
}

bool view_find(Arena *arena, Desk *desk, const Staff *who, int64_t id, SavedView **out, GError **error) {
  if (!saved_view_find(arena, desk->db, id, who->id, out, error)) return false;
  return *out || error_set(error, ERROR_NOT_FOUND, "There is no such view any more.");
}

bool view_may_remove(const Staff *who, const SavedView *view) {
  return view->staff_id == who->id || view->made_by == who->id || role_may(who->role, PERMISSION_SUPERVISE);
}

// NULL when it can be made.
static const char *problem_of(Arena *arena, const char *name, const Search *search) {
  if (text_is_blank(name)) return "A view needs a name.";
  if (text_length(name) > VIEW_NAME_MOST) return arena_say(arena, "A view's name has at most %d characters.", VIEW_NAME_MOST);
  if (search->problems.count) return search->problems.items[0];
  return search->query ? NULL : "A view needs something to look for.";
}

// Once more inside the transaction: two people at once.
static bool find_room(Desk *desk, int64_t whose, const char *key, const char **out_problem, GError **error) {
  bool is_taken;
  int64_t count, id;
  if (!saved_view_count(desk->db, whose, &count, error) || !saved_view_named(desk->db, whose, key, &is_taken, &id, error))
    return false;
  if (is_taken)
    *out_problem = "There is a view of this name already.";
  else if (count >= VIEWS_MOST)
    *out_problem = "There are as many views as fit; remove one first.";
  return true;
}

bool view_make(Arena *arena, Desk *desk, const Staff *who, const char *name, const char *query, bool is_shared, int64_t *out_id,
               const char **out_problem, GError **error) {
  Search search;
  *out_id = 0;
  name = text_one_line(arena, name);
  if (!search_read(arena, desk, who, query, true, &search, error)) return false;
  const char *key = text_fold(arena, name);
  *out_problem = problem_of(arena, name, &search);
  if (*out_problem) return true;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !find_room(desk, is_shared ? 0 : who->id, key, out_problem, error)) return false;
  if (*out_problem) return true;
  bool is_kept = !search.has_times && !(is_shared && search.is_personal);
  int64_t nothing = 0;
  return saved_view_insert(desk->db, name, key, search.text, is_shared ? NULL : &who->id, who->id, clock_now(desk->clock),
                           is_kept, is_kept ? &nothing : NULL, out_id, error) &&
         db_announce(desk->db, error) && db_commit(&tx, error);
}

bool view_remove(Desk *desk, const Staff *who, int64_t id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  SavedView *view = NULL;
  if (!tx || !view_find(arena, desk, who, id, &view, error)) return false;
  if (!view_may_remove(who, view))
    return error_set(error, ERROR_FORBIDDEN, "Everybody's views are removed by who made them, or by a supervisor.");
  return saved_view_forget_entries(desk->db, id, error) &&
         saved_view_forget_count(desk->db, arena_printf(arena, "view/%" G_GINT64_FORMAT, id), error) &&
         saved_view_delete(desk->db, id, error) && db_commit(&tx, error);
}

bool view_show(Arena *arena, Desk *desk, const SavedView *view, int64_t after_key, int64_t after_number, ConversationPage *out,
               GError **error) {
  *out = (ConversationPage){0};
  if (!saved_view_select_page(arena, desk->db, view->id, after_key, after_number, LIST_PAGE + 1, &out->rows, error)) return false;
  conversation_page_end(out);
  return true;
}
