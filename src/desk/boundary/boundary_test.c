// A conduct case from the first report on: what a measure must say, who decides, what the letters carry, mail under a restriction,
// reviews, appeals, and time.
#include "desk/boundary/testing.h"

#include "desk/audit/audit.h"
#include "desk/conversation/verbs.h"
#include "desk/outbox/outbox.h"

#include <string.h>

static void refuse_measure(TestDesk *test, const Staff *actor, const MeasureDraft *draft, RapportError code, const char *words) {
  g_autoptr(GError) error = NULL;
  int64_t id = 0;
  g_assert_false(measure_propose(test->desk, actor, draft, &id, &error));
  g_assert_true(error_is(error, code));
  if (!strstr(error->message, words)) g_error("“%s” does not say “%s”", error->message, words);
}

static void refuse_decision(TestDesk *test, const Staff *actor, int64_t id, const char *words) {
  g_autoptr(GError) error = NULL;
  MeasureOutcome outcome;
  g_assert_false(measure_decide(test->desk, actor, id, true, "", NULL, &outcome, &error));
  g_assert_true(error_is(error, ERROR_FORBIDDEN) || error_is(error, ERROR_CONFLICT));
  if (!strstr(error->message, words)) g_error("“%s” does not say “%s”", error->message, words);
}

