// Customers and administration over real HTTP, as a browser without scripts sees them.
#include "pages/browser_testing.h"

#include "desk/brand/brand.h"
#include "desk/customer/organisation.h"
#include "desk/customer/same.h"
#include "desk/learning/learning.h"
#include "desk/staff/admin.h"

#include <string.h>

static TestBrowser *administrator_at(const char *origin) {
  TestBrowser *browser = test_browser_at(origin);
  g_autoptr(GError) error = NULL;
  StaffDraft draft = {.email = "nuala@godwit.example", .name = "Nuala", .password = "quiet lamp 42", .role = ROLE_ADMINISTRATOR};
  int64_t id;
  staff_add(browser->test->desk, &draft, &id, &error);
  g_assert_no_error(error);
  test_sign_in(browser, "nuala@godwit.example");
  return browser;
}

static TestBrowser *administrator(void) { return administrator_at(NULL); }

static int64_t customer_of(TestBrowser *browser, const char *author, const char *id) {
  int64_t number = test_write(browser->test, author, id, NULL, NULL, NULL).number;
  return test_thread(browser->test, number).conversation->customer_id;
}

static const char *path(TestBrowser *browser, int64_t customer, const char *rest) {
  return arena_printf(browser->arena, "/customers/%" G_GINT64_FORMAT "%s", customer, rest);
}

static void a_customer_is_found_and_kept(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  int64_t agnes = customer_of(browser, "Agnes Moor <agnes@moor.example>", "a@x");
  test_sign_in(browser, "mira@godwit.example");
  test_get(browser, "/customers?text=moor");
  g_assert_true(test_shows(browser, "Agnes Moor"));
  test_get(browser, "/customers?text=nobody");
  g_assert_true(test_shows(browser, "Nobody is found by these words"));
  test_get(browser, path(browser, agnes, ""));
  g_assert_cmpint(browser->status, ==, 200);
  test_post(browser, path(browser, agnes, "/addresses"), "address=nonsense");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "is not an e-mail address"));
  g_assert_true(test_shows(browser, "value=\"nonsense\""));
  test_post(browser, path(browser, agnes, "/preferences"),
            "address_as=Dr.+Moor&channel=phone&language=de&best_hours=mornings&likes=<tea>");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, path(browser, agnes, "?kept=preferences"));
  g_assert_true(test_shows(browser, "value=\"Dr. Moor\""));
  g_assert_true(test_shows(browser, "&lt;tea&gt;"));
  test_post(browser, path(browser, agnes, "/notes"), "words=Call+her+first.");
  test_get(browser, "/conversations/1001");
  g_assert_true(test_shows(browser, "Likes to be called"));
  g_assert_true(test_shows(browser, "1 note"));
  g_assert_true(test_shows(browser, path(browser, agnes, "\"")));
  test_get(browser, "/customers/999999");
  g_assert_cmpint(browser->status, ==, 404);
}

static void two_are_looked_at_and_joined_and_parted(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  g_autoptr(GError) error = NULL;
  int64_t a = customer_of(browser, "Agnes Moor <agnes@moor.example>", "a@x");
  int64_t b = customer_of(browser, "Agnes Moor <agnes.moor@home.example>", "b@x");
  test_sign_in(browser, "mira@godwit.example");
  test_get(browser, "/customers/same");
  g_assert_true(test_shows(browser, "addresses that are much alike"));
  const char *pair = arena_printf(browser->arena, "/customers/%" G_GINT64_FORMAT "/same/%" G_GINT64_FORMAT, a, b);
  test_get(browser, pair);
  g_assert_true(test_shows(browser, "Are these one person?"));
  test_post(browser, arena_printf(browser->arena, "%s/merge", pair), arena_printf(browser->arena, "stays=%" G_GINT64_FORMAT, b));
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, path(browser, a, ""));
  g_assert_cmpint(browser->status, ==, 303); // on to who she is now
  g_assert_cmpstr(browser->location, ==, path(browser, b, ""));
  test_get(browser, browser->location);
  g_assert_true(test_shows(browser, "Part them again"));
  CustomerMergeList merges = {0};
  g_assert_true(customer_merges(browser->arena, browser->test->desk, b, &merges, &error));
  test_post(browser, path(browser, b, arena_printf(browser->arena, "/merges/%" G_GINT64_FORMAT "/undo", merges.items[0].id)), "");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, path(browser, a, ""));
  g_assert_cmpint(browser->status, ==, 200);
}

