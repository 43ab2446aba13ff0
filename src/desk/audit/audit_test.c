// The audit journal: what is written stays, what was tampered with shows, and two people who write at once do not break the chain.
#include "desk/audit/audit.h"

#include "base/text.h"
#include "base/words.h"
#include "desk/due/due.h"
#include "desk/rule/rule.h"
#include "desk/tag/tag.h"
#include "desk/team/team.h"
#include "desk/testing.h"
#include "desk/view/view.h"

#include <string.h>

#define BEFORE 2 // entries of a test desk: its two agents were added
#define WRITERS 6
#define ROUNDS 10

static void add(TestDesk *test, const Staff *actor, const char *what, const char *subject, const char *detail) {
  g_autoptr(GError) error = NULL;
  g_autoptr(DbTx) tx = db_begin(test->desk->db, &error);
  audit_add(test->desk, actor, what, subject, detail, &error);
  g_assert_no_error(error);
  g_assert_true(db_commit(&tx, &error));
}

static AuditPage list(TestDesk *test, const char *topic, int64_t before) {
  g_autoptr(GError) error = NULL;
  AuditPage page;
  audit_list(test->arena, test->desk, topic, before, &page, &error);
  g_assert_no_error(error);
  return page;
}

static TextList verify(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  TextList findings = {0};
  audit_verify(test->arena, test->desk, &findings, &error);
  g_assert_no_error(error);
  return findings;
}

static void run(TestDesk *test, const char *sqlite, const char *postgres) {
  g_autoptr(GError) error = NULL;
  db_run_script(test->desk->db, db_is_postgres(test->desk->db) ? postgres : sqlite, &error);
  g_assert_no_error(error);
}

// As somebody would who owns the database.
static void tamper(TestDesk *test, const char *sql) {
  run(test, "DROP TRIGGER audit_entry_stays; DROP TRIGGER audit_entry_is_kept", "DROP TRIGGER audit_entry_stays ON audit_entry");
  run(test, sql, sql);
}

static void add_three(TestDesk *test) {
  add(test, &test->mira, "staff.role", "Jonas Feld", "role: agent \xE2\x86\x92 supervisor");
  add(test, NULL, "mailbox.added", "help@godwit.example", "");
  add(test, &test->jonas, "staff.disabled", "Mira Lindqvist", "");
}

static void an_entry_says_who_when_and_what(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  add_three(test);
  AuditPage page = list(test, NULL, 0);
  g_assert_cmpuint(page.rows.count, ==, BEFORE + 3);
  const AuditEntry *newest = &page.rows.items[0], *second = &page.rows.items[1], *oldest = &page.rows.items[2];
  g_assert_cmpint(newest->number, ==, BEFORE + 3);
  g_assert_cmpstr(second->actor, ==, "the command line");
  g_assert_cmpint(second->staff_id, ==, 0);
  g_assert_cmpstr(oldest->actor, ==, "Mira Lindqvist <mira@godwit.example>");
  g_assert_cmpint(oldest->staff_id, ==, test->mira.id);
  g_assert_cmpint(oldest->happened_at, ==, test->clock.set_to);
  g_assert_cmpstr(audit_words(oldest->what), ==, "Role changed");
  g_assert_cmpstr(oldest->detail, ==, "role: agent \xE2\x86\x92 supervisor");
  g_assert_cmpuint(list(test, "staff", 0).rows.count, ==, BEFORE + 2);
  g_assert_cmpuint(list(test, "mailbox", 0).rows.count, ==, 1);
  g_assert_cmpuint(verify(test).count, ==, 0);
  test_counts(test); // `rapport check` reads it too
}

static void what_is_undone_is_not_in_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  {
    g_autoptr(DbTx) tx = db_begin(test->desk->db, &error);
    g_assert_true(tx && audit_add(test->desk, &test->mira, "staff.role", "Jonas Feld", "", &error));
  }
  add_three(test);
  g_assert_cmpint(list(test, NULL, 0).rows.items[0].number, ==, BEFORE + 3);
  g_assert_cmpuint(verify(test).count, ==, 0);
}

static void the_database_refuses_a_change(void) {
  static const char *const changes[] = {"UPDATE audit_entry SET detail = '' WHERE number = 1",
                                        "DELETE FROM audit_entry WHERE number = 3"};
  g_autoptr(TestDesk) test = test_desk_new();
  add_three(test);
  for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(db_run_script(test->desk->db, changes[i], &error));
    g_assert_nonnull(error);
  }
  g_assert_cmpuint(list(test, NULL, 0).rows.count, ==, BEFORE + 3);
}

