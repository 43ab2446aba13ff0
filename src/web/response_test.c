// What stands in the headers of an answer, what may not, and who may send a form.
#include "web/test_client.h"

static bool show_token(WebRequest *request, WebResponse *response, GError **error) {
  g_string_append(response->body, web_csrf(request));
  return true;
}

static bool show_two_forms(WebRequest *request, WebResponse *response, GError **error) {
  g_string_append_printf(response->body, "%s ", web_csrf(request));
  g_string_append(response->body, web_csrf(request));
  return true;
}

static bool show_token_and_fail(WebRequest *request, WebResponse *response, GError **error) {
  g_string_append(response->body, web_csrf(request));
  return error_set(error, ERROR_INVALID, "Not this time.");
}

static bool say_done(WebRequest *request, WebResponse *response, GError **error) {
  g_string_append(response->body, "done");
  return true;
}

static bool set_cookies(WebRequest *request, WebResponse *response, GError **error) {
  web_set_cookie(response, &(WebCookie){.name = "session", .value = "first"});
  web_set_cookie(response, &(WebCookie){.name = "session", .value = "abc", .lifetime = CLOCK_HOUR});
  web_set_cookie(response, &(WebCookie){.name = "old", .value = ""});
  web_set_cookie(response, &(WebCookie){.name = "bad", .value = "x; Domain=evil"});
  web_set_cookie(response, &(WebCookie){.name = "b\r\nad", .value = "x"});
  return true;
}

static bool show_cookie(WebRequest *request, WebResponse *response, GError **error) {
  const char *value = web_cookie(request, "session");
  g_string_append(response->body, value ? value : "(none)");
  return true;
}

static bool add_headers(WebRequest *request, WebResponse *response, GError **error) {
  web_add_header(response, "X-Good", "one");
  web_add_header(response, "X-Good", "two");
  web_add_header(response, "X-Bad", "a\r\nX-Injected: yes");
  web_add_header(response, "X-Bad\r\nX-Injected", "yes");
  web_add_header(response, "X-Bad", "a\x7f");
  web_add_header(response, "X-Bad: b", "a");
  web_add_header(response, "cache-control", "max-age=5");
  return true;
}

static bool go_where_asked(WebRequest *request, WebResponse *response, GError **error) {
  web_redirect(response, web_query(request, "to"));
  return true;
}

static bool show_frame(WebRequest *request, WebResponse *response, GError **error) {
  web_sandbox(response, web_query(request, "remote") != NULL);
  g_string_append(response->body, "<p>from a stranger");
  return true;
}

static bool give_file(WebRequest *request, WebResponse *response, GError **error) {
  web_download(response, web_query(request, "name"), web_query(request, "type"), bytes_of("\0data", 5),
               web_query(request, "inline") != NULL);
  return true;
}

static const WebRoute routes[] = {
  {WEB_GET, "/token", 1, show_token},
  {WEB_GET, "/forms", 1, show_two_forms},
  {WEB_GET, "/failing-token", 1, show_token_and_fail},
  {WEB_POST, "/done", 1, say_done},
  {WEB_GET, "/cookies", 1, set_cookies},
  {WEB_GET, "/cookie", 1, show_cookie},
  {WEB_GET, "/headers", 1, add_headers},
  {WEB_GET, "/go", 1, go_where_asked},
  {WEB_GET, "/frame", 1, show_frame},
  {WEB_GET, "/file", 1, give_file},
  {0},
};

static int count_of(const char *text, const char *part) {
  int count = 0;
  for (; (text = strstr(text, part)); text += strlen(part)) count++;
  return count;
}

static void every_answer_has_the_headers(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  static const char *const paths[] = {"/token", "/nothing", "/file?name=a", "/done", "/%"};
  for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
    Answer answer = test_get(arena, server, paths[i]);
    g_assert_cmpstr(answer_header(arena, answer, "X-Content-Type-Options"), ==, "nosniff");
    g_assert_cmpstr(answer_header(arena, answer, "Referrer-Policy"), ==, "same-origin");
    g_assert_cmpstr(answer_header(arena, answer, "Cross-Origin-Opener-Policy"), ==, "same-origin");
    g_assert_cmpstr(answer_header(arena, answer, "Cache-Control"), ==, "no-store");
    g_assert_nonnull(answer_header(arena, answer, "Permissions-Policy"));
    g_assert_cmpint(count_of(answer.head, "Content-Security-Policy:"), ==, 1);
    g_assert_null(answer_header(arena, answer, "Strict-Transport-Security"));
  }
  const char *policy = answer_header(arena, test_get(arena, server, "/token"), "Content-Security-Policy");
  static const char *const parts[] = {"default-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'",
                                      "object-src 'none'",  "img-src 'self' data:",   "frame-src 'self'"};
  for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) assert_contains(policy, parts[i]);
  g_assert_null(strstr(policy, "unsafe"));
}

