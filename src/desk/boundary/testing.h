// People, incidents and measures for the tests of this folder.
#pragma once

#include "desk/boundary/mail.h"
#include "desk/boundary/safety.h"
#include "desk/testing.h"

#define TEST_GRIM "Victor Grim <victor@grim.example>"
#define TEST_ABUSE "You are all idiots, you useless liar."

static inline Staff test_supervisor(TestDesk *test, const char *name, const char *email) {
  g_autoptr(GError) error = NULL;
  StaffDraft draft = {.email = email, .name = name, .password = "quiet lamp 42", .role = ROLE_SUPERVISOR};
  Staff person = {.email = email, .name = name, .role = ROLE_SUPERVISOR, .is_active = true};
  staff_add(test->desk, &draft, &person.id, &error);
  g_assert_no_error(error);
  return person;
}

typedef struct House { // four supervisors
  Staff teodor, ines, odile, pavel;
} House;
static inline House test_house(TestDesk *test) {
  return (House){
    test_supervisor(test, "Teodor Iliescu", "teodor@godwit.example"), test_supervisor(test, "Ines Prat", "ines@godwit.example"),
    test_supervisor(test, "Odile Brun", "odile@godwit.example"), test_supervisor(test, "Pavel Novak", "pavel@godwit.example")};
}

static inline int64_t test_newest_message(TestDesk *test, int64_t number) {
  Thread thread = test_thread(test, number);
  for (size_t i = thread.messages.count; i > 0; i--)
    if (thread.messages.items[i - 1].kind == MESSAGE_CUSTOMER) return thread.messages.items[i - 1].id;
  g_assert_not_reached();
}

static inline int64_t test_report(TestDesk *test, const Staff *actor, int64_t message, IncidentLevel level) {
  g_autoptr(GError) error = NULL;
  IncidentDraft draft = {.message_id = message, .level = level};
  int64_t id = 0;
  boundary_report(test->desk, actor, &draft, &id, &error);
  g_assert_no_error(error);
  return id;
}

static inline MeasureDraft test_measure(TestDesk *test, int64_t case_id, MeasureKind kind) {
  int64_t now = test->clock.set_to;
  return (MeasureDraft){.case_id = case_id,
                        .kind = kind,
                        .reason = "You wrote that we are idiots and liars.",
                        .adjustment = ADJUSTMENT_NONE,
                        .adjustment_note = "Mira asked on the phone; nothing is needed.",
                        .subject = "",
                        .place = "",
                        .outside = "the Retail Ombudsman",
                        .still_open = "You can write to us about anything new.",
                        .letter = "Hello, this is the letter. {{appeal}}.",
                        .channels = kind == MEASURE_RESTRICTION ? CHANNEL_MAIL : 0,
                        .ends_at = now + 90 * CLOCK_DAY,
                        .review_at = now + 45 * CLOCK_DAY};
}

static inline int64_t test_propose(TestDesk *test, const Staff *actor, const MeasureDraft *draft) {
  g_autoptr(GError) error = NULL;
  int64_t id = 0;
  measure_propose(test->desk, actor, draft, &id, &error);
  g_assert_no_error(error);
  return id;
}

static inline MeasureOutcome test_approve(TestDesk *test, const Staff *actor, int64_t id) {
  g_autoptr(GError) error = NULL;
  MeasureOutcome outcome = MEASURE_OUT_DECLINED;
  measure_decide(test->desk, actor, id, true, "", NULL, &outcome, &error);
  g_assert_no_error(error);
  return outcome;
}

static inline BoundaryFile test_case(TestDesk *test, int64_t id) {
  g_autoptr(GError) error = NULL;
  BoundaryFile file;
  boundary_file(test->arena, test->desk, id, &file, &error);
  g_assert_no_error(error);
  return file;
}

static inline void test_later(TestDesk *test, int64_t span) { test->clock.set_to += span; }

// A case under a restriction that names `contact` (0: nobody), asked for by Teodor and approved by Ines. Number 1001 is where it began.
static inline int64_t test_restricted(TestDesk *test, const House *house, int64_t contact, int64_t *out_measure) {
  int64_t number = test_write(test, TEST_GRIM, "grim1@x", "My bell", NULL, TEST_ABUSE).number;
  int64_t id = test_report(test, &test->mira, test_newest_message(test, number), LEVEL_THREAT);
  MeasureDraft draft = test_measure(test, id, MEASURE_RESTRICTION);
  draft.contact_id = contact;
  *out_measure = test_propose(test, &house->teodor, &draft);
  g_assert_cmpint(test_approve(test, &house->ines, *out_measure), ==, MEASURE_OUT_HOLDS);
  return id;
}