static void what_somebody_tampered_with_is_found(void) {
  static const struct {
    const char *sql, *says;
  } cases[] = {
    {"UPDATE audit_entry SET detail = 'role: agent' WHERE number = 3", "the seal of entry 3 does not fit"},
    {"UPDATE audit_entry SET happened_at = happened_at - 1 WHERE number = 4", "the seal of entry 4 does not fit"},
    {"UPDATE audit_entry SET actor = 'Jonas Feld <jonas@godwit.example>' WHERE number = 3", "the seal of entry 3 does not fit"},
    {"UPDATE audit_entry SET subject = detail, detail = subject WHERE number = 3", "the seal of entry 3 does not fit"},
    {"DELETE FROM audit_entry WHERE number = 4", "lacks entry 4"},
    {"DELETE FROM audit_entry WHERE number = 5", "ends at entry 4, but it had come to 5"},
    {"DELETE FROM audit_entry", "ends at entry 0, but it had come to 5"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(TestDesk) test = test_desk_new();
    add_three(test);
    tamper(test, cases[i].sql);
    TextList findings = verify(test);
    g_assert_cmpuint(findings.count, ==, 1);
    g_assert_nonnull(strstr(findings.items[0], cases[i].says));
  }
}

static void long_and_strange_things_are_kept_in_bounds(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autofree char *much = g_strnfill(3 * AUDIT_DETAIL_MOST, 'x');
  add(test, &test->mira, "conduct.decided", "a\nname", much);
  AuditPage page = list(test, "conduct", 0);
  g_assert_cmpstr(page.rows.items[0].subject, ==, "a name");
  g_assert_cmpuint(text_length(page.rows.items[0].detail), ==, AUDIT_DETAIL_MOST);
  g_assert_cmpstr(audit_words("conduct.decided-by-nobody"), ==, "conduct.decided-by-nobody");
  g_assert_cmpuint(verify(test).count, ==, 0);
}

static void a_change_tells_before_and_after(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *detail = audit_change(arena, "", "name", "Jonas", "Jonas");
  g_assert_cmpstr(detail, ==, "");
  detail = audit_change(arena, detail, "role", "agent", "supervisor");
  detail = audit_change(arena, detail, "team", NULL, "Repairs");
  g_assert_cmpstr(detail, ==, "role: agent \xE2\x86\x92 supervisor\nteam: nothing \xE2\x86\x92 Repairs");
}

#define ARROW " \xE2\x86\x92 "
#define IN_QUOTES(text) "\xE2\x80\x9C" text "\xE2\x80\x9D"

static const char *said(TestDesk *test, const char *what, const char *detail) {
  AuditEntry entry = {.what = what, .subject = "", .actor = "", .detail = detail};
  return audit_say_detail(test->arena, &entry);
}

static void it_is_kept_in_english_and_said_to_who_reads_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  test_teach_german("role", "Rolle");
  test_teach_german("agent", "Mitarbeit");
  test_teach_german("supervisor", "Leitung");
  test_teach_german("nothing", "nichts");
  test_teach_german("name", "Name");
  test_teach_german("then", "dann");
  test_teach_german("Give it to", "Gib es an");
  test_teach_german("the command line", "die Befehlszeile");
  test_teach_german("%s went into it", "%s ging darin auf");
  add(test, NULL, "staff.role", "Jonas Feld", "role: agent" ARROW "supervisor");
  AuditPage page = list(test, NULL, 0);
  int before = words_use(words_from_code("de"));
  g_assert_cmpstr(audit_say_actor(&page.rows.items[0]), ==, "die Befehlszeile");
  g_assert_cmpstr(audit_say_detail(test->arena, &page.rows.items[0]), ==, "Rolle: Mitarbeit" ARROW "Leitung");
  g_assert_cmpstr(said(test, "staff.renamed", "name: agent" ARROW "nothing"), ==, "Name: agent" ARROW "nichts"); // a strange name
  g_assert_cmpstr(said(test, "rule.made", "then: nothing" ARROW "Give it to / " IN_QUOTES("agent")), ==,
                  "dann: nichts" ARROW "Gib es an / " IN_QUOTES("agent"));
  g_assert_cmpstr(said(test, "customer.merged", "Agnes <a@x> went into it"), ==, "Agnes <a@x> ging darin auf");
  words_use(before);
  g_assert_cmpstr(page.rows.items[0].detail, ==, "role: agent" ARROW "supervisor");
  g_assert_cmpuint(verify(test).count, ==, 0);
}

