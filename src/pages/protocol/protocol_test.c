// Protocols, scripts, reflections and logged calls as a browser without scripts sees them, and who may do what.
#include "pages/protocol/guide.h"

#include "desk/draft/draft.h"
#include "desk/reflection/reflection.h"
#include "pages/browser_testing.h"

#include <curl/curl.h>
#include <string.h>

#define SECRET "zwischen-uns-7731" // what only Mira may read

static void add_person(TestBrowser *browser, const char *name, const char *email, StaffRole role) {
  g_autoptr(GError) error = NULL;
  StaffDraft draft = {.email = email, .name = name, .password = "quiet lamp 42", .role = role};
  int64_t id;
  staff_add(browser->test->desk, &draft, &id, &error);
  g_assert_no_error(error);
}

static TestBrowser *signed_in_as(StaffRole role) {
  TestBrowser *browser = test_browser_new();
  add_person(browser, "Nuala", "nuala@godwit.example", role);
  test_sign_in(browser, "nuala@godwit.example");
  return browser;
}

static int64_t write_frustrated(TestBrowser *browser) {
  return test_write(browser->test, "Agnes Moor <agnes@moor.example>", "a1@x", "My refund", NULL,
                    "I have been waiting for three weeks for my refund and I am very frustrated. Nobody listened to me twice.")
    .number;
}

static const char *path_of(TestBrowser *browser, int64_t number, const char *rest) {
  return arena_printf(browser->arena, "/conversations/%" G_GINT64_FORMAT "%s", number, rest);
}

static void agents_read_and_supervisors_change(void) {
  static const struct {
    const char *path;
    bool is_post;
  } changes[] = {{"/protocols/new", false},
                 {"/protocols/calm/edit", false},
                 {"/scripts/new", false},
                 {"/scripts/follow-up/edit", false},
                 {"/protocols/calm", true},
                 {"/protocols/calm/restore", true},
                 {"/protocols/calm/retire", true},
                 {"/scripts/follow-up", true},
                 {"/scripts/new", true},
                 {"/scripts/follow-up/restore", true},
                 {"/scripts/follow-up/retire", true}};
  static const char *const reads[] = {"/protocols", "/protocols/calm",    "/protocols/calm/history",
                                      "/scripts",   "/scripts/follow-up", "/scripts/follow-up/history"};
  for (StaffRole role = ROLE_AGENT; role < ROLE_COUNT; role++) {
    g_autoptr(TestBrowser) browser = signed_in_as(role);
    for (size_t i = 0; i < G_N_ELEMENTS(reads); i++) {
      test_get(browser, reads[i]);
      g_assert_cmpint(browser->status, ==, 200);
      g_assert_cmpint(strstr(browser->body, "/edit\"") != NULL, ==,
                      role != ROLE_AGENT && strchr(reads[i] + 1, '/') && !strstr(reads[i], "history"));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
      test_get(browser, "/account"); // for its token
      if (changes[i].is_post)
        test_post(browser, changes[i].path, "title=&seen=1");
      else
        test_get(browser, changes[i].path);
      if (role == ROLE_AGENT)
        g_assert_cmpint(browser->status, ==, 403);
      else
        g_assert_cmpint(browser->status, !=, 403);
    }
  }
}