static void https_adds_what_it_can(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.is_https = true});
  Answer answer = test_get(arena, server, "/token");
  assert_contains(answer_header(arena, answer, "Strict-Transport-Security"), "max-age=31536000");
  assert_contains(answer_header(arena, answer, "Set-Cookie"), "__Host-form=");
  assert_contains(answer_header(arena, answer, "Set-Cookie"), "; Secure");
}

static void headers_cannot_be_injected(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  Answer answer = test_get(arena, server, "/headers");
  g_assert_cmpint(answer.status, ==, 200);
  g_assert_cmpstr(answer_header(arena, answer, "X-Good"), ==, "two");
  g_assert_cmpint(count_of(answer.head, "X-Good"), ==, 1);
  g_assert_null(strstr(answer.head, "X-Bad"));
  g_assert_null(strstr(answer.head, "X-Injected"));
  g_assert_cmpstr(answer_header(arena, answer, "Cache-Control"), ==, "max-age=5");
  g_assert_cmpint(count_of(answer.head, "no-store"), ==, 0);
}

static void cookies_are_set_and_read(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  Answer answer = test_get(arena, server, "/cookies");
  assert_contains(answer.head, "Set-Cookie: session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600\r\n");
  assert_contains(answer.head, "Set-Cookie: old=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0\r\n");
  g_assert_cmpint(count_of(answer.head, "Set-Cookie:"), ==, 2);
  static const struct {
    const char *sent, *read;
  } cases[] = {{"session=abc", "abc"},
               {"a=1; session=x=y; b=2", "x=y"},
               {"xsession=no;session=\"quoted\" ", "quoted"},
               {"session=one; session=two", "one"},
               {"sessions=no; session", "(none)"},
               {";;; ;=;session=", ""},
               {"session=\xFF", "\xEF\xBF\xBD"}};
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    const char *request = arena_printf(arena, "GET /cookie HTTP/1.1\r\nHost: x\r\nCookie: %s\r\n\r\n", cases[i].sent);
    g_assert_cmpstr(test_ask(arena, server, request).body, ==, cases[i].read);
  }
}

static void redirects_stay_here(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  static const struct {
    const char *to, *location;
  } cases[] = {{"/conversations/7?a=b%26c%23d", "/conversations/7?a=b&c#d"},
               {"//evil.example", "/"},
               {"/%5Cevil.example", "/"},
               {"https://evil.example", "/"},
               {"javascript:alert(1)", "/"},
               {"", "/"},
               {"evil", "/"},
               {"/%09/evil.example", "/%09/evil.example"},
               {"/a%0D%0AX-Injected:%20yes", "/a%0AX-Injected:%20yes"},
               {"/%C3%BC%22%3C", "/%C3%BC%22%3C"}};
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    Answer answer = test_get(arena, server, arena_printf(arena, "/go?to=%s", cases[i].to));
    g_assert_cmpint(answer.status, ==, 303);
    g_assert_cmpstr(answer_header(arena, answer, "Location"), ==, cases[i].location);
    g_assert_null(answer_header(arena, answer, "X-Injected"));
  }
  g_assert_cmpstr(answer_header(arena, test_get(arena, server, "/go"), "Location"), ==, "/");
}

static void strangers_markup_gets_a_sandbox(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  Answer answer = test_get(arena, server, "/frame");
  const char *policy = answer_header(arena, answer, "Content-Security-Policy");
  g_assert_true(g_str_has_prefix(policy, "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"));
  g_assert_null(strstr(policy, "http"));
  g_assert_cmpint(count_of(answer.head, "Content-Security-Policy"), ==, 1);
  policy = answer_header(arena, test_get(arena, server, "/frame?remote"), "Content-Security-Policy");
  assert_contains(policy, "img-src 'self' data: https: http:;");
  g_assert_null(strstr(policy, "script"));
}