static const AuditEntry *newest(TestDesk *test) { return &list(test, NULL, 0).rows.items[0]; }

static void expect(TestDesk *test, const char *what, const char *subject, const char *detail) {
  const AuditEntry *entry = newest(test);
  g_assert_cmpstr(entry->what, ==, what);
  g_assert_cmpstr(entry->subject, ==, subject);
  g_assert_cmpstr(entry->detail, ==, detail);
  g_assert_cmpint(entry->staff_id, ==, test->mira.id);
}

static void tags_fields_and_teams_are_in_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t bell = 0, ring = 0, shop = 0, team = 0;
  g_assert_true(tag_make_by_hand(test->desk, &test->mira, "bell", &bell, &error));
  expect(test, "tag.made", "bell", "");
  g_assert_true(tag_make(test->desk, "ring", &ring, &error)); // as by typing it: it is no administration
  expect(test, "tag.made", "bell", "");
  g_assert_true(tag_rename(test->desk, &test->mira, bell, "Bells", &error));
  expect(test, "tag.renamed", "Bells", "name: " IN_QUOTES("bell") ARROW IN_QUOTES("Bells"));
  g_assert_true(tag_merge(test->desk, &test->mira, ring, bell, &error));
  expect(test, "tag.merged", "Bells", "ring went into it");
  g_assert_true(tag_retire(test->desk, &test->mira, bell, &error));
  expect(test, "tag.retired", "Bells", "");
  g_assert_true(field_make(test->desk, &test->mira, "Shop", FIELD_CHOICE, "Cork\nDublin", &shop, &error));
  expect(test, "field.made", "Shop",
         "name: nothing" ARROW IN_QUOTES("Shop") "\nchoices: nothing" ARROW IN_QUOTES("Cork, Dublin") "\nkind: nothing" ARROW
                                                                                                      "choice");
  g_assert_true(field_change(test->desk, &test->mira, shop, "Shop", "Cork\nGalway", &error));
  expect(test, "field.changed", "Shop", "choices: " IN_QUOTES("Cork, Dublin") ARROW IN_QUOTES("Cork, Galway"));
  g_assert_true(field_retire(test->desk, &test->mira, shop, &error));
  expect(test, "field.retired", "Shop", "");
  g_assert_true(team_make(test->desk, &test->mira, "Repairs", true, &team, &error));
  expect(test, "team.made", "Repairs", "takes turns: nothing" ARROW "yes");
  g_assert_true(team_set_members(test->desk, &test->mira, team, &(IntList){.items = &test->jonas.id, .count = 1}, &error));
  expect(test, "team.changed", "Repairs", IN_QUOTES("Jonas Feld") ": not in it" ARROW "in it");
  g_assert_true(team_set_room(test->desk, &test->mira, test->jonas.id, 5, true, &error));
  expect(test, "team.room", "Jonas Feld", "room: nothing" ARROW "5\naway: no" ARROW "yes");
  g_assert_true(team_change(test->desk, &test->mira, team, "Repairs", true, &error)); // nothing is different
  expect(test, "team.room", "Jonas Feld", "room: nothing" ARROW "5\naway: no" ARROW "yes");
  g_assert_true(team_retire(test->desk, &test->mira, team, &error));
  expect(test, "team.retired", "Repairs", "");
  g_assert_cmpuint(verify(test).count, ==, 0);
}

