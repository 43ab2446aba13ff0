// Who works here: inviting, and changing one of them. A link is shown on the page that its making answers, and never again: the desk keeps only
// what it takes to know it.
#include "base/text.h"
#include "base/words.h"
#include "desk/mailbox/mailbox.h"
#include "desk/staff.sql.h"
#include "desk/team/team.h"
#include "mail/smtp.h"
#include "pages/pages.h"
#include "pages/staff.html.h"
#include "pages/staff/staff.h"

#include <string.h>

static bool is_loopback(const char *host) {
  bool is_number = g_hostname_is_ip_address(host);
  return g_ascii_strcasecmp(host, "localhost") == 0 ||
         (is_number && (g_str_has_prefix(host, "127.") || strcmp(host, "::1") == 0));
}

static const char *host_of(Arena *arena, const char *authority) {
  g_autoptr(GUri) uri = g_uri_parse(arena_printf(arena, "http://%s", authority), G_URI_FLAGS_NONE, NULL);
  const char *host = uri && !g_uri_get_userinfo(uri) && !*g_uri_get_path(uri) && !g_uri_get_query(uri) ? g_uri_get_host(uri) : "";
  return arena_strdup(arena, host ? host : "");
}

// Where people reach the desk, for links to pass on; NULL: nobody can tell. What is set; else what the browser says, and that is whatever somebody on the way made of it: so it counts only when it names this
// machine, or the very address on which the server listens. A link with a token in it leads nowhere else.
static const char *desk_address(const Visit *visit) {
  Arena *arena = visit->arena;
  const char *origin = pages_origin(visit->pages), *said = web_header(visit->request, "Host");
  if (origin) return origin;
  const char *host = host_of(arena, said ? said : ""), *own = host_of(arena, pages_listen(visit->pages));
  bool is_ours = *host && (is_loopback(host) || g_ascii_strcasecmp(host, own) == 0);
  return is_ours ? arena_printf(arena, "http://%s", said) : NULL;
}

static const char no_address[] =
  "The desk does not know at which address people reach it, so no link was made: it could lead elsewhere. Put url = https://… into "
  "rapport.conf, or start it with --url, and try again.";

static StaffLink link_of(const Visit *visit, const char *token, const char *name, const char *email) {
  Arena *arena = visit->arena;
  StaffLink link = {.address = arena_printf(arena, "%s/welcome/%s", desk_address(visit), token), .name = name, .email = email};
  const char *hello = arena_say(arena, "Hello %s,", name),
             *what = arena_say(arena, "this link opens your place at %s. You choose a password there. It works once, for a week:",
                               visit->desk->name);
  g_autofree char *subject = g_uri_escape_string(arena_say(arena, "Your place at %s", visit->desk->name), NULL, false);
  g_autofree char *body = g_uri_escape_string(arena_printf(arena, "%s\r\n\r\n%s\r\n\r\n%s\r\n", hello, what, link.address), NULL,
                                              false);
  g_autofree char *to = g_uri_escape_string(email, "@", false);
  link.letter = arena_printf(arena, "mailto:%s?subject=%s&body=%s", to, subject, body);
  return link;
}

static void role_choices(Arena *arena, StaffRole chosen, ChoiceList *out) {
  for (unsigned role = 0; role < ROLE_COUNT; role++)
    *list_add(arena, out) = (Choice){role_word(role), role_words(role), role == chosen};
}

static bool show_people(const Visit *visit, WebResponse *response, StaffPage *page, GError **error) {
  Shell shell;
  page->visit = visit;
  if (!shell_open(visit, RAIL_HOUSE, "plain", &shell, error) || !staff_people(visit->arena, visit->desk, &page->people, error))
    return false;
  role_choices(visit->arena, page->form.role, &page->roles);
  if (page->form.problem) response->status = 422;
  shell.title = "People";
  render_staff(response->body, &shell, page);
  return true;
}

static bool people_page(WebRequest *request, WebResponse *response, GError **error) {
  StaffPage page = {.form = {.email = "", .name = ""}};
  return show_people(visit_of(request), response, &page, error);
}

