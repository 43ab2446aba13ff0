// One page for all teams: what is changed comes back to it. What could not be kept stands where it was typed, in its card, with a
// sentence beside it.
#include "pages/team/team.h"

#include "pages/pages.h"
#include "pages/team.html.h"

#include <string.h>

bool team_card_has(const TeamCard *card, int64_t mailbox) {
  list_each(const Int, each, &card->ticked)
    if (*each == mailbox) return true;
  return false;
}

static bool is_among(const IntList *list, int64_t id) {
  list_each(const Int, each, list)
    if (*each == id) return true;
  return false;
}

// What somebody typed for this team takes the place of what is kept.
static void show_typed(const TeamDraft *typed, const char *problem, TeamCard *card) {
  card->name = typed->name;
  card->takes_turns = typed->takes_turns;
  card->ticked = typed->mailboxes;
  card->problem = problem;
  list_each(TeamMember, person, &card->people) person->is_member = is_among(&typed->members, person->staff_id);
}

static bool load_card(const Visit *visit, const Team *team, const MailboxList *mailboxes, TeamPage *page, GError **error) {
  TeamCard *card = list_add(visit->arena, &page->teams);
  *card = (TeamCard){.team = team, .mailboxes = *mailboxes, .name = team->name, .takes_turns = team->takes_turns};
  list_each(const Mailbox, mailbox, mailboxes)
    if (mailbox->team_id == team->id) *list_add(visit->arena, &card->ticked) = mailbox->id;
  if (!team_members(visit->arena, visit->desk, team->id, &card->people, error)) return false;
  if (page->typed && page->typed_team == team->id) show_typed(page->typed, page->card_problem, card);
  return true;
}

static void load_rooms(const Visit *visit, const TeamMemberList *people, TeamPage *page) {
  list_each(const TeamMember, person, people) {
    bool is_typed = page->room_problem && page->room_of == person->staff_id;
    const char *kept = person->capacity ? arena_printf(visit->arena, "%" G_GINT64_FORMAT, person->capacity) : "";
    *list_add(visit->arena, &page->rooms) = (TeamRoom){.person = person,
                                                       .capacity = is_typed ? page->room_typed : kept,
                                                       .is_away = is_typed ? page->room_away : person->is_away,
                                                       .problem = is_typed ? page->room_problem : NULL};
  }
}

static bool show(const Visit *visit, WebResponse *response, TeamPage *page, GError **error) {
  TeamList teams = {0};
  MailboxList mailboxes = {0};
  TeamMemberList people = {0};
  if (!shell_open(visit, RAIL_HOUSE, "plain", &page->shell, error) || !team_list(visit->arena, visit->desk, &teams, error) ||
      !mailbox_list(visit->arena, visit->desk, &mailboxes, error) || !team_members(visit->arena, visit->desk, 0, &people, error))
    return false;
  list_each(const Team, team, &teams)
    if (team->is_active ? !load_card(visit, team, &mailboxes, page, error)
                        : !(*list_add(visit->arena, &page->retired) = *team).id)
      return false;
  load_rooms(visit, &people, page);
  page->shell.title = "Teams";
  if (page->problem || page->new_problem || page->card_problem || page->room_problem) response->status = 422;
  render_teams(response->body, page);
  return true;
}

static bool teams_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  TeamPage page = {.takes_turns = true, .kept = shell_kept(visit)};
  return show(visit, response, &page, error);
}

// Leads back to what was changed; what was typed wrong goes to `*place` of the page.
static bool settle(const Visit *visit, WebResponse *response, bool worked, const char *back, TeamPage *page, const char **place,
                   GError *refusal, GError **error) {
  if (worked) {
    web_redirect(response, back);
    return true;
  }
  if (!error_is(refusal, ERROR_INVALID) && !error_is(refusal, ERROR_CONFLICT) && !error_is(refusal, ERROR_NOT_FOUND)) {
    g_propagate_error(error, refusal);
    return false;
  }
  *place = arena_strdup(visit->arena, refusal->message);
  g_error_free(refusal);
  return show(visit, response, page, error);
}

static const char *form_text(const Visit *visit, const char *name) {
  const char *text = web_form(visit->request, name);
  return text ? text : "";
}

static bool make(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t id = 0;
  TeamPage page = {.name = form_text(visit, "name"), .takes_turns = web_form(request, "turns") != NULL};
  bool worked = team_make(visit->desk, visit->staff, page.name, page.takes_turns, &id, &refusal);
  return settle(visit, response, worked, "/teams?kept=made", &page, &page.new_problem, refusal, error);
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

static bool change(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t id;
  if (!web_path_int(request, "team", &id, error)) return false;
  TeamDraft typed = {.name = form_text(visit, "name"),
                     .takes_turns = web_form(request, "turns") != NULL,
                     .members = numbers_of(visit, "member"),
                     .mailboxes = numbers_of(visit, "mailbox")};
  TeamPage page = {.takes_turns = true, .typed = &typed, .typed_team = id};
  bool worked = team_keep(visit->desk, visit->staff, id, &typed, &refusal);
  const char **place = error_is(refusal, ERROR_NOT_FOUND) ? &page.problem : &page.card_problem;
  return settle(visit, response, worked, "/teams?kept=yes", &page, place, refusal, error);
}

static bool set_active(WebRequest *request, WebResponse *response, bool is_active, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  GError *refusal = NULL;
  TeamPage page = {.takes_turns = true};
  if (!web_path_int(request, "team", &id, error)) return false;
  bool worked = is_active ? team_restore(visit->desk, visit->staff, id, &refusal)
                          : team_retire(visit->desk, visit->staff, id, &refusal);
  const char *back = is_active ? "/teams?kept=restored" : "/teams?kept=retired";
  return settle(visit, response, worked, back, &page, &page.problem, refusal, error);
}
static bool retire(WebRequest *request, WebResponse *response, GError **error) {
  return set_active(request, response, false, error);
}
static bool restore(WebRequest *request, WebResponse *response, GError **error) {
  return set_active(request, response, true, error);
}

static bool set_room(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t person;
  gint64 capacity = 0;
  if (!web_path_int(request, "person", &person, error)) return false;
  TeamPage page = {.takes_turns = true,
                   .room_of = person,
                   .room_typed = text_trim(visit->arena, form_text(visit, "capacity")),
                   .room_away = web_form(request, "away") != NULL};
  if (*page.room_typed && !g_ascii_string_to_signed(page.room_typed, 10, 0, G_MAXINT64, &capacity, NULL)) capacity = -1;
  bool worked = team_set_room(visit->desk, visit->staff, person, capacity, page.room_away, &refusal);
  const char **place = error_is(refusal, ERROR_NOT_FOUND) ? &page.problem : &page.room_problem;
  return settle(visit, response, worked, "/teams?kept=yes", &page, place, refusal, error);
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