static void an_organisation_gathers(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  customer_of(browser, "Agnes Moor <agnes@moor.example>", "a@x");
  test_sign_in(browser, "mira@godwit.example");
  test_get(browser, "/organisations");
  test_post(browser, "/organisations", "name=Moor+Ltd");
  g_assert_cmpint(browser->status, ==, 303);
  const char *house = browser->location;
  test_get(browser, house);
  test_post(browser, arena_printf(browser->arena, "%s/domains", house), "domain=gmail.com");
  g_assert_cmpint(browser->status, ==, 422);
  test_get(browser, house);
  test_post(browser, arena_printf(browser->arena, "%s/domains", house), "domain=moor.example");
  test_get(browser, house);
  g_assert_true(test_shows(browser, "Agnes Moor"));
  test_get(browser, "/organisations");
  g_assert_true(test_shows(browser, "1 person"));
}

static const char *house_path(TestBrowser *browser, int64_t id, const char *rest) {
  return arena_printf(browser->arena, "/organisations/%" G_GINT64_FORMAT "%s", id, rest);
}

static int64_t new_house(TestBrowser *browser, const char *name) {
  g_autoptr(GError) error = NULL;
  int64_t id = 0;
  g_assert_true(organisation_add(browser->test->desk, name, &id, &error));
  return id;
}

static void two_organisations_are_looked_at_and_joined_and_parted(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  g_autoptr(GError) error = NULL;
  int64_t moor = new_house(browser, "Moor Ltd"), twin = new_house(browser, "Moor Limited");
  test_sign_in(browser, "mira@godwit.example");
  test_get(browser, house_path(browser, moor, "/same?text=moor"));
  const char *pair = house_path(browser, moor, arena_printf(browser->arena, "/same/%" G_GINT64_FORMAT, twin));
  g_assert_true(test_shows(browser, pair));
  test_get(browser, pair);
  g_assert_true(test_shows(browser, "can be undone on the page of the one that stays"));
  test_post(browser, arena_printf(browser->arena, "%s/merge", pair), "stays=0");
  g_assert_cmpint(browser->status, ==, 400);
  test_get(browser, pair);
  test_post(browser, arena_printf(browser->arena, "%s/merge", pair),
            arena_printf(browser->arena, "stays=%" G_GINT64_FORMAT, twin));
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, house_path(browser, moor, ""));
  g_assert_cmpint(browser->status, ==, 303); // on to what it is now
  g_assert_cmpstr(browser->location, ==, house_path(browser, twin, ""));
  test_get(browser, pair);
  test_post(browser, arena_printf(browser->arena, "%s/merge", pair),
            arena_printf(browser->arena, "stays=%" G_GINT64_FORMAT, twin));
  g_assert_cmpint(browser->status, ==, 409); // somebody was first
  test_get(browser, house_path(browser, twin, ""));
  g_assert_true(test_shows(browser, "Part them again"));
  OrganisationMergeList merges = {0};
  g_assert_true(organisation_merges(browser->arena, browser->test->desk, twin, &merges, &error));
  const char *undo = house_path(browser, twin,
                                arena_printf(browser->arena, "/merges/%" G_GINT64_FORMAT "/undo", merges.items[0].id));
  test_post(browser, undo, "");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, house_path(browser, moor, ""));
  g_assert_cmpint(browser->status, ==, 200);
  test_post(browser, undo, "");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "This was undone already."));
}

static void an_organisation_shows_mood_where_readings_are_shown(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  g_autoptr(GError) error = NULL;
  int64_t moor = new_house(browser, "Moor Ltd"), people = 0;
  g_assert_true(organisation_add_domain(browser->test->desk, moor, "moor.example", &people, &error));
  test_write(browser->test, "Agnes <agnes@moor.example>", "a@x", "Torn", NULL, "I am furious. It came torn!");
  test_write(browser->test, "Nell <nell@moor.example>", "b@x", "Bell", NULL, "Thank you, I am very happy.");
  test_sign_in(browser, "mira@godwit.example");
  test_get(browser, house_path(browser, moor, ""));
  g_assert_true(test_shows(browser, "Mood over time"));
  g_assert_true(learning_switch(browser->test->desk, false, &error));
  test_get(browser, house_path(browser, moor, ""));
  g_assert_false(test_shows(browser, "Mood over time"));
}