static void assert_file(const WebServer *server, const char *query, const char *type, const char *disposition) {
  g_autoptr(Arena) arena = arena_new();
  Answer answer = test_get(arena, server, arena_printf(arena, "/file?%s", query));
  g_assert_cmpint(answer.status, ==, 200);
  g_assert_cmpmem(answer.body, answer.size, "\0data", 5);
  g_assert_cmpstr(answer_header(arena, answer, "Content-Type"), ==, type);
  g_assert_cmpstr(answer_header(arena, answer, "Content-Disposition"), ==, disposition);
  g_assert_true(g_str_has_prefix(answer_header(arena, answer, "Content-Security-Policy"), "sandbox; default-src 'none'"));
}

static void downloads_are_harmless(void) {
  g_autoptr(WebServer) server = test_server(routes, NULL);
  assert_file(server, "name=a.png&type=image/png&inline", "image/png", "inline; filename=\"a.png\"; filename*=UTF-8''a.png");
  assert_file(server, "name=a.png&type=image/png", "image/png", "attachment; filename=\"a.png\"; filename*=UTF-8''a.png");
  assert_file(server, "name=a.html&type=text/HTML;charset=x&inline", "text/html",
              "attachment; filename=\"a.html\"; filename*=UTF-8''a.html");
  assert_file(server, "name=a.svg&type=image/svg%2Bxml&inline", "image/svg+xml",
              "attachment; filename=\"a.svg\"; filename*=UTF-8''a.svg");
  assert_file(server, "name=n.txt&type=text/plain&inline", "text/plain; charset=utf-8",
              "inline; filename=\"n.txt\"; filename*=UTF-8''n.txt");
  assert_file(server, "name=%C3%BCb%22er%0D%0A.pdf&type=application/pdf", "application/pdf",
              "attachment; filename=\"_b_er .pdf\"; filename*=UTF-8''%C3%BCb%22er%20.pdf");
  assert_file(server, "name=&type=a%0D%0Ab/c", "application/octet-stream",
              "attachment; filename=\"file\"; filename*=UTF-8''file");
  assert_file(server, "name=x&type=nonsense", "application/octet-stream", "attachment; filename=\"x\"; filename*=UTF-8''x");
  assert_file(server, "name=x", "application/octet-stream", "attachment; filename=\"x\"; filename*=UTF-8''x");
}

// A form without session: `head` is more headers, each with its line end.
static int post(const WebServer *server, const char *head, const char *body) {
  g_autoptr(Arena) arena = arena_new();
  const char *request = arena_printf(arena,
                                     "POST /done HTTP/1.1\r\nHost: desk.example:8700\r\n%sContent-Length: %zu\r\n"
                                     "Content-Type: application/x-www-form-urlencoded\r\n\r\n%s",
                                     head, strlen(body), body);
  return test_ask(arena, server, request).status;
}

static void forms_need_their_token(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  const char *cookie, *token, *other_cookie, *other_token;
  test_visit(arena, server, "/token", &cookie, &token);
  test_visit(arena, server, "/token", &other_cookie, &other_token);
  g_assert_cmpstr(token, !=, other_token);
  const char *head = arena_printf(arena, "Cookie: %s\r\n", cookie);
  const char *form = arena_printf(arena, "a=1&csrf=%s", token);
  g_assert_cmpint(post(server, head, form), ==, 200);
  g_assert_cmpint(post(server, head, "a=1"), ==, 403);
  g_assert_cmpint(post(server, head, "a=1&csrf="), ==, 403);
  g_assert_cmpint(post(server, head, arena_printf(arena, "csrf=%s", other_token)), ==, 403);
  g_assert_cmpint(post(server, head, arena_printf(arena, "csrf=%sx", token)), ==, 403);
  g_assert_cmpint(post(server, head, arena_printf(arena, "csrf=%.31s", token)), ==, 403);
  g_assert_cmpint(post(server, "", form), ==, 403); // the cookie is missing
  g_assert_cmpint(post(server, "Cookie: form=\r\n", form), ==, 403);
  g_assert_cmpint(post(server, arena_printf(arena, "Cookie: %s\r\nX-CSRF-Token: %s\r\n", cookie, token), "a=1"), ==, 200);
  g_assert_cmpint(post(server, arena_printf(arena, "Cookie: %s\r\nX-CSRF-Token: no\r\n", cookie), "a=1"), ==, 403);
}

