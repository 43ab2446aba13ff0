// The list page, and the list beside a conversation. Where in the list one is stands in the address, so that a link or the way
// back leads to the same place.
#include "pages/list.html.h"
#include "pages/pages.h"

#include "base/text.h"

#include <string.h>

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

bool list_view_load(const Visit *visit, int64_t current, ListView *out, GError **error) {
  int64_t key, number;
  *out = (ListView){.visit = visit, .view = VIEW_OPEN, .current = current};
  const char *view = web_query(visit->request, "view");
  if (!view) view = web_form(visit->request, "view");
  view_from_word(view, &out->view);
  if (out->view == VIEW_UPSET && !visit->shows_readings) out->view = VIEW_OPEN;
  if (!read_place(web_query(visit->request, "after"), &key, &number, error)) return false;
  out->is_continued = number != 0;
  return conversation_list(visit->arena, visit->desk, out->view, visit->staff->id, key, number, &out->page, error);
}

const char *list_next_words(const ListView *list, const ConversationRow *row) {
  const Visit *visit = list->visit;
  if (row->state == CONVERSATION_SOLVED) return "solved";
  if (row->snoozed_until) return arena_printf(visit->arena, "back %s", moment_exact(visit, row->snoozed_until));
  if (row->woke_at && !row->waiting_since) return "back from being snoozed";
  if (!row->waiting_since) return "their turn";
  if (!row->assignee_name) return "with nobody";
  if (row->assignee_id == visit->staff->id) return "with you";
  int first_name = (int)strcspn(row->assignee_name, " "); // colleagues know each other
  return arena_printf(visit->arena, "with %.*s", first_name, row->assignee_name);
}

const char *list_subject(const ConversationRow *row) {
  if (!text_is_blank(row->subject)) return row->subject;
  return text_is_blank(row->snippet) ? "(no subject)" : row->snippet;
}

const char *list_who(const ConversationRow *row) {
  if (!text_is_blank(row->customer_name)) return row->customer_name;
  return text_is_blank(row->customer_address) ? "(no name)" : row->customer_address;
}

bool list_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  Shell shell;
  ListView list;
  if (!shell_open(visit, RAIL_VIEW, "show-list", &shell, error) || !list_view_load(visit, 0, &list, error)) return false;
  list.is_page = true;
  shell.view = list.view;
  shell.title = shell_view_title(list.view);
  render_list_page(response->body, &shell, &list);
  return true;
}
