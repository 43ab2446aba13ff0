// Alerts: who hears of them, what is kept, and what one press does.
#include "desk/boundary/testing.h"

#include "base/json.h"
#include "desk/learning/learning.h"
#include "desk/notify/notice.h"
#include "desk/outbox/outbox.h"

#include <sodium.h>
#include <string.h>

#define THREAT "I know where you live. I will come to your office and hurt you."
#define DESPAIR "I do not want to live any more. I am going to kill myself."

static SafetyFile file_of(TestDesk *test, int64_t id) {
  g_autoptr(GError) error = NULL;
  SafetyFile file;
  safety_file(test->arena, test->desk, id, &file, &error);
  g_assert_no_error(error);
  return file;
}

static int64_t mails_to(TestDesk *test, const char *address) {
  g_autoptr(GError) error = NULL;
  OutboxMailList waiting = {0};
  int64_t count = 0;
  g_assert_true(notice_send_due(test->desk, &error)); // due at once, at whatever hour
  g_assert_true(outbox_list(test->arena, test->desk, &waiting, &error));
  list_each(const OutboxMail, mail, &waiting) count += strstr(mail->recipients, address) != NULL;
  return count;
}

static void a_threat_calls_every_supervisor(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  SafetyAlertList open = {0};
  test_house(test);
  test_set(test, "notices-an-hour", "0"); // a bound on news is no bound on this
  ReceivedResult came = test_write(test, TEST_GRIM, "a@x", "My bell", NULL, THREAT);
  g_assert_true(safety_open(test->arena, test->desk, &open, &error));
  g_assert_cmpuint(open.count, ==, 1);
  g_assert_cmpint(open.items[0].kind, ==, SAFETY_THREAT);
  g_assert_cmpint(open.items[0].number, ==, came.number);
  g_assert_null(open.items[0].raised_name);
  g_assert_cmpint(mails_to(test, "teodor@godwit.example"), ==, 1);
  g_assert_cmpint(mails_to(test, "ines@godwit.example"), ==, 1);
  g_assert_cmpint(mails_to(test, "mira@godwit.example"), ==, 0);
}

static void a_reading_raises_no_case(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  BoundaryCaseList cases = {0};
  bool more;
  test_house(test);
  test_write(test, TEST_GRIM, "a@x", "My bell", NULL, THREAT);
  g_assert_true(boundary_list(test->arena, test->desk, false, 0, &cases, &more, &error));
  g_assert_cmpuint(cases.count, ==, 0);
}

static void a_worry_is_no_abuse(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  SafetyAlertList open = {0};
  test_house(test);
  test_write(test, TEST_GRIM, "a@x", "My bill", NULL, DESPAIR);
  g_assert_true(safety_open(test->arena, test->desk, &open, &error));
  g_assert_cmpuint(open.count, ==, 1);
  g_assert_cmpint(open.items[0].kind, ==, SAFETY_WELFARE);
  g_assert_cmpstr(safety_protocol(open.items[0].kind), ==, "safety-welfare");
}

