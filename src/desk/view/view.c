// Making, finding, changing and removing views, and a page of one.
#include "desk/view/view.h"
#include "base/words.h"

#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/conversation/verbs.h"
#include "desk/search.sql.h"
#include "desk/search/search.h"
#include "desk/view.sql.h"

#include <string.h>

bool view_list(Arena *arena, Desk *desk, int64_t staff_id, SavedViewList *out, GError **error) {
  return saved_view_select(arena, desk->db, staff_id, out, error);
}

bool view_find(Arena *arena, Desk *desk, const Staff *who, int64_t id, SavedView **out, GError **error) {
  if (!saved_view_find(arena, desk->db, id, who->id, out, error)) return false;
  return *out || error_set(error, ERROR_NOT_FOUND, "There is no such view any more.");
}

bool view_may_change(const Staff *who, const SavedView *view) {
  return view->staff_id == who->id || view->made_by == who->id || role_may(who->role, PERMISSION_SUPERVISE);
}

bool view_has_problem(const ViewProblems *problems) { return problems->name || problems->query || problems->whole; }

// A draft, read.
typedef struct ViewText {
  const char *name, *key;
  Search search;
  bool is_kept;
} ViewText;

static const char *problem_of_name(Arena *arena, const char *name) {
  if (text_is_blank(name)) return "A view needs a name.";
  return text_length(name) > VIEW_NAME_MOST ? arena_say(arena, "A view's name has at most %d characters.", VIEW_NAME_MOST) : NULL;
}

static const char *problem_of_query(const Search *search) {
  if (search->problems.count) return search->problems.items[0];
  return search->query ? NULL : "A view needs something to look for.";
}

static bool read_draft(Arena *arena, Desk *desk, const Staff *who, const ViewDraft *draft, ViewText *out, ViewProblems *problems,
                       GError **error) {
  *problems = (ViewProblems){0};
  if (!search_read(arena, desk, who, draft->query, true, &out->search, error)) return false;
  out->name = text_one_line(arena, draft->name);
  out->key = text_fold(arena, out->name);
  out->is_kept = !out->search.has_times && !(draft->is_shared && out->search.is_personal);
  problems->name = problem_of_name(arena, out->name);
  problems->query = problem_of_query(&out->search);
  return true;
}

// Whoever holds the row of search_state follows and fills views: nobody else looks at one while it becomes another.
static DbTx *begin(Arena *arena, Desk *desk, SearchState **out, GError **error) {
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && search_state_lock(arena, desk->db, out, error) ? g_steal_pointer(&tx) : NULL;
}

// Open pages hear of it as of what search knows.
static bool end(Desk *desk, DbTx **tx, const SearchState *state, GError **error) {
  return search_state_update(desk->db, state->up_to, 1, error) && db_announce(desk->db, error) && db_commit(tx, error);
}

static bool check_name(Desk *desk, int64_t whose, const char *key, int64_t except, ViewProblems *out, GError **error) {
  bool is_taken;
  int64_t id;
  if (!saved_view_named(desk->db, whose, key, except, &is_taken, &id, error)) return false;
  if (is_taken) out->name = "There is a view of this name already.";
  return true;
}

static bool check_room(Desk *desk, int64_t whose, ViewProblems *out, GError **error) {
  int64_t count;
  if (!saved_view_count(desk->db, whose, &count, error)) return false;
  if (count >= VIEWS_MOST) out->whole = "There are as many views as fit; remove one first.";
  return true;
}

// Those for everybody are the desk's own matter; one's own are nobody else's.
static bool note(Desk *desk, const Staff *who, const char *what, const char *subject, const char *detail, GError **error) {
  return !*detail || audit_add(desk, who, what, subject, detail, error);
}

static bool make(Arena *arena, Desk *desk, const Staff *who, const ViewDraft *draft, int64_t *out_id, ViewProblems *out,
                 GError **error) {
  ViewText read;
  SearchState *state = NULL;
  int64_t whose = draft->is_shared ? 0 : who->id, nothing = 0;
  if (!read_draft(arena, desk, who, draft, &read, out, error)) return false;
  if (view_has_problem(out)) return true;
  g_autoptr(DbTx) tx = begin(arena, desk, &state, error);
  if (!tx || !check_name(desk, whose, read.key, 0, out, error) || !check_room(desk, whose, out, error)) return false;
  if (view_has_problem(out)) return true;
  const char *detail = draft->is_shared ? audit_change_written(arena, "", "query", "", read.search.text) : "";
  return saved_view_insert(desk->db, read.name, read.key, read.search.text, whose ? &whose : NULL, who->id,
                           clock_now(desk->clock), read.is_kept, read.is_kept ? &nothing : NULL, out_id, error) &&
         note(desk, who, "view.made", read.name, detail, error) && end(desk, &tx, state, error);
}

