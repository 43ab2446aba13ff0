// "Merge into #…": a page that shows both and asks once more, then the merge, then the conversation that is left.
#include "pages/conversation/merge.h"
#include "base/words.h"

#include "pages/merge.html.h"
#include "pages/pages.h"

// The other conversation as the form names it: "1042", "#1042". Without one the page asks.
static bool load_other(const Visit *visit, MergePage *page, const char *given, GError **error) {
  gint64 number = 0;
  Thread thread;
  if (text_is_blank(given)) return true;
  const char *digits = text_trim(visit->arena, given);
  if (!g_ascii_string_to_signed(*digits == '#' ? digits + 1 : digits, 10, 1, G_MAXINT64, &number, NULL)) {
    page->problem = "That is no number of a conversation; give one such as 1042.";
    return true;
  }
  g_autoptr(GError) refusal = NULL;
  int64_t survivor = 0;
  if (conversation_survivor(visit->desk, number, &survivor, &refusal)) {
    if (survivor == page->from->number) {
      page->problem = "That is this conversation; give the number of another one.";
      return true;
    }
    if (!conversation_show(visit->arena, visit->desk, survivor, 0, &thread, error)) return false;
    page->into = thread.conversation;
    return true;
  }
  if (error_is(refusal, ERROR_NOT_FOUND)) {
    page->problem = arena_strdup(visit->arena, refusal->message);
    return true;
  }
  g_propagate_error(error, g_steal_pointer(&refusal));
  return false;
}

static bool show(const Visit *visit, WebResponse *response, MergePage *page, const char *into, GError **error) {
  int64_t number;
  Thread thread;
  Shell shell;
  if (!web_path_int(visit->request, "number", &number, error) || !shell_open(visit, RAIL_VIEW, "plain", &shell, error) ||
      !conversation_show(visit->arena, visit->desk, number, 0, &thread, error))
    return false;
  page->from = thread.conversation;
  if (!page->problem && !load_other(visit, page, into, error)) return false;
  shell.title = arena_say(visit->arena, "Merge #%jd", number);
  shell.view = page->view;
  if (page->problem) response->status = 422;
  render_merge(response->body, &shell, page);
  return true;
}

bool merge_page(WebRequest *request, WebResponse *response, GError **error) {
  MergePage page = {.view = VIEW_OPEN};
  view_from_word(web_query(request, "view"), &page.view);
  return show(visit_of(request), response, &page, web_query(request, "into"), error);
}

bool merge_post(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  MergePage page = {.view = VIEW_OPEN};
  int64_t from, into = visit_form_int(visit, "into"), survivor = 0;
  g_autoptr(GError) refusal = NULL;
  view_from_word(web_form(request, "view"), &page.view);
  if (!web_path_int(request, "number", &from, error)) return false;
  if (conversation_merge(visit->desk, visit->staff, from, into, &refusal)) {
    if (!conversation_survivor(visit->desk, from, &survivor, error)) return false;
    web_redirect(response,
                 arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s&merged=%" G_GINT64_FORMAT "#latest",
                              survivor, shell_view_again(visit, page.view), from));
    return true;
  }
  if (error_is(refusal, ERROR_INVALID)) {
    page.problem = arena_strdup(visit->arena, refusal->message);
    return show(visit, response, &page, NULL, error);
  }
  g_propagate_error(error, g_steal_pointer(&refusal));
  return false;
}
