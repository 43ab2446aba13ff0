// The list page, and the list beside a conversation. Where in the list one is stands in the address, so that a link or the way
// back leads to the same place.
#include "base/words.h"
#include "pages/list.html.h"
#include "pages/pages.h"

#include "base/text.h"
#include "desk/complaint/complaint.h"
#include "desk/search/search.h"

#include <stdlib.h>
#include <string.h>

#define PRESSING_MOST 200

// "key.number", as the link to the next page says it.
static bool read_place(const char *text, int64_t *out_key, int64_t *out_number, GError **error) {
  *out_key = *out_number = 0;
  if (!text) return true;
  g_auto(GStrv) parts = g_strsplit(text, ".", 3);
  gint64 key, number;
  bool is_fine = g_strv_length(parts) == 2 && g_ascii_string_to_signed(parts[0], 10, G_MININT64, G_MAXINT64, &key, NULL) &&
                 g_ascii_string_to_signed(parts[1], 10, 0, G_MAXINT64, &number, NULL);
  if (!is_fine) return error_set(error, ERROR_INVALID, "The address of this page is damaged.");
  *out_key = key;
  *out_number = number;
  return true;
}

// ——— which view, and in which order

static const char *const sort_words[LIST_SORT_COUNT] = {
  [LIST_BY_WAIT] = "wait", [LIST_BY_NEWEST] = "newest", [LIST_BY_DUE] = "due", [LIST_BY_PRIORITY] = "priority"};

const char *list_sort_word(ListSort sort) { return sort_words[sort]; }

static bool is_found(const ListView *list) { return list->view == (View)VIEW_FOUND; }

const char *list_sort_words(const ListView *list, ListSort sort) {
  switch (sort) {
  case LIST_BY_NEWEST: return "The newest change comes first";
  case LIST_BY_DUE: return "What has a clock, due soonest first";
  case LIST_BY_PRIORITY: return "Urgent and high ones, urgent first";
  case LIST_BY_WAIT:
  case LIST_SORT_COUNT: break;
  }
  if (is_found(list) || (list->saved && !list->saved->is_kept)) return "The newest change comes first";
  if (list->view == VIEW_SOLVED || list->view == VIEW_MENTIONS || list->view == VIEW_DRAFTS) return "The newest first";
  if (list->view == VIEW_SNOOZED) return "What comes back soonest is on top";
  return list->view == VIEW_DUE ? "What runs out first is on top" : "Who waits longest comes first";
}

// The view as a search; NULL: it is none.
static const char *query_of(const ListView *list) {
  if (list->saved) return list->saved->query;
  switch (list->view) {
  case VIEW_MINE: return "is:open is:mine";
  case VIEW_UNASSIGNED: return "is:open is:unassigned";
  case VIEW_OPEN: return "is:open";
  case VIEW_UPSET: return "is:open is:upset";
  case VIEW_WAITING: return "is:waiting";
  case VIEW_FOLLOWING: return "is:open is:followed";
  case VIEW_SNOOZED:
  case VIEW_SOLVED:
  case VIEW_DUE:
  case VIEW_MENTIONS:
  case VIEW_DRAFTS:
  case VIEW_COUNT: break;
  }
  return NULL;
}

bool list_may_sort(const ListView *list, ListSort sort) {
  if (sort == LIST_BY_WAIT) return true;
  if (sort == LIST_BY_DUE) return list->view == VIEW_OPEN || list->view == VIEW_MINE || list->view == VIEW_UNASSIGNED;
  if (list->saved && !list->saved->is_kept) return sort == LIST_BY_PRIORITY;
  return query_of(list) != NULL;
}

