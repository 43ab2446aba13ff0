// Signing in and out. A wrong pair is answered with the form again and no more than that the two do not match; too many tries
// with how long to wait. The session's cookie is the only thing the browser keeps.
#include "base/words.h"
#include "desk/staff/admin.h"
#include "pages/pages.h"
#include "pages/sign_in.html.h"
#include "pages/visit.h"

static bool show(const Visit *visit, WebResponse *response, const char *email, const char *next, const char *problem) {
  const WebRequest *request = visit->request;
  bool is_unsent = (request->method == WEB_POST ? web_form(request, "unsent") : web_query(request, "unsent")) != NULL;
  SignInPage page = {
    .visit = visit, .desk_name = visit->desk->name, .email = email, .next = next, .problem = problem, .is_unsent = is_unsent};
  render_sign_in(response->body, &page);
  return true;
}

// The form is bound to a cookie of its own until there is a session.
static void bind_form(Visit *visit) {
  if (!visit->csrf) visit->csrf = web_csrf(visit->request);
}

static bool sign_in_page(WebRequest *request, WebResponse *response, GError **error) {
  Visit *visit = visit_of(request);
  const char *next = visit_path(web_query(request, "next"));
  if (visit->staff) {
    web_redirect(response, next);
    return true;
  }
  bool is_new = false;
  if (!setup_is_due(visit->desk, &is_new, error)) return false;
  if (is_new) {
    SignInPage page = {.visit = visit, .desk_name = visit->desk->name, .is_new = true};
    render_sign_in(response->body, &page);
    return true;
  }
  bind_form(visit);
  return show(visit, response, "", next, NULL);
}

static const char *problem_of(const Visit *visit, const SignIn *result) {
  if (result->outcome == SIGN_IN_NO_MATCH) return "E-mail and password do not match.";
  return arena_say(visit->arena, "There were too many tries. The next one counts in %s.",
                   clock_span(visit->arena, MAX(result->wait, CLOCK_MINUTE)));
}

static bool sign_in(WebRequest *request, WebResponse *response, GError **error) {
  Visit *visit = visit_of(request);
  const char *email = web_form(request, "email"), *password = web_form(request, "password");
  const char *browser = web_header(request, "User-Agent"), *next = visit_path(web_form(request, "next"));
  SignIn result;
  if (!staff_sign_in(visit->arena, visit->desk, email ? email : "", password ? password : "", visit_client_address(visit),
                     browser ? browser : "", &result, error))
    return false;
  if (result.outcome != SIGN_IN_DONE) {
    bind_form(visit);
    response->status = result.outcome == SIGN_IN_TOO_MANY ? 429 : 422;
    return show(visit, response, email, next, problem_of(visit, &result));
  }
  if (visit->staff && !session_end(visit->desk, visit->staff->id, visit->session, error))
    return false; // the one it takes the place of
  visit_keep_session(visit, response, result.token);
  web_redirect(response, next);
  return true;
}

static bool sign_out(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  if (!session_end(visit->desk, visit->staff->id, visit->session, error)) return false;
  visit_keep_session(visit, response, "");
  web_redirect(response, "/sign-in");
  return true;
}

const WebRoute session_routes[] = {
  {WEB_GET, "/sign-in", PERMISSION_PUBLIC, sign_in_page, 0},
  {WEB_POST, "/sign-in", PERMISSION_PUBLIC, sign_in, 0},
  {WEB_POST, "/sign-out", PERMISSION_OWN, sign_out, 0},
  {0},
};