static void somebody_is_invited_and_comes_in(void) {
  g_autoptr(TestBrowser) browser = administrator();
  test_get(browser, "/people");
  test_post(browser, "/people", "email=ada@godwit.example&name=Ada+Reyes&role=supervisor");
  g_assert_cmpint(browser->status, ==, 200);
  const char *link = strstr(browser->body, "/welcome/");
  g_assert_nonnull(link);
  link = arena_strndup(browser->arena, link, strcspn(link, "\"%& \r\n"));
  browser->session = NULL;
  test_get(browser, link);
  g_assert_true(test_shows(browser, "Welcome, Ada Reyes"));
  test_post(browser, link, "password=short");
  g_assert_cmpint(browser->status, ==, 422);
  test_post(browser, link, "password=another+good+one");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/account");
  g_assert_true(test_shows(browser, "Ada Reyes"));
  test_get(browser, link);
  g_assert_cmpint(browser->status, ==, 404);
  test_get(browser, "/people");
  g_assert_cmpint(browser->status, ==, 403);
  test_get(browser, "/permissions");
  g_assert_true(test_shows(browser, "/people/:staff/role"));
}

// Whoever stands between browser and desk can write any Host; the link carries a token, so it leads nowhere that nobody vouched for.
static void a_link_leads_only_where_the_desk_is(void) {
  g_autoptr(TestBrowser) browser = administrator();
  g_autoptr(GError) error = NULL;
  static const char *const strangers[] = {"evil.example", "127.0.0.1.evil.example", "evil.example@127.0.0.1", "10.0.0.1"};
  const char *person = arena_printf(browser->arena, "/people/%" G_GINT64_FORMAT, browser->test->mira.id);
  for (size_t i = 0; i < G_N_ELEMENTS(strangers); i++) {
    browser->host = strangers[i];
    test_get(browser, "/people");
    test_post(browser, "/people", "email=ada@godwit.example&name=Ada+Reyes&role=agent");
    g_assert_cmpint(browser->status, ==, 422);
    g_assert_true(test_shows(browser, "Put url = https://"));
    g_assert_null(strstr(browser->body, "/welcome/"));
    test_get(browser, person);
    test_post(browser, arena_printf(browser->arena, "%s/link", person), "");
    g_assert_cmpint(browser->status, ==, 422);
    g_assert_null(strstr(browser->body, "/welcome/"));
  }
  g_assert_null(staff_find(browser->arena, browser->test->desk, "ada@godwit.example", &error)); // nobody was made
  static const char *const own[] = {"localhost:8700", "[::1]:8700", "127.0.0.1"};
  for (size_t i = 0; i < G_N_ELEMENTS(own); i++) {
    browser->host = own[i];
    test_get(browser, person);
    test_post(browser, arena_printf(browser->arena, "%s/link", person), "");
    g_assert_true(test_shows(browser, arena_printf(browser->arena, "http://%s/welcome/", own[i])));
  }
}

static void a_link_leads_to_the_address_that_is_set(void) {
  g_autoptr(TestBrowser) browser = administrator_at("https://desk.godwit.example");
  browser->host = "evil.example";
  test_get(browser, "/people");
  test_post(browser, "/people", "email=ada@godwit.example&name=Ada+Reyes&role=agent");
  g_assert_true(test_shows(browser, "https://desk.godwit.example/welcome/"));
}

// With "__Host-" no other host of the same domain can plant a session. Whoever is signed in with a cookie of the plain name stays so.
static void over_https_the_cookie_belongs_to_this_host_alone(void) {
  g_autoptr(TestBrowser) browser = administrator_at("https://desk.godwit.example");
  g_assert_nonnull(browser->session); // "__Host-rapport_session", see browser_testing.c
  browser->prefix = "";
  test_get(browser, "/account");
  g_assert_cmpint(browser->status, ==, 200);
  test_post(browser, "/sign-out", "");
  g_assert_null(browser->session); // that one is deleted too
}

static void the_last_administrator_stays(void) {
  g_autoptr(TestBrowser) browser = administrator();
  g_autoptr(GError) error = NULL;
  Staff *nuala = staff_find(browser->arena, browser->test->desk, "nuala@godwit.example", &error);
  const char *page = arena_printf(browser->arena, "/people/%" G_GINT64_FORMAT, nuala->id);
  test_get(browser, page);
  test_post(browser, arena_printf(browser->arena, "%s/active", page), "active=0");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "is the only administrator who can sign in"));
  test_get(browser, "/audit");
  g_assert_true(test_shows(browser, "Person added"));
}

