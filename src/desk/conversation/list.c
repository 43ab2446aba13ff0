// Lists and counts. A page asks for one row more than it shows, to know whether there are more.
#include "desk/conversation.sql.h"
#include "desk/conversation/stand.h"
#include "desk/conversation/verbs.h"

static bool select_rows(Arena *arena, Desk *desk, View view, int64_t staff_id, int64_t key, int64_t number,
                        ConversationRowList *out, GError **error) {
  const int64_t most = LIST_PAGE + 1, far = STAND_FAR;
  Db *db = desk->db;
  switch (view) {
  case VIEW_MINE:
    return conversation_select_assigned(arena, db, CONVERSATION_OPEN, staff_id, key, number, far, most, out, error);
  case VIEW_UNASSIGNED: return conversation_select_unassigned(arena, db, CONVERSATION_OPEN, key, number, far, most, out, error);
  case VIEW_SOLVED: return conversation_select_view(arena, db, CONVERSATION_SOLVED, key, number, far, most, out, error);
  case VIEW_UPSET: return conversation_select_upset(arena, db, key, number, far, most, out, error);
  case VIEW_SNOOZED:
    return conversation_select_view(arena, db, CONVERSATION_OPEN, MAX(key, far), number, INT64_MAX, most, out, error);
  case VIEW_OPEN:
  case VIEW_COUNT: break;
  }
  return conversation_select_view(arena, db, CONVERSATION_OPEN, key, number, far, most, out, error);
}

bool conversation_list(Arena *arena, Desk *desk, View view, int64_t staff_id, int64_t after_key, int64_t after_number,
                       ConversationPage *out, GError **error) {
  *out = (ConversationPage){0};
  if (!select_rows(arena, desk, view, staff_id, after_key, after_number, &out->rows, error)) return false;
  out->has_more = out->rows.count > LIST_PAGE;
  if (!out->has_more) return true;
  out->rows.count = LIST_PAGE;
  const ConversationRow *last = &out->rows.items[LIST_PAGE - 1];
  out->next_key = last->queue_key;
  out->next_number = last->number;
  return true;
}

bool conversation_counts(Arena *arena, Desk *desk, int64_t staff_id, ViewCounts *out, GError **error) {
  const char *mine = arena_printf(arena, "open/%" G_GINT64_FORMAT, staff_id);
  const struct {
    const char *name;
    int64_t *count;
  } places[] = {{mine, &out->views[VIEW_MINE]},     {"open/0", &out->views[VIEW_UNASSIGNED]}, {"open", &out->views[VIEW_OPEN]},
                {"upset", &out->views[VIEW_UPSET]}, {"solved", &out->views[VIEW_SOLVED]},     {"quarantined", &out->quarantined},
                {"failed", &out->failed},           {"outbox-failed", &out->outbox_failed},           {"snoozed", &out->views[VIEW_SNOOZED]}};
  *out = (ViewCounts){0};
  TallyList tallies = {0};
  if (!tally_select(arena, desk->db, mine, &tallies, error)) return false;
  list_each(const Tally, tally, &tallies)
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
      if (strcmp(places[i].name, tally->name) == 0) *places[i].count = tally->count;
  return true;
}

bool conversation_changes(Arena *arena, Desk *desk, int64_t after, IntList *out_event_ids, IntList *out_numbers,
                          int64_t *out_last, GError **error) {
  const int64_t look_back = 200;
  EventMarkList marks = {0};
  if (!event_select_after(arena, desk->db, MAX(after - look_back, 0), &marks, error)) return false;
  *out_last = after;
  list_each(const EventMark, mark, &marks) {
    *list_add(arena, out_event_ids) = mark->id;
    *list_add(arena, out_numbers) = mark->number;
    *out_last = MAX(*out_last, mark->id);
  }
  return true;
}

bool conversation_last_change(Desk *desk, int64_t *out, GError **error) { return event_select_last(desk->db, out, error); }
