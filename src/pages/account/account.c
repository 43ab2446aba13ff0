// My own page: where I am signed in, ending those sessions one by one or all but this one, and changing my password. A browser
// names itself in a long line; the words for it are the first that match in two tables.
#include "base/words.h"
#include "pages/account.html.h"
#include "pages/hours/hours.h"
#include "pages/pages.h"

#include <string.h>

static const char *first_match(const char *const (*words)[2], const char *text) {
  for (; (*words)[0]; words++)
    if (strstr(text, (*words)[0])) return (*words)[1];
  return NULL;
}

const char *account_browser_words(Arena *arena, const char *browser) {
  static const char *const programs[][2] = {{"Edg", "Edge"},       {"OPR/", "Opera"},    {"Firefox/", "Firefox"},
                                            {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"},
                                            {"Safari/", "Safari"}, {"curl/", "curl"},    {NULL, NULL}};
  static const char *const systems[][2] = {{"iPhone", "iPhone"},   {"iPad", "iPad"},    {"Android", "Android"},
                                           {"Windows", "Windows"}, {"Mac OS", "a Mac"}, {"CrOS", "ChromeOS"},
                                           {"Linux", "Linux"},     {NULL, NULL}};
  const char *program = first_match(programs, browser), *system_name = first_match(systems, browser);
  if (!program) return "A program that names itself in no known way";
  return system_name ? arena_say(arena, "%s on %s", program, system_name) : program;
}

bool account_render(const Visit *visit, WebResponse *response, const AccountPage *page, GError **error) {
  AccountPage shown = *page;
  Shell shell;
  if (!shell_open(visit, RAIL_ACCOUNT, "plain", &shell, error) ||
      !coach_choice_load(visit->arena, visit->desk, visit->staff->id, &shown.coach, error) ||
      (!shown.notices_problem && !notice_choice_load(visit->arena, visit->desk, visit->staff->id, &shown.notices, error)) ||
      (!shown.zone && !staff_zone_chosen(visit->arena, visit->desk, visit->staff->id, &shown.zone, error)) ||
      (!shown.signature && !staff_signature(visit->arena, visit->desk, visit->staff->id, &shown.signature, error)) ||
      !session_list(visit->arena, visit->desk, visit->staff->id, visit->session, &shown.sessions, error))
    return false;
  hours_zones(visit->arena, &shown.zones);
  shown.languages = account_languages(visit->arena);
  shell.title = "My account";
  render_account(response->body, &shell, &shown);
  return true;
}

bool account_page(WebRequest *request, WebResponse *response, GError **error) {
  const char *changed = web_query(request, "changed");
  AccountPage page = {.is_changed = changed && strcmp(changed, "password") == 0,
                      .notices_are_changed = changed && strcmp(changed, "notices") == 0,
                      .reader_is_changed = changed && strcmp(changed, "reader") == 0,
                      .coach_is_changed = changed && strcmp(changed, "coach") == 0,
                      .signature_is_changed = changed && strcmp(changed, "signature") == 0};
  return account_render(visit_of(request), response, &page, error);
}

bool account_end_session(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t session;
  if (!web_path_int(request, "session", &session, error) || !session_end(visit->desk, visit->staff->id, session, error))
    return false;
  web_redirect(response, "/account");
  return true;
}

bool account_end_others(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  if (!session_end_others(visit->desk, visit->staff->id, visit->session, error)) return false;
  web_redirect(response, "/account");
  return true;
}

static bool say_problem(const Visit *visit, WebResponse *response, const char *problem, GError **error) {
  AccountPage page = {.problem = problem};
  response->status = 422;
  return account_render(visit, response, &page, error);
}

bool account_change_password(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *now = web_form(request, "password"), *next = web_form(request, "new_password");
  SignInOutcome outcome;
  int64_t wait = 0;
  if (!staff_check_password(visit->arena, visit->desk, visit->staff->id, now ? now : "", &outcome, &wait, error)) return false;
  if (outcome == SIGN_IN_NO_MATCH) return say_problem(visit, response, "The password you have now does not match.", error);
  if (outcome == SIGN_IN_TOO_MANY)
    return say_problem(visit, response,
                       arena_say(visit->arena, "There were too many tries. The next one counts in %s.",
                                 clock_span(visit->arena, MAX(wait, CLOCK_MINUTE))),
                       error);
  g_autoptr(GError) refusal = NULL;
  if (!staff_change_password(visit->desk, visit->staff->id, now ? now : "", next ? next : "", visit->session, &refusal)) {
    if (error_is(refusal, ERROR_INVALID)) return say_problem(visit, response, refusal->message, error);
    g_propagate_error(error, g_steal_pointer(&refusal));
    return false;
  }
  web_redirect(response, "/account?changed=password#password");
  return true;
}

bool account_change_signature(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *signature = web_form(request, "signature");
  g_autoptr(GError) refusal = NULL;
  if (staff_set_signature(visit->desk, visit->staff->id, signature ? signature : "", &refusal)) {
    web_redirect(response, "/account?changed=signature#signature");
    return true;
  }
  if (!error_is(refusal, ERROR_INVALID)) {
    g_propagate_error(error, g_steal_pointer(&refusal));
    return false;
  }
  AccountPage page = {.signature = signature, .signature_problem = refusal->message};
  response->status = 422;
  return account_render(visit, response, &page, error);
}

const WebRoute account_routes[] = {
  {WEB_GET, "/account", PERMISSION_OWN, account_page, 0},
  {WEB_POST, "/account/sessions/:session/end", PERMISSION_OWN, account_end_session, 0},
  {WEB_POST, "/account/sessions/end-others", PERMISSION_OWN, account_end_others, 0},
  {WEB_POST, "/account/notices", PERMISSION_OWN, account_set_notices, 0},
  {WEB_POST, "/account/password", PERMISSION_OWN, account_change_password, 0},
  {WEB_POST, "/account/reader", PERMISSION_OWN, account_set_reader, 0},
  {WEB_POST, "/account/signature", PERMISSION_OWN, account_change_signature, 0},
  {WEB_POST, "/account/coach", PERMISSION_OWN, account_set_coach, 0},
  {0},
};
