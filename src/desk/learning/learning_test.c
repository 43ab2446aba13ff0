// Judging readings and learning from it, on a desk of its own.
#include "desk/testing.h"

#include "desk/conversation/verbs.h"
#include "desk/learning/learning.h"

#define AGNES "Agnes Moor <agnes@moor.example>"
#define FURIOUS "This is a disgrace. You people are useless liars and I am furious."
#define CALM "Hello, could you tell me when my bell arrives? Thank you."

static ReceivedResult write_as(TestDesk *test, const char *id, const char *parent, const char *body) {
  test->clock.set_to += CLOCK_MINUTE;
  return test_write(test, AGNES, id, "My bell", parent, body);
}

static void correct(TestDesk *test, const Staff *staff, int64_t message, CorrectionKind kind, int value) {
  g_autoptr(GError) error = NULL;
  int64_t number = 0;
  reading_correct(test->desk, staff, message, kind, value, &number, &error);
  g_assert_no_error(error);
}

static void confirm(TestDesk *test, const Staff *staff, int64_t message) {
  g_autoptr(GError) error = NULL;
  int64_t number = 0;
  reading_confirm(test->desk, staff, message, &number, &error);
  g_assert_no_error(error);
}

static const ShownReading *reading_of(TestDesk *test, int64_t number, int64_t message_id) {
  Thread thread = test_thread(test, number);
  list_each(const Message, message, &thread.messages)
    if (message->id == message_id) return message->reading;
  return NULL;
}

static int64_t upset_count(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  ViewCounts counts;
  conversation_counts(test->arena, test->desk, test->mira.id, &counts, &error);
  g_assert_no_error(error);
  return counts.views[VIEW_UPSET];
}

static size_t upset_rows(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  ConversationPage page;
  conversation_list(test->arena, test->desk, VIEW_UPSET, test->mira.id, 0, 0, &page, &error);
  g_assert_no_error(error);
  return page.rows.count;
}

static void assert_sound(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  TextList findings = {0};
  desk_verify(test->arena, test->desk, &findings, &error);
  g_assert_no_error(error);
  list_each(const Text, finding, &findings) g_test_message("%s", *finding);
  g_assert_cmpuint(findings.count, ==, 0);
}

static LearningReport report_of(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  LearningReport report;
  learning_report(test->arena, test->desk, &report, &error);
  g_assert_no_error(error);
  return report;
}

static int64_t judgements(TestDesk *test) {
  LearningReport report = report_of(test);
  int64_t count = 0;
  list_each(const AgreementCell, cell, &report.agreement) count += cell->count;
  return count;
}

static void a_correction_counts_at_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult mail = write_as(test, "a1@x", NULL, FURIOUS);
  g_assert_cmpint(reading_of(test, mail.number, mail.message_id)->behaviour, >=, BEHAVIOUR_HOSTILE);
  correct(test, &test->mira, mail.message_id, CORRECTION_BEHAVIOUR, BEHAVIOUR_CALM);
  correct(test, &test->mira, mail.message_id, CORRECTION_NEED, NEED_LEARNING);
  correct(test, &test->mira, mail.message_id, CORRECTION_EMOTION, EMOTION_JOY);
  const ShownReading *reading = reading_of(test, mail.number, mail.message_id);
  g_assert_cmpint(reading->behaviour, ==, BEHAVIOUR_CALM);
  g_assert_cmpint(reading->need, ==, NEED_LEARNING);
  g_assert_cmpint(reading->emotion, ==, EMOTION_JOY);
  g_assert_cmpint(reading->judged, ==, 7);
  Thread thread = test_thread(test, mail.number);
  g_assert_cmpint(thread.conversation->behaviour, ==, BEHAVIOUR_CALM);
  g_assert_cmpint(thread.events.items[thread.events.count - 1].kind, ==, EVENT_JUDGED);
}

static void upset_customers_have_a_view_that_follows_judgements(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ReceivedResult mail = write_as(test, "a1@x", NULL, FURIOUS);
  test_write(test, "Ben <ben@x.example>", "b1@x", "Hello", NULL, CALM);
  g_assert_cmpint(upset_count(test), ==, 1);
  g_assert_cmpuint(upset_rows(test), ==, 1);
  correct(test, &test->mira, mail.message_id, CORRECTION_BEHAVIOUR, BEHAVIOUR_CALM);
  g_assert_cmpint(upset_count(test), ==, 0);
  g_assert_cmpuint(upset_rows(test), ==, 0);
  correct(test, &test->jonas, mail.message_id, CORRECTION_BEHAVIOUR, BEHAVIOUR_HOSTILE);
  g_assert_cmpint(upset_count(test), ==, 1);
  conversation_solve(test->desk, &test->mira, mail.number, &error);
  g_assert_no_error(error);
  g_assert_cmpint(upset_count(test), ==, 0);
  assert_sound(test);
  write_as(test, "a2@x", "a1@x", FURIOUS);
  g_assert_cmpint(upset_count(test), ==, 1);
  write_as(test, "a3@x", "a2@x", CALM);
  g_assert_cmpint(upset_count(test), ==, 0);
  assert_sound(test);
}

