// See browser_testing.h. libcurl asks, one connection for each request; cookies and the form token are taken from what came back.
#include "pages/browser_testing.h"

#include <curl/curl.h>
#include <string.h>

TestBrowser *test_browser_new(void) { return test_browser_at(NULL); }

TestBrowser *test_browser_at(const char *origin) {
  g_autoptr(GError) error = NULL;
  TestDesk *test = test_desk_new();
  TestBrowser *browser = arena_make(test->arena, TestBrowser);
  browser->test = test;
  browser->arena = test->arena;
  browser->prefix = origin && g_str_has_prefix(origin, "https:") ? "__Host-" : "";
  PagesSetup setup = {.database = test->where,
                      .listen = "127.0.0.1:0",
                      .origin = origin,
                      .threads = 4,
                      .clock = &test->clock,
                      .random = &random_system,
                      .sends_mail = true};
  browser->pages = pages_start(&setup, &error);
  g_assert_no_error(error);
  return browser;
}

void test_browser_free(TestBrowser *browser) {
  pages_stop(browser->pages);
  test_desk_free(browser->test);
}

static const char *header_value(Arena *arena, const char *line, size_t size, const char *name) {
  size_t length = strlen(name);
  if (size < length || g_ascii_strncasecmp(line, name, length) != 0) return NULL;
  return g_strstrip(arena_strndup(arena, line + length, size - length));
}

static const char *cookie_value(const TestBrowser *browser, const char *cookie, const char *name) {
  g_autofree char *start = g_strconcat(browser->prefix, name, "=", NULL);
  if (!g_str_has_prefix(cookie, start)) return NULL;
  return arena_strndup(browser->arena, cookie + strlen(start), strcspn(cookie + strlen(start), ";"));
}

static size_t take_header(char *line, size_t one, size_t size, void *data) {
  TestBrowser *browser = data;
  const char *location = header_value(browser->arena, line, size, "Location:");
  const char *type = header_value(browser->arena, line, size, "Content-Type:");
  const char *policy = header_value(browser->arena, line, size, "Content-Security-Policy:");
  const char *cookie = header_value(browser->arena, line, size, "Set-Cookie:");
  if (location) browser->location = location;
  if (type) browser->type = type;
  if (policy) browser->policy = policy;
  const char *session = cookie ? cookie_value(browser, cookie, "rapport_session") : NULL;
  const char *door = cookie ? cookie_value(browser, cookie, "form") : NULL;
  if (session) browser->session = *session ? session : NULL;
  if (door) browser->door = door;
  return size;
}

static size_t take_body(char *bytes, size_t one, size_t size, void *data) {
  g_string_append_len(data, bytes, (gssize)size);
  return size;
}

static const char *cookies_of(const TestBrowser *browser) {
  return arena_printf(browser->arena, "%s%s%s; %s%s%s", browser->prefix,
                      browser->session ? "rapport_session=" : "x=", browser->session ? browser->session : "1", browser->prefix,
                      browser->door ? "form=" : "y=", browser->door ? browser->door : "1");
}

static CURL *prepare(TestBrowser *browser, const char *path, GString *body) {
  CURL *curl = curl_easy_init();
  browser->location = browser->type = browser->policy = NULL;
  curl_easy_setopt(curl, CURLOPT_URL, arena_printf(browser->arena, "http://127.0.0.1:%d%s", pages_port(browser->pages), path));
  curl_easy_setopt(curl, CURLOPT_COOKIE, cookies_of(browser));
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, browser);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
  if (browser->from) {
    bool is_path = *browser->from == '/';
    curl_easy_setopt(curl, CURLOPT_REFERER,
                     is_path ? arena_printf(browser->arena, "http://127.0.0.1:%d%s", pages_port(browser->pages), browser->from)
                             : browser->from);
  }
  if (browser->host) {
    struct curl_slist *header = arena_make(browser->arena, struct curl_slist);
    header->data = (char *)(uintptr_t)arena_printf(browser->arena, "Host: %s", browser->host);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, header);
  }
  return curl;
}

