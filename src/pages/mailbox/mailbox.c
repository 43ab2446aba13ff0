// Adding, changing and retiring mailboxes. How mail gets to one (a pipe, LMTP, IMAP) is told where that is set up: the channels.
#include "pages/mailbox/mailbox.h"

#include "base/text.h"
#include "desk/hours/hours.h"
#include "desk/template/language.h"
#include "pages/customer/customer.h"
#include "pages/mailboxes.html.h"
#include "pages/pages.h"

#include <stdio.h>
#include <string.h>

static bool is_typing(const GError *problem) { return error_is(problem, ERROR_INVALID) || error_is(problem, ERROR_CONFLICT); }

static bool show_all(const Visit *visit, WebResponse *response, MailboxesPage *page, GError **error) {
  Shell shell;
  page->visit = visit;
  if (!shell_open(visit, RAIL_HOUSE, "plain", &shell, error) || !mailbox_list(visit->arena, visit->desk, &page->mailboxes, error))
    return false;
  if (page->problem) response->status = 422;
  shell.title = "Mailboxes";
  render_mailboxes(response->body, &shell, page);
  return true;
}

static bool mailboxes_page(WebRequest *request, WebResponse *response, GError **error) {
  MailboxesPage page = {.address = "", .name = ""};
  return show_all(visit_of(request), response, &page, error);
}

static bool mailboxes_post(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  MailboxesPage page = {.address = guide_field(visit, "address"), .name = guide_field(visit, "name")};
  g_autoptr(GError) problem = NULL;
  int64_t id = 0;
  if (mailbox_open(visit->desk, visit->staff, page.address, page.name, page.name, &id, &problem)) {
    web_redirect(response, arena_printf(visit->arena, "/mailboxes/%" G_GINT64_FORMAT "?kept=yes", id));
    return true;
  }
  if (!is_typing(problem)) {
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  page.problem = problem->message;
  return show_all(visit, response, &page, error);
}

static bool make_choices(const Visit *visit, MailboxPage *page, GError **error) {
  StaffTeamList teams = {0};
  for (size_t i = 0; language_at(i); i++) {
    const char *code = language_code(language_at(i));
    *list_add(visit->arena, &page->languages) = (Choice){code, customer_language_title(code),
                                                         strcmp(code, page->mailbox.language) == 0};
  }
  if (!staff_teams(visit->arena, visit->desk, visit->staff->id, &teams, error)) return false;
  *list_add(visit->arena, &page->teams) = (Choice){"0", "nobody yet", page->mailbox.team_id == 0};
  list_each(const StaffTeam, team, &teams)
    *list_add(visit->arena, &page->teams) = (Choice){arena_printf(visit->arena, "%" G_GINT64_FORMAT, team->id), team->name,
                                                     team->id == page->mailbox.team_id};
  return true;
}

static bool show_one(const Visit *visit, WebResponse *response, MailboxPage *page, GError **error) {
  const char *kept = web_query(visit->request, "kept");
  Shell shell;
  page->visit = visit;
  page->kept = kept ? kept : "";
  if (!page->closes)
    page->closes = arena_printf(visit->arena, "%02d:%02d", (int)(page->mailbox.closes_at / 60),
                                (int)(page->mailbox.closes_at % 60));
  if (!shell_open(visit, RAIL_HOUSE, "plain", &shell, error) || !make_choices(visit, page, error)) return false;
  if (page->problem) response->status = 422;
  shell.title = page->mailbox.address;
  render_mailbox(response->body, &shell, page);
  return true;
}

static bool find(const Visit *visit, MailboxPage *page, GError **error) {
  int64_t id = 0;
  if (!web_path_int(visit->request, "mailbox", &id, error)) return false;
  const Mailbox *mailbox = mailbox_find(visit->arena, visit->desk, id, error);
  if (mailbox) page->mailbox = *mailbox;
  return mailbox != NULL;
}

static bool mailbox_page(WebRequest *request, WebResponse *response, GError **error) {
  MailboxPage page = {0};
  return find(visit_of(request), &page, error) && show_one(visit_of(request), response, &page, error);
}

static const char *read_closing(const char *text, int64_t *out) {
  int hours = -1, minutes = -1;
  char rest = '\0';
  if (sscanf(text, "%2d:%2d%c", &hours, &minutes, &rest) != 2 || hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
    return "The closing time is none of a day; give one such as 17:00.";
  *out = hours * 60 + minutes;
  return NULL;
}

// Leads back, or shows what was typed with what is wrong.
static bool end(const Visit *visit, WebResponse *response, MailboxPage *page, GError **problem, GError **error) {
  if (!*problem) {
    web_redirect(response, arena_printf(visit->arena, "/mailboxes/%" G_GINT64_FORMAT "?kept=yes", page->mailbox.id));
    return true;
  }
  if (!is_typing(*problem)) {
    g_propagate_error(error, g_steal_pointer(problem));
    return false;
  }
  page->problem = (*problem)->message;
  return show_one(visit, response, page, error);
}

// Which field is to blame; what else can be wrong is about the whole.
static MailboxPart part_of(const Visit *visit, const Mailbox *mailbox, const char *closing_problem) {
  if (closing_problem) return MAILBOX_CLOSES;
  return *mailbox->zone && hours_zone_problem(visit->arena, mailbox->zone) ? MAILBOX_ZONE : MAILBOX_WHOLE;
}

static bool mailbox_post(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  MailboxPage page = {0};
  g_autoptr(GError) problem = NULL;
  if (!find(visit, &page, error)) return false;
  Mailbox *mailbox = &page.mailbox;
  mailbox->name = guide_field(visit, "name");
  mailbox->signature = guide_field(visit, "signature");
  mailbox->sender = guide_field(visit, "sender");
  mailbox->language = guide_field(visit, "language");
  mailbox->zone = guide_field(visit, "zone");
  mailbox->team_id = visit_form_int(visit, "team");
  mailbox->reply_to = *guide_field(visit, "ignore_reply_to") ? REPLY_TO_IGNORE : REPLY_TO_TRUST;
  mailbox->threads_machines = *guide_field(visit, "machines") != '\0';
  page.closes = guide_field(visit, "closes");
  const char *wrong = read_closing(page.closes, &mailbox->closes_at);
  if (wrong)
    error_set(&problem, ERROR_INVALID, "%s", wrong);
  else
    mailbox_keep(visit->desk, visit->staff, mailbox, &problem);
  if (problem) page.part = part_of(visit, mailbox, wrong);
  return end(visit, response, &page, &problem, error);
}

static bool mailbox_post_retire(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  MailboxPage page = {0};
  g_autoptr(GError) problem = NULL;
  if (!find(visit, &page, error)) return false;
  mailbox_retire(visit->desk, visit->staff, page.mailbox.id, visit_form_int(visit, "retired") == 1, &problem);
  return end(visit, response, &page, &problem, error);
}

const WebRoute mailbox_routes[] = {
  {WEB_GET, "/mailboxes", PERMISSION_ADMINISTER, mailboxes_page, 0},
  {WEB_POST, "/mailboxes", PERMISSION_ADMINISTER, mailboxes_post, 0},
  {WEB_GET, "/mailboxes/:mailbox", PERMISSION_ADMINISTER, mailbox_page, 0},
  {WEB_POST, "/mailboxes/:mailbox", PERMISSION_ADMINISTER, mailbox_post, 0},
  {WEB_POST, "/mailboxes/:mailbox/retire", PERMISSION_ADMINISTER, mailbox_post_retire, 0},
  {0},
};
