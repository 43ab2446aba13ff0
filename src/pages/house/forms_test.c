// Forms of administration: what could not be kept stands as it was typed, with the problem beside it and the focus on it, and nothing of it
// is kept; what was kept is said to be; what cannot be undone is asked about first; and no list is cut without a word.
#include "desk/staff/admin.h"
#include "desk/tag/tag.h"
#include "desk/team/team.h"
#include "pages/browser_testing.h"

#define PASSWORD "quiet lamp 42"

static int64_t add_person(TestDesk *test, const char *email, const char *name, StaffRole role) {
  g_autoptr(GError) error = NULL;
  StaffDraft draft = {.email = email, .name = name, .password = PASSWORD, .role = role};
  int64_t id = 0;
  staff_add(test->desk, &draft, &id, &error);
  g_assert_no_error(error);
  return id;
}

static TestBrowser *administrator(void) {
  TestBrowser *browser = test_browser_new();
  add_person(browser->test, "nuala@godwit.example", "Nuala Brannigan", ROLE_ADMINISTRATOR);
  test_sign_in(browser, "nuala@godwit.example");
  return browser;
}

// Sends a form from the page where it stands.
static void send_from(TestBrowser *browser, const char *page, const char *path, const char *fields, int status) {
  test_get(browser, page);
  test_post(browser, path, fields);
  g_test_message("%s %s: %d", path, fields, browser->status);
  g_assert_cmpint(browser->status, ==, status);
}

static void shows(const TestBrowser *browser, const char *text) {
  g_test_message("shows %s", text);
  g_assert_true(test_shows(browser, text));
}

static void keeps(TestBrowser *browser, const char *page, const char *path, const char *fields, const char *said) {
  send_from(browser, page, path, fields, 303);
  test_get(browser, browser->location);
  shows(browser, said);
}

static const char *path_to(TestBrowser *browser, const char *before, int64_t id, const char *after) {
  return arena_printf(browser->arena, "%s%" G_GINT64_FORMAT "%s", before, id, after);
}

static int64_t make_team(TestBrowser *browser, const char *name) {
  g_autoptr(GError) error = NULL;
  int64_t id = 0;
  team_make(browser->test->desk, NULL, name, true, &id, &error);
  g_assert_no_error(error);
  return id;
}

static int64_t members_of(TestBrowser *browser, int64_t team) {
  g_autoptr(GError) error = NULL;
  Team *found = NULL;
  team_find(browser->arena, browser->test->desk, team, &found, &error);
  g_assert_no_error(error);
  return found->members;
}

static void a_team_is_kept_whole_or_comes_back_as_it_was_typed(void) {
  g_autoptr(TestBrowser) browser = administrator();
  int64_t workshop = make_team(browser, "Workshop");
  make_team(browser, "Counter");
  const char *path = path_to(browser, "/teams/", workshop, ""), *mira = path_to(browser, "&member=", browser->test->mira.id, "");
  send_from(browser, "/teams", path, arena_printf(browser->arena, "name=COUNTER%s&mailbox=1", mira), 422);
  shows(browser, "<details open><summary>Change<span class=\"away\"> the team Workshop");
  shows(browser, "value=\"COUNTER\" required aria-invalid=\"true\"");
  shows(browser, "autofocus");
  shows(browser, path_to(browser, "name=\"member\" value=\"", browser->test->mira.id, "\" checked"));
  shows(browser, "name=\"mailbox\" value=\"1\" checked");
  shows(browser, "name=\"turns\" value=\"yes\">"); // was not ticked any more
  shows(browser, "There is a team called &quot;COUNTER&quot; already");
  g_assert_cmpint(members_of(browser, workshop), ==, 0);
  send_from(browser, "/teams", path, arena_printf(browser->arena, "name=Workshop%s&mailbox=99", mira), 303);
  g_assert_cmpint(members_of(browser, workshop), ==, 1);
  keeps(browser, "/teams", path, "name=Repairs", "It is kept.");
  keeps(browser, "/teams", path_to(browser, "/teams/", workshop, "/retire"), "", "It is retired.");
}

