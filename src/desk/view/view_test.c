// Views that people make: who is in them follows what happens to conversations, and the count with it.
#include "desk/view/view.h"

#include "desk/complaint/complaint.h"
#include "desk/conversation/verbs.h"
#include "desk/conversation/work.h"
#include "desk/search/search.h"
#include "desk/tag/tag.h"
#include "desk/testing.h"

static void catch_up(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  for (bool more = true; more;) {
    search_catch_up(test->desk, &more, &error);
    g_assert_no_error(error);
  }
}

static int64_t write_mail(TestDesk *test, const char *from, const char *body) {
  static int count;
  test->clock.set_to += CLOCK_MINUTE;
  return test_write(test, from, arena_printf(test->arena, "v%d@x", ++count), "Bell", NULL, body).number;
}

static int64_t make(TestDesk *test, const Staff *who, const char *name, const char *query, bool is_shared) {
  g_autoptr(GError) error = NULL;
  const char *problem;
  int64_t id;
  view_make(test->arena, test->desk, who, name, query, is_shared, &id, &problem, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(problem, ==, NULL);
  return id;
}

static const char *problem_with(TestDesk *test, const char *name, const char *query) {
  g_autoptr(GError) error = NULL;
  const char *problem;
  int64_t id;
  g_assert_true(view_make(test->arena, test->desk, &test->mira, name, query, false, &id, &problem, &error));
  return problem;
}

// "2: 1001 1002": its count and its rows; the check of the whole desk agrees.
static const char *shown(TestDesk *test, const Staff *who, int64_t id) {
  g_autoptr(GError) error = NULL;
  SavedView *view = NULL;
  ConversationPage page;
  g_assert_true(view_find(test->arena, test->desk, who, id, &view, &error));
  g_assert_true(view_show(test->arena, test->desk, view, 0, 0, &page, &error));
  const char *text = arena_printf(test->arena, "%" G_GINT64_FORMAT ":", view->count);
  list_each(const ConversationRow, row, &page.rows) text = arena_printf(test->arena, "%s %" G_GINT64_FORMAT, text, row->number);
  test_counts(test);
  return text;
}

static void a_view_fills_and_follows(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t first = write_mail(test, "agnes@moor.example", "One."), second = write_mail(test, "bram@visser.example", "Two.");
  g_assert_true(tag_add(test->desk, &test->mira, second, "Refund", &error));
  catch_up(test);
  int64_t refunds = make(test, &test->mira, "Refunds", "is:open tag:refund", true);
  g_assert_cmpstr(shown(test, &test->mira, refunds), ==, "0:"); // a moment later
  catch_up(test);
  g_assert_cmpstr(shown(test, &test->jonas, refunds), ==, "1: 1002");
  g_assert_true(tag_add(test->desk, &test->mira, first, "refund", &error));
  catch_up(test);
  g_assert_cmpstr(shown(test, &test->mira, refunds), ==, "2: 1001 1002"); // who waits longest is on top
  test_reply(test, first, "Done.");
  catch_up(test);
  g_assert_cmpstr(shown(test, &test->mira, refunds), ==, "2: 1002 1001");
  g_assert_true(conversation_solve(test->desk, &test->mira, second, &error));
  catch_up(test);
  g_assert_cmpstr(shown(test, &test->mira, refunds), ==, "1: 1001");
  int64_t third = write_mail(test, "cy@else.example", "Three.");
  g_assert_true(tag_add(test->desk, &test->mira, third, "refund", &error));
  g_assert_true(conversation_merge(test->desk, &test->mira, first, third, &error));
  catch_up(test);
  g_assert_cmpstr(shown(test, &test->mira, refunds), ==, "1: 1003");
}

// A view is filled ten thousand documents at a time; begun that much earlier, it comes to the first of them in its second round.
static void filling_goes_on_where_it_was(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  for (int i = 0; i < 3; i++) write_mail(test, "agnes@moor.example", "Bell.");
  catch_up(test);
  int64_t bells = make(test, &test->mira, "Bells", "bell", false);
  g_assert_true(db_run_script(test->desk->db, "UPDATE saved_view SET filled_to = -9998", &error));
  bool more;
  g_assert_true(search_catch_up(test->desk, &more, &error));
  g_assert_true(more);
  g_assert_cmpstr(shown(test, &test->mira, bells), ==, "2: 1001 1002");
  catch_up(test);
  g_assert_cmpstr(shown(test, &test->mira, bells), ==, "3: 1001 1002 1003");
  test_counts(test);
}

static void united_tags_take_their_conversations_along(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t from, into, first = write_mail(test, "agnes@moor.example", "One.");
  g_assert_true(tag_make(test->desk, "money back", &from, &error) && tag_make(test->desk, "refund", &into, &error));
  g_assert_true(tag_add(test->desk, &test->mira, first, "money back", &error));
  int64_t refunds = make(test, &test->mira, "Refunds", "tag:refund", true);
  catch_up(test);
  g_assert_cmpstr(shown(test, &test->mira, refunds), ==, "0:");
  g_autoptr(DbWatch) indexer = db_watch_open(test->where, 10 * CLOCK_MILLISECOND, &error);
  g_assert_no_error(error);
  while (db_watch_wait(indexer, 0)) {}
  g_assert_true(tag_merge(test->desk, &test->mira, from, into, &error));
  g_assert_true(db_watch_wait(indexer, 10 * CLOCK_SECOND)); // no event says so
  catch_up(test);
  g_assert_cmpstr(shown(test, &test->mira, refunds), ==, "1: 1001");
}

static void words_may_be_in_a_view(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  write_mail(test, "agnes@moor.example", "The brakes squeak.");
  catch_up(test);
  int64_t brakes = make(test, &test->mira, "Brakes", "brake is:open", false);
  write_mail(test, "bram@visser.example", "My handbrake too."); // a word that nobody had used
  write_mail(test, "cy@else.example", "The bell.");
  catch_up(test);
  g_assert_cmpstr(shown(test, &test->mira, brakes), ==, "2: 1001 1002");
}

static void ones_own_is_for_nobody_else(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  SavedViewList views = {0};
  SavedView *view = NULL;
  int64_t own = make(test, &test->mira, "Mine", "is:mine", false), ours = make(test, &test->mira, "Ours", "is:open", true);
  g_assert_true(view_list(test->arena, test->desk, test->jonas.id, &views, &error));
  g_assert_cmpuint(views.count, ==, 1);
  g_assert_false(view_find(test->arena, test->desk, &test->jonas, own, &view, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
  g_clear_error(&error);
  g_assert_false(view_remove(test->desk, &test->jonas, ours, &error));
  g_assert_true(error_is(error, ERROR_FORBIDDEN));
  g_clear_error(&error);
  g_assert_true(view_remove(test->desk, &test->mira, ours, &error));
  g_assert_true(view_remove(test->desk, &test->mira, own, &error));
  catch_up(test);
  test_counts(test);
}

static void what_changes_by_itself_has_no_count(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  SavedView *view = NULL;
  g_assert_true(
    view_find(test->arena, test->desk, &test->mira, make(test, &test->mira, "New", "after:today", false), &view, &error));
  g_assert_false(view->is_kept);
  g_assert_true(view_find(test->arena, test->desk, &test->mira, make(test, &test->mira, "Mine", "is:mine", true), &view, &error));
  g_assert_false(view->is_kept); // everybody's, and something else for each
  g_assert_true(
    view_find(test->arena, test->desk, &test->mira, make(test, &test->mira, "Mine", "is:mine", false), &view, &error));
  g_assert_true(view->is_kept);
}

static void what_cannot_be_a_view_is_said(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_assert_nonnull(problem_with(test, " ", "bell"));
  g_assert_nonnull(problem_with(test, "A name that is much too long for the rail", "bell"));
  g_assert_nonnull(problem_with(test, "Nothing", ""));
  g_assert_nonnull(problem_with(test, "Wrong", "is:opne"));
  make(test, &test->mira, "Größe", "bell", false);
  g_assert_nonnull(problem_with(test, "grosse", "bell"));
  make(test, &test->mira, "Größe", "bell", true); // everybody's are others
  for (int i = 1; i < VIEWS_MOST; i++) make(test, &test->mira, arena_printf(test->arena, "%d", i), "bell", false);
  g_assert_nonnull(problem_with(test, "One more", "bell"));
}

// ——— a view is changed

static SavedView *found(TestDesk *test, const Staff *who, int64_t id) {
  g_autoptr(GError) error = NULL;
  SavedView *view = NULL;
  view_find(test->arena, test->desk, who, id, &view, &error);
  g_assert_no_error(error);
  return view;
}

static ViewProblems try_to_change(TestDesk *test, const Staff *who, int64_t id, ViewDraft draft) {
  g_autoptr(GError) error = NULL;
  ViewProblems problems;
  if (!draft.version) draft.version = found(test, who, id)->version;
  view_change(test->arena, test->desk, who, id, &draft, &problems, &error);
  g_assert_no_error(error);
  return problems;
}

static void change(TestDesk *test, const Staff *who, int64_t id, const char *name, const char *query, bool is_shared) {
  ViewProblems problems = try_to_change(test, who, id, (ViewDraft){name, query, is_shared, 0});
  g_assert_cmpstr(problems.name, ==, NULL);
  g_assert_cmpstr(problems.query, ==, NULL);
  g_assert_cmpstr(problems.whole, ==, NULL);
}

static void fill_only_the_first(TestDesk *test, int count) { // documents, in the next round
  g_autoptr(GError) error = NULL;
  bool more;
  const char *back = arena_printf(test->arena, "UPDATE saved_view SET filled_to = %d", count - 10000);
  g_assert_true(db_run_script(test->desk->db, back, &error));
  g_assert_true(search_catch_up(test->desk, &more, &error));
  g_assert_true(more);
}

static void nothing_of_the_old_query_stays(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  write_mail(test, "agnes@moor.example", "The brakes squeak.");
  int64_t both = write_mail(test, "bram@visser.example", "Brakes and saddle.");
  write_mail(test, "cy@else.example", "The saddle.");
  catch_up(test);
  int64_t view = make(test, &test->mira, "Brakes", "brakes", true);
  catch_up(test);
  g_assert_cmpstr(shown(test, &test->mira, view), ==, "2: 1001 1002");
  change(test, &test->mira, view, "Saddles", "saddle", true);
  g_assert_cmpstr(found(test, &test->jonas, view)->name, ==, "Saddles");
  g_assert_cmpstr(shown(test, &test->jonas, view), ==, "0:"); // a moment later
  catch_up(test);
  g_assert_cmpstr(shown(test, &test->jonas, view), ==, "2: 1002 1003");
  g_assert_true(conversation_solve(test->desk, &test->mira, both, &error));
  write_mail(test, "agnes@moor.example", "The brakes again."); // what only the old one looked for
  catch_up(test);
  g_assert_cmpstr(shown(test, &test->jonas, view), ==,
                  "2: 1003 1002"); // what is solved stands last
}

// Mail comes in and goes while a view is half filled, and the view is changed once more before it is full.
static void what_comes_in_while_it_is_filled_is_counted_once(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t numbers[4];
  for (int i = 0; i < 4; i++) numbers[i] = write_mail(test, "agnes@moor.example", i % 2 ? "Saddle and brakes." : "Brakes.");
  catch_up(test);
  int64_t view = make(test, &test->mira, "Mine", "saddle", false);
  catch_up(test);
  g_assert_cmpstr(shown(test, &test->mira, view), ==, "2: 1002 1004");
  change(test, &test->mira, view, "Mine", "brakes is:open", false);
  fill_only_the_first(test, 2);
  g_assert_cmpstr(shown(test, &test->mira, view), ==, "2: 1001 1002");
  write_mail(test, "bram@visser.example", "Brakes, while it is filled.");
  write_mail(test, "bram@visser.example", "A saddle, while it is filled.");
  g_assert_true(conversation_solve(test->desk, &test->mira, numbers[0], &error)); // was filled in, and goes
  g_assert_true(conversation_solve(test->desk, &test->mira, numbers[2], &error)); // would have been
  g_assert_true(tag_add(test->desk, &test->mira, numbers[3], "late", &error));    // will be looked at twice
  fill_only_the_first(test, 2);
  g_assert_cmpstr(shown(test, &test->mira, view), ==, "3: 1002 1004 1005");
  catch_up(test);
  g_assert_cmpstr(shown(test, &test->mira, view), ==, "3: 1002 1004 1005");
  change(test, &test->mira, view, "Mine", "brakes", false);
  fill_only_the_first(test, 1);
  change(test, &test->mira, view, "Mine", "saddle", false);
  catch_up(test);
  g_assert_cmpstr(shown(test, &test->mira, view), ==, "3: 1002 1004 1006");
}

static void another_name_leaves_it_as_full_as_it_is(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  for (int i = 0; i < 3; i++) write_mail(test, "agnes@moor.example", "Bell.");
  catch_up(test);
  int64_t view = make(test, &test->mira, "Bells", "bell", false);
  fill_only_the_first(test, 2);
  change(test, &test->mira, view, "What rings", "bell", false);
  g_assert_cmpstr(shown(test, &test->mira, view), ==, "2: 1001 1002");
  catch_up(test);
  change(test, &test->mira, view, "what rings ", "bell", true); // its own name is not taken
  g_assert_cmpstr(shown(test, &test->jonas, view), ==, "3: 1001 1002 1003");
}

static void a_change_is_told_to_open_pages(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t before, after, view = make(test, &test->mira, "New", "after:today", true);
  g_autoptr(DbWatch) page = db_watch_open(test->where, 10 * CLOCK_MILLISECOND, &error);
  g_assert_no_error(error);
  g_assert_true(search_changes(test->desk, &before, &error));
  while (db_watch_wait(page, 0)) {}
  change(test, &test->mira, view, "Newer", "after:today", true);
  g_assert_true(db_watch_wait(page, 10 * CLOCK_SECOND));
  g_assert_true(search_changes(test->desk, &after, &error));
  g_assert_cmpint(after, >, before);
  g_assert_true(view_remove(test->desk, &test->mira, view, &error));
  g_assert_true(db_watch_wait(page, 10 * CLOCK_SECOND));
  g_assert_true(search_changes(test->desk, &before, &error));
  g_assert_cmpint(before, >, after);
}

// "Mine" is each one's own in everybody's view, and then there is nothing to count; in one's own it is its owner's.
static void whose_it_is_may_change(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  Staff jonas = test->jonas;
  SavedView *view = NULL;
  jonas.role = ROLE_SUPERVISOR;
  int64_t mine = write_mail(test, "agnes@moor.example", "One."), his = write_mail(test, "bram@visser.example", "Two.");
  g_assert_true(conversation_assign(test->desk, &test->mira, mine, test->mira.id, &error));
  g_assert_true(conversation_assign(test->desk, &test->mira, his, jonas.id, &error));
  int64_t id = make(test, &test->mira, "With me", "is:mine", false);
  catch_up(test);
  g_assert_cmpstr(shown(test, &test->mira, id), ==, "1: 1001");
  change(test, &test->mira, id, "With me", "is:mine", true);
  catch_up(test);
  g_assert_false(found(test, &jonas, id)->is_kept);
  g_assert_cmpstr(shown(test, &jonas, id), ==, "0:");
  change(test, &jonas, id, "With me", "is:mine", false);
  catch_up(test);
  g_assert_cmpstr(shown(test, &jonas, id), ==, "1: 1002");
  g_assert_false(view_find(test->arena, test->desk, &test->mira, id, &view, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
}

static void who_may_not_remove_it_may_not_change_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ViewProblems problems;
  int64_t ours = make(test, &test->mira, "Ours", "bell", true), mine = make(test, &test->mira, "Mine", "bell", false);
  const ViewDraft draft = {.name = "His", .query = "is:nothing", .is_shared = true, .version = 1};
  g_assert_false(view_change(test->arena, test->desk, &test->jonas, ours, &draft, &problems, &error));
  g_assert_true(error_is(error, ERROR_FORBIDDEN));
  g_clear_error(&error);
  g_assert_false(view_change(test->arena, test->desk, &test->jonas, mine, &draft, &problems, &error));
  g_assert_true(error_is(error, ERROR_NOT_FOUND));
  g_assert_cmpstr(found(test, &test->mira, ours)->name, ==, "Ours");
}

static void who_is_second_hears_of_the_first(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t view = make(test, &test->mira, "Bells", "bell", true), seen = found(test, &test->mira, view)->version;
  change(test, &test->mira, view, "Brakes", "brakes", true);
  ViewProblems problems = try_to_change(test, &test->mira, view, (ViewDraft){"Saddles", "saddle", true, seen});
  g_assert_nonnull(problems.whole);
  g_assert_cmpstr(found(test, &test->mira, view)->name, ==, "Brakes");
  g_assert_cmpstr(found(test, &test->mira, view)->query, ==, "brakes");
  change(test, &test->mira, view, "Saddles", "saddle", true); // and may all the same
  g_assert_cmpstr(found(test, &test->mira, view)->query, ==, "saddle");
}

static void what_a_view_cannot_become_is_said_where_it_was_typed(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t view = make(test, &test->mira, "Bells", "bell", false);
  make(test, &test->mira, "Größe", "bell", false);
  ViewProblems problems = try_to_change(test, &test->mira, view, (ViewDraft){"grosse", "bell", false, 0});
  g_assert_nonnull(problems.name);
  g_assert_null(problems.query);
  problems = try_to_change(test, &test->mira, view, (ViewDraft){" ", "is:opne", false, 0});
  g_assert_nonnull(problems.name);
  g_assert_nonnull(problems.query);
  problems = try_to_change(test, &test->mira, view, (ViewDraft){"Bells", "", false, 0});
  g_assert_null(problems.name);
  g_assert_nonnull(problems.query);
  change(test, &test->mira, view, "Größe", "bell", true); // everybody's are others
  g_assert_cmpstr(found(test, &test->mira, view)->query, ==, "bell");
}

static void there_is_room_for_so_many_and_no_more(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  int64_t own = make(test, &test->mira, "Bells", "bell", false), last = 0;
  for (int i = 0; i < VIEWS_MOST; i++) last = make(test, &test->mira, arena_printf(test->arena, "%d", i), "bell", true);
  ViewProblems problems = try_to_change(test, &test->mira, own, (ViewDraft){"Bells", "bell", true, 0});
  g_assert_nonnull(problems.whole);
  change(test, &test->mira, last, "It stays among them", "bell", true);
  change(test, &test->mira, last, "And leaves them", "bell", false);
  change(test, &test->mira, own, "Bells", "bell", true);
}

static void views_of_ones_own_are_listed_and_counted(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ViewCounts counts;
  ConversationPage page;
  int64_t first = write_mail(test, "agnes@moor.example", "One.");
  write_mail(test, "bram@visser.example", "Two.");
  ReplyDraft note = {.number = first, .text = "@Jonas have a look."};
  ReplyOutcome outcome;
  int64_t id;
  g_assert_true(conversation_note(test->arena, test->desk, &test->mira, &note, &outcome, &id, &error));
  g_assert_true(conversation_follow(test->desk, &test->jonas, first, &error));
  g_assert_true(conversation_counts(test->arena, test->desk, test->jonas.id, &counts, &error));
  g_assert_cmpint(counts.views[VIEW_MENTIONS], ==, 1);
  g_assert_cmpint(counts.views[VIEW_FOLLOWING], ==, 1);
  g_assert_cmpint(counts.views[VIEW_DRAFTS], ==, 0);
  g_assert_cmpint(counts.views[VIEW_WAITING], ==, 2);
  static const View views[] = {VIEW_MENTIONS, VIEW_FOLLOWING};
  for (size_t i = 0; i < G_N_ELEMENTS(views); i++) {
    g_assert_true(conversation_list(test->arena, test->desk, views[i], test->jonas.id, 0, 0, &page, &error));
    g_assert_cmpuint(page.rows.count, ==, 1);
    g_assert_cmpint(page.rows.items[0].number, ==, first);
    g_assert_true(conversation_list(test->arena, test->desk, views[i], test->mira.id, 0, 0, &page, &error));
    g_assert_cmpuint(page.rows.count, ==, 0);
  }
  test_reply(test, first, "Done.");
  g_assert_true(conversation_list(test->arena, test->desk, VIEW_WAITING, test->mira.id, 0, 0, &page, &error));
  g_assert_cmpuint(page.rows.count, ==, 1);
  test_counts(test);
}

static void what_runs_out_first_is_due_first(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  ConversationPage page;
  RowFactsList facts = {0};
  IntList numbers = {0};
  int64_t count, first = write_mail(test, "agnes@moor.example", "One.");
  write_mail(test, "bram@visser.example", "Two.");
  g_assert_true(complaint_receive(test->desk, &test->mira, first, ORIGIN_PERSON, "", &error));
  g_assert_true(tag_add(test->desk, &test->mira, first, "refund", &error));
  g_assert_true(conversation_list_due(test->arena, test->desk, INT64_MAX, -1, 0, 0, &page, &error));
  g_assert_cmpuint(page.rows.count, ==, 2); // whoever wrote waits for an answer, complaint or not
  g_assert_cmpint(page.rows.items[0].queue_key, <=, page.rows.items[1].queue_key);
  g_assert_true(conversation_list_due(test->arena, test->desk, INT64_MAX, test->mira.id, 0, 0, &page, &error));
  g_assert_cmpuint(page.rows.count, ==, 0);
  g_assert_true(conversation_list_due(test->arena, test->desk, test->clock.set_to, -1, 0, 0, &page, &error));
  g_assert_cmpuint(page.rows.count, ==, 0);
  g_assert_true(conversation_count_due(test->desk, test->clock.set_to + 90 * CLOCK_DAY, &count, &error));
  g_assert_cmpint(count, ==, 2);
  *list_add(test->arena, &numbers) = first;
  g_assert_true(conversation_row_facts(test->arena, test->desk, &numbers, test->mira.id, &facts, &error));
  g_assert_cmpuint(facts.count, ==, 1);
  g_assert_true(facts.items[0].is_complaint);
  g_assert_cmpstr(facts.items[0].tags, ==, "refund");
  g_assert_cmpint(facts.items[0].due_at, >, test->clock.set_to);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/view/fills-and-follows", a_view_fills_and_follows);
  g_test_add_func("/view/filling-goes-on", filling_goes_on_where_it_was);
  g_test_add_func("/view/united-tags", united_tags_take_their_conversations_along);
  g_test_add_func("/view/words", words_may_be_in_a_view);
  g_test_add_func("/view/own", ones_own_is_for_nobody_else);
  g_test_add_func("/view/no-count", what_changes_by_itself_has_no_count);
  g_test_add_func("/view/problems", what_cannot_be_a_view_is_said);
  g_test_add_func("/view/change/query", nothing_of_the_old_query_stays);
  g_test_add_func("/view/change/while-filled", what_comes_in_while_it_is_filled_is_counted_once);
  g_test_add_func("/view/change/name", another_name_leaves_it_as_full_as_it_is);
  g_test_add_func("/view/change/told", a_change_is_told_to_open_pages);
  g_test_add_func("/view/change/whose", whose_it_is_may_change);
  g_test_add_func("/view/change/forbidden", who_may_not_remove_it_may_not_change_it);
  g_test_add_func("/view/change/second", who_is_second_hears_of_the_first);
  g_test_add_func("/view/change/problems", what_a_view_cannot_become_is_said_where_it_was_typed);
  g_test_add_func("/view/change/room", there_is_room_for_so_many_and_no_more);
  g_test_add_func("/view/ones-own", views_of_ones_own_are_listed_and_counted);
  g_test_add_func("/view/due", what_runs_out_first_is_due_first);
  return g_test_run();
}
