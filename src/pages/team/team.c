// One page for all teams: what is changed comes back to it, and what could not be, with a sentence on top.
#include "pages/team/team.h"

#include "pages/pages.h"
#include "pages/team.html.h"

#include <string.h>

static bool load_card(const Visit *visit, const Team *team, const MailboxList *mailboxes, TeamPage *page, GError **error) {
  TeamCard *card = list_add(visit->arena, &page->teams);
  *card = (TeamCard){.team = team, .mailboxes = *mailboxes};
  return team_members(visit->arena, visit->desk, team->id, &card->people, error);
}

static bool show(const Visit *visit, WebResponse *response, TeamPage *page, GError **error) {
  TeamList teams = {0};
  MailboxList mailboxes = {0};
  if (!shell_open(visit, RAIL_HOUSE, "plain", &page->shell, error) || !team_list(visit->arena, visit->desk, &teams, error) ||
      !mailbox_list(visit->arena, visit->desk, &mailboxes, error) ||
      !team_members(visit->arena, visit->desk, 0, &page->people, error))
    return false;
  list_each(const Team, team, &teams)
    if (team->is_active ? !load_card(visit, team, &mailboxes, page, error)
                        : !(*list_add(visit->arena, &page->retired) = *team).id)
      return false;
  page->shell.title = "Teams";
  if (page->problem) response->status = 422;
  render_teams(response->body, page);
  return true;
}

static bool teams_page(WebRequest *request, WebResponse *response, GError **error) {
  TeamPage page = {0};
  return show(visit_of(request), response, &page, error);
}

static bool settle(const Visit *visit, WebResponse *response, bool worked, GError *refusal, GError **error) {
  if (worked) {
    web_redirect(response, "/teams");
    return true;
  }
  if (!error_is(refusal, ERROR_INVALID) && !error_is(refusal, ERROR_CONFLICT) && !error_is(refusal, ERROR_NOT_FOUND)) {
    g_propagate_error(error, refusal);
    return false;
  }
  TeamPage page = {.problem = arena_strdup(visit->arena, refusal->message), .name = web_form(visit->request, "name")};
  g_error_free(refusal);
  return show(visit, response, &page, error);
}

static const char *form_text(const Visit *visit, const char *name) {
  const char *text = web_form(visit->request, name);
  return text ? text : "";
}

static bool make(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t id = 0;
  bool worked = team_make(visit->desk, visit->staff, form_text(visit, "name"), web_form(request, "turns") != NULL, &id, &refusal);
  return settle(visit, response, worked, refusal, error);
}

// The numbers of all fields of this name.
static IntList numbers_of(const Visit *visit, const char *name) {
  IntList numbers = {0};
  const WebFieldList *fields = web_form_fields(visit->request);
  list_each(const WebField, field, fields) {
    gint64 number = 0;
    if (strcmp(field->name, name) == 0 && field->value &&
        g_ascii_string_to_signed(field->value, 10, 1, G_MAXINT64, &number, NULL))
      *list_add(visit->arena, &numbers) = number;
  }
  return numbers;
}

static bool is_among(const IntList *list, int64_t id) {
  list_each(const Int, each, list)
    if (*each == id) return true;
  return false;
}

// Mailboxes are few: those that are ticked go to the team, and what it had and is not ticked any more goes to nobody.
static bool set_mailboxes(const Visit *visit, int64_t team, GError **error) {
  MailboxList mailboxes = {0};
  IntList ticked = numbers_of(visit, "mailbox");
  if (!mailbox_list(visit->arena, visit->desk, &mailboxes, error)) return false;
  list_each(const Mailbox, mailbox, &mailboxes) {
    bool shall = is_among(&ticked, mailbox->id), is = mailbox->team_id == team;
    if (shall != is && !team_take_mailbox(visit->desk, visit->staff, shall ? team : 0, mailbox->id, error)) return false;
  }
  return true;
}

static bool change(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t id;
  if (!web_path_int(request, "team", &id, error)) return false;
  IntList members = numbers_of(visit, "member");
  bool worked = team_change(visit->desk, visit->staff, id, form_text(visit, "name"), web_form(request, "turns") != NULL,
                            &refusal) &&
                team_set_members(visit->desk, visit->staff, id, &members, &refusal) && set_mailboxes(visit, id, &refusal);
  return settle(visit, response, worked, refusal, error);
}

static bool retire(WebRequest *request, WebResponse *response, GError **error) {
  int64_t id;
  GError *refusal = NULL;
  if (!web_path_int(request, "team", &id, error)) return false;
  bool worked = team_retire(visit_of(request)->desk, visit_of(request)->staff, id, &refusal);
  return settle(visit_of(request), response, worked, refusal, error);
}

static bool restore(WebRequest *request, WebResponse *response, GError **error) {
  int64_t id;
  GError *refusal = NULL;
  if (!web_path_int(request, "team", &id, error)) return false;
  bool worked = team_restore(visit_of(request)->desk, visit_of(request)->staff, id, &refusal);
  return settle(visit_of(request), response, worked, refusal, error);
}

static bool set_room(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t person;
  gint64 capacity = 0;
  const char *typed = text_trim(visit->arena, form_text(visit, "capacity"));
  if (!web_path_int(request, "person", &person, error)) return false;
  if (*typed && !g_ascii_string_to_signed(typed, 10, 0, G_MAXINT64, &capacity, NULL)) capacity = -1;
  bool worked = team_set_room(visit->desk, visit->staff, person, capacity, web_form(request, "away") != NULL, &refusal);
  return settle(visit, response, worked, refusal, error);
}

const WebRoute team_routes[] = {
  {WEB_GET, "/teams", PERMISSION_SUPERVISE, teams_page, 0},
  {WEB_POST, "/teams", PERMISSION_SUPERVISE, make, 0},
  {WEB_POST, "/teams/:team", PERMISSION_SUPERVISE, change, 0},
  {WEB_POST, "/teams/:team/retire", PERMISSION_SUPERVISE, retire, 0},
  {WEB_POST, "/teams/:team/restore", PERMISSION_SUPERVISE, restore, 0},
  {WEB_POST, "/teams/room/:person", PERMISSION_SUPERVISE, set_room, 0},
  {0},
};