static void a_new_team_and_a_room_come_back_too(void) {
  g_autoptr(TestBrowser) browser = administrator();
  make_team(browser, "Counter");
  send_from(browser, "/teams", "/teams", "name=Counter", 422);
  shows(browser, "value=\"Counter\" required aria-invalid=\"true\" aria-describedby=\"new-problem\" autofocus");
  g_assert_false(test_shows(browser, "<details open>"));
  const char *room = path_to(browser, "/teams/room/", browser->test->mira.id, "");
  send_from(browser, "/teams", room, "capacity=many&away=yes", 422);
  shows(browser, "value=\"many\" placeholder=\"any\" aria-invalid=\"true\"");
  shows(browser, "name=\"away\" value=\"yes\" checked");
  keeps(browser, "/teams", room, "capacity=3", "It is kept.");
}

static void a_field_comes_back_as_it_was_typed(void) {
  g_autoptr(TestBrowser) browser = administrator();
  keeps(browser, "/fields", "/fields", "name=Shop&kind=choice&choices=Dublin%0ACork", "It is made.");
  keeps(browser, "/fields", "/fields", "name=Frame&kind=text", "It is made.");
  send_from(browser, "/fields", "/fields/1", "name=Branch&choices=Galway", 422);
  shows(browser, "<details open>");
  shows(browser, "value=\"Branch\"");
  shows(browser, "autofocus>\nGalway</textarea>");
  shows(browser, "Give at least two choices");
  send_from(browser, "/fields", "/fields/1", "name=frame&choices=Galway%0ACork", 422);
  shows(browser, "value=\"frame\" required aria-invalid=\"true\"");
  shows(browser, ">\nGalway\nCork</textarea>");
  send_from(browser, "/fields", "/fields", "name=Frame&kind=choice&choices=a%0Ab", 422);
  shows(browser, "value=\"Frame\" required aria-invalid=\"true\" aria-describedby=\"field-0-problem\" autofocus");
  shows(browser, ">\na\nb</textarea>");
  keeps(browser, "/fields", "/fields/1", "name=Branch&choices=Galway%0ACork", "It is kept.");
}

static void limits_and_currency_come_back(void) {
  g_autoptr(TestBrowser) browser = administrator();
  send_from(browser, "/limits", "/limits", "role=agent&kind=refund&scope=customer&amount=ten&days=0", 422);
  shows(browser, "value=\"ten\" aria-invalid=\"true\"");
  shows(browser, "value=\"0\" aria-invalid=\"true\"");
  send_from(browser, "/limits", "/limits", "role=agent&kind=refund&scope=customer&amount=&days=0&unbounded=yes", 422);
  shows(browser, "name=\"unbounded\" value=\"yes\" checked");
  send_from(browser, "/limits", "/limits/currency", "currency=euro", 422);
  shows(browser, "value=\"euro\" required aria-invalid=\"true\"");
}

static void other_forms_come_back(void) {
  g_autoptr(TestBrowser) browser = administrator();
  int64_t ada = add_person(browser->test, "ada@godwit.example", "Ada Reyes", ROLE_AGENT);
  send_from(browser, "/branding", "/branding", "name=&accent=plum", 422);
  shows(browser, "name=\"name\" value=\"\" required maxlength=\"120\" aria-invalid=\"true\"");
  shows(browser, "value=\"plum\" checked");
  send_from(browser, "/mailboxes", "/mailboxes/1", "name=Help&closes=late&language=en&signature=Bye", 422);
  shows(browser, "value=\"late\" placeholder=\"17:00\" maxlength=\"5\" aria-invalid=\"true\"");
  shows(browser, ">\nBye</textarea>");
  const char *page = path_to(browser, "/people/", ada, "");
  send_from(browser, page, path_to(browser, "/people/", ada, "/name"), "name=+", 422);
  shows(browser, "name-problem");
  send_from(browser, page, path_to(browser, "/people/", ada, "/email"), "email=ada+at+home", 422);
  shows(browser, "value=\"ada at home\"");
  shows(browser, "email-problem");
}

// ——— tags