static void judging_an_older_message_leaves_the_conversation_as_it_is(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult first = write_as(test, "a1@x", NULL, FURIOUS);
  write_as(test, "a2@x", "a1@x", CALM);
  correct(test, &test->mira, first.message_id, CORRECTION_BEHAVIOUR, BEHAVIOUR_ABUSIVE);
  g_assert_cmpint(reading_of(test, first.number, first.message_id)->behaviour, ==, BEHAVIOUR_ABUSIVE);
  g_assert_cmpint(test_thread(test, first.number).conversation->behaviour, ==, BEHAVIOUR_CALM);
  g_assert_cmpint(upset_count(test), ==, 0);
  assert_sound(test);
}

static void saying_the_same_again_changes_nothing(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult mail = write_as(test, "a1@x", NULL, FURIOUS);
  confirm(test, &test->mira, mail.message_id);
  int64_t events = (int64_t)test_thread(test, mail.number).events.count;
  confirm(test, &test->mira, mail.message_id);
  g_assert_cmpint((int64_t)test_thread(test, mail.number).events.count, ==, events);
  g_assert_cmpint(judgements(test), ==, 3); // one for each kind
}

static void agreement_counts_the_newest_word_on_each_message(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult mail = write_as(test, "a1@x", NULL, FURIOUS);
  Behaviour read = reading_of(test, mail.number, mail.message_id)->behaviour;
  correct(test, &test->mira, mail.message_id, CORRECTION_BEHAVIOUR, BEHAVIOUR_CALM);
  correct(test, &test->jonas, mail.message_id, CORRECTION_BEHAVIOUR, BEHAVIOUR_FRUSTRATED);
  LearningReport report = report_of(test);
  g_assert_cmpuint(report.agreement.count, ==, 1);
  g_assert_cmpint(report.agreement.items[0].read_value, ==, (int)read); // what the engine said, not what Mira made of it
  g_assert_cmpint(report.agreement.items[0].value, ==, BEHAVIOUR_FRUSTRATED);
}

