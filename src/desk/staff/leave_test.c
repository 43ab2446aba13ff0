// Somebody leaves: nothing of theirs is stranded, however it stands and whenever it comes back.
#include "desk/bulk/bulk.h"
#include "desk/complaint/complaint.h"
#include "desk/conversation/regroup.h"
#include "desk/conversation/verbs.h"
#include "desk/conversation/work.h"
#include "desk/draft/draft.h"
#include "desk/notify/notice.h"
#include "desk/remedy/testing.h"
#include "desk/staff.sql.h"
#include "desk/staff/admin.h"
#include "desk/team/team.h"

#include <string.h>

#define AGNES "Agnes Moor <agnes@moor.example>"
#define MUST(call)                                                                                                               \
  do {                                                                                                                           \
    g_autoptr(GError) must_error = NULL;                                                                                         \
    GError **error = &must_error;                                                                                                \
    bool must_work = (call);                                                                                                     \
    g_assert_no_error(must_error);                                                                                               \
    g_assert_true(must_work);                                                                                                    \
  } while (0)

static int64_t write_one(TestDesk *test, const char *id) { return test_write(test, AGNES, id, id, NULL, NULL).number; }

static int64_t give(TestDesk *test, const char *id, const Staff *to) {
  int64_t number = write_one(test, id);
  MUST(conversation_assign(test->desk, &test->mira, number, to->id, error));
  return number;
}

static int64_t with(TestDesk *test, int64_t number) { return test_thread(test, number).conversation->assignee_id; }

static bool has_event(TestDesk *test, int64_t number, EventKind kind, const char *detail) {
  Thread thread = test_thread(test, number);
  list_each(const Event, event, &thread.events)
    if (event->kind == kind && strcmp(event->detail, detail) == 0) return true;
  return false;
}

static void leave(TestDesk *test, const Staff *actor, const Staff *who, StaffLeaves leaves, int64_t to) {
  MUST(staff_leave(test->desk, actor, who->id, &(StaffLeaving){leaves, to}, error));
}

static ViewCounts counts_of(TestDesk *test, int64_t staff_id) {
  ViewCounts counts;
  MUST(conversation_counts(test->arena, test->desk, staff_id, &counts, error));
  return counts;
}

// As it was before anybody minded: only the row says that they left.
static void leave_stranded(TestDesk *test, const Staff *who) {
  int64_t changed = 0;
  MUST(staff_update_active(test->desk->db, who->id, 0, &changed, error));
}

static int64_t bells(TestDesk *test, int64_t staff_id, NoticeKind kind) {
  NoticeList notices = {0};
  bool has_more = false;
  int64_t found = 0;
  MUST(notice_list(test->arena, test->desk, staff_id, 0, &notices, &has_more, error));
  list_each(const Notice, notice, &notices) found += notice->kind == kind;
  return found;
}

static void what_is_open_goes_back_and_what_is_solved_stays(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test);
  int64_t open = give(test, "a@x", &test->jonas), snoozed = give(test, "b@x", &test->jonas),
          solved = give(test, "c@x", &test->jonas);
  MUST(conversation_snooze(test->desk, &test->jonas, snoozed, test->clock.set_to + CLOCK_DAY, error));
  MUST(conversation_solve(test->desk, &test->jonas, solved, error));
  StaffBurden burden;
  MUST(staff_burden(test->desk, test->jonas.id, &burden, error));
  g_assert_cmpint(burden.conversations, ==, 2);
  leave(test, &nuala, &test->jonas, LEAVES_TO_NOBODY, 0);
  g_assert_cmpint(with(test, open), ==, 0);
  g_assert_cmpint(with(test, snoozed), ==, 0);
  g_assert_cmpint(with(test, solved), ==, test->jonas.id);
  g_assert_true(has_event(test, open, EVENT_UNASSIGNED, "Jonas Feld"));
  g_assert_true(has_event(test, snoozed, EVENT_UNASSIGNED, "Jonas Feld"));
  g_assert_cmpint(test_thread(test, snoozed).conversation->snoozed_until, >, 0);
  g_assert_cmpint(counts_of(test, test->mira.id).views[VIEW_UNASSIGNED], ==, 1);
  g_assert_cmpint(counts_of(test, test->jonas.id).views[VIEW_MINE], ==, 0);
  test_counts(test);
  MUST(staff_set_active(test->desk, &nuala, test->jonas.id, true, error));
  g_assert_cmpint(with(test, open), ==, 0); // nothing is given back
}

static void somebody_gets_them_with_news(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test);
  int64_t number = give(test, "a@x", &test->jonas);
  int64_t before = bells(test, test->mira.id, NOTICE_ASSIGNED);
  leave(test, &nuala, &test->jonas, LEAVES_TO_PERSON, test->mira.id);
  g_assert_cmpint(with(test, number), ==, test->mira.id);
  g_assert_true(has_event(test, number, EVENT_ASSIGNED, "Mira Lindqvist"));
  g_assert_cmpint(bells(test, test->mira.id, NOTICE_ASSIGNED), ==, before + 1);
  test_counts(test);
}

