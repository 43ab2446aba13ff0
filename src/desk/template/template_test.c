// The words of automatic mail: in whose language, by which day, and in whose place an administrator's stand.
#include "desk/template/template.h"

#include "base/text.h"
#include "desk/conversation/verbs.h"
#include "desk/hours/hours.h"
#include "desk/testing.h"

static const Mailbox *the_mailbox(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  MailboxList mailboxes = {0};
  g_assert_true(mailbox_list(test->arena, test->desk, &mailboxes, &error));
  return &mailboxes.items[0];
}

static TemplateWords words_at(TestDesk *test, const char *language, int64_t moment, const Mailbox *mailbox) {
  g_autoptr(GError) error = NULL;
  TemplateWords words;
  AcknowledgementFacts facts = {.number = 1042,
                                .moment = moment,
                                .customer_name = "Anna",
                                .subject = "My {{number}} bell",
                                .mailbox = mailbox,
                                .language = language_find(language)};
  g_assert_true(template_acknowledgement(test->arena, test->desk, &facts, &words, &error));
  g_assert_no_error(error);
  return words;
}

static int64_t moment_of(const char *iso) {
  int64_t moment = 0;
  g_assert_true(clock_parse_iso(iso, &moment));
  return moment;
}

static void every_language_says_all_that_matters(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Mailbox mailbox = *the_mailbox(test);
  mailbox.zone = "UTC";
  size_t count = 0;
  for (const Language *language; (language = language_at(count)); count++) {
    TemplateWords words = words_at(test, language_code(language), moment_of("2026-11-20T10:00:00Z"), &mailbox);
    g_assert_nonnull(strstr(words.subject, "[#1042]"));
    g_assert_nonnull(strstr(words.subject, "My {{number}} bell")); // a value is never a template
    g_assert_nonnull(strstr(words.body, "#1042"));
    g_assert_nonnull(strstr(words.body, "Anna"));
    g_assert_nonnull(strstr(words.body, "17:00"));
    g_assert_nonnull(strstr(words.body, "Godwit Cycles"));
    g_assert_null(strstr(words.body, "{{"));
    g_assert_null(strchr(words.body, '!'));
  }
  g_assert_cmpuint(count, ==, 8);
}

static void every_language_says_what_was_too_large(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  for (size_t i = 0; language_at(i); i++) {
    g_autoptr(GError) error = NULL;
    TemplateWords words;
    TooLargeFacts facts = {1042, 63, "Anna", "My bell", the_mailbox(test), language_at(i)};
    g_assert_true(template_too_large(test->arena, test->desk, &facts, &words, &error));
    g_assert_nonnull(strstr(words.subject, "[#1042]"));
    g_assert_true(g_str_has_suffix(words.subject, "My bell"));
    g_assert_nonnull(strstr(words.body, "63 MB"));
    g_assert_nonnull(strstr(words.body, "Anna"));
    g_assert_nonnull(strstr(words.body, "Godwit Cycles"));
    g_assert_null(strstr(words.body, "{{"));
    bool is_english = strcmp(language_code(language_at(i)), "en") == 0;
    g_assert_cmpint(strstr(words.body, "smaller parts") != NULL, ==, is_english); // each has words of its own
  }
}