static void a_protocol_is_changed_reordered_and_brought_back(void) {
  g_autoptr(TestBrowser) browser = signed_in_as(ROLE_SUPERVISOR);
  test_get(browser, "/protocols/frustrated/edit");
  g_assert_true(test_shows(browser, "Step 5"));
  g_assert_true(test_shows(browser, "Step 7 (empty: left out)"));
  test_post(
    browser, "/protocols/frustrated",
    "seen=1&title=Frustrated+%3Cb%3E&behaviour=frustrated&why=Because.&place1=2&key1=restate&title1=Restate&action1=Say+it."
    "&check1=restate&place2=1&title2=Breathe&action2=In+and+out.&example2=&check2=&place3=3&title3=+&action3=&example3=");
  g_assert_cmpstr(browser->location, ==, "/protocols/frustrated?kept=yes");
  test_get(browser, browser->location);
  g_assert_true(test_shows(browser, "Frustrated &lt;b&gt;"));
  g_assert_true(test_shows(browser, "Version 2, by Nuala, 22 Nov 2026"));
  g_assert_true(strstr(browser->body, "step-breathe") < strstr(browser->body, "step-restate"));
  test_get(browser, "/protocols/frustrated/history");
  g_assert_true(test_shows(browser, "<del># empathy: Show empathy</del>"));
  g_assert_true(test_shows(browser, "<ins># breathe: Breathe</ins>"));
  test_post(browser, "/protocols/frustrated/restore", "version=1");
  test_get(browser, "/protocols/frustrated");
  g_assert_true(test_shows(browser, "Version 3, back to version 1, by Nuala"));
  g_assert_true(test_shows(browser, "Show empathy"));
}

static void what_cannot_be_kept_comes_back_with_the_reason(void) {
  g_autoptr(TestBrowser) browser = signed_in_as(ROLE_SUPERVISOR);
  test_get(browser, "/protocols/new");
  test_post(browser, "/protocols/new", "title=Recall&title1=Tell+them&action1=&example1=Stop+riding.");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "Step 1 does not say what to do"));
  g_assert_true(test_shows(browser, "Stop riding."));
  test_get(browser, "/scripts/new");
  test_post(browser, "/scripts/new", "title=Recall&text=Hello+%7B%7BMy+Name%7D%7D");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "is no blank"));
  test_post(browser, "/scripts/new",
            "title=Recall&text=Hello+%7B%7Bcustomer.first%7D%7D%2C+bring+it+by+%7B%7Bday%7D%7D.&situation=Recall");
  g_assert_cmpstr(browser->location, ==, "/scripts/recall?kept=yes");
  test_get(browser, "/scripts/recall");
  g_assert_true(test_shows(browser, "<code>day</code>"));
  g_assert_null(strstr(browser->body, "<code>customer.first</code>"));
}

static void two_who_change_at_once_are_told(void) {
  g_autoptr(TestBrowser) browser = signed_in_as(ROLE_SUPERVISOR);
  test_get(browser, "/scripts/follow-up/edit");
  test_post(browser, "/scripts/follow-up", "seen=1&title=Follow-up&text=First.");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, "/scripts/follow-up/edit");
  test_post(browser, "/scripts/follow-up", "seen=1&title=Follow-up&text=Second.");
  g_assert_cmpint(browser->status, ==, 409);
  g_assert_true(test_shows(browser, "Somebody changed it while you were writing"));
  g_assert_true(test_shows(browser, "Second.</textarea>"));
  test_post(browser, "/scripts/follow-up", "seen=2&title=Follow-up&text=Second.");
  g_assert_cmpint(browser->status, ==, 303);
}

static void scripts_are_found_by_a_part(void) {
  g_autoptr(TestBrowser) browser = signed_in_as(ROLE_AGENT);
  test_get(browser, "/scripts?q=ARRIVED+BRO");
  g_assert_true(test_shows(browser, "It arrived broken"));
  g_assert_null(strstr(browser->body, "Charged twice"));
  test_get(browser, "/scripts?q=&need=learning&behaviour=&situation=");
  g_assert_true(test_shows(browser, "Why it happened"));
  g_assert_null(strstr(browser->body, "Charged twice"));
  test_get(browser, "/scripts?q=%22%3E%3Cscript%3E");
  g_assert_true(test_shows(browser, "Nothing fits"));
  g_assert_null(strstr(browser->body, "\"><script>"));
}