static void a_complaint_goes_to_the_supervisors_whoever_gets_the_conversation(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test);
  int64_t number = give(test, "a@x", &test->jonas);
  Complaint *complaint = NULL;
  MUST(complaint_receive(test->desk, &test->jonas, number, ORIGIN_PERSON, "", error));
  leave(test, &nuala, &test->jonas, LEAVES_TO_PERSON, test->mira.id);
  g_assert_cmpint(with(test, number), ==, test->mira.id);
  MUST(complaint_find(test->arena, test->desk, number, &complaint, error));
  g_assert_cmpint(complaint->owner_id, ==, 0);
  // Somebody presses it again from an old page: what was chosen stays.
  leave(test, &nuala, &test->jonas, LEAVES_TO_NOBODY, 0);
  int64_t solved = give(test, "b@x", &test->mira);
  g_assert_true(db_run_script(
    test->desk->db,
    arena_printf(test->arena, "UPDATE conversation SET assignee_id = %" G_GINT64_FORMAT " WHERE id = %" G_GINT64_FORMAT,
                 test->jonas.id, solved),
    NULL));
  int64_t count = 0;
  MUST(staff_hand_back(test->desk, 0, 10, &count, error));
  g_assert_cmpint(with(test, solved), ==, test->mira.id);
}

static void nobody_gets_them_who_cannot(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) refusal = NULL;
  Staff nuala = test_administrator(test);
  StaffDraft draft = {.email = "ada@godwit.example", .name = "Ada Reyes", .role = ROLE_AGENT};
  const char *token = NULL;
  int64_t ada = 0, number = give(test, "a@x", &test->jonas);
  MUST(staff_invite(test->arena, test->desk, &nuala, &draft, &token, &ada, error));
  int64_t wrong[] = {ada, test->jonas.id, 999};
  for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_assert_false(staff_leave(test->desk, &nuala, test->jonas.id, &(StaffLeaving){LEAVES_TO_PERSON, wrong[i]}, &refusal));
    g_assert_true(error_is(refusal, ERROR_INVALID));
    g_clear_error(&refusal);
  }
  g_assert_cmpint(with(test, number), ==, test->jonas.id);
  g_assert_false(conversation_assign(test->desk, &nuala, number, ada, &refusal)); // who is not here yet is given nothing
  g_assert_true(error_is(refusal, ERROR_NOT_FOUND));
}

static int64_t team_of(TestDesk *test, const Staff *one, const Staff *other) {
  int64_t team = 0;
  IntList members = {0};
  MUST(team_make(test->desk, &test->mira, "Repairs", true, &team, error));
  *list_add(test->arena, &members) = one->id;
  if (other) *list_add(test->arena, &members) = other->id;
  MUST(team_set_members(test->desk, &test->mira, team, &members, error));
  return team;
}

static void those_of_a_team_that_takes_turns_go_to_whose_turn_it_is(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test);
  int64_t team = team_of(test, &test->mira, &test->jonas);
  int64_t teams = give(test, "a@x", &test->jonas), own = give(test, "b@x", &test->jonas);
  MUST(conversation_assign_team(test->desk, &test->jonas, teams, team, error));
  g_assert_cmpint(with(test, teams), ==, test->jonas.id);
  leave(test, &nuala, &test->jonas, LEAVES_TO_TURNS, 0);
  g_assert_cmpint(with(test, teams), ==, test->mira.id);
  g_assert_cmpint(with(test, own), ==, 0);
  test_counts(test);
}

static void tell_everything(TestDesk *test, int64_t staff_id) {
  NoticeChoice choice;
  MUST(notice_choice_load(test->arena, test->desk, staff_id, &choice, error));
  choice.kinds[NOTICE_IN_DESK] = (INT64_C(1) << NOTICE_KIND_COUNT) - 1;
  MUST(notice_choice_set(test->desk, staff_id, &choice, error));
}

static void a_customer_who_writes_again_is_heard(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test);
  int64_t solved = give(test, "a@x", &test->jonas), stranded = give(test, "b@x", &test->jonas);
  MUST(conversation_solve(test->desk, &test->jonas, solved, error));
  leave_stranded(test, &test->jonas);
  tell_everything(test, nuala.id);
  int64_t before = bells(test, nuala.id, NOTICE_WROTE_NOBODYS);
  g_assert_cmpint(test_write(test, AGNES, "a2@x", "a@x", "a@x", "Again").number, ==, solved);
  g_assert_cmpint(test_write(test, AGNES, "b2@x", "b@x", "b@x", "Again").number, ==, stranded);
  g_assert_cmpint(with(test, solved), ==, 0);
  g_assert_cmpint(with(test, stranded), ==, 0);
  g_assert_cmpint(bells(test, nuala.id, NOTICE_WROTE_NOBODYS), ==, before + 2);
  test_counts(test);
}