static void promises_the_next_working_day_where_the_mailbox_is(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Mailbox mailbox = *the_mailbox(test);
  mailbox.zone = "Europe/Dublin";
  mailbox.closes_at = 17 * 60 + 30;
  static const struct {
    const char *moment, *day;
  } cases[] = {
    {"2026-11-18T10:00:00Z", "Thursday, 19 November, 17:30"}, // Wednesday
    {"2026-11-20T10:00:00Z", "Monday, 23 November, 17:30"},   // Friday
    {"2026-11-21T10:00:00Z", "Monday, 23 November, 17:30"},
    {"2026-11-22T23:30:00Z", "Monday, 23 November, 17:30"}, // Sunday, late
    {"2026-07-20T23:30:00Z", "Wednesday, 22 July, 17:30"},  // Tuesday already in Dublin's summer
    {"2026-12-31T12:00:00Z", "Friday, 1 January, 17:30"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
    g_assert_nonnull(strstr(words_at(test, "en", moment_of(cases[i].moment), &mailbox).body, cases[i].day));
  mailbox.zone = "Pacific/Auckland"; // where it is Thursday already
  g_assert_nonnull(
    strstr(words_at(test, "de", moment_of("2026-11-18T20:00:00Z"), &mailbox).body, "Freitag, den 20. November, 17:30"));
}

static void promises_a_day_on_which_the_desk_is_open(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t added = 0;
  OpeningList week = {0};
  Mailbox mailbox = *the_mailbox(test); // without a zone of its own
  for (int weekday = 1; weekday <= 6; weekday++) g_assert_null(hours_read_openings(test->arena, weekday, "10-18", &week));
  g_assert_true(hours_set_week(test->desk, &week, &error));
  g_assert_true(hours_set_zone(test->desk, "Pacific/Auckland", &error));
  g_assert_true(holiday_import(test->desk, holiday_set_find("england-and-wales"), &added, &error));
  // A Thursday evening in UTC is Friday in Auckland, and Saturday is open there; the days after Christmas are not.
  g_assert_nonnull(
    strstr(words_at(test, "en", moment_of("2026-11-19T20:00:00Z"), &mailbox).body, "Saturday, 21 November, 17:00"));
  g_assert_nonnull(strstr(words_at(test, "en", moment_of("2026-12-26T01:00:00Z"), &mailbox).body, "Tuesday, 29 December, 17:00"));
  mailbox.zone = "UTC";
  g_assert_nonnull(strstr(words_at(test, "en", moment_of("2026-11-19T20:00:00Z"), &mailbox).body, "Friday, 20 November, 17:00"));
}

static void an_empty_name_leaves_no_hole(void) {
  g_autoptr(Arena) arena = arena_new();
  const TemplateValue nobody[] = {{"name", ""}, {0}}, anna[] = {{"name", "Anna"}, {0}};
  g_assert_cmpstr(template_fill(arena, "Subject: x\n\nHello{{ name}},", nobody).body, ==, "Hello,");
  g_assert_cmpstr(template_fill(arena, "Subject: x\n\nHello{{ name}},", anna).body, ==, "Hello Anna,");
  g_assert_cmpstr(template_fill(arena, "Subject: x\n\n{{ unknown }}{{", anna).body, ==, "{{");
}

static const char *acknowledged_in(TestDesk *test, int64_t number) {
  const Thread thread = test_thread(test, number);
  list_each(const Message, message, &thread.messages)
    if (message->kind == MESSAGE_AUTOMATIC) return message->body;
  g_assert_not_reached();
}

static void the_customer_is_answered_in_their_language(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const char *german = "Guten Tag, ich habe das Paket noch immer nicht bekommen und warte seit zwei Wochen auf die Lieferung.";
  int64_t first = test_write(test, "anna@a.example", "a1@x", NULL, NULL, german).number;
  g_assert_nonnull(strstr(acknowledged_in(test, first), "bis spätestens Montag"));
  test->clock.set_to += CLOCK_HOUR;
  int64_t second = test_write(test, "anna@a.example", "a2@x", "Neu", NULL, "12345 67890").number; // no words to tell by
  g_assert_nonnull(strstr(acknowledged_in(test, second), "Guten Tag"));
  Mailbox mailbox = *the_mailbox(test);
  mailbox.language = "pl";
  g_assert_true(mailbox_change(test->desk, &mailbox, &error));
  int64_t third = test_write(test, "bo@b.example", "b1@x", NULL, NULL, "98765").number;
  g_assert_nonnull(strstr(acknowledged_in(test, third), "Dzień dobry"));
}

static void an_administrators_words_come_first(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const Mailbox *mailbox = the_mailbox(test);
  Desk *desk = test->desk;
  g_assert_true(template_set(desk, TEMPLATE_ACKNOWLEDGEMENT, "en", 0, "Subject: All {{number}}\n\nFor all.", &error));
  g_assert_cmpstr(words_at(test, "en", 0, mailbox).subject, ==, "All 1042");
  g_assert_true(template_set(desk, TEMPLATE_ACKNOWLEDGEMENT, "en", mailbox->id, "Subject: Ours\n\nFor us, {{name}}.", &error));
  g_assert_cmpstr(words_at(test, "en", 0, mailbox).body, ==, "For us, Anna.");
  g_assert_cmpstr(words_at(test, "de", 0, mailbox).body, !=, "For us, Anna.");
  TemplateEntryList entries = {0};
  g_assert_true(template_list(test->arena, desk, &entries, &error));
  g_assert_cmpuint(entries.count, ==, 26); // eight languages, and what was written
  g_assert_true(template_reset(desk, TEMPLATE_ACKNOWLEDGEMENT, "en", mailbox->id, &error));
  g_assert_cmpstr(words_at(test, "en", 0, mailbox).body, ==, "For all.");
  g_assert_true(template_reset(desk, TEMPLATE_ACKNOWLEDGEMENT, "en", 0, &error));
  g_assert_false(template_reset(desk, TEMPLATE_ACKNOWLEDGEMENT, "en", 0, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

static void words_that_would_not_do_are_refused(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  static const char *const texts[] = {"", "Hello", "Subject: x", "Subject: x\n\n", "Subject:\n\nx", "Subject: x\n\n{{password}}"};
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(template_set(test->desk, TEMPLATE_ACKNOWLEDGEMENT, "en", 0, texts[i], &error));
    g_assert_true(error_is(error, ERROR_INVALID));
  }
  g_autoptr(GError) error = NULL;
  g_assert_false(template_set(test->desk, "farewell", "en", 0, "Subject: x\n\ny", &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
  g_clear_error(&error);
  g_assert_false(template_set(test->desk, TEMPLATE_ACKNOWLEDGEMENT, "tlh", 0, "Subject: x\n\ny", &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

// Names and subjects are chosen by strangers, and the mail goes to whoever they said they are.
static void nothing_a_stranger_writes_becomes_a_link(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number =
    test_write(test, "\"[Win](https://evil.example)\" <victim@a.example>", "a1@x", "**Win** <b>now</b>", NULL, NULL).number;
  const Thread thread = test_thread(test, number);
  Bytes raw;
  g_assert_true(message_original(test->arena, test->desk, thread.messages.items[1].id, &raw, &error));
  const Mail *mail = mail_parse(test->arena, raw);
  g_assert_nonnull(mail->html);
  g_assert_null(strstr(mail->html, "<a "));
  g_assert_null(strstr(mail->html, "<strong>"));
  g_assert_null(strstr(mail->html, "<b>"));
}

int main(int argc, char **argv) {
  g_setenv("TZ", "UTC", TRUE);
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/template/every-language", every_language_says_all_that_matters);
  g_test_add_func("/template/too-large-in-every-language", every_language_says_what_was_too_large);
  g_test_add_func("/template/promise", promises_the_next_working_day_where_the_mailbox_is);
  g_test_add_func("/template/promise-when-open", promises_a_day_on_which_the_desk_is_open);
  g_test_add_func("/template/empty-name", an_empty_name_leaves_no_hole);
  g_test_add_func("/template/language", the_customer_is_answered_in_their_language);
  g_test_add_func("/template/administrator", an_administrators_words_come_first);
  g_test_add_func("/template/refused", words_that_would_not_do_are_refused);
  g_test_add_func("/template/strangers", nothing_a_stranger_writes_becomes_a_link);
  return g_test_run();
}
