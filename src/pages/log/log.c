// The form of a conversation that is happening now. What is wrong stands beside its field, and what was typed stays in it.
#include "pages/log.html.h"

#include "base/text.h"
#include "pages/pages.h"

#define SAID_LIMIT (512 * 1024)

static bool show(const Visit *visit, WebResponse *response, LogView *view, GError **error) {
  MailboxList mailboxes = {0};
  Guide *guide;
  g_autoptr(GError) missing = NULL;
  Shell shell;
  if (!shell_open(visit, RAIL_LOG, "plain", &shell, error) || !mailbox_in_use(visit->arena, visit->desk, &mailboxes, error))
    return false;
  list_each(const Mailbox, mailbox, &mailboxes)
    *list_add(visit->arena, &view->mailboxes) = (Choice){arena_printf(visit->arena, "%" G_GINT64_FORMAT, mailbox->id),
                                                         mailbox->address, mailbox->id == view->draft.mailbox_id};
  guide = guide_find(visit->arena, visit->desk, GUIDE_PROTOCOL, PROTOCOL_PHONE, &missing);
  if (!guide && !error_is(missing, ERROR_NOT_FOUND)) {
    g_propagate_error(error, g_steal_pointer(&missing));
    return false;
  }
  view->has_protocol = guide && !guide->is_retired;
  if (view->has_protocol) protocol_read(visit->arena, guide->content, &view->protocol);
  ScriptFacts facts = script_facts_alone(visit->arena, visit->staff);
  list_each(ProtocolStep, step, &view->protocol.steps) step->example = script_fill(visit->arena, step->example, &facts, NULL);
  shell.title = "Log a call";
  render_log(response->body, &shell, view);
  return true;
}

bool log_page(WebRequest *request, WebResponse *response, GError **error) {
  LogView view = {
    .draft = {.channel = MESSAGE_BY_PHONE, .name = "", .email = "", .phone = "", .subject = "", .said = "", .note = ""}};
  message_channel_from_word(web_query(request, "channel"), &view.draft.channel);
  return show(visit_of(request), response, &view, error);
}

bool log_post(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number = 0;
  LogView view = {.draft = {.name = guide_field(visit, "name"),
                            .email = guide_field(visit, "email"),
                            .phone = guide_field(visit, "phone"),
                            .subject = guide_field(visit, "subject"),
                            .said = guide_field(visit, "said"),
                            .note = guide_field(visit, "note"),
                            .mailbox_id = visit_form_int(visit, "mailbox")}};
  message_channel_from_word(web_form(request, "channel"), &view.draft.channel);
  if (!received_log(visit->arena, visit->desk, visit->staff, &view.draft, &view.problems, &number, error)) return false;
  if (number) {
    web_redirect(response, arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=mine&logged=yes#latest", number));
    return true;
  }
  response->status = 422;
  return show(visit, response, &view, error);
}

const WebRoute log_routes[] = {
  {WEB_GET, "/conversations/new", PERMISSION_ANSWER, log_page, 0},
  {WEB_POST, "/conversations/new", PERMISSION_ANSWER, log_post, SAID_LIMIT},
  {0},
};