static void what_was_stranded_before_is_mended(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t count = 0, number = give(test, "a@x", &test->jonas);
  MUST(complaint_receive(test->desk, &test->jonas, number, ORIGIN_PERSON, "", error));
  for (int i = 0; i < 4; i++) give(test, arena_printf(test->arena, "m%d@x", i), &test->jonas);
  leave_stranded(test, &test->jonas);
  MUST(staff_hand_back(test->desk, 0, 3, &count, error));
  g_assert_cmpint(count, ==, 3); // a batch at a time
  MUST(staff_hand_back(test->desk, 0, 3, &count, error));
  g_assert_cmpint(count, ==, 2);
  MUST(staff_hand_back(test->desk, 0, 3, &count, error));
  g_assert_cmpint(count, ==, 0);
  Complaint *complaint = NULL;
  MUST(complaint_find(test->arena, test->desk, number, &complaint, error));
  g_assert_cmpint(complaint->owner_id, ==, 0);
  g_assert_cmpint(with(test, number), ==, 0);
  test_counts(test);
}

static void a_complaint_is_nobodys_who_left(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test);
  Complaint *complaint = NULL;
  int64_t solved = give(test, "a@x", &test->jonas), open = give(test, "b@x", &test->jonas);
  MUST(conversation_solve(test->desk, &test->jonas, solved, error));
  leave_stranded(test, &test->jonas);
  int64_t numbers[] = {solved, open};
  for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
    MUST(complaint_receive(test->desk, &nuala, numbers[i], ORIGIN_PERSON, "", error));
    MUST(complaint_find(test->arena, test->desk, numbers[i], &complaint, error));
    g_assert_cmpint(complaint->owner_id, ==, nuala.id);
  }
  test_counts(test);
}

static void neither_merging_nor_splitting_gives_to_who_left(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test);
  int64_t part = 0, from = give(test, "a@x", &test->jonas), into = write_one(test, "b@x"),
          whole = give(test, "c@x", &test->jonas);
  int64_t second = test_write(test, AGNES, "c2@x", "c@x", "c@x", "More").message_id;
  leave_stranded(test, &test->jonas);
  MUST(conversation_merge(test->desk, &nuala, from, into, error));
  g_assert_cmpint(with(test, into), ==, 0);
  MUST(conversation_unmerge(test->desk, &nuala, from, error));
  g_assert_cmpint(with(test, from), ==, 0);
  MUST(conversation_split(test->desk, &nuala, second, &part, error));
  g_assert_cmpint(with(test, part), ==, 0);
  g_assert_cmpint(with(test, whole), ==, 0);
  test_counts(test);
}

static void whoever_answers_what_was_theirs_takes_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t number = give(test, "a@x", &test->jonas);
  leave_stranded(test, &test->jonas);
  test_reply(test, number, "It is on its way.");
  g_assert_cmpint(with(test, number), ==, test->mira.id);
  test_counts(test);
}

static void drafts_stay_theirs(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  Staff nuala = test_administrator(test);
  StaffBurden burden;
  int64_t number = give(test, "a@x", &test->jonas);
  DraftInput input = {.text = "Dear Agnes", .cc = "", .bcc = "", .kept = &(IntList){0}, .added = &(MailAttachmentList){0}};
  MUST(draft_keep(test->desk, test->jonas.id, number, DRAFT_REPLY, &input, error));
  leave(test, &nuala, &test->jonas, LEAVES_TO_NOBODY, 0);
  MUST(staff_burden(test->desk, test->jonas.id, &burden, error));
  g_assert_cmpint(burden.conversations, ==, 0);
  g_assert_cmpint(burden.drafts, ==, 1);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/leave/back", what_is_open_goes_back_and_what_is_solved_stays);
  g_test_add_func("/leave/person", somebody_gets_them_with_news);
  g_test_add_func("/leave/complaint-of-who-left", a_complaint_goes_to_the_supervisors_whoever_gets_the_conversation);
  g_test_add_func("/leave/cannot", nobody_gets_them_who_cannot);
  g_test_add_func("/leave/turns", those_of_a_team_that_takes_turns_go_to_whose_turn_it_is);
  g_test_add_func("/leave/again", a_customer_who_writes_again_is_heard);
  g_test_add_func("/leave/stranded", what_was_stranded_before_is_mended);
  g_test_add_func("/leave/complaint", a_complaint_is_nobodys_who_left);
  g_test_add_func("/leave/regroup", neither_merging_nor_splitting_gives_to_who_left);
  g_test_add_func("/leave/answer", whoever_answers_what_was_theirs_takes_it);
  g_test_add_func("/leave/drafts", drafts_stay_theirs);
  return g_test_run();
}