static void the_steps_stand_above_the_answer(void) {
  g_autoptr(TestBrowser) browser = signed_in_as(ROLE_AGENT);
  int64_t number = write_frustrated(browser);
  test_get(browser, path_of(browser, number, ""));
  g_assert_true(test_shows(browser, "A frustrated customer"));
  g_assert_true(test_shows(browser, "aria-checked=\"false\" aria-readonly=\"true\" data-step=\"restate\""));
  g_assert_true(test_shows(browser, "data-step=\"agreement\""));
  test_post(browser, path_of(browser, number, "/protocol"), "protocol=saying-no&view=open");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, path_of(browser, number, ""));
  g_assert_true(test_shows(browser, "data-step=\"who_decides\""));
  g_assert_true(test_shows(browser, "(your choice)"));
  test_post(browser, path_of(browser, number, "/protocol"), "protocol=&view=open");
  test_get(browser, path_of(browser, number, ""));
  g_assert_null(strstr(browser->body, "data-step=\"who_decides\""));
}

static const Draft *draft_of(TestBrowser *browser, int64_t number) {
  g_autoptr(GError) error = NULL;
  Staff *nuala = staff_find(browser->arena, browser->test->desk, "nuala@godwit.example", &error);
  Draft *draft = NULL;
  g_assert_true(draft_load(browser->arena, browser->test->desk, nuala->id, number, DRAFT_REPLY, &draft, &error));
  return draft;
}

static void a_script_comes_below_what_was_written(void) {
  g_autoptr(TestBrowser) browser = signed_in_as(ROLE_AGENT);
  int64_t number = write_frustrated(browser);
  test_get(browser, path_of(browser, number, ""));
  test_post(browser, path_of(browser, number, "/insert"),
            "script=damaged-on-arrival&text=My+own+words.&cc=boss%40godwit.example&view=open");
  g_assert_cmpstr(browser->location, ==, path_of(browser, number, "?view=open#composer"));
  const Draft *draft = draft_of(browser, number);
  g_assert_true(g_str_has_prefix(draft->text, "My own words.\n\nHello Agnes,\n\nyou looked forward to {{thing}}"));
  g_assert_cmpstr(draft->cc, ==, "boss@godwit.example");
  test_get(browser, path_of(browser, number, "/scripts?q=settled"));
  g_assert_true(test_shows(browser, "Asking whether it is settled"));
  test_post(browser, path_of(browser, number, "/insert"), "script=closing-with-agreement"); // from the list of all
  draft = draft_of(browser, number);
  g_assert_nonnull(strstr(draft->text, "My own words."));
  g_assert_nonnull(strstr(draft->text, "Is it settled for you too?"));
  g_assert_cmpstr(draft->cc, ==, "boss@godwit.example");
  test_get(browser, path_of(browser, number, ""));
  test_post(browser, path_of(browser, number, "/insert"), "script=nothing&text=");
  g_assert_cmpint(browser->status, ==, 404);
}

static void an_answer_with_a_blank_is_not_sent_and_says_which(void) {
  g_autoptr(TestBrowser) browser = signed_in_as(ROLE_AGENT);
  int64_t number = write_frustrated(browser);
  test_get(browser, path_of(browser, number, ""));
  test_post(browser, path_of(browser, number, "/reply"), "text=I+pay+%7B%7Bamount%7D%7D+by+%7B%7Bday%7D%7D.&seen=0&view=open");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "Something is still to be filled in, so nothing was sent: {{amount}}, {{day}}."));
  g_assert_true(test_shows(browser, "I pay {{amount}} by {{day}}."));
  g_assert_true(test_shows(browser, "name=\"blanks\" value=\"{{amount}}, {{day}}\""));
  test_post(
    browser, path_of(browser, number, "/reply"),
    "text=I+pay+%7B%7Bamount%7D%7D.&blanks=%7B%7Bamount%7D%7D%2C+%7B%7Bday%7D%7D&seen=0&view=open"); // one is filled in now
  g_assert_cmpint(browser->status, ==, 422);
  test_post(browser, path_of(browser, number, "/reply"),
            "text=I+pay+%7B%7Bamount%7D%7D.&blanks=%7B%7Bamount%7D%7D&seen=0&view=open");
  g_assert_cmpint(browser->status, ==, 303);
}