bool view_make(Arena *arena, Desk *desk, const Staff *who, const char *name, const char *query, bool is_shared, int64_t *out_id,
               const char **out_problem, GError **error) {
  const ViewDraft draft = {.name = name, .query = query, .is_shared = is_shared};
  ViewProblems problems;
  *out_id = 0;
  if (!make(arena, desk, who, &draft, out_id, &problems, error)) return false;
  *out_problem = problems.name ? problems.name : problems.query ? problems.query : problems.whole;
  return true;
}

// ——— what is there already

static bool find_to_change(Arena *arena, Desk *desk, const Staff *who, int64_t id, SavedView **out, GError **error) {
  if (!view_find(arena, desk, who, id, out, error)) return false;
  return view_may_change(who, *out) ||
         error_set(error, ERROR_FORBIDDEN, "Everybody's views are changed and removed by who made them, or by a supervisor.");
}

static bool forget(Desk *desk, int64_t id, GError **error) {
  char name[40];
  g_snprintf(name, sizeof name, "view/%" G_GINT64_FORMAT, id);
  return saved_view_forget_entries(desk->db, id, error) && saved_view_forget_count(desk->db, name, error);
}

static bool empty(Desk *desk, int64_t id, bool is_kept, GError **error) {
  int64_t nothing = 0;
  return forget(desk, id, error) && saved_view_filled(desk->db, id, is_kept ? &nothing : NULL, error);
}

static bool check_change(Desk *desk, const SavedView *view, int64_t whose, const ViewDraft *draft, const ViewText *read,
                         ViewProblems *out, GError **error) {
  if (draft->version != view->version)
    out->whole =
      "Somebody changed this view meanwhile. What it is now stands above; what you typed is kept, and counts if you change it once more.";
  return check_name(desk, whose, read->key, view->id, out, error) &&
         (whose == view->staff_id || out->whole || check_room(desk, whose, out, error));
}

// What is one's own is made by oneself: "is:mine" in it means its owner.
static bool put(Desk *desk, const Staff *who, const SavedView *view, int64_t whose, const ViewText *read, GError **error) {
  bool is_same = strcmp(view->query, read->search.text) == 0 && view->is_kept == read->is_kept;
  return saved_view_update(desk->db, view->id, read->name, read->key, read->search.text, whose ? &whose : NULL,
                           whose ? who->id : view->made_by, read->is_kept, error) &&
         (is_same || empty(desk, view->id, read->is_kept, error));
}

static const char *yes_no(bool is_so) { return is_so ? "yes" : "no"; }

static const char *changes(Arena *arena, const SavedView *old, int64_t whose, const ViewText *new) {
  if (old->staff_id && whose) return "";
  bool was_own = old->staff_id != 0; // what only one had is nobody's matter
  const char *detail = audit_change_written(arena, "", "name", was_own ? "" : old->name, new->name);
  detail = audit_change_written(arena, detail, "query", was_own ? "" : old->query, whose ? "" : new->search.text);
  return audit_change(arena, detail, "for everybody", yes_no(!was_own), yes_no(!whose));
}

bool view_change(Arena *arena, Desk *desk, const Staff *who, int64_t id, const ViewDraft *draft, ViewProblems *out,
                 GError **error) {
  ViewText read;
  SearchState *state = NULL;
  SavedView *view = NULL;
  int64_t whose = draft->is_shared ? 0 : who->id;
  if (!read_draft(arena, desk, who, draft, &read, out, error)) return false;
  g_autoptr(DbTx) tx = begin(arena, desk, &state, error);
  if (!tx || !find_to_change(arena, desk, who, id, &view, error) ||
      !(out->name || check_change(desk, view, whose, draft, &read, out, error)))
    return false;
  return view_has_problem(out) ||
         (put(desk, who, view, whose, &read, error) &&
          note(desk, who, "view.changed", read.name, changes(arena, view, whose, &read), error) && end(desk, &tx, state, error));
}

bool view_remove(Desk *desk, const Staff *who, int64_t id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  SearchState *state = NULL;
  SavedView *view = NULL;
  g_autoptr(DbTx) tx = begin(arena, desk, &state, error);
  if (!tx || !find_to_change(arena, desk, who, id, &view, error)) return false;
  const char *detail = view->staff_id ? "" : audit_change_written(arena, "", "query", view->query, "");
  return forget(desk, id, error) && saved_view_delete(desk->db, id, error) &&
         note(desk, who, "view.removed", view->name, detail, error) && end(desk, &tx, state, error);
}

bool view_show(Arena *arena, Desk *desk, const SavedView *view, int64_t after_key, int64_t after_number, ConversationPage *out,
               GError **error) {
  *out = (ConversationPage){0};
  if (!saved_view_select_page(arena, desk->db, view->id, after_key, after_number, LIST_PAGE + 1, &out->rows, error)) return false;
  conversation_page_end(out);
  return true;
}
