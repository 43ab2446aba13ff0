// Lists and counts. A page asks for one row more than it shows, to know whether there are more.
#include "desk/complaint/stored.h"
#include "desk/conversation.sql.h"
#include "desk/conversation/stand.h"
#include "desk/conversation/verbs.h"
#include "desk/list.sql.h"
#include "desk/search/document.h"

#define WAITING_BELOW (STAND_FAR / 2) // between the keys of who waits and those of who does not

// The keys of views that show the newest first go down, so their top is the largest.
static int64_t from_top(int64_t key) { return key ? key : INT64_MAX; }

static bool select_rows(Arena *arena, Desk *desk, View view, int64_t staff_id, int64_t key, int64_t number,
                        ConversationRowList *out, GError **error) {
  const int64_t most = LIST_PAGE + 1, far = STAND_FAR;
  Db *db = desk->db;
  switch (view) {
  case VIEW_MINE: return conversation_select_assigned(arena, db, CONVERSATION_OPEN, staff_id, key, number, far, most, out, error);
  case VIEW_UNASSIGNED: return conversation_select_unassigned(arena, db, CONVERSATION_OPEN, key, number, far, most, out, error);
  case VIEW_SOLVED: return conversation_select_view(arena, db, CONVERSATION_SOLVED, key, number, far, most, out, error);
  case VIEW_UPSET: return conversation_select_upset(arena, db, key, number, far, most, out, error);
  case VIEW_SNOOZED:
    return conversation_select_view(arena, db, CONVERSATION_OPEN, MAX(key, far), number, INT64_MAX, most, out, error);
  case VIEW_WAITING: return conversation_select_view(arena, db, CONVERSATION_OPEN, key, number, WAITING_BELOW, most, out, error);
  case VIEW_MENTIONS: return list_select_mentioned(arena, db, staff_id, from_top(key), most, out, error);
  case VIEW_FOLLOWING: return list_select_followed(arena, db, staff_id, key, number, most, out, error);
  case VIEW_DRAFTS: return list_select_drafts(arena, db, staff_id, from_top(key), from_top(number), most, out, error);
  case VIEW_OPEN:
  case VIEW_DUE: // conversation_list_due
  case VIEW_COUNT: break;
  }
  return conversation_select_view(arena, db, CONVERSATION_OPEN, key, number, far, most, out, error);
}

void conversation_page_end(ConversationPage *page) {
  page->has_more = page->rows.count > LIST_PAGE;
  if (!page->has_more) return;
  page->rows.count = LIST_PAGE;
  const ConversationRow *last = &page->rows.items[LIST_PAGE - 1];
  page->next_key = last->queue_key;
  page->next_number = last->number;
}

bool conversation_list(Arena *arena, Desk *desk, View view, int64_t staff_id, int64_t after_key, int64_t after_number,
                       ConversationPage *out, GError **error) {
  *out = (ConversationPage){0};
  if (!select_rows(arena, desk, view, staff_id, after_key, after_number, &out->rows, error)) return false;
  conversation_page_end(out);
  return true;
}

bool conversation_list_due(Arena *arena, Desk *desk, int64_t before, int64_t assignee, int64_t after_key, int64_t after_number,
                           ConversationPage *out, GError **error) {
  *out = (ConversationPage){0};
  int64_t key = after_key || after_number ? after_key : INT64_MIN;
  if (!list_select_due(arena, desk->db, before, assignee, key, after_number, LIST_PAGE + 1, &out->rows, error)) return false;
  conversation_page_end(out);
  return true;
}

bool conversation_row_facts(Arena *arena, Desk *desk, const IntList *numbers, int64_t staff_id, RowFactsList *out,
                            GError **error) {
  return !numbers->count || list_select_facts(arena, desk->db, number_list(arena, numbers), staff_id, out, error);
}

bool conversation_count_due(Desk *desk, int64_t before, int64_t *out, GError **error) {
  return list_count_due(desk->db, before, VIEW_COUNTED, out, error);
}

static bool count_own(Arena *arena, Desk *desk, int64_t staff_id, ViewCounts *out, GError **error) {
  OwnCounts *own = NULL;
  if (!list_count_own(arena, desk->db, staff_id, VIEW_COUNTED, &own, error)) return false;
  out->views[VIEW_FOLLOWING] = own->following;
  out->views[VIEW_MENTIONS] = own->mentions;
  out->views[VIEW_DRAFTS] = own->drafts;
  return true;
}

bool conversation_counts(Arena *arena, Desk *desk, int64_t staff_id, ViewCounts *out, GError **error) {
  const char *mine = arena_printf(arena, "open/%" G_GINT64_FORMAT, staff_id);
  const struct {
    const char *name;
    int64_t *count;
  } places[] = {
    {mine, &out->views[VIEW_MINE]},         {"open/0", &out->views[VIEW_UNASSIGNED]}, {"open", &out->views[VIEW_OPEN]},
    {"upset", &out->views[VIEW_UPSET]},     {"solved", &out->views[VIEW_SOLVED]},     {"snoozed", &out->views[VIEW_SNOOZED]},
    {"waiting", &out->views[VIEW_WAITING]}, {"quarantined", &out->quarantined},       {"failed", &out->failed},
    {"outbox-failed", &out->outbox_failed}};
  *out = (ViewCounts){0};
  TallyList tallies = {0};
  if (!tally_select(arena, desk->db, mine, &tallies, error) || !count_own(arena, desk, staff_id, out, error)) return false;
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
