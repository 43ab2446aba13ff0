// The link that sets a password. Opening it shows whose it is; only the form uses it up, so that a mail program which looks at links beforehand
// does not.
#include "pages/pages.h"
#include "pages/staff/staff.h"
#include "pages/welcome.html.h"

void bind_form(Visit *visit) {
  if (!visit->csrf) visit->csrf = web_csrf(visit->request);
}

static bool show(Visit *visit, WebResponse *response, const char *token, const char *problem, GError **error) {
  Staff *staff = NULL;
  if (!staff_link_find(visit->arena, visit->desk, token, &staff, error)) return false;
  bind_form(visit);
  WelcomePage page = {.visit = visit, .desk_name = visit->desk->name, .token = token, .problem = problem, .staff = staff};
  if (!staff) response->status = 404;
  render_welcome(response->body, &page);
  return true;
}

static bool welcome_page(WebRequest *request, WebResponse *response, GError **error) {
  return show(visit_of(request), response, web_path_text(request, "token"), NULL, error);
}

static bool welcome_post(WebRequest *request, WebResponse *response, GError **error) {
  Visit *visit = visit_of(request);
  const char *token = web_path_text(request, "token"), *password = web_form(request, "password"), *session = NULL;
  g_autoptr(GError) problem = NULL;
  if (!staff_link_redeem(visit->arena, visit->desk, token, password ? password : "", visit_client_address(visit),
                         web_header(request, "User-Agent"), &session, &problem)) {
    if (!error_is(problem, ERROR_INVALID) && !error_is(problem, ERROR_NOT_FOUND)) {
      g_propagate_error(error, g_steal_pointer(&problem));
      return false;
    }
    response->status = 422;
    return show(visit, response, token, problem->message, error);
  }
  if (visit->staff && !session_end(visit->desk, visit->staff->id, visit->session, error)) return false; // whoever sat here before
  visit_keep_session(visit, response, session);
  web_redirect(response, "/");
  return true;
}

const WebRoute welcome_routes[] = {
  {WEB_GET, "/welcome/:token", PERMISSION_PUBLIC, welcome_page, 0},
  {WEB_POST, "/welcome/:token", PERMISSION_PUBLIC, welcome_post, 0},
  {0},
};