static void what_is_no_value_or_no_reading_is_refused(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = 0;
  ReceivedResult mail = write_as(test, "a1@x", NULL, CALM);
  g_assert_false(
    reading_correct(test->desk, &test->mira, mail.message_id, CORRECTION_BEHAVIOUR, BEHAVIOUR_COUNT, &number, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  g_clear_error(&error);
  g_assert_false(reading_correct(test->desk, &test->mira, mail.message_id, CORRECTION_NEED, -1, &number, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  g_clear_error(&error);
  g_assert_false(reading_confirm(test->desk, &test->mira, 999999, &number, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

// Forty customers use a word that the engine cannot know, and agents say what it means here.
static void teach(TestDesk *test, int from, int to) {
  for (int i = from; i < to; i++) {
    const char *id = arena_printf(test->arena, "t%d@x", i);
    const char *body = i % 2 ? arena_printf(test->arena, "The bell number %d is totally wibbled, as so often.", i)
                             : arena_printf(test->arena, "The bell number %d is on the handlebar, as so often.", i);
    ReceivedResult mail = test_write(test, arena_printf(test->arena, "C%d <c%d@x.example>", i, i), id, "Bell", NULL, body);
    correct(test, &test->mira, mail.message_id, CORRECTION_BEHAVIOUR, i % 2 ? BEHAVIOUR_FRUSTRATED : BEHAVIOUR_CALM);
  }
}

static Reading *read_now(TestDesk *test, const char *text) {
  g_autoptr(GError) error = NULL;
  Reading *reading = NULL;
  learning_read(test->arena, test->desk, text, strlen(text), &reading, &error);
  g_assert_no_error(error);
  return reading;
}

static void renew(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  learning_renew(test->desk, &error);
  g_assert_no_error(error);
}

static void the_desk_learns_what_its_people_say(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  const char *unseen = "The bell number 99 is totally wibbled, as so often.";
  g_assert_false(report_of(test).is_due);
  g_assert_cmpint(read_now(test, unseen)->behaviour, ==, BEHAVIOUR_CALM);
  teach(test, 0, 160);
  g_assert_true(report_of(test).is_due);
  renew(test);
  LearningReport report = report_of(test);
  g_assert_false(report.is_due);
  g_assert_nonnull(report.learnt);
  g_assert_cmpint(report.learnt->corrections, ==, 160);
  g_assert_cmpuint(report.accuracy.count, >=, 1);
  list_each(const LearntAccuracy, accuracy, &report.accuracy) {
    if (accuracy->kind != CORRECTION_BEHAVIOUR) continue;
    g_assert_cmpint(accuracy->held_out, >=, 5); // about a tenth of 160
    g_assert_cmpint(accuracy->held_out, <=, 40);
    g_assert_cmpint(accuracy->right_after, >, accuracy->right_before);
  }
  g_assert_cmpint(read_now(test, unseen)->behaviour, ==, BEHAVIOUR_FRUSTRATED);
}

static void forgetting_brings_the_shipped_engine_back(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const char *unseen = "The bell number 99 is totally wibbled, as so often.";
  teach(test, 0, 160);
  renew(test);
  learning_reset(test->desk, &error);
  g_assert_no_error(error);
  g_assert_cmpint(read_now(test, unseen)->behaviour, ==, BEHAVIOUR_CALM);
  LearningReport report = report_of(test);
  g_assert_false(report.is_due);
  g_assert_null(report.learnt);
  g_assert_cmpuint(report.agreement.count, ==, 0);
  ExportedLessonList lessons = {0};
  g_assert_true(learning_export(test->arena, test->desk, 0, &lessons, &error));
  g_assert_cmpuint(lessons.count, ==, 160); // nothing that people said is lost
  teach(test, 200, 202);
  g_assert_true(report_of(test).is_due);
}

static void switched_off_nothing_is_read(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  learning_switch(test->desk, false, &error);
  g_assert_no_error(error);
  ReceivedResult mail = write_as(test, "a1@x", NULL, FURIOUS);
  g_assert_cmpint(mail.state, ==, RECEIVED_FILED);
  g_assert_null(reading_of(test, mail.number, mail.message_id));
  g_assert_cmpint(upset_count(test), ==, 0);
  learning_switch(test->desk, true, &error);
  g_assert_no_error(error);
  mail = write_as(test, "a2@x", "a1@x", FURIOUS);
  g_assert_nonnull(reading_of(test, mail.number, mail.message_id));
}

static void what_another_engine_learnt_is_passed_over_and_learnt_anew(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  const char *unseen = "The bell number 99 is totally wibbled, as so often.";
  teach(test, 0, 160);
  renew(test);
  g_assert_cmpint(read_now(test, unseen)->behaviour, ==, BEHAVIOUR_FRUSTRATED);
  // As an older version of the program left it: its letters differ, and it was made at another time.
  g_assert_true(db_run_script(test->desk->db, "UPDATE learnt SET made_at = 1, delta = (SELECT hash FROM blob LIMIT 1)", &error));
  g_assert_no_error(error);
  g_assert_cmpint(read_now(test, unseen)->behaviour, ==, BEHAVIOUR_CALM);
  g_assert_true(report_of(test).is_due);
  renew(test);
  g_assert_cmpint(read_now(test, unseen)->behaviour, ==, BEHAVIOUR_FRUSTRATED);
  LearningReport report = report_of(test);
  g_assert_false(report.is_due);
  g_assert_cmpuint(report.accuracy.count, ==, CORRECTION_KIND_COUNT); // once each
}

static void take_back(TestDesk *test, const Staff *staff, int64_t message) {
  g_autoptr(GError) error = NULL;
  int64_t number = 0;
  reading_take_back(test->desk, staff, message, &number, &error);
  g_assert_no_error(error);
}

static size_t judged_by(TestDesk *test, const Staff *staff, int64_t number) {
  g_autoptr(GError) error = NULL;
  IntList messages = {0};
  reading_judged_by(test->arena, test->desk, staff, number, &messages, &error);
  g_assert_no_error(error);
  return messages.count;
}

static void a_word_taken_back_leaves_what_was_read(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult mail = write_as(test, "a1@x", NULL, FURIOUS);
  const ShownReading *read = reading_of(test, mail.number, mail.message_id);
  correct(test, &test->mira, mail.message_id, CORRECTION_BEHAVIOUR, BEHAVIOUR_CALM);
  correct(test, &test->mira, mail.message_id, CORRECTION_NEED, NEED_LEARNING);
  g_assert_cmpint(upset_count(test), ==, 0);
  g_assert_cmpuint(judged_by(test, &test->mira, mail.number), ==, 1);
  g_assert_cmpuint(judged_by(test, &test->jonas, mail.number), ==, 0);
  take_back(test, &test->jonas, mail.message_id); // has said nothing
  g_assert_cmpint(judgements(test), ==, 2);
  take_back(test, &test->mira, mail.message_id);
  const ShownReading *now = reading_of(test, mail.number, mail.message_id);
  g_assert_cmpint(now->behaviour, ==, read->behaviour);
  g_assert_cmpint(now->need, ==, read->need);
  g_assert_cmpint(now->judged, ==, 0);
  g_assert_cmpint(upset_count(test), ==, 1);
  g_assert_cmpint(judgements(test), ==, 0);
  g_assert_cmpuint(judged_by(test, &test->mira, mail.number), ==, 0);
  assert_sound(test);
}

static void a_word_taken_back_leaves_what_others_say(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult mail = write_as(test, "a1@x", NULL, FURIOUS);
  int64_t id = mail.message_id;
  Behaviour read = reading_of(test, mail.number, id)->behaviour;
  correct(test, &test->mira, id, CORRECTION_BEHAVIOUR, BEHAVIOUR_FRUSTRATED);
  correct(test, &test->jonas, id, CORRECTION_BEHAVIOUR, BEHAVIOUR_CALM);
  take_back(test, &test->jonas, id);
  g_assert_cmpint(reading_of(test, mail.number, id)->behaviour, ==, BEHAVIOUR_FRUSTRATED); // Mira's again
  g_assert_cmpint(judgements(test), ==, 1);
  correct(test, &test->jonas, id, CORRECTION_BEHAVIOUR, BEHAVIOUR_CALM);
  take_back(test, &test->mira, id);
  g_assert_cmpint(reading_of(test, mail.number, id)->behaviour, ==, BEHAVIOUR_CALM); // Jonas's still
  take_back(test, &test->jonas, id);
  g_assert_cmpint(reading_of(test, mail.number, id)->behaviour, ==, read);
  g_assert_cmpint(reading_of(test, mail.number, id)->judged, ==, 0);
}

static void what_is_taken_back_is_forgotten_when_learning(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  ReceivedResult mail = write_as(test, "a1@x", NULL, FURIOUS);
  correct(test, &test->mira, mail.message_id, CORRECTION_BEHAVIOUR, BEHAVIOUR_CALM);
  renew(test);
  g_assert_cmpint(report_of(test).learnt->corrections, ==, 1);
  take_back(test, &test->mira, mail.message_id);
  g_assert_true(report_of(test).is_due);
  renew(test);
  g_assert_cmpint(report_of(test).learnt->corrections, ==, 0);
}

static void merged_conversations_are_upset_as_their_newest_message_is(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ReceivedResult calm = write_as(test, "a1@x", NULL, CALM), upset = write_as(test, "b1@x", NULL, FURIOUS);
  g_assert_cmpint(calm.number, !=, upset.number);
  conversation_merge(test->desk, &test->mira, upset.number, calm.number, &error);
  g_assert_no_error(error);
  g_assert_cmpint(upset_count(test), ==, 1);
  g_assert_cmpuint(upset_rows(test), ==, 1);
  assert_sound(test);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/learning/correct/counts-at-once", a_correction_counts_at_once);
  g_test_add_func("/learning/correct/older-message", judging_an_older_message_leaves_the_conversation_as_it_is);
  g_test_add_func("/learning/correct/twice", saying_the_same_again_changes_nothing);
  g_test_add_func("/learning/correct/refused", what_is_no_value_or_no_reading_is_refused);
  g_test_add_func("/learning/upset", upset_customers_have_a_view_that_follows_judgements);
  g_test_add_func("/learning/agreement", agreement_counts_the_newest_word_on_each_message);
  g_test_add_func("/learning/learns", the_desk_learns_what_its_people_say);
  g_test_add_func("/learning/forgets", forgetting_brings_the_shipped_engine_back);
  g_test_add_func("/learning/switched-off", switched_off_nothing_is_read);
  g_test_add_func("/learning/another-engine", what_another_engine_learnt_is_passed_over_and_learnt_anew);
  g_test_add_func("/learning/back/engine", a_word_taken_back_leaves_what_was_read);
  g_test_add_func("/learning/back/others", a_word_taken_back_leaves_what_others_say);
  g_test_add_func("/learning/back/unlearnt", what_is_taken_back_is_forgotten_when_learning);
  g_test_add_func("/learning/upset/merged", merged_conversations_are_upset_as_their_newest_message_is);
  return g_test_run();
}