static void rules_targets_and_views_for_everybody_are_in_it(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_autoptr(GError) error = NULL;
  int64_t id = 0, view = 0;
  const char *problem = NULL;
  RuleCondition asks[] = {{.field = IF_SUBJECT, .sense = SENSE_HAS, .value = "refund"}};
  RuleAction does[] = {{.deed = DO_ASSIGN, .value = arena_printf(test->arena, "%d", (int)test->jonas.id), .words = ""}};
  Rule rule = {.name = "Refunds",
               .is_on = true,
               .moments = INT64_C(1) << WHEN_OPENED,
               .conditions = {.items = asks, .count = 1},
               .actions = {.items = does, .count = 1}};
  test_teach_german("A conversation is opened", "Ein Gespr\xC3\xA4"
                                                "ch wird er\xC3\xB6"
                                                "ffnet");
  int before = words_use(words_from_code("de")); // whoever writes it speaks German
  g_assert_true(rule_keep(test->desk, &test->mira, &rule, false, &id, &error));
  words_use(before);
  expect(test, "rule.made", "Refunds",
         "name: nothing" ARROW IN_QUOTES("Refunds") "\nwhen: nothing" ARROW "A conversation is opened\nif: nothing" ARROW
                                                    "Subject / contains / " IN_QUOTES(
                                                      "refund") "\none is enough: nothing" ARROW "no\nthen: nothing" ARROW
                                                                "Give it to / " IN_QUOTES(
                                                                  "Jonas Feld") "\nswitched on: nothing" ARROW "yes");
  rule.id = id;
  does[0].value = "0";
  g_assert_true(rule_keep(test->desk, &test->mira, &rule, false, &id, &error));
  expect(test, "rule.changed", "Refunds", "then: Give it to / " IN_QUOTES("Jonas Feld") ARROW "Give it to / nobody");
  g_assert_true(rule_switch(test->desk, &test->mira, id, false, &error));
  expect(test, "rule.switched", "Refunds", "switched on: yes" ARROW "no");
  g_assert_true(rule_remove(test->desk, &test->mira, id, &error));
  g_assert_cmpstr(newest(test)->what, ==, "rule.removed");
  DueTargetsList all;
  g_assert_true(due_targets(test->arena, test->desk, &all, &error));
  DueTargets targets = all.items[0];
  targets.minutes[PRIORITY_URGENT][DUE_FIRST_ANSWER] = 90;
  g_assert_true(due_targets_set(test->desk, &test->mira, &targets, &error));
  expect(test, "desk.targets", "every team", "urgent / First answer: 1 h" ARROW "1 h 30 min");
  g_assert_true(view_make(test->arena, test->desk, &test->mira, "Lamps", "lamp", true, &view, &problem, &error));
  expect(test, "view.made", "Lamps", "query: nothing" ARROW IN_QUOTES("lamp"));
  g_assert_true(view_make(test->arena, test->desk, &test->mira, "My own", "bell", false, &view, &problem, &error));
  expect(test, "view.made", "Lamps", "query: nothing" ARROW IN_QUOTES("lamp")); // nobody else's matter
}

static void a_long_journal_is_read_a_page_at_a_time(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  for (int i = 0; i < AUDIT_PAGE + 7; i++) add(test, &test->mira, "desk.hours", arena_printf(test->arena, "change %d", i), "");
  AuditPage first = list(test, "desk", 0);
  g_assert_true(first.has_more);
  g_assert_cmpuint(first.rows.count, ==, AUDIT_PAGE);
  AuditPage rest = list(test, "desk", first.rows.items[AUDIT_PAGE - 1].number);
  g_assert_false(rest.has_more);
  g_assert_cmpuint(rest.rows.count, ==, 7);
}

static void *write_some(void *data) {
  TestDesk *test = data;
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Desk *desk = desk_join(arena, test->where, &test->clock, &random_system, &error);
  g_assert_no_error(error);
  for (int round = 0; round < ROUNDS;) {
    g_autoptr(DbTx) tx = db_begin(desk->db, &error);
    if (tx && audit_add(desk, NULL, "staff.role", "somebody", "", &error) && db_commit(&tx, &error))
      round++;
    else
      g_assert_true(error_is(error, ERROR_BUSY));
    g_clear_error(&error);
  }
  return NULL;
}

static void those_who_write_at_once_make_one_chain(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  GThread *threads[WRITERS];
  for (int i = 0; i < WRITERS; i++) threads[i] = g_thread_new("writer", write_some, test);
  for (int i = 0; i < WRITERS; i++) g_thread_join(threads[i]);
  g_assert_cmpint(list(test, NULL, 0).rows.items[0].number, ==, BEFORE + WRITERS * ROUNDS);
  g_assert_cmpuint(verify(test).count, ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/audit/entry", an_entry_says_who_when_and_what);
  g_test_add_func("/audit/undone", what_is_undone_is_not_in_it);
  g_test_add_func("/audit/refused", the_database_refuses_a_change);
  g_test_add_func("/audit/tampered", what_somebody_tampered_with_is_found);
  g_test_add_func("/audit/bounds", long_and_strange_things_are_kept_in_bounds);
  g_test_add_func("/audit/change", a_change_tells_before_and_after);
  g_test_add_func("/audit/said", it_is_kept_in_english_and_said_to_who_reads_it);
  g_test_add_func("/audit/tags-fields-teams", tags_fields_and_teams_are_in_it);
  g_test_add_func("/audit/rules-targets-views", rules_targets_and_views_for_everybody_are_in_it);
  g_test_add_func("/audit/pages", a_long_journal_is_read_a_page_at_a_time);
  g_test_add_func("/audit/at-once", those_who_write_at_once_make_one_chain);
  return g_test_run();
}