static int64_t make_tag(TestBrowser *browser, const char *name) {
  g_autoptr(GError) error = NULL;
  int64_t id = 0;
  tag_make(browser->test->desk, name, &id, &error);
  g_assert_no_error(error);
  return id;
}

static void many_tags_are_paged_and_found(void) {
  g_autoptr(TestBrowser) browser = administrator();
  for (int i = 0; i < 303; i++) make_tag(browser, arena_printf(browser->arena, "tag %03d", i));
  make_tag(browser, "50 % off");
  test_get(browser, "/tags");
  shows(browser, "tag 000");
  shows(browser, "tag 048");
  g_assert_false(test_shows(browser, "tag 049"));
  g_assert_cmpuint(browser->bytes.size, <, 40000);
  int pages = 1;
  for (const char *more; (more = strstr(browser->body, "class=\"button\" href=\"/tags?text=")); pages++) {
    more = strchr(strstr(more, "href"), '"') + 1;
    g_auto(GStrv) parts = g_strsplit(arena_strndup(browser->arena, more, (size_t)(strchr(more, '"') - more)), "&amp;", -1);
    g_autofree char *path = g_strjoinv("&", parts);
    test_get(browser, path);
  }
  g_assert_cmpint(pages, ==, 7);
  shows(browser, "tag 302");
  test_get(browser, "/tags?text=G+17");
  shows(browser, "tag 170");
  g_assert_false(test_shows(browser, "tag 180"));
  test_get(browser, "/tags?text=%25");
  shows(browser, "50 % off");
  g_assert_false(test_shows(browser, "tag 0"));
  test_get(browser, "/tags/names?part=g+30");
  g_assert_cmpstr(browser->body, ==, "tag 300\ntag 301\ntag 302\n");
}

static void a_tag_has_a_page_and_uniting_asks_first(void) {
  g_autoptr(TestBrowser) browser = administrator();
  int64_t gift = make_tag(browser, "gift card"), twin = make_tag(browser, "giftcard");
  const char *page = path_to(browser, "/tags/", twin, "");
  test_get(browser, path_to(browser, "/tags/", twin, "/unite?with=Gift+Card"));
  g_assert_cmpint(browser->status, ==, 200);
  shows(browser, "is gone. This cannot be undone.");
  test_get(browser, path_to(browser, "/tags/", twin, "/unite?with=gift"));
  g_assert_cmpint(browser->status, ==, 422);
  shows(browser, "There is no tag of this name");
  shows(browser, "value=\"gift\"");
  send_from(browser, page, page, "name=Gift+CARD", 422);
  shows(browser, "value=\"Gift CARD\" required aria-invalid=\"true\"");
  send_from(browser, "/tags", "/tags", "name=one%2C+two", 422);
  shows(browser, "value=\"one, two\"");
  keeps(browser, page, page, "name=vouchers", "It is kept.");
  keeps(browser, page, path_to(browser, "/tags/", twin, "/retire"), "", "It is retired.");
  test_get(browser, "/tags?retired=yes");
  shows(browser, "vouchers");
  keeps(browser, page, path_to(browser, "/tags/", twin, "/restore"), "", "It is back.");
  keeps(browser, page, path_to(browser, "/tags/", twin, "/unite"), path_to(browser, "into=", gift, ""), "They are one now.");
  test_get(browser, page);
  g_assert_cmpint(browser->status, ==, 404);
}

int main(int argc, char **argv) {
  g_setenv("TZ", "UTC", TRUE);
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/forms/team", a_team_is_kept_whole_or_comes_back_as_it_was_typed);
  g_test_add_func("/forms/team-new", a_new_team_and_a_room_come_back_too);
  g_test_add_func("/forms/field", a_field_comes_back_as_it_was_typed);
  g_test_add_func("/forms/limits", limits_and_currency_come_back);
  g_test_add_func("/forms/others", other_forms_come_back);
  g_test_add_func("/forms/tags", many_tags_are_paged_and_found);
  g_test_add_func("/forms/tag", a_tag_has_a_page_and_uniting_asks_first);
  return g_test_run();
}