static bool people_post(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  StaffPage page = {.form = {.email = guide_field(visit, "email"), .name = guide_field(visit, "name")}};
  g_autoptr(GError) problem = NULL;
  const char *token = NULL;
  int64_t id = 0;
  if (!role_from_word(guide_field(visit, "role"), &page.form.role)) page.form.role = ROLE_COUNT;
  if (!desk_address(visit)) {
    page.form.problem = no_address;
    return show_people(visit, response, &page, error);
  }
  StaffDraft draft = {.email = page.form.email, .name = page.form.name, .role = page.form.role};
  if (staff_invite(visit->arena, visit->desk, visit->staff, &draft, &token, &id, &problem)) {
    page.link = link_of(visit, token, draft.name, draft.email);
    page.form = (StaffForm){.email = "", .name = ""};
    return show_people(visit, response, &page, error);
  }
  if (!error_is(problem, ERROR_INVALID) && !error_is(problem, ERROR_CONFLICT)) {
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  page.form.problem = problem->message;
  return show_people(visit, response, &page, error);
}

// The numbers of the teams that are ticked.
static IntList teams_of_form(const Visit *visit) {
  IntList teams = {0};
  list_each(const WebField, field, web_form_fields(visit->request)) {
    gint64 team = 0;
    if (strcmp(field->name, "team") == 0 && field->value &&
        g_ascii_string_to_signed(field->value, 10, 1, G_MAXINT64, &team, NULL))
      *list_add(visit->arena, &teams) = team;
  }
  return teams;
}

// What was typed or chosen in the form that could not be kept stands in it again.
static void show_typed(const Visit *visit, PersonPage *page, StaffRole *role) {
  if (strcmp(page->part, "name") == 0) page->name = guide_field(visit, "name");
  if (strcmp(page->part, "email") == 0) page->email = guide_field(visit, "email");
  if (strcmp(page->part, "role") == 0) role_from_word(guide_field(visit, "role"), role);
  if (strcmp(page->part, "teams") != 0) return;
  IntList ticked = teams_of_form(visit);
  list_each(StaffTeam, team, &page->teams) {
    team->is_member = false;
    list_each(const Int, id, &ticked) team->is_member |= *id == team->id;
  }
}

bool person_is_wrong(const PersonPage *page, const char *id) {
  size_t length = strlen(page->part);
  return page->problem && length && strncmp(page->part, id, length) == 0 && strcmp(id + length, "-problem") == 0;
}

static const char *said_of(const Visit *visit) {
  const char *kept = web_query(visit->request, "kept");
  if (g_strcmp0(kept, "email-told") == 0) return "It is kept, and a mail that says so went to the old and to the new address.";
  if (g_strcmp0(kept, "email") == 0) return "It is kept. No mail about it could be sent: tell them yourself.";
  return shell_kept(visit);
}

static void add_count(Arena *arena, TextList *parts, int64_t count, const char *one, const char *many) {
  if (count) *list_add(arena, parts) = words_count_said(arena, one, many, count);
}

const char *person_burden_words(Arena *arena, const PersonPage *page) {
  const StaffBurden *burden = &page->burden;
  TextList parts = {0};
  g_autoptr(GString) all = g_string_new(NULL);
  add_count(arena, &parts, burden->conversations, NN_("1 open conversation", "{} open conversations"));
  add_count(arena, &parts, burden->complaints, NN_("1 open complaint", "{} open complaints"));
  add_count(arena, &parts, burden->promises, NN_("1 promise that runs", "{} promises that run"));
  add_count(arena, &parts, burden->approvals, NN_("1 approval they wait for", "{} approvals they wait for"));
  add_count(arena, &parts, burden->drafts, NN_("1 draft", "{} drafts"));
  list_each(const Text, part, &parts) g_string_append_printf(all, "%s%s", all->len ? ", " : "", *part);
  return arena_strdup(arena, all->str);
}

bool person_is_chosen(const Visit *visit, const PersonPage *page, int64_t id) {
  return page->chosen && strcmp(page->chosen, arena_printf(visit->arena, "%" G_GINT64_FORMAT, id)) == 0;
}

// What disabling them would leave behind, and to whom it could go.
static bool load_leaving(const Visit *visit, int64_t id, PersonPage *page, GError **error) {
  Arena *arena = visit->arena;
  RuleList rules = {0};
  StaffList everybody = {0};
  TeamList teams = {0};
  if (!staff_burden(visit->desk, id, &page->burden, error) || !rule_list(arena, visit->desk, &rules, error) ||
      !staff_list(arena, visit->desk, &everybody, error) || !team_list(arena, visit->desk, &teams, error))
    return false;
  list_each(const Rule, rule, &rules)
    if (rule_names_person(rule, id)) *list_add(arena, &page->rules) = *rule;
  list_each(const Staff, other, &everybody)
    if (other->is_active && other->has_joined && other->id != id && role_may(other->role, PERMISSION_ANSWER))
      *list_add(arena, &page->others) = *other;
  list_each(const Team, team, &teams) page->has_turns = page->has_turns || (team->is_active && team->takes_turns);
  return true;
}

static bool show_person(const Visit *visit, WebResponse *response, int64_t id, PersonPage *page, GError **error) {
  Shell shell;
  page->visit = visit;
  page->said = said_of(visit);
  if (!page->part) page->part = "";
  page->person = staff_person(visit->arena, visit->desk, id, error);
  if (!page->person || !shell_open(visit, RAIL_HOUSE, "plain", &shell, error) ||
      !staff_teams(visit->arena, visit->desk, id, &page->teams, error) || !load_leaving(visit, id, page, error))
    return false;
  StaffRole role = page->person->role;
  page->name = page->person->name;
  page->email = page->person->email;
  show_typed(visit, page, &role);
  role_choices(visit->arena, role, &page->roles);
  if (page->problem) response->status = 422;
  shell.title = page->person->name;
  render_person(response->body, &shell, page);
  return true;
}

static bool person_page(WebRequest *request, WebResponse *response, GError **error) {
  PersonPage page = {0};
  int64_t id = 0;
  return web_path_int(request, "staff", &id, error) && show_person(visit_of(request), response, id, &page, error);
}

typedef bool Change(const Visit *visit, int64_t id, GError **error);

static bool change(WebRequest *request, WebResponse *response, const char *part, Change *verb, GError **error) {
  const Visit *visit = visit_of(request);
  PersonPage page = {0};
  g_autoptr(GError) problem = NULL;
  int64_t id = 0;
  if (!web_path_int(request, "staff", &id, error)) return false;
  if (verb(visit, id, &problem)) {
    web_redirect(response, arena_printf(visit->arena, "/people/%" G_GINT64_FORMAT "?kept=%s", id, part));
    return true;
  }
  if (!error_is(problem, ERROR_INVALID) && !error_is(problem, ERROR_CONFLICT)) {
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  page.problem = problem->message;
  page.part = part;
  page.chosen = web_form(visit->request, "to");
  return show_person(visit, response, id, &page, error);
}

static bool set_name(const Visit *visit, int64_t id, GError **error) {
  return staff_rename(visit->desk, visit->staff, id, guide_field(visit, "name"), error);
}
static bool person_post_name(WebRequest *request, WebResponse *response, GError **error) {
  return change(request, response, "name", set_name, error);
}

static bool set_role(const Visit *visit, int64_t id, GError **error) {
  StaffRole role = ROLE_COUNT;
  role_from_word(guide_field(visit, "role"), &role);
  return staff_set_role(visit->desk, visit->staff, id, role, error);
}
static bool person_post_role(WebRequest *request, WebResponse *response, GError **error) {
  return change(request, response, "role", set_role, error);
}

static bool set_active(const Visit *visit, int64_t id, GError **error) {
  const char *to = guide_field(visit, "to");
  StaffLeaving leaving = {.leaves = LEAVES_TO_NOBODY};
  if (visit_form_int(visit, "active") == 1) return staff_set_active(visit->desk, visit->staff, id, true, error);
  if (strcmp(to, "turns") == 0)
    leaving.leaves = LEAVES_TO_TURNS;
  else if (*to)
    leaving = (StaffLeaving){LEAVES_TO_PERSON, visit_form_int(visit, "to")};
  return staff_leave(visit->desk, visit->staff, id, &leaving, error);
}
static bool person_post_active(WebRequest *request, WebResponse *response, GError **error) {
  return change(request, response, "active", set_active, error);
}

static bool end_sessions(const Visit *visit, int64_t id, GError **error) {
  return staff_end_sessions(visit->desk, visit->staff, id, error);
}
static bool person_post_sessions(WebRequest *request, WebResponse *response, GError **error) {
  return change(request, response, "sessions", end_sessions, error);
}

static bool set_teams(const Visit *visit, int64_t id, GError **error) {
  IntList teams = teams_of_form(visit);
  return staff_set_teams(visit->desk, visit->staff, id, &teams, error);
}
static bool person_post_teams(WebRequest *request, WebResponse *response, GError **error) {
  return change(request, response, "teams", set_teams, error);
}

static bool person_post_link(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  PersonPage page = {0};
  g_autoptr(GError) problem = NULL;
  const char *token = NULL;
  int64_t id = 0;
  if (!web_path_int(request, "staff", &id, error)) return false;
  const StaffPerson *person = staff_person(visit->arena, visit->desk, id, error);
  if (!person) return false;
  if (!desk_address(visit))
    page.problem = no_address;
  else if (staff_renew_link(visit->arena, visit->desk, visit->staff, id, &token, &problem))
    page.link = link_of(visit, token, person->name, person->email);
  else if (error_is(problem, ERROR_CONFLICT))
    page.problem = problem->message;
  else {
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  return show_person(visit, response, id, &page, error);
}

// ——— another address

static bool send_one(const Visit *visit, const Mailbox *from, const Staff *person, const char *to, const char *subject,
                     const char *text) {
  MailDraft mail = {.from = {visit->desk->name, from->address},
                    .subject = subject,
                    .message_id = arena_printf(visit->arena, "%s@%s", random_token(visit->arena, visit->desk->random, 12),
                                               strrchr(from->address, '@') + 1),
                    .date = visit->now,
                    .text = text,
                    .auto_submitted = "auto-generated"};
  TextList recipients = {0};
  SmtpResult result = {0};
  *list_add(visit->arena, &mail.to) = (MailAddress){person->name, to};
  *list_add(visit->arena, &recipients) = to;
  return smtp_send(visit->arena, pages_smtp(visit->pages), from->address, &recipients, mail_compose(visit->arena, &mail), &result,
                   NULL);
}

// To both addresses, in the language of who is told. Whoever took over a colleague's place by this is found out by them.
static bool tell_both(const Visit *visit, int64_t id, const char *before) {
  const SmtpServer *smtp = pages_smtp(visit->pages);
  MailboxList mailboxes = {0};
  Staff *person = NULL;
  if (!smtp || !smtp->url || !mailbox_in_use(visit->arena, visit->desk, &mailboxes, NULL) || mailboxes.count == 0 ||
      !staff_select_by_id(visit->arena, visit->desk->db, id, &person, NULL) || !person)
    return false;
  int language = staff_speak_to(person);
  const char *subject = arena_say(visit->arena, "Your e-mail address at %s was changed", visit->desk->name);
  const char *text = arena_say(
    visit->arena,
    "Hello %s,\n\n"
    "%s changed your e-mail address at %s from %s to %s. From now on you sign in with the new one, and "
    "notices go there. Your password stays.\n\n"
    "If this surprises you, speak to an administrator today.\n",
    person->name, visit->staff->name, visit->desk->name, before, person->email);
  bool is_told = send_one(visit, &mailboxes.items[0], person, before, subject, text);
  is_told = is_told &&
            send_one(visit, &mailboxes.items[0], person, person->email, subject, text); // a server that hangs hangs once
  words_use(language);
  return is_told;
}

static bool person_post_email(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  PersonPage page = {.part = "email"};
  g_autoptr(GError) problem = NULL;
  int64_t id = 0;
  if (!web_path_int(request, "staff", &id, error)) return false;
  const StaffPerson *before = staff_person(visit->arena, visit->desk, id, error);
  if (!before) return false;
  if (staff_set_email(visit->desk, visit->staff, id, guide_field(visit, "email"), &problem)) {
    bool is_same = strcmp(before->email, guide_field(visit, "email")) == 0;
    const char *kept = is_same ? "yes" : tell_both(visit, id, before->email) ? "email-told" : "email";
    web_redirect(response, arena_printf(visit->arena, "/people/%" G_GINT64_FORMAT "?kept=%s", id, kept));
    return true;
  }
  if (!error_is(problem, ERROR_INVALID) && !error_is(problem, ERROR_CONFLICT))
    return g_propagate_error(error, g_steal_pointer(&problem)), false;
  page.problem = problem->message;
  return show_person(visit, response, id, &page, error);
}

const WebRoute staff_routes[] = {
  {WEB_GET, "/people", PERMISSION_ADMINISTER, people_page, 0},
  {WEB_POST, "/people", PERMISSION_ADMINISTER, people_post, 0},
  {WEB_GET, "/people/:staff", PERMISSION_ADMINISTER, person_page, 0},
  {WEB_POST, "/people/:staff/name", PERMISSION_ADMINISTER, person_post_name, 0},
  {WEB_POST, "/people/:staff/email", PERMISSION_ADMINISTER, person_post_email, 0},
  {WEB_POST, "/people/:staff/role", PERMISSION_ADMINISTER, person_post_role, 0},
  {WEB_POST, "/people/:staff/active", PERMISSION_ADMINISTER, person_post_active, 0},
  {WEB_POST, "/people/:staff/sessions", PERMISSION_ADMINISTER, person_post_sessions, 0},
  {WEB_POST, "/people/:staff/teams", PERMISSION_ADMINISTER, person_post_teams, 0},
  {WEB_POST, "/people/:staff/link", PERMISSION_ADMINISTER, person_post_link, 0},
  {0},
};