static void a_report_keeps_the_words_as_they_stood(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t number = test_write(test, TEST_GRIM, "a@x", NULL, NULL, "Where is my bell? Ihr seid Trottel, \xC3\xA4h. Bye.").number;
  int64_t message = test_newest_message(test, number), id = 0, again = 0;
  const char *body = test_thread(test, number).messages.items[0].body;
  int64_t start = strstr(body, "Ihr") - body;
  IncidentDraft draft = {.message_id = message, .start = start, .end = start + 16, .level = LEVEL_HOSTILE, .note = " twice "};
  g_assert_true(boundary_report(test->desk, &test->mira, &draft, &id, &error));
  g_assert_true(boundary_report(test->desk, &test->mira, &draft, &again, &error)); // pressed twice
  g_assert_cmpint(again, ==, id);
  BoundaryFile file = test_case(test, id);
  g_assert_cmpuint(file.incidents.count, ==, 1);
  g_assert_cmpstr(file.incidents.items[0].quote, ==, "Ihr seid Trottel");
  g_assert_cmpstr(file.incidents.items[0].note, ==, "twice");
  g_assert_cmpint(file.head->stage, ==, BOUNDARY_REPORTED);
  draft.end = (int64_t)strlen(body) + 1;
  draft.start = 3;
  g_assert_false(boundary_report(test->desk, &test->mira, &draft, &id, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  g_clear_error(&error);
  draft.start = strstr(body, "\xC3\xA4") - body + 1; // inside a character
  draft.end = draft.start + 2;
  g_assert_false(boundary_report(test->desk, &test->mira, &draft, &id, &error));
  g_clear_error(&error);
  draft.message_id = test_reply(test, number, "We look into it.");
  g_assert_false(boundary_report(test->desk, &test->mira, &draft, &id, &error)); // ours is no customer's
  g_assert_true(error_is(error, ERROR_INVALID));
}

static void one_case_for_a_customer(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t first = test_write(test, TEST_GRIM, "a@x", "One", NULL, NULL).number;
  int64_t second = test_write(test, TEST_GRIM, "b@x", "Two", NULL, NULL).number;
  int64_t other = test_write(test, "Agnes Moor <agnes@moor.example>", "c@x", "Three", NULL, NULL).number;
  int64_t id = test_report(test, &test->mira, test_newest_message(test, first), LEVEL_HOSTILE);
  g_assert_cmpint(test_report(test, &test->jonas, test_newest_message(test, second), LEVEL_HOSTILE), ==, id);
  g_assert_cmpint(test_report(test, &test->jonas, test_newest_message(test, other), LEVEL_HOSTILE), !=, id);
}

static void a_case_is_about_whose_words_they_are(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t agnes = test_write(test, "Agnes Moor <agnes@moor.example>", "a@x", "Our bell", NULL, NULL).number;
  ReceivedResult grim = test_write(test, TEST_GRIM, "b@x", "Our bell", NULL, TEST_ABUSE);
  g_assert_true(conversation_merge(test->desk, &test->mira, grim.number, agnes, &error)); // two who share a matter
  int64_t id = test_report(test, &test->mira, grim.message_id, LEVEL_HOSTILE);
  g_assert_cmpstr(test_case(test, id).head->customer_name, ==, "Victor Grim");
  g_assert_cmpint(test_report(test, &test->jonas, test_thread(test, agnes).messages.items[0].id, LEVEL_UNREASONABLE), !=, id);
}

static void a_measure_says_all_of_it_or_is_refused(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  House house = test_house(test);
  int64_t number = test_write(test, TEST_GRIM, "a@x", NULL, NULL, TEST_ABUSE).number;
  int64_t id = test_report(test, &test->mira, test_newest_message(test, number), LEVEL_THREAT), now = test->clock.set_to;
  MeasureDraft draft = test_measure(test, id, MEASURE_RESTRICTION);
  struct {
    MeasureDraft draft;
    const char *words;
  } wrong[] = {{draft, "what happened"},    {draft, "adjustments first"}, {draft, "how you know"},
               {draft, "until when"},       {draft, "a year at most"},    {draft, "when it is looked at"},
               {draft, "before it ends"},   {draft, "within six months"}, {draft, "what is restricted"},
               {draft, "outside body"},     {draft, "still open"},        {draft, "blank {{amount}}"},
               {draft, "Write the letter"}, {draft, "Leave {{appeal}}"}};
  wrong[0].draft.reason = " ";
  wrong[1].draft.adjustment = ADJUSTMENT_UNASKED;
  wrong[2].draft.adjustment_note = "";
  wrong[3].draft.ends_at = 0;
  wrong[4].draft.ends_at = now + 400 * CLOCK_DAY;
  wrong[5].draft.review_at = 0;
  wrong[6].draft.review_at = draft.ends_at + 1;
  wrong[7].draft.ends_at = now + 360 * CLOCK_DAY, wrong[7].draft.review_at = now + 300 * CLOCK_DAY;
  wrong[8].draft.channels = 0;
  wrong[9].draft.outside = "";
  wrong[10].draft.still_open = "";
  wrong[11].draft.letter = "We take {{amount}}. {{appeal}}";
  wrong[12].draft.letter = "";
  wrong[13].draft.letter = "No word about it.";
  for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
    refuse_measure(test, &house.teodor, &wrong[i].draft, ERROR_INVALID, wrong[i].words);
  test_propose(test, &house.teodor, &draft);
  refuse_measure(test, &house.ines, &draft, ERROR_CONFLICT, "Another measure waits");
}

static void somebody_else_decides_and_the_letter_leaves(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  House house = test_house(test);
  int64_t number = test_write(test, TEST_GRIM, "a@x", "My bell", NULL, TEST_ABUSE).number;
  int64_t id = test_report(test, &house.odile, test_newest_message(test, number), LEVEL_ABUSIVE);
  MeasureDraft draft = test_measure(test, id, MEASURE_WARNING);
  int64_t measure = test_propose(test, &house.teodor, &draft);
  refuse_decision(test, &house.teodor, measure, "You asked for this");
  refuse_decision(test, &house.odile, measure, "You reported an incident");
  refuse_decision(test, &test->mira, measure, "Supervisors decide");
  g_assert_cmpint(test_approve(test, &house.ines, measure), ==, MEASURE_OUT_HOLDS);
  refuse_decision(test, &house.pavel, measure, "already");
  BoundaryFile file = test_case(test, id);
  g_assert_cmpint(file.head->stage, ==, BOUNDARY_WARNED);
  g_assert_cmpint(file.measures.items[0].state, ==, MEASURE_HOLDS);
  const Mail *letter = test_sent_mail(test, file.measures.items[0].message_id);
  g_assert_nonnull(strstr(letter->text, "this is the letter. answer this letter and say why"));
  g_assert_null(strstr(letter->text, "idiots")); // nothing of theirs is quoted back
  g_assert_cmpint(letter->kind, ==, MAIL_PERSON);
  Conversation *conversation = test_thread(test, number).conversation;
  g_assert_cmpint(conversation->waiting_since, >, 0); // their question still waits for its answer
  g_assert_cmpint(conversation->state, ==, CONVERSATION_OPEN);
}

static void a_letter_goes_to_whom_it_is_about_alone(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  House house = test_house(test);
  OutboxMailList waiting = {0};
  int64_t number = test_write(test, TEST_GRIM, "a@x", "My bell", NULL, TEST_ABUSE).number;
  int64_t id = test_report(test, &test->mira, test_newest_message(test, number), LEVEL_ABUSIVE);
  g_assert_true(conversation_change_customer(test->desk, &test->mira, number, "agnes@moor.example", "Agnes Moor", &error));
  MeasureDraft draft = test_measure(test, id, MEASURE_WARNING);
  g_assert_cmpint(test_approve(test, &house.ines, test_propose(test, &house.teodor, &draft)), ==, MEASURE_OUT_HOLDS);
  g_assert_true(outbox_list(test->arena, test->desk, &waiting, &error));
  bool is_told = false;
  list_each(const OutboxMail, mail, &waiting) {
    if (!strstr(mail->subject, "How we write to each other")) continue;
    g_assert_nonnull(strstr(mail->recipients, "victor@grim.example"));
    g_assert_null(strstr(mail->recipients, "agnes"));
    is_told = true;
  }
  g_assert_true(is_told);
}

static void contact_ends_with_two_others_and_a_warning_before(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  House house = test_house(test);
  int64_t number = test_write(test, TEST_GRIM, "a@x", "My bell", NULL, TEST_ABUSE).number;
  int64_t message = test_newest_message(test, number);
  int64_t id = test_report(test, &test->mira, message, LEVEL_ABUSIVE);
  MeasureDraft warning = test_measure(test, id, MEASURE_WARNING), ending = test_measure(test, id, MEASURE_ENDING);
  refuse_measure(test, &house.teodor, &ending, ERROR_CONFLICT, "does not happen");
  test_approve(test, &house.ines, test_propose(test, &house.teodor, &warning));
  refuse_measure(test, &house.teodor, &ending, ERROR_CONFLICT, "only after a threat since the warning");
  test_later(test, CLOCK_DAY);
  test_report(test, &test->jonas, message, LEVEL_THREAT);
  int64_t measure = test_propose(test, &house.teodor, &ending);
  g_assert_cmpint(test_approve(test, &house.ines, measure), ==, MEASURE_OUT_ONE_MORE);
  g_assert_cmpint(test_case(test, id).head->stage, ==, BOUNDARY_WARNED);
  refuse_decision(test, &house.ines, measure, "needs a second person");
  refuse_decision(test, &house.teodor, measure, "You asked for this");
  g_assert_cmpint(test_approve(test, &house.odile, measure), ==, MEASURE_OUT_HOLDS);
  BoundaryFile file = test_case(test, id);
  g_assert_cmpint(file.head->stage, ==, BOUNDARY_ENDED);
  g_assert_cmpint(file.measures.items[0].state, ==, MEASURE_REPLACED);
}

static void nothing_goes_further_without_something_new(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  House house = test_house(test);
  int64_t number = test_write(test, TEST_GRIM, "a@x", NULL, NULL, TEST_ABUSE).number, message = test_newest_message(test, number);
  int64_t id = test_report(test, &test->mira, message, LEVEL_HOSTILE);
  MeasureDraft request = test_measure(test, id, MEASURE_REQUEST), warning = test_measure(test, id, MEASURE_WARNING),
               restriction = test_measure(test, id, MEASURE_RESTRICTION);
  refuse_measure(test, &house.teodor, &warning, ERROR_CONFLICT, "abusive or threatening");
  test_approve(test, &house.ines, test_propose(test, &house.teodor, &request));
  test_later(test, CLOCK_HOUR);
  refuse_measure(test, &house.teodor, &warning, ERROR_CONFLICT, "Nothing was reported since");
  refuse_measure(test, &house.teodor, &restriction, ERROR_CONFLICT, "threatening or violent");
  test_report(test, &test->jonas, message, LEVEL_HOSTILE);
  test_approve(test, &house.ines, test_propose(test, &house.teodor, &warning));
  g_assert_cmpint(test_case(test, id).head->stage, ==, BOUNDARY_WARNED);
}

static int64_t automatic_count(TestDesk *test, int64_t number, AutomaticMail about) {
  Thread thread = test_thread(test, number);
  int64_t count = 0;
  list_each(const Message, message, &thread.messages) count += message->kind == MESSAGE_AUTOMATIC && message->about == about;
  return count;
}

static void mail_under_a_restriction_is_read_by_somebody(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  House house = test_house(test);
  TrayMailList tray = {0};
  int64_t measure = 0;
  int64_t id = test_restricted(test, &house, house.pavel.id, &measure);
  ReceivedResult came = test_write(test, TEST_GRIM, "new@x", "Another matter", NULL, "My new lamp is broken.");
  Conversation *conversation = test_thread(test, came.number).conversation;
  g_assert_cmpint(came.state, ==, RECEIVED_FILED);
  g_assert_cmpint(conversation->assignee_id, ==, house.pavel.id);
  g_assert_cmpint(conversation->state, ==, CONVERSATION_OPEN);
  g_assert_cmpint(conversation->waiting_since, >, 0);
  g_assert_cmpint(automatic_count(test, came.number, AUTOMATIC_HOW_TO_BE_HEARD), ==, 1);
  g_assert_cmpint(automatic_count(test, came.number, AUTOMATIC_ACKNOWLEDGEMENT), ==, 0); // it takes its place
  // once for a while, and not for each mail; a new conversation still gets its number
  came = test_write(test, TEST_GRIM, "more@x", "And another", NULL, "My chain too.");
  g_assert_cmpint(automatic_count(test, came.number, AUTOMATIC_HOW_TO_BE_HEARD), ==, 0);
  g_assert_cmpint(automatic_count(test, came.number, AUTOMATIC_ACKNOWLEDGEMENT), ==, 1);
  g_assert_true(tray_unread(test->arena, test->desk, &tray, &error));
  g_assert_cmpuint(tray.count, ==, 2);
  g_assert_cmpstr(tray.items[0].contact_name, ==, "Pavel Novak");
  g_assert_false(tray_read(test->desk, &test->mira, tray.items[0].message_id, FINDING_SAME, &error)); // it went to somebody else
  g_assert_true(error_is(error, ERROR_FORBIDDEN));
  g_clear_error(&error);
  g_assert_true(tray_read(test->desk, &house.pavel, tray.items[0].message_id, FINDING_NEW, &error));
  g_assert_false(tray_read(test->desk, &house.ines, tray.items[0].message_id, FINDING_SAME, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_clear_error(&error);
  test_later(test, 31 * CLOCK_DAY);
  came = test_write(test, TEST_GRIM, "later@x", "Once more", NULL,
                    "Hallo, meine Klingel ist kaputt, wann bekomme ich eine neue?");
  g_assert_cmpint(automatic_count(test, came.number, AUTOMATIC_HOW_TO_BE_HEARD), ==, 1);
  g_assert_cmpint(test_case(test, id).head->stage, ==, BOUNDARY_RESTRICTED);
  test_counts(test);
}

static void without_a_named_person_it_is_the_supervisors(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  House house = test_house(test);
  int64_t measure = 0, waiting = 0;
  test_restricted(test, &house, 0, &measure);
  g_assert_true(conversation_assign(test->desk, &test->mira, 1001, test->mira.id, &error));
  ReceivedResult came = test_write(test, TEST_GRIM, "b@x", "My bell", "grim1@x", "Still broken.");
  g_assert_cmpint(came.number, ==, 1001);
  g_assert_cmpint(test_thread(test, 1001).conversation->assignee_id, ==, 0); // not with the agent who was insulted
  g_assert_true(boundary_count(test->desk, &house.odile, &waiting, &error));
  g_assert_cmpint(waiting, ==, 1);
}

static void machines_and_other_people_are_not_meant(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  House house = test_house(test);
  int64_t measure = 0;
  TrayMailList tray = {0};
  test_restricted(test, &house, house.pavel.id, &measure);
  ReceivedResult machine = test_take(
    test, "From: Victor Grim <victor@grim.example>\nTo: help@godwit.example\nSubject: Away\nMessage-ID: <away@x>\n"
          "Auto-Submitted: auto-replied\n\nI am away.\n");
  ReceivedResult other = test_write(test, "Agnes Moor <agnes@moor.example>", "agnes@x", "Hello", NULL, NULL);
  g_assert_cmpint(automatic_count(test, machine.number, AUTOMATIC_HOW_TO_BE_HEARD), ==, 0);
  g_assert_cmpint(automatic_count(test, other.number, AUTOMATIC_HOW_TO_BE_HEARD), ==, 0);
  g_assert_cmpint(test_thread(test, other.number).conversation->assignee_id, ==, 0);
  g_assert_true(tray_unread(test->arena, test->desk, &tray, &error));
  g_assert_cmpuint(tray.count, ==, 0);
}

static void an_expired_restriction_restricts_nobody(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  House house = test_house(test);
  int64_t measure = 0, count = 0;
  int64_t id = test_restricted(test, &house, house.pavel.id, &measure);
  test_later(test, 91 * CLOCK_DAY);
  ReceivedResult came = test_write(test, TEST_GRIM, "b@x", "Hello again", NULL, NULL); // before anybody has tidied up
  g_assert_cmpint(test_thread(test, came.number).conversation->assignee_id, ==, 0);
  g_assert_cmpint(automatic_count(test, came.number, AUTOMATIC_HOW_TO_BE_HEARD), ==, 0);
  BoundaryCase *head = NULL;
  Measure *holds = NULL;
  g_assert_true(boundary_of_customer(test->arena, test->desk, test_case(test, id).head->customer_id, &head, &holds, &error));
  g_assert_null(holds);
  g_assert_true(boundary_expire(test->desk, &count, &error));
  g_assert_cmpint(count, ==, 1);
  g_assert_cmpint(test_case(test, id).head->stage, ==, BOUNDARY_CLOSED);
  g_assert_true(boundary_expire(test->desk, &count, &error));
  g_assert_cmpint(count, ==, 0);
  g_assert_cmpint(test_report(test, &test->mira, test_newest_message(test, came.number), LEVEL_HOSTILE), !=, id); // begins anew
}

static void a_review_keeps_it_or_ends_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  House house = test_house(test);
  int64_t measure = 0, now = test->clock.set_to;
  int64_t id = test_restricted(test, &house, 0, &measure);
  g_assert_false(measure_review(test->desk, &house.odile, measure, false, now + 60 * CLOCK_DAY, " ", &error));
  g_clear_error(&error);
  g_assert_false(measure_review(test->desk, &house.odile, measure, false, now + 91 * CLOCK_DAY, "It goes on.", &error));
  g_clear_error(&error);
  g_assert_true(
    measure_review(test->desk, &house.odile, measure, false, now + 60 * CLOCK_DAY, "It goes on: it happened again.", &error));
  g_assert_cmpint(test_case(test, id).head->review_at, ==, now + 60 * CLOCK_DAY);
  g_assert_true(measure_review(test->desk, &house.odile, measure, true, 0, "All has been calm since.", &error));
  g_assert_cmpint(test_case(test, id).head->stage, ==, BOUNDARY_CLOSED);
  g_assert_cmpint(automatic_count(test, 1001, AUTOMATIC_CONDUCT), ==, 3);
  g_assert_false(measure_review(test->desk, &house.odile, measure, true, 0, "Again.", &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
}

static void an_appeal_is_decided_by_somebody_without_a_part(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  House house = test_house(test);
  int64_t measure = 0;
  AppealVisit visit;
  int64_t id = test_restricted(test, &house, 0, &measure);
  const char *token = appeal_token(test->arena, test->desk, measure, test->clock.set_to + 90 * CLOCK_DAY);
  g_assert_true(appeal_show(test->arena, test->desk, token, &visit, &error));
  g_assert_null(visit.appeal); // looking at it appeals against nothing
  g_assert_false(appeal_make(test->arena, test->desk, token, " ", "10.0.0.1", &visit, &error));
  g_clear_error(&error);
  g_assert_true(appeal_make(test->arena, test->desk, token, "I was not myself: my mother had died.", "10.0.0.1", &visit, &error));
  g_assert_true(appeal_make(test->arena, test->desk, token, "Pressed twice", "10.0.0.1", &visit, &error));
  BoundaryFile file = test_case(test, id);
  g_assert_cmpuint(file.appeals.count, ==, 1);
  int64_t appeal = file.appeals.items[0].id;
  const Staff *const part[] = {&house.teodor, &house.ines, &test->mira};
  for (size_t i = 0; i < G_N_ELEMENTS(part); i++) {
    g_assert_false(appeal_decide(test->desk, part[i], appeal, true, "Yes.", &error));
    g_assert_true(error_is(error, ERROR_FORBIDDEN));
    g_clear_error(&error);
  }
  g_assert_true(appeal_decide(test->desk, &house.odile, appeal, true, "A hard time, and calm before and since.", &error));
  file = test_case(test, id);
  g_assert_cmpint(file.head->stage, ==, BOUNDARY_CLOSED);
  g_assert_cmpint(file.measures.items[0].state, ==, MEASURE_LIFTED);
  g_assert_false(appeal_decide(test->desk, &house.pavel, appeal, false, "No.", &error));
  g_clear_error(&error);
  char *damaged = arena_strdup(test->arena, token);
  damaged[0] = '9';
  g_assert_false(appeal_show(test->arena, test->desk, damaged, &visit, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

typedef struct Appealing { // a restriction, with its link
  TestDesk *test;
  House house;
  int64_t case_id, measure;
  const char *token;
} Appealing;

static Appealing restricted_with_link(TestDesk *test) {
  Appealing of = {.test = test, .house = test_house(test)};
  of.case_id = test_restricted(test, &of.house, 0, &of.measure);
  of.token = appeal_token(test->arena, test->desk, of.measure, test->clock.set_to + 180 * CLOCK_DAY);
  return of;
}

static AppealVisit appeal(const Appealing *of, const char *words) {
  g_autoptr(GError) error = NULL;
  AppealVisit visit;
  g_assert_true(appeal_make(of->test->arena, of->test->desk, of->token, words, "10.0.0.1", &visit, &error));
  return visit;
}

static void decide(const Appealing *of, const AppealVisit *visit, bool grant) {
  g_autoptr(GError) error = NULL;
  g_assert_true(appeal_decide(of->test->desk, &of->house.odile, visit->appeal->id, grant, "We looked at it.", &error));
}

static void what_stands_can_be_appealed_against_once_more_and_no_further(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  Appealing of = restricted_with_link(test);
  AppealVisit visit = appeal(&of, "I was not myself.");
  g_assert_true(visit.is_new);
  g_assert_false(appeal(&of, "And another thing.").is_new); // one is open
  decide(&of, &visit, false);
  visit = appeal(&of, "You did not ask the witness.");
  g_assert_true(visit.is_new);
  decide(&of, &visit, false);
  visit = appeal(&of, "Again.");
  g_assert_false(visit.is_new);
  g_assert_cmpint(visit.closed, ==, APPEAL_WAS_TWICE);
  g_assert_false(appeal_note(test->desk, &of.house.pavel, of.measure, 0, "They said it again.", &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_assert_cmpuint(test_case(test, of.case_id).appeals.count, ==, 2);
}

static void what_was_granted_is_appealed_against_no_more(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Appealing of = restricted_with_link(test);
  AppealVisit visit = appeal(&of, "I was not myself.");
  decide(&of, &visit, true);
  g_assert_cmpint(appeal(&of, "Thank you.").closed, ==, APPEAL_WAS_GRANTED);
}

// Another restriction takes the place of the first, which is still being appealed against.
static void of_one_case_one_appeal_is_open_at_a_time(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Appealing of = restricted_with_link(test), next = of;
  AppealVisit first = appeal(&of, "I was not myself.");
  test_later(test, CLOCK_HOUR);
  int64_t number = test_write(test, TEST_GRIM, "g2@x", NULL, NULL, TEST_ABUSE).number;
  test_report(test, &test->mira, test_newest_message(test, number), LEVEL_THREAT);
  MeasureDraft draft = test_measure(test, of.case_id, MEASURE_RESTRICTION);
  next.measure = test_propose(test, &of.house.teodor, &draft);
  test_approve(test, &of.house.ines, next.measure);
  next.token = appeal_token(test->arena, test->desk, next.measure, test->clock.set_to + 180 * CLOCK_DAY);
  AppealVisit refused = appeal(&next, "And this one is wrong too.");
  g_assert_false(refused.is_new);
  g_assert_cmpint(refused.closed, ==, APPEAL_OTHER_IS_OPEN);
  g_assert_cmpint(refused.other_due_at, ==, first.appeal->due_at);
  decide(&of, &first, false);
  g_assert_true(appeal(&next, "And this one is wrong too.").is_new);
}

static void one_place_on_the_network_appeals_a_few_times_in_a_while(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  Appealing of = restricted_with_link(test);
  AppealVisit visit = appeal(&of, "I was not myself.");
  for (int i = 1; i < 8; i++) appeal(&of, "I was not myself.");
  decide(&of, &visit, false);
  g_assert_cmpint(appeal(&of, "You did not ask the witness.").closed, ==, APPEAL_TOO_MANY);
  g_assert_true(appeal_make(test->arena, test->desk, of.token, "From elsewhere.", "10.0.0.2", &visit, &error));
  g_assert_true(visit.is_new);
}

static void a_mail_can_be_the_appeal(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  House house = test_house(test);
  int64_t measure = 0;
  TrayMailList tray = {0};
  int64_t id = test_restricted(test, &house, house.pavel.id, &measure);
  test_write(test, TEST_GRIM, "b@x", NULL, "grim1@x", "I want to appeal against your letter.");
  g_assert_true(tray_unread(test->arena, test->desk, &tray, &error));
  g_assert_false(appeal_note(test->desk, &test->mira, measure, tray.items[0].message_id, "", &error));
  g_assert_true(error_is(error, ERROR_FORBIDDEN));
  g_clear_error(&error);
  g_assert_true(appeal_note(test->desk, &house.pavel, measure, tray.items[0].message_id, "", &error));
  tray = (TrayMailList){0};
  g_assert_true(tray_unread(test->arena, test->desk, &tray, &error));
  g_assert_cmpuint(tray.count, ==, 0);
  BoundaryFile file = test_case(test, id);
  g_assert_cmpint(file.appeals.items[0].way, ==, APPEAL_BY_MAIL);
  int64_t strangers = test_write(test, "Agnes Moor <agnes@moor.example>", "agnes@x", NULL, NULL, NULL).message_id;
  g_assert_false(appeal_note(test->desk, &house.pavel, measure, strangers, "", &error));
  g_assert_true(error_is(error, ERROR_INVALID));
}

static void templates_become_letters_without_their_own_blanks(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  House house = test_house(test);
  int64_t number = test_write(test, TEST_GRIM, "a@x", NULL, NULL, TEST_ABUSE).number;
  int64_t id = test_report(test, &test->mira, test_newest_message(test, number), LEVEL_THREAT);
  for (unsigned kind = 0; kind < MEASURE_KIND_COUNT; kind++) {
    g_autoptr(GError) error = NULL;
    const char *letter = NULL;
    MeasureDraft draft = test_measure(test, id, kind);
    g_assert_true(measure_write(test->arena, test->desk, &house.teodor, &draft, &letter, &error));
    const char *before = strstr(letter, "{{appeal}}"), *first = strstr(letter, "{{");
    g_assert_nonnull(before);
    g_assert_true(first == before); // it is the only one
    g_assert_null(strstr(before + 2, "{{"));
    g_assert_nonnull(strstr(letter, "Victor"));
    g_assert_nonnull(strstr(letter, "Retail Ombudsman"));
    g_assert_nonnull(strstr(letter, draft.reason));
  }
}

static void an_answer_that_breaks_the_terms_is_told_so(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
  House house = test_house(test);
  int64_t now = test->clock.set_to; // a Sunday, 09:00
  Measure holds = {.state = MEASURE_HOLDS,
                   .kind = MEASURE_RESTRICTION,
                   .ends_at = now + CLOCK_DAY,
                   .contact_id = house.pavel.id,
                   .contact_name = "Pavel Novak"};
  Arena *arena = test->arena;
  g_assert_nonnull(strstr(boundary_warning(arena, &holds, &test->mira, now, zone), "only Pavel Novak"));
  g_assert_null(boundary_warning(arena, &holds, &house.pavel, now, zone));
  g_assert_null(boundary_warning(arena, &holds, &test->mira, now + 2 * CLOCK_DAY, zone)); // it has run out
  holds.days = 0x1F;
  g_assert_nonnull(strstr(boundary_warning(arena, &holds, &house.pavel, now, zone), "Monday to Friday"));
  holds.days = 0, holds.from_minute = 600, holds.to_minute = 720;
  g_assert_nonnull(strstr(boundary_warning(arena, &holds, &house.pavel, now, zone), "between 10:00 and 12:00"));
  g_assert_null(boundary_warning(arena, &holds, &house.pavel, now + CLOCK_HOUR, zone));
  holds.channels = CHANNEL_PHONE;
  g_assert_nonnull(strstr(boundary_warning(arena, &holds, &house.pavel, now, zone), "by phone"));
  g_assert_cmpstr(boundary_terms(arena, &holds), ==, "only Pavel Novak answers, by phone, between 10:00 and 12:00");
}

static void every_decision_is_in_the_audit_journal(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  House house = test_house(test);
  AuditPage page;
  int64_t measure = 0;
  test_restricted(test, &house, 0, &measure);
  g_assert_true(audit_list(test->arena, test->desk, "conduct", 0, &page, &error));
  const char *const words[] = {"conduct.restrict", "conduct.propose", "conduct.alert", "conduct.report"};
  g_assert_cmpuint(page.rows.count, ==, G_N_ELEMENTS(words));
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++) g_assert_cmpstr(page.rows.items[i].what, ==, words[i]);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/conduct/report/words", a_report_keeps_the_words_as_they_stood);
  g_test_add_func("/conduct/report/one-case", one_case_for_a_customer);
  g_test_add_func("/conduct/report/whose", a_case_is_about_whose_words_they_are);
  g_test_add_func("/conduct/letter/alone", a_letter_goes_to_whom_it_is_about_alone);
  g_test_add_func("/conduct/measure/says-all", a_measure_says_all_of_it_or_is_refused);
  g_test_add_func("/conduct/measure/decided", somebody_else_decides_and_the_letter_leaves);
  g_test_add_func("/conduct/measure/ending", contact_ends_with_two_others_and_a_warning_before);
  g_test_add_func("/conduct/measure/something-new", nothing_goes_further_without_something_new);
  g_test_add_func("/conduct/mail/read", mail_under_a_restriction_is_read_by_somebody);
  g_test_add_func("/conduct/mail/supervisors", without_a_named_person_it_is_the_supervisors);
  g_test_add_func("/conduct/mail/others", machines_and_other_people_are_not_meant);
  g_test_add_func("/conduct/time", an_expired_restriction_restricts_nobody);
  g_test_add_func("/conduct/review", a_review_keeps_it_or_ends_it);
  g_test_add_func("/conduct/appeal/decided", an_appeal_is_decided_by_somebody_without_a_part);
  g_test_add_func("/conduct/appeal/once-more", what_stands_can_be_appealed_against_once_more_and_no_further);
  g_test_add_func("/conduct/appeal/granted", what_was_granted_is_appealed_against_no_more);
  g_test_add_func("/conduct/appeal/one-at-a-time", of_one_case_one_appeal_is_open_at_a_time);
  g_test_add_func("/conduct/appeal/place", one_place_on_the_network_appeals_a_few_times_in_a_while);
  g_test_add_func("/conduct/appeal/mail", a_mail_can_be_the_appeal);
  g_test_add_func("/conduct/letters", templates_become_letters_without_their_own_blanks);
  g_test_add_func("/conduct/warning", an_answer_that_breaks_the_terms_is_told_so);
  g_test_add_func("/conduct/audit", every_decision_is_in_the_audit_journal);
  return g_test_run();
}