static void the_list_for_the_stroke_is_filled_in(void) {
  g_autoptr(TestBrowser) browser = signed_in_as(ROLE_AGENT);
  int64_t number = write_frustrated(browser);
  test_get(browser, path_of(browser, number, "/scripts/find?q="));
  g_assert_cmpstr(browser->type, ==, "application/json");
  g_autoptr(Json) answer = json_read(browser->body, NULL);
  const Json *scripts = json_object_get(answer, "scripts"), *first = json_array_get(scripts, 0);
  g_assert_cmpuint(json_array_size(scripts), >=, 5);
  g_assert_nonnull(strstr(json_get_text(browser->arena, first, "text"), "Hello Agnes"));
  g_assert_nonnull(strstr(json_get_text(browser->arena, first, "for"), "frustrated"));
  test_get(browser, path_of(browser, number, "/scripts/find?q=nothing+has+these+words"));
  g_assert_true(test_shows(browser, "{\"scripts\":[]}"));
  test_get(browser, path_of(browser, number, ""));
  test_post(browser, path_of(browser, number, "/scripts/follow-up/use"), "x=1");
  g_assert_cmpint(browser->status, ==, 200);
}

// Every page of the desk, asked for by an administrator with every small number and word in its address.
static void ask_for_everything(TestBrowser *browser) {
  static const char *const numbers[] = {"1001", "1", "2", "3"}, *const words[] = {"calm", "follow-up", "failed"};
  for (const WebRoute *const *table = pages_tables(); *table; table++)
    for (const WebRoute *route = *table; route->pattern; route++) {
      if (route->method != WEB_GET || strcmp(route->pattern, "/live") == 0) continue; // that one does not end
      g_auto(GStrv) parts = g_strsplit(route->pattern, ":", 3);
      size_t tries = parts[1] ? G_N_ELEMENTS(numbers) + G_N_ELEMENTS(words) : 1;
      for (size_t i = 0; i < tries; i++) {
        const char *value = i < G_N_ELEMENTS(numbers) ? numbers[i] : words[i - G_N_ELEMENTS(numbers)];
        const char *path = parts[0];
        for (size_t p = 1; parts[p]; p++)
          path = arena_printf(browser->arena, "%s%s%s", path, p == 1 ? value : "1", parts[p] + strcspn(parts[p], "/"));
        test_get(browser, path);
        g_assert_null(memmem(browser->bytes.data, browser->bytes.size, SECRET, strlen(SECRET)));
      }
    }
}

static void a_reflection_is_its_writers_alone(void) {
  g_autoptr(TestBrowser) browser = test_browser_new();
  add_person(browser, "Nuala", "nuala@godwit.example", ROLE_ADMINISTRATOR);
  int64_t number = write_frustrated(browser);
  test_sign_in(browser, "mira@godwit.example");
  test_get(browser, path_of(browser, number, ""));
  test_post(browser, path_of(browser, number, "/reflection"),
            "moment=before&first=" SECRET "&second=To+listen.&third=&view=open");
  g_assert_cmpint(browser->status, ==, 303);
  test_get(browser, path_of(browser, number, ""));
  g_assert_true(test_shows(browser, SECRET));
  test_get(browser, "/reflections");
  g_assert_true(test_shows(browser, SECRET));
  test_get(browser, "/account");
  test_post(browser, "/sign-out", "");
  test_sign_in(browser, "nuala@godwit.example");
  ask_for_everything(browser);
  for (int id = 1; id < 4; id++) {
    test_get(browser, "/account");
    test_post(browser, arena_printf(browser->arena, "/reflections/%d/forget", id), "");
    g_assert_cmpint(browser->status, ==, 404);
  }
  Reflection *kept = NULL;
  g_assert_true(
    reflection_load(browser->arena, browser->test->desk, browser->test->mira.id, number, REFLECTION_BEFORE, &kept, NULL));
  g_assert_nonnull(kept); // and nothing that an administrator pressed took it away
}