const char *list_suffix(const ListView *list) {
  Arena *arena = list->visit->arena;
  if (is_found(list)) return found_suffix(arena, &list->found);
  const char *sort = list->sort == LIST_BY_WAIT ? "" : arena_printf(arena, "&sort=%s", list_sort_word(list->sort));
  if (!list->after_number) return sort;
  return arena_printf(arena, "%s&after=%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, sort, list->after_key, list->after_number);
}

static void read_sort(const Visit *visit, ListView *list) {
  const char *word = shell_place(visit, "sort");
  for (unsigned sort = 0; word && sort < LIST_SORT_COUNT; sort++)
    if (strcmp(sort_words[sort], word) == 0 && list_may_sort(list, sort)) list->sort = sort;
}

// A view that was removed, or is somebody else's, is the open ones.
static bool find_saved(const Visit *visit, ListView *list, GError **error) {
  g_autoptr(GError) problem = NULL;
  SavedView *saved = NULL;
  if (!view_saved_id(list->view)) return true;
  if (view_find(visit->arena, visit->desk, visit->staff, view_saved_id(list->view), &saved, &problem))
    list->saved = saved;
  else if (error_is(problem, ERROR_NOT_FOUND))
    list->view = VIEW_OPEN;
  else
    return g_propagate_error(error, g_steal_pointer(&problem)), false;
  if (saved) list->change.draft = (ViewDraft){saved->name, saved->query, !saved->staff_id, saved->version};
  return true;
}

// Of a search that is not known any more nothing stays but the open ones.
static void find_found(const Visit *visit, ListView *list) {
  if (!is_found(list)) return;
  list->found = found_read(visit);
  if (!list->found.query) list->view = VIEW_OPEN;
}

// ——— its rows

static bool search_list(const ListView *list, const char *query, int64_t key, int64_t most, ConversationPage *out,
                        GError **error) {
  const Visit *visit = list->visit;
  Search search;
  return search_read(visit->arena, visit->desk, visit->staff, query, visit->shows_readings, &search, error) &&
         search_rows(visit->arena, visit->desk, &search, key, most, out, error);
}

static int compare_pressing(const void *a, const void *b) {
  const ConversationRow *left = a, *right = b;
  if (left->priority != right->priority) return left->priority > right->priority ? -1 : 1;
  return left->queue_key < right->queue_key ? -1 : left->queue_key > right->queue_key;
}

// There are few that are urgent or high, or the words have lost their meaning: the newest of them are put in order.
static bool list_pressing(const ListView *list, ConversationPage *out, GError **error) {
  const char *query = arena_say(list->visit->arena, "%s priority:high,urgent", query_of(list));
  if (!search_list(list, query, 0, PRESSING_MOST, out, error)) return false;
  out->has_more = false;
  if (out->rows.count) qsort(out->rows.items, out->rows.count, sizeof *out->rows.items, compare_pressing);
  return true;
}

static bool load_rows(ListView *list, GError **error) {
  const Visit *visit = list->visit;
  int64_t key = list->after_key, number = list->after_number;
  int64_t assignee = list->view == VIEW_MINE ? visit->staff->id : list->view == VIEW_UNASSIGNED ? 0 : -1;
  ConversationPage *out = &list->page;
  if (is_found(list)) return search_list(list, list->found.query, list->found.after, SEARCH_PAGE, out, error);
  switch (list->sort) {
  case LIST_BY_NEWEST: return search_list(list, query_of(list), key, LIST_PAGE, out, error);
  case LIST_BY_PRIORITY: return list_pressing(list, out, error);
  case LIST_BY_DUE: return conversation_list_due(visit->arena, visit->desk, INT64_MAX, assignee, key, number, out, error);
  case LIST_BY_WAIT:
  case LIST_SORT_COUNT: break;
  }
  if (list->saved && !list->saved->is_kept) return search_list(list, query_of(list), key, LIST_PAGE, out, error);
  if (list->saved) return view_show(visit->arena, visit->desk, list->saved, key, number, out, error);
  if (list->view == VIEW_DUE)
    return conversation_list_due(visit->arena, visit->desk, shell_today_ends(visit), -1, key, number, out, error);
  return conversation_list(visit->arena, visit->desk, list->view, visit->staff->id, key, number, out, error);
}

static bool load_facts(ListView *list, GError **error) {
  IntList numbers = {0};
  list_each(const ConversationRow, row, &list->page.rows) *list_add(list->visit->arena, &numbers) = row->number;
  return conversation_row_facts(list->visit->arena, list->visit->desk, &numbers, list->visit->staff->id, &list->facts, error);
}

static const char *title_of(const ListView *list) {
  Arena *arena = list->visit->arena;
  if (is_found(list)) return arena_say(arena, "Search: %s", text_clamp(arena, list->found.query, 60));
  return list->saved ? list->saved->name : shell_view_title(list->view);
}

bool list_view_load(const Visit *visit, int64_t current, ListView *out, GError **error) {
  *out = (ListView){.visit = visit, .view = VIEW_OPEN, .current = current};
  const char *view = web_query(visit->request, "view");
  if (!view) view = web_form(visit->request, "view");
  view_from_word(view, &out->view);
  if (out->view == VIEW_UPSET && !visit->shows_readings) out->view = VIEW_OPEN;
  find_found(visit, out);
  const char *place = is_found(out) ? NULL : shell_place(visit, "after"); // of a search it was read with it
  if (!find_saved(visit, out, error) || !read_place(place, &out->after_key, &out->after_number, error)) return false;
  read_sort(visit, out);
  out->title = title_of(out);
  out->is_continued = out->after_number || out->found.after;
  out->chooses = web_query(visit->request, "choose") != NULL;
  if (!bulk_notice_load(visit, current == 0, &out->bulk, error)) return false;
  return load_rows(out, error) && load_facts(out, error);
}

// ——— in words

const char *list_address(const ListView *list, int64_t after_key, int64_t after_number) {
  Arena *arena = list->visit->arena;
  if (is_found(list)) return found_address(arena, &(Found){list->found.query, after_key}, 0);
  ListView there = *list;
  there.after_key = after_key;
  there.after_number = after_number;
  return arena_printf(arena, "/?view=%s%s", view_word(list->view), list_suffix(&there));
}

const char *list_back_address(const ListView *list) {
  if (is_found(list)) return found_address(list->visit->arena, &list->found, list->current);
  return list_address(list, list->after_key, list->after_number);
}

const char *list_row_address(const ListView *list, const ConversationRow *row) {
  return arena_printf(list->visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s%s#latest", row->number,
                      view_word(list->view), list_suffix(list));
}

bool list_is_filling(const ListView *list) { return list->saved && list->saved->is_filling; }

bool list_is_indexed(const ListView *list) {
  return list->saved || list->sort == LIST_BY_NEWEST || list->sort == LIST_BY_PRIORITY;
}

const char *list_stage_title(const RowFacts *facts) { return stage_title((ComplaintStage)facts->stage); }

const RowFacts *list_facts(const ListView *list, const ConversationRow *row) {
  static const RowFacts none;
  list_each(const RowFacts, facts, &list->facts)
    if (facts->number == row->number) return facts;
  return &none;
}

bool list_says_more(const ConversationRow *row, const RowFacts *facts) {
  return row->priority != PRIORITY_NORMAL || facts->has_draft || facts->is_complaint || facts->tags;
}

const char *list_due_words(const Visit *visit, int64_t due_at) {
  if (due_at <= visit->now) return arena_say(visit->arena, "%s late", clock_span(visit->arena, visit->now - due_at));
  return arena_say(visit->arena, "due in %s", clock_span(visit->arena, due_at - visit->now));
}

const char *list_tags(const Visit *visit, const RowFacts *facts) {
  g_auto(GStrv) tags = g_strsplit(facts->tags ? facts->tags : "", "\n", -1);
  return arena_take(visit->arena, g_strjoinv(", ", tags));
}

const char *list_next_words(const ListView *list, const ConversationRow *row) { return list_state_words(list->visit, row); }

const char *list_state_words(const Visit *visit, const ConversationRow *row) {
  if (row->state == CONVERSATION_SOLVED) return "solved";
  if (row->snoozed_until) return arena_say(visit->arena, "back %s", moment_exact(visit, row->snoozed_until));
  if (row->woke_at && !row->waiting_since) return "back from being snoozed";
  if (!row->waiting_since) return "their turn";
  if (!row->assignee_name) return "with nobody";
  if (row->assignee_id == visit->staff->id) return "with you";
  int first_name = (int)strcspn(row->assignee_name, " "); // colleagues know each other
  return arena_say(visit->arena, "with %.*s", first_name, row->assignee_name);
}

const char *list_subject(const Visit *visit, const ConversationRow *row) {
  if (!text_is_blank(row->subject)) return shell_line(visit, row->subject);
  return text_is_blank(row->snippet) ? "(no subject)" : shell_line(visit, row->snippet);
}

const char *list_who(const ConversationRow *row) {
  if (!text_is_blank(row->customer_name)) return row->customer_name;
  return text_is_blank(row->customer_address) ? "(no name)" : row->customer_address;
}

// Whoever was told that somebody was faster has what it is now before them.
static void take_change(ListView *list, const ListChange *change) {
  list->change = *change;
  if (change->problems.whole && list->saved) list->change.draft.version = list->saved->version;
}

static bool show(const Visit *visit, WebResponse *response, const ListChange *change, GError **error) {
  Shell shell;
  ListView list;
  if (!shell_open(visit, RAIL_VIEW, "show-list", &shell, error) || !list_view_load(visit, 0, &list, error)) return false;
  list.is_page = true;
  if (change) take_change(&list, change);
  if (!sent_load(visit, &list.sent, error)) return false;
  shell.view = list.view;
  shell.title = list.title;
  render_list_page(response->body, &shell, &list);
  return true;
}

bool list_page(WebRequest *request, WebResponse *response, GError **error) {
  return found_leads_on(visit_of(request), response, "/search") || show(visit_of(request), response, NULL, error);
}

bool list_show_problem(const Visit *visit, WebResponse *response, const ListChange *change, GError **error) {
  response->status = 422;
  return show(visit, response, change, error);
}
