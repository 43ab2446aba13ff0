// Admission. In order: a desk for this thread, the session behind the cookie, then the route's permission. Who is not signed in
// is sent to the sign-in page, which brings them back to where they wanted to go, or to the page whose form they sent. Who is signed in
// but may not is told so. From here on the thread speaks the language that this person chose, or their browser asks for.
// Assets and the health check never come here with a session to find.
#include "pages/visit.h"

#include "base/text.h"
#include "base/words.h"
#include "desk/learning/learning.h"
#include "pages/pages.h"

#include <string.h>

#define COOKIE "rapport_session"
#define SAFE_COOKIE "__Host-" COOKIE
#define BACK_MOST 2000                    // characters of a way back, which goes into a header
#define COOKIE_LIFETIME (365 * CLOCK_DAY) // the session itself ends earlier, see SESSION_LIFETIME

const char *visit_session_token(const Visit *visit) {
  const char *token = pages_is_https(visit->pages) ? web_cookie(visit->request, SAFE_COOKIE) : NULL;
  return token && *token ? token : web_cookie(visit->request, COOKIE);
}

void visit_keep_session(const Visit *visit, WebResponse *response, const char *token) {
  bool is_https = pages_is_https(visit->pages);
  WebCookie cookie = {is_https ? SAFE_COOKIE : COOKIE, token, COOKIE_LIFETIME}, none = {COOKIE, "", 0};
  web_set_cookie(response, &cookie);
  if (is_https && web_cookie(visit->request, COOKIE)) web_set_cookie(response, &none);
}

Visit *visit_of(const WebRequest *request) { return request->visit; }

int64_t visit_form_int(const Visit *visit, const char *name) {
  const char *text = web_form(visit->request, name);
  gint64 value = 0;
  return text && g_ascii_string_to_signed(text, 10, 0, G_MAXINT64, &value, NULL) ? value : 0;
}

const char *visit_path(const char *text) {
  bool stays = text && text[0] == '/' && text[1] != '/' && text[1] != '\\';
  return stays ? text : "/";
}

const char *visit_client_address(const Visit *visit) {
  const char *peer = visit->request->address;
  bool is_proxy = pages_is_behind_proxy(visit->pages) && (g_str_has_prefix(peer, "127.") || strcmp(peer, "::1") == 0);
  const char *said = is_proxy ? web_header(visit->request, "X-Forwarded-For") : NULL;
  if (!said) return peer;
  const char *comma = strrchr(said, ',');
  const char *last = text_trim(visit->arena, comma ? comma + 1 : said);
  return g_hostname_is_ip_address(last) ? last : peer;
}

struct VisitOwn {
  const WebResponse *response;
  bool has_shield, has_vault; // looked up
  ShieldSetting shield;
  Vault *vault;
};

ShieldSetting visit_shield(const Visit *visit) {
  struct VisitOwn *own = visit->own;
  if (!visit->staff) return SHIELD_HOSTILITY;
  if (!own->has_shield) shield_setting(visit->desk, visit->staff->id, &own->shield, NULL);
  own->has_shield = true;
  return own->shield;
}

const Vault *visit_vault(const Visit *visit) {
  struct VisitOwn *own = visit->own;
  const char *token = visit_session_token(visit);
  if (!visit->staff) return NULL;
  if (!own->has_vault) vault_open(visit->arena, visit->desk, visit->staff->id, visit->session, token, &own->vault, NULL);
  own->has_vault = true;
  return own->vault;
}

bool visit_is_refused(const Visit *visit) {
  const WebResponse *response = visit->own->response;
  return visit->request->method == WEB_POST && response && response->status >= 400;
}

static Visit *visit_begin(WebRequest *request, Desk *desk) {
  Visit *visit = arena_make(request->arena, Visit);
  *visit = (Visit){.request = request,
                   .arena = request->arena,
                   .pages = request->application,
                   .desk = desk,
                   .now = request->now,
                   .zone = pages_zone(request->application, "")};
  words_use(words_accepted(web_header(request, "Accept-Language")));
  visit->own = arena_make(request->arena, struct VisitOwn);
  return visit;
}

// The cookie is the secret of the session's forms too: who has it needs no forgery.
static bool find_session(Visit *visit, const char **out_token, GError **error) {
  const char *token = visit_session_token(visit);
  if (!token || !*token) return true;
  if (!session_find(visit->arena, visit->desk, token, &visit->staff, &visit->session, error)) return false;
  if (!visit->staff) return true;
  int chosen = words_from_code(visit->staff->language);
  if (chosen >= 0) words_use(chosen);
  visit->zone = pages_zone(visit->pages, visit->staff->zone);
  if (!learning_is_on(visit->desk, &visit->shows_readings, error)) return false;
  visit->csrf = web_csrf_token(visit->arena, token);
  *out_token = token;
  return true;
}

// The conversation that "/conversations/1042/reply" is about.
static const char *conversation_of(const Visit *visit) {
  static const char before[] = "/conversations/";
  const char *path = visit->request->path;
  if (!g_str_has_prefix(path, before)) return NULL;
  size_t digits = strspn(path + strlen(before), "0123456789");
  return digits ? arena_strndup(visit->arena, path, strlen(before) + digits) : NULL;
}

// A form cannot be sent again from there, and the page says so; the way back is to the page on which it stood.
static bool send_to_sign_in(const Visit *visit, WebResponse *response) {
  const WebRequest *request = visit->request;
  bool is_form = request->method == WEB_POST && strcmp(request->path, "/sign-out") != 0;
  bool is_page = request->method == WEB_GET && strcmp(request->path, "/live") != 0;
  const char *back = is_form ? web_came_from(request) : is_page ? web_target(request) : NULL;
  if (is_form && !back) back = conversation_of(visit);
  bool leads_back = back && strcmp(back, "/") != 0 && strlen(back) <= BACK_MOST;
  g_autofree char *next = leads_back ? g_uri_escape_string(back, "/", false) : NULL;
  web_redirect(response, arena_printf(visit->arena, "/sign-in%s%s%s%s", next || is_form ? "?" : "", is_form ? "unsent" : "",
                                      next ? (is_form ? "&next=" : "next=") : "", next ? next : ""));
  return false;
}

bool visit_admit(WebRequest *request, WebResponse *response, const char **out_csrf_secret, GError **error) {
  Permission permission = (Permission)request->route->permission;
  Desk *desk = pages_desk(request->application, error);
  if (!desk) return false;
  Visit *visit = visit_begin(request, desk);
  visit->own->response = response;
  request->visit = visit;
  if (!find_session(visit, out_csrf_secret, error)) return false;
  if (permission == PERMISSION_PUBLIC) return true;
  if (!visit->staff) return send_to_sign_in(visit, response);
  if (role_may(visit->staff->role, permission)) return true;
  return error_set(error, ERROR_FORBIDDEN, "This is not open to the role \"%s\". Ask an administrator if you need it.",
                   role_word(visit->staff->role));
}

const Visit *visit_recover(WebRequest *request) {
  if (request->visit) return request->visit;
  g_autoptr(GError) error = NULL;
  Desk *desk = pages_desk(request->application, &error);
  if (!desk) return NULL;
  Visit *visit = visit_begin(request, desk);
  const char *token = NULL;
  return find_session(visit, &token, &error) ? visit : NULL;
}
