// Taking apart, on pages of their own: what a message begins or belongs to, and a merge that is undone. Each says what will happen before
// anything does.
#include "pages/apart.html.h"

#include "pages/pages.h"
#include "pages/work/work.h"

static void go_to(const Visit *visit, WebResponse *response, int64_t number, View view) {
  web_redirect(response, arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s#latest", number,
                                      shell_view_again(visit, view)));
}

static View view_of(const Visit *visit) {
  View view = VIEW_OPEN;
  const char *word = web_query(visit->request, "view");
  view_from_word(word ? word : web_form(visit->request, "view"), &view);
  return view;
}

const char *apart_words(const ApartPage *page, const Message *message) {
  return message->kind == MESSAGE_CUSTOMER ? shell_line(page->visit, message->body) : message->body;
}

static bool load(const Visit *visit, int64_t message_id, ApartPage *page, GError **error) {
  Thread thread;
  int64_t number = 0;
  page->visit = visit;
  page->view = view_of(visit);
  if (!message_conversation(visit->desk, message_id, &number, error) ||
      !conversation_show(visit->arena, visit->desk, number, message_id < INT64_MAX ? message_id + 1 : 0, &thread, error))
    return false;
  page->conversation = thread.conversation;
  list_each(const Message, message, &thread.messages)
    if (message->id == message_id && message->kind != MESSAGE_AUTOMATIC) page->message = message;
  page->is_first = !thread.has_earlier && thread.messages.count && thread.messages.items[0].id == message_id;
  return page->message || error_set(error, ERROR_NOT_FOUND, "There is no such message.");
}

// The conversation as a person names it: "1042", "#1042". Without one the page asks.
static bool find_into(const Visit *visit, const char *given, ApartPage *page, GError **error) {
  const char *text = text_trim(visit->arena, given);
  gint64 number = 0;
  int64_t survivor = 0;
  Thread thread;
  g_autoptr(GError) refusal = NULL;
  if (!*text) return true;
  if (!g_ascii_string_to_signed(*text == '#' ? text + 1 : text, 10, 1, G_MAXINT64, &number, NULL)) {
    page->problem = "That is no number of a conversation; give one such as 1042.";
    return true;
  }
  if (conversation_survivor(visit->desk, number, &survivor, &refusal)) {
    if (!conversation_show(visit->arena, visit->desk, survivor, 0, &thread, error)) return false;
    if (survivor == page->conversation->number)
      page->problem = "The message stands there already; give the number of another one.";
    else
      page->into = thread.conversation;
    return true;
  }
  page->problem = arena_strdup(visit->arena, refusal->message);
  return error_is(refusal, ERROR_NOT_FOUND);
}

static bool show(WebResponse *response, ApartPage *page, const char *title,
                 void (*render)(GString *, const Shell *, const ApartPage *), GError **error) {
  Shell shell;
  if (!shell_open(page->visit, RAIL_VIEW, "plain", &shell, error)) return false;
  shell.title = title;
  shell.view = page->view;
  if (page->problem) response->status = 422;
  render(response->body, &shell, page);
  return true;
}

bool apart_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  ApartPage page = {0};
  int64_t message_id;
  return web_path_int(request, "message", &message_id, error) && load(visit, message_id, &page, error) &&
         find_into(visit, web_query(request, "into"), &page, error) &&
         show(response, &page, "Move a message", render_apart, error);
}

static bool say_refusal(WebResponse *response, int64_t message_id, const Visit *visit, GError *refusal, GError **error) {
  ApartPage page = {0};
  if (!error_is(refusal, ERROR_INVALID) && !error_is(refusal, ERROR_CONFLICT)) {
    g_propagate_error(error, refusal);
    return false;
  }
  const char *problem = arena_strdup(visit->arena, refusal->message);
  g_error_free(refusal);
  if (!load(visit, message_id, &page, error)) return false;
  page.problem = problem;
  return show(response, &page, "Move a message", render_apart, error);
}

bool apart_post_split(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t message_id, number = 0;
  GError *refusal = NULL;
  if (!web_path_int(request, "message", &message_id, error)) return false;
  if (!conversation_split(visit->desk, visit->staff, message_id, &number, &refusal))
    return say_refusal(response, message_id, visit, refusal, error);
  go_to(visit, response, number, view_of(visit));
  return true;
}

bool apart_post_move(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t message_id, into = visit_form_int(visit, "into");
  bool means_other = web_form(request, "meant") != NULL;
  GError *refusal = NULL;
  if (!web_path_int(request, "message", &message_id, error)) return false;
  if (!message_move_to(visit->desk, visit->staff, message_id, into, means_other, &into, &refusal))
    return say_refusal(response, message_id, visit, refusal, error);
  go_to(visit, response, into, view_of(visit));
  return true;
}

static bool load_merged(const Visit *visit, int64_t number, ApartPage *page, GError **error) {
  Thread thread;
  page->visit = visit;
  page->view = view_of(visit);
  if (!conversation_unmerge_look(visit->arena, visit->desk, number, &page->unmerge, error) ||
      !conversation_show(visit->arena, visit->desk, number, 0, &thread, error))
    return false;
  page->conversation = thread.conversation;
  return true;
}

bool unmerge_page(WebRequest *request, WebResponse *response, GError **error) {
  ApartPage page = {0};
  int64_t number;
  return web_path_int(request, "number", &number, error) && load_merged(visit_of(request), number, &page, error) &&
         show(response, &page, "Undo a merge", render_unmerge, error);
}

bool unmerge_post(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number;
  if (!web_path_int(request, "number", &number, error) || !conversation_unmerge(visit->desk, visit->staff, number, error))
    return false;
  go_to(visit, response, number, view_of(visit));
  return true;
}