static void forms_of_other_sites_are_refused(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  const char *cookie, *token;
  test_visit(arena, server, "/token", &cookie, &token);
  const char *form = arena_printf(arena, "csrf=%s", token);
  static const struct {
    const char *head;
    int status;
  } cases[] = {{"Sec-Fetch-Site: same-origin\r\n", 200},
               {"Sec-Fetch-Site: none\r\n", 200},
               {"Sec-Fetch-Site: same-site\r\n", 403},
               {"Sec-Fetch-Site: cross-site\r\n", 403},
               {"Origin: http://desk.example:8700\r\n", 200},
               {"Origin: https://DESK.example:8700\r\n", 200},
               {"Origin: http://desk.example\r\n", 403},
               {"Origin: https://evil.example\r\n", 403},
               {"Origin: null\r\n", 403},
               {"Sec-Fetch-Site: same-origin\r\nOrigin: http://behind.a.proxy\r\n", 200}};
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
    g_assert_cmpint(post(server, arena_printf(arena, "Cookie: %s\r\n%s", cookie, cases[i].head), form), ==, cases[i].status);
  g_autoptr(WebServer) named = test_server(routes, &(WebConfig){.origin = "https://desk.example"});
  test_visit(arena, named, "/token", &cookie, &token);
  const char *head = arena_printf(arena, "Cookie: %s\r\nOrigin: https://desk.example\r\n", cookie);
  g_assert_cmpint(post(named, head, arena_printf(arena, "csrf=%s", token)), ==, 200);
  head = arena_printf(arena, "Cookie: %s\r\nOrigin: http://desk.example:8700\r\n", cookie);
  g_assert_cmpint(post(named, head, arena_printf(arena, "csrf=%s", token)), ==, 403);
}

static void one_cookie_serves_all_forms(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  Answer answer = test_get(arena, server, "/forms");
  g_assert_cmpint(count_of(answer.head, "Set-Cookie"), ==, 1);
  g_auto(GStrv) tokens = g_strsplit(answer.body, " ", 2);
  g_assert_cmpstr(tokens[0], ==, tokens[1]);
  const char *cookie = answer_header(arena, answer, "Set-Cookie");
  const char *request = arena_printf(arena, "GET /forms HTTP/1.1\r\nHost: x\r\nCookie: %.*s\r\n\r\n", (int)strcspn(cookie, ";"),
                                     cookie);
  Answer again = test_ask(arena, server, request);
  g_assert_null(answer_header(arena, again, "Set-Cookie"));
  g_assert_cmpstr(again.body, ==, answer.body);
}

static void offer_sign_in(WebRequest *request, WebResponse *response, const GError *error) {
  g_string_append(response->body, web_csrf(request));
}

static void a_page_of_failure_can_have_a_form(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.fail = offer_sign_in});
  const char *cookie, *token;
  test_visit(arena, server, "/failing-token", &cookie, &token);
  const char *head = arena_printf(arena, "Cookie: %s\r\n", cookie);
  g_assert_cmpint(post(server, head, arena_printf(arena, "csrf=%s", token)), ==, 200);
}

static bool admit_session(WebRequest *request, WebResponse *response, const char **out_secret, GError **error) {
  *out_secret = web_cookie(request, "session");
  return true;
}

static void tokens_belong_to_their_session(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, &(WebConfig){.admit = admit_session});
  Answer answer = test_ask(arena, server, "GET /token HTTP/1.1\r\nHost: x\r\nCookie: session=s1\r\n\r\n");
  g_assert_null(answer_header(arena, answer, "Set-Cookie"));
  g_assert_cmpstr(answer.body, ==, web_csrf_token(arena, "s1"));
  const char *form = arena_printf(arena, "csrf=%s", answer.body);
  g_assert_cmpint(post(server, "Cookie: session=s1\r\n", form), ==, 200);
  g_assert_cmpint(post(server, "Cookie: session=s2\r\n", form), ==, 403);
  g_assert_cmpint(post(server, "", form), ==, 403);
  const char *cookie, *token; // a form from before signing in is no form of the session
  test_visit(arena, server, "/token", &cookie, &token);
  form = arena_printf(arena, "csrf=%s", token);
  g_assert_cmpint(post(server, arena_printf(arena, "Cookie: session=s1; %s\r\n", cookie), form), ==, 403);
}

static const WebAsset assets[] = {
  {"desk.css", "/assets/desk-1a2b.css", "text/css; charset=utf-8", {"plain", 5}, {"gz", 2}, {"b", 1}},
  {"tiny.js", "/assets/tiny-3c4d.js", "text/javascript; charset=utf-8", {"x", 1}, {NULL, 0}, {NULL, 0}},
};

static Answer get_asset(Arena *arena, const WebServer *server, const char *path, const char *head) {
  return test_ask(arena, server, arena_printf(arena, "GET %s HTTP/1.1\r\nHost: x\r\n%s\r\n", path, head));
}