static void perform(TestBrowser *browser, CURL *curl, GString *body) {
  long status = 0;
  CURLcode code = curl_easy_perform(curl);
  g_assert_cmpstr(curl_easy_strerror(code), ==, curl_easy_strerror(CURLE_OK));
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_cleanup(curl);
  browser->status = (int)status;
  browser->bytes = bytes_of(arena_copy(browser->arena, body->str, body->len), body->len);
  browser->body = arena_take(browser->arena, g_string_free(body, FALSE));
}

void test_get(TestBrowser *browser, const char *path) {
  GString *body = g_string_new(NULL);
  perform(browser, prepare(browser, path, body), body);
}

// Of the first form in the last page.
static const char *token_of(const TestBrowser *browser) {
  static const char before[] = "name=\"csrf\" value=\"";
  const char *at = browser->body ? strstr(browser->body, before) : NULL;
  if (!at) return "";
  at += strlen(before);
  return arena_strndup(browser->arena, at, strcspn(at, "\""));
}

void test_post(TestBrowser *browser, const char *path, const char *fields) {
  GString *body = g_string_new(NULL);
  CURL *curl = prepare(browser, path, body);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, arena_printf(browser->arena, "csrf=%s&%s", token_of(browser), fields));
  perform(browser, curl, body);
}

static void add_part(curl_mime *form, const char *name, const char *value) {
  curl_mimepart *part = curl_mime_addpart(form);
  curl_mime_name(part, name);
  curl_mime_data(part, value, CURL_ZERO_TERMINATED);
}

void test_post_file(TestBrowser *browser, const char *path, const char *text, int64_t seen, const char *file_name, Bytes bytes) {
  GString *body = g_string_new(NULL);
  CURL *curl = prepare(browser, path, body);
  curl_mime *form = curl_mime_init(curl);
  add_part(form, "csrf", token_of(browser));
  add_part(form, "text", text);
  add_part(form, "seen", arena_printf(browser->arena, "%" G_GINT64_FORMAT, seen));
  curl_mimepart *file = curl_mime_addpart(form);
  curl_mime_name(file, "file");
  curl_mime_data(file, bytes.data, bytes.size);
  curl_mime_filename(file, file_name);
  curl_mime_type(file, "application/pdf");
  curl_easy_setopt(curl, CURLOPT_MIMEPOST, form);
  perform(browser, curl, body);
  curl_mime_free(form);
}

typedef struct Listening {
  TestBrowser *browser;
  void (*happen)(TestBrowser *browser);
  const char *text;
  GString *heard;
} Listening;

static size_t hear_header(char *line, size_t one, size_t size, void *data) {
  Listening *listening = data;
  if (size <= 2) listening->happen(listening->browser); // the empty line after the headers
  return size;
}

// Taking less than was given ends the transfer.
static size_t hear(char *bytes, size_t one, size_t size, void *data) {
  Listening *listening = data;
  g_string_append_len(listening->heard, bytes, (gssize)size);
  return strstr(listening->heard->str, listening->text) ? 0 : size;
}

bool test_hears(TestBrowser *browser, const char *path, void (*happen)(TestBrowser *browser), const char *text) {
  Listening listening = {browser, happen, text, g_string_new(NULL)};
  CURL *curl = prepare(browser, path, NULL);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, hear_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &listening);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, hear);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &listening);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 10L);
  CURLcode code = curl_easy_perform(curl);
  curl_easy_cleanup(curl);
  g_string_free(listening.heard, TRUE);
  return code == CURLE_WRITE_ERROR;
}

void test_sign_in(TestBrowser *browser, const char *email) {
  test_get(browser, "/sign-in");
  g_assert_cmpint(browser->status, ==, 200);
  test_post(browser, "/sign-in", arena_printf(browser->arena, "email=%s&password=quiet+lamp+42&next=/", email));
  g_assert_cmpint(browser->status, ==, 303);
  g_assert_nonnull(browser->session);
}

bool test_shows(const TestBrowser *browser, const char *text) {
  bool shows = strstr(browser->body, text) != NULL;
  if (!shows) g_test_message("not in the page: %s", text);
  return shows;
}