static void the_evidence_is_signed_and_whole(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  House house = test_house(test);
  Bytes bundle;
  test_write(test, TEST_GRIM, "a@x", "My bell", NULL, THREAT);
  SafetyFile file = file_of(test, 1);
  g_assert_cmpuint(file.evidence.count, ==, 1);
  g_assert_true(safety_evidence(test->arena, test->desk, 1, file.evidence.items[0].id, &bundle, &error));
  g_autoptr(Json) json = json_read(arena_strndup(test->arena, bundle.data, bundle.size), &error);
  g_assert_no_error(error);
  const char *payload = json_get_text(test->arena, json, "payload"), *protected = json_get_text(test->arena, json, "protected");
  const char *signature = json_get_text(test->arena, json, "signature");
  unsigned char key[64], head[1024], signed_by[crypto_sign_BYTES];
  char *body = arena_make_array(test->arena, char, strlen(payload) + 1);
  size_t size = 0, head_size = 0;
  int kind = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  g_assert_cmpint(sodium_base642bin((unsigned char *)body, strlen(payload), payload, strlen(payload), NULL, &size, NULL, kind),
                  ==, 0);
  g_assert_cmpint(sodium_base642bin(head, sizeof head - 1, protected, strlen(protected), NULL, &head_size, NULL, kind), ==, 0);
  head[head_size] = '\0';
  g_autoptr(Json) header = json_read((const char *)head, &error);
  const char *x = json_string_value(json_object_get(json_object_get(header, "jwk"), "x"));
  g_assert_cmpint(sodium_base642bin(key, sizeof key, x, strlen(x), NULL, &head_size, NULL, kind), ==, 0);
  g_assert_cmpint(sodium_base642bin(signed_by, sizeof signed_by, signature, strlen(signature), NULL, NULL, NULL, kind), ==, 0);
  const char *text = arena_printf(test->arena, "%s.%s", protected, payload);
  g_assert_cmpint(crypto_sign_verify_detached(signed_by, (const unsigned char *)text, strlen(text), key), ==, 0);
  g_assert_nonnull(strstr(body, "I know where you live"));
  g_assert_nonnull(strstr(body, "original_base64"));
  g_assert_nonnull(strstr(body, "\"threat\""));
  g_assert_true(safety_take(test->desk, &house.ines, 1, &error));
  g_assert_true(safety_tick(test->desk, &house.ines, 1, "person", true, &error));
  g_assert_false(safety_close(test->desk, &house.ines, 1, "  ", &error));
  g_clear_error(&error);
  g_assert_true(safety_close(test->desk, &house.ines, 1, "Police told; Pavel walks Mira home this week.", &error));
  file = file_of(test, 1);
  g_assert_cmpuint(file.evidence.count, ==, 2); // the first is as it was
  g_assert_cmpuint(file.ticks.count, ==, 1);
  g_assert_false(safety_close(test->desk, &house.ines, 1, "Again.", &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
}

static void one_press_by_an_agent_raises_it_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  House house = test_house(test);
  int64_t id = 0, again = 0, number = test_write(test, TEST_GRIM, "a@x", NULL, NULL, "See you at closing time.").number;
  int64_t message = test_newest_message(test, number);
  g_assert_true(safety_raise(test->desk, &test->mira, message, SAFETY_THREAT, &id, &error));
  g_assert_true(safety_raise(test->desk, &test->jonas, message, SAFETY_THREAT, &again, &error));
  g_assert_cmpint(again, ==, id);
  g_assert_cmpstr(file_of(test, id).alert->raised_name, ==, "Mira Lindqvist");
  g_assert_cmpint(mails_to(test, "pavel@godwit.example"), ==, 1);
  g_assert_true(safety_false_alarm(test->desk, &house.ines, id, BEHAVIOUR_COUNT, &error));
  g_assert_true(safety_raise(test->desk, &test->jonas, message, SAFETY_THREAT, &again, &error)); // they know better
  g_assert_cmpint(file_of(test, id).alert->state, ==, SAFETY_OPEN);
  int64_t reply = test_reply(test, number, "Hello.");
  g_assert_false(safety_raise(test->desk, &test->jonas, reply, SAFETY_THREAT, &again, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
}

static void a_false_alarm_teaches(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  House house = test_house(test);
  LearningReport report;
  int64_t number = test_write(test, TEST_GRIM, "a@x", "My bell", NULL, THREAT).number;
  g_assert_true(safety_false_alarm(test->desk, &house.ines, 1, BEHAVIOUR_FRUSTRATED, &error));
  const ShownReading *reading = test_thread(test, number).messages.items[0].reading;
  g_assert_cmpint(reading->flags & (1 << FLAG_THREAT), ==, 0);
  g_assert_cmpint(reading->behaviour, ==, BEHAVIOUR_FRUSTRATED);
  g_assert_true(reading->judged & (1 << CORRECTION_BEHAVIOUR));
  g_assert_true(learning_report(test->arena, test->desk, &report, &error));
  g_assert_true(report.is_due);                             // there is something to learn from
  g_assert_cmpuint(file_of(test, 1).evidence.count, ==, 1); // what was kept is kept
}

static void a_message_that_is_evidence_cannot_be_deleted(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  test_house(test);
  test_write(test, TEST_GRIM, "a@x", "My bell", NULL, THREAT);
  int64_t message = test_newest_message(test, 1001);
  g_assert_false(db_run_script(test->desk->db,
                               arena_printf(test->arena, "DELETE FROM message WHERE id = %" G_GINT64_FORMAT, message), &error));
  g_assert_nonnull(error);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/safety/threat", a_threat_calls_every_supervisor);
  g_test_add_func("/safety/no-case", a_reading_raises_no_case);
  g_test_add_func("/safety/worry", a_worry_is_no_abuse);
  g_test_add_func("/safety/evidence", the_evidence_is_signed_and_whole);
  g_test_add_func("/safety/by-hand", one_press_by_an_agent_raises_it_once);
  g_test_add_func("/safety/false-alarm", a_false_alarm_teaches);
  g_test_add_func("/safety/kept", a_message_that_is_evidence_cannot_be_deleted);
  return g_test_run();
}