static void assets_are_sent_as_small_as_can_be(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  static const struct {
    const char *accepts, *encoding, *body;
  } cases[] = {{"", NULL, "plain"},
               {"Accept-Encoding: gzip, deflate, br\r\n", "br", "b"},
               {"Accept-Encoding: gzip;q=0.5\r\n", "gzip", "gz"},
               {"Accept-Encoding: br;q=0, GZIP\r\n", "gzip", "gz"},
               {"Accept-Encoding: br; q=0.000\r\n", NULL, "plain"},
               {"Accept-Encoding: identity, brx, xgzip\r\n", NULL, "plain"}};
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    Answer answer = get_asset(arena, server, "/assets/desk-1a2b.css", cases[i].accepts);
    g_assert_cmpint(answer.status, ==, 200);
    g_assert_cmpstr(answer.body, ==, cases[i].body);
    g_assert_cmpstr(answer_header(arena, answer, "Content-Encoding"), ==, cases[i].encoding);
    g_assert_cmpstr(answer_header(arena, answer, "Content-Type"), ==, "text/css; charset=utf-8");
    g_assert_cmpstr(answer_header(arena, answer, "Cache-Control"), ==, "public, max-age=31536000, immutable");
    g_assert_cmpstr(answer_header(arena, answer, "Vary"), ==, "Accept-Encoding");
  }
  g_assert_cmpstr(get_asset(arena, server, "/assets/tiny-3c4d.js?x", "Accept-Encoding: br\r\n").body, ==, "x");
}

static void known_assets_are_not_sent_again(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  const char *tag = answer_header(arena, test_get(arena, server, "/assets/desk-1a2b.css"), "ETag");
  Answer answer = get_asset(arena, server, "/assets/desk-1a2b.css", arena_printf(arena, "If-None-Match: \"x\", W/%s\r\n", tag));
  g_assert_cmpint(answer.status, ==, 304);
  g_assert_cmpuint(answer.size, ==, 0);
  answer = get_asset(arena, server, "/assets/desk-1a2b.css",
                     arena_printf(arena, "Accept-Encoding: br\r\nIf-None-Match: %s\r\n", tag));
  g_assert_cmpint(answer.status, ==, 200); // another encoding is another thing
}

static void other_assets_are_not_found(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(WebServer) server = test_server(routes, NULL);
  static const char *const paths[] = {"/assets/",
                                      "/assets/desk.css",
                                      "/assets/../../etc/passwd",
                                      "/assets/%2e%2e/passwd",
                                      "/assets/..%2f..%2fetc%2fpasswd",
                                      "/assets/desk-1a2b.css/",
                                      "/assets/desk-1a2b.cs"};
  for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) g_assert_cmpint(test_get(arena, server, paths[i]).status, ==, 404);
  g_assert_cmpstr(web_asset_path("tiny.js"), ==, "/assets/tiny-3c4d.js");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  web_serve_assets(assets, G_N_ELEMENTS(assets));
  g_test_add_func("/web/response/every-answer-has-the-headers", every_answer_has_the_headers);
  g_test_add_func("/web/response/https-adds-what-it-can", https_adds_what_it_can);
  g_test_add_func("/web/response/headers-cannot-be-injected", headers_cannot_be_injected);
  g_test_add_func("/web/response/cookies-are-set-and-read", cookies_are_set_and_read);
  g_test_add_func("/web/response/redirects-stay-here", redirects_stay_here);
  g_test_add_func("/web/response/strangers-markup-gets-a-sandbox", strangers_markup_gets_a_sandbox);
  g_test_add_func("/web/response/downloads-are-harmless", downloads_are_harmless);
  g_test_add_func("/web/csrf/forms-need-their-token", forms_need_their_token);
  g_test_add_func("/web/csrf/forms-of-other-sites-are-refused", forms_of_other_sites_are_refused);
  g_test_add_func("/web/csrf/one-cookie-serves-all-forms", one_cookie_serves_all_forms);
  g_test_add_func("/web/csrf/a-page-of-failure-can-have-a-form", a_page_of_failure_can_have_a_form);
  g_test_add_func("/web/csrf/tokens-belong-to-their-session", tokens_belong_to_their_session);
  g_test_add_func("/web/asset/sent-as-small-as-can-be", assets_are_sent_as_small_as_can_be);
  g_test_add_func("/web/asset/known-ones-are-not-sent-again", known_assets_are_not_sent_again);
  g_test_add_func("/web/asset/others-are-not-found", other_assets_are_not_found);
  return g_test_run();
}