static void branding_takes_pictures_and_nothing_else(void) {
  static const unsigned char png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I',  'H',  'D',  'R', 0,
                                      0,    0,   2,   0,   0,    0,    2,    8,    2, 0, 0, 0,  0xfd, 0xd4, 0x9a, 0x73};
  int64_t width = 0, height = 0;
  g_assert_cmpstr(brand_picture_type(bytes_of(png, sizeof png), &width, &height), ==, "image/png");
  g_assert_cmpint(width, ==, 2);
  g_assert_null(brand_picture_type(bytes_of_text("<svg onload=alert(1)>"), &width, &height));
  g_assert_null(brand_picture_type(bytes_of(png, 20), &width, &height));
  g_autoptr(TestBrowser) browser = administrator();
  g_autoptr(GError) error = NULL;
  g_assert_false(brand_set_logo(browser->test->desk, NULL, bytes_of_text("<svg></svg>"), &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  g_clear_error(&error);
  g_assert_true(brand_set_logo(browser->test->desk, NULL, bytes_of(png, sizeof png), &error));
  test_get(browser, "/branding");
  const char *picture = strstr(browser->body, "/branding/logo/");
  picture = arena_strndup(browser->arena, picture, strcspn(picture, "\""));
  test_post(browser, "/branding", "name=Brekka+Cycles&accent=plum");
  g_assert_cmpint(browser->status, ==, 303);
  browser->session = NULL;
  test_get(browser, "/sign-in");
  g_assert_true(test_shows(browser, "Brekka Cycles")); // on every thread
  test_get(browser, picture);
  g_assert_cmpint(browser->status, ==, 200);
  g_assert_cmpstr(browser->type, ==, "image/png");
  test_get(browser, "/branding/logo/00");
  g_assert_cmpint(browser->status, ==, 404);
}

static void a_mailbox_is_added_and_retired(void) {
  g_autoptr(TestBrowser) browser = administrator();
  test_get(browser, "/mailboxes");
  test_post(browser, "/mailboxes", "address=sales%2Bx@godwit.example&name=Sales");
  g_assert_cmpint(browser->status, ==, 422);
  test_post(browser, "/mailboxes", "address=sales@godwit.example&name=Sales");
  g_assert_cmpint(browser->status, ==, 303);
  const char *page = arena_strndup(browser->arena, browser->location, strcspn(browser->location, "?"));
  test_get(browser, page);
  test_post(browser, page, "name=Sales&signature=&sender=&language=de&zone=Mars&closes=17:00&team=0");
  g_assert_cmpint(browser->status, ==, 422);
  test_post(browser, page, "name=Sales&signature=Yours&sender=&language=de&zone=Europe/Dublin&closes=17:30&team=0");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, page);
  test_post(browser, arena_printf(browser->arena, "%s/retire", page), "retired=1");
  test_get(browser, page);
  g_assert_true(test_shows(browser, "This mailbox is retired"));
  test_get(browser, "/conversations/new");
  g_assert_null(strstr(browser->body, "sales@godwit.example"));
}

static void strangers_and_agents_change_nothing(void) {
  static const char *const paths[] = {"/people",    "/people/1/role", "/people/1/active", "/people/1/link",
                                      "/mailboxes", "/mailboxes/1",   "/branding",        "/first-steps/mail"};
  g_autoptr(TestBrowser) browser = test_browser_new();
  test_sign_in(browser, "mira@godwit.example");
  for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
    test_get(browser, "/account");
    test_post(browser, paths[i], "role=administrator&active=1&name=x&accent=plum");
    g_assert_cmpint(browser->status, ==, 403);
  }
  test_get(browser, "/audit");
  g_assert_cmpint(browser->status, ==, 403);
  browser->session = NULL;
  test_get(browser, "/customers");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/setup/guess");
  g_assert_cmpint(browser->status, ==, 404);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/people/customer", a_customer_is_found_and_kept);
  g_test_add_func("/people/same", two_are_looked_at_and_joined_and_parted);
  g_test_add_func("/people/organisation", an_organisation_gathers);
  g_test_add_func("/people/organisations-joined", two_organisations_are_looked_at_and_joined_and_parted);
  g_test_add_func("/people/organisation-mood", an_organisation_shows_mood_where_readings_are_shown);
  g_test_add_func("/people/invitation", somebody_is_invited_and_comes_in);
  g_test_add_func("/people/links", a_link_leads_only_where_the_desk_is);
  g_test_add_func("/people/links-of-an-address", a_link_leads_to_the_address_that_is_set);
  g_test_add_func("/people/cookie", over_https_the_cookie_belongs_to_this_host_alone);
  g_test_add_func("/people/last-administrator", the_last_administrator_stays);
  g_test_add_func("/people/branding", branding_takes_pictures_and_nothing_else);
  g_test_add_func("/people/mailbox", a_mailbox_is_added_and_retired);
  g_test_add_func("/people/others", strangers_and_agents_change_nothing);
  return g_test_run();
}
