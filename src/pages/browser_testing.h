// A browser for tests: it speaks HTTP to a desk of its own, keeps cookies, and sends the forms that pages contain.
#pragma once

#include "desk/testing.h"
#include "pages/pages.h"

typedef struct TestBrowser {
  TestDesk *test;
  Pages *pages;
  Arena *arena;
  const char *host;    // what it says to which host it speaks; NULL: the truth
  const char *from;    // the page it says that it comes from: a path of the desk, or a whole address; NULL: says nothing
  const char *prefix;  // of the cookies' names: "__Host-" where the desk is reached over https
  const char *session; // the cookie's value; NULL: none
  const char *door;    // the cookie of the sign-in form
  int status;          // of the last answer, redirects not followed
  const char *location, *type, *policy;
  const char *body;
  Bytes bytes;
} TestBrowser;

TestBrowser *test_browser_new(void);              // the clock of its desk stands
TestBrowser *test_browser_at(const char *origin); // of a desk that is reached there, through a proxy that is not there
void test_browser_free(TestBrowser *browser);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TestBrowser, test_browser_free)

void test_get(TestBrowser *browser, const char *path);
// `fields`: "name=value&…" as urlencoded; the token of the last page is added.
void test_post(TestBrowser *browser, const char *path, const char *fields);
void test_post_file(TestBrowser *browser, const char *path, const char *text, int64_t seen, const char *file_name, Bytes bytes);
// Opens the live stream at `path`, calls `happen` once it is open, and reads until `text` comes. False when it does not come in ten seconds.
bool test_hears(TestBrowser *browser, const char *path, void (*happen)(TestBrowser *browser), const char *text);
void test_sign_in(TestBrowser *browser, const char *email); // must succeed
bool test_shows(const TestBrowser *browser, const char *text);
