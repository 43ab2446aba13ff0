// Moving a conversation: to me, back to nobody, to another customer, solved, open again. Each leads back to the conversation.
#include "pages/conversation/conversation.h"
#include "pages/pages.h"

void conversation_return(const Visit *visit, WebResponse *response, int64_t number) {
  View view = VIEW_OPEN;
  view_from_word(web_form(visit->request, "view"), &view);
  web_redirect(response, arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s#latest", number,
                                      shell_view_again(visit, view)));
}

bool conversation_post_customer(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *address = web_form(request, "address"), *name = web_form(request, "name");
  int64_t number;
  if (!web_path_int(request, "number", &number, error) ||
      !conversation_change_customer(visit->desk, visit->staff, number, address ? address : "", name ? name : "", error))
    return false;
  conversation_return(visit, response, number);
  return true;
}

static bool assign_to(WebRequest *request, WebResponse *response, int64_t assignee_id, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number;
  if (!web_path_int(request, "number", &number, error) ||
      !conversation_assign(visit->desk, visit->staff, number, assignee_id, error))
    return false;
  conversation_return(visit, response, number);
  return true;
}

bool conversation_post_assign(WebRequest *request, WebResponse *response, GError **error) {
  return assign_to(request, response, visit_of(request)->staff->id, error);
}

bool conversation_post_release(WebRequest *request, WebResponse *response, GError **error) {
  return assign_to(request, response, 0, error);
}

typedef bool MovingVerb(Desk *desk, const Staff *actor, int64_t number, GError **error);

static bool move_with(MovingVerb *verb, WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number;
  if (!web_path_int(request, "number", &number, error) || !verb(visit->desk, visit->staff, number, error)) return false;
  conversation_return(visit, response, number);
  return true;
}

bool conversation_post_solve(WebRequest *request, WebResponse *response, GError **error) {
  return move_with(conversation_solve, request, response, error);
}

bool conversation_post_reopen(WebRequest *request, WebResponse *response, GError **error) {
  return move_with(conversation_reopen, request, response, error);
}