static void i_can_forget_mine(void) {
  g_autoptr(TestBrowser) browser = signed_in_as(ROLE_AGENT);
  int64_t number = write_frustrated(browser);
  test_get(browser, path_of(browser, number, ""));
  test_post(browser, path_of(browser, number, "/reflection"), "moment=after&first=" SECRET "&second=&third=&view=open");
  test_get(browser, "/reflections");
  g_assert_true(test_shows(browser, "/reflections/1/forget"));
  test_post(browser, "/reflections/1/forget", "");
  test_get(browser, "/reflections");
  g_assert_true(test_shows(browser, "Nothing is kept"));
  test_get(browser, path_of(browser, number, ""));
  test_post(browser, path_of(browser, number, "/reflection"), "moment=never&first=x");
  g_assert_cmpint(browser->status, ==, 400);
}

static void a_call_becomes_a_conversation(void) {
  g_autoptr(TestBrowser) browser = signed_in_as(ROLE_AGENT);
  test_get(browser, "/conversations/new");
  g_assert_true(test_shows(browser, "Exchange names")); // the protocol is at hand
  g_assert_true(test_shows(browser, "My name is Nuala."));
  test_post(browser, "/conversations/new", "channel=phone&said=&name=&phone=&email=nobody&subject=&note=Kept");
  g_assert_cmpint(browser->status, ==, 422);
  g_assert_true(test_shows(browser, "Write down what they say"));
  g_assert_true(test_shows(browser, "is not an e-mail address"));
  g_assert_true(test_shows(browser, "Kept</textarea>"));
  test_post(browser, "/conversations/new",
            "channel=walk-in&said=The+saddle+is+torn.&name=Old+Tom&phone=01+234+567&email=&subject=Saddle&note=");
  g_assert_cmpstr(browser->location, ==, "/conversations/1001?view=mine&logged=yes#latest");
  test_get(browser, "/conversations/1001?view=mine&logged=yes");
  g_assert_true(test_shows(browser, "The number to tell them is <b>#1001</b>"));
  g_assert_true(test_shows(browser, "at the counter"));
  g_assert_true(test_shows(browser, "The saddle is"));
  g_assert_true(test_shows(browser, "This customer has no address that mail can be sent to."));
  g_assert_true(test_shows(browser, "01 234 567"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  g_test_add_func("/pages/protocol/agents-read-supervisors-change", agents_read_and_supervisors_change);
  g_test_add_func("/pages/protocol/changed-and-brought-back", a_protocol_is_changed_reordered_and_brought_back);
  g_test_add_func("/pages/protocol/refused-with-the-reason", what_cannot_be_kept_comes_back_with_the_reason);
  g_test_add_func("/pages/protocol/two-at-once", two_who_change_at_once_are_told);
  g_test_add_func("/pages/protocol/steps-above-the-answer", the_steps_stand_above_the_answer);
  g_test_add_func("/pages/script/found-by-a-part", scripts_are_found_by_a_part);
  g_test_add_func("/pages/script/below-what-was-written", a_script_comes_below_what_was_written);
  g_test_add_func("/pages/script/blanks-are-not-sent", an_answer_with_a_blank_is_not_sent_and_says_which);
  g_test_add_func("/pages/script/list-for-the-stroke", the_list_for_the_stroke_is_filled_in);
  g_test_add_func("/pages/reflection/writers-alone", a_reflection_is_its_writers_alone);
  g_test_add_func("/pages/reflection/forget", i_can_forget_mine);
  g_test_add_func("/pages/log/call", a_call_becomes_a_conversation);
  return g_test_run();
}
