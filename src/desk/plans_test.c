// Every statement of the desk as SQLite would run it: none that runs while mail comes in or goes out, or while a page is made, reads
// the whole of a table that grows with mail or customers. Those that do are named here, with why. A table is taken to grow unless it is
// named among the few that do not, so that a new one is watched from its first day.
//
// The product never runs ANALYZE on SQLite: plans made without statistics do not change under load, and are the ones that are tested. Who
// administers a desk may have run it all the same, so what is asked is tested with the statistics of a large desk too. PostgreSQL
// plans by what its tables hold.
#include "db/statement.h"
#include "desk/testing.h"

extern const DbQuery *const desk_queries[];
extern const size_t desk_query_count;

// What SQLite says for a row that others point to is no work: it looks only when a broken reference waits to be mended.
static const char *const scans[] = {
  "desk_count_all", // `rapport check` counts everything
  "verify_tallies",    "verify_spending", "verify_followed",
  "search_forget_all", // everything is made anew
};

// Those that look at all that is in one state, because it is soon in another, or because nobody waits for them.
static const char *const whole_states[] = {
  "outbox_release",      "outbox_select_dismissed", "outbox_select_open", // what waits, or is put aside, a hundred at most
  "received_select_old",                                                  // the quarantine
  "verify_unfiled",
};

// Those that grow with the house: its people, settings and texts, and never with who writes to it.
static const char *const few[] = {
  "audit_head",   "channel",      "channel_place", "coach_off",    "complaint_rule", "due_rule",  "due_target",
  "field",        "guide",        "guide_version", "holiday",      "hours",          "learnt",    "learnt_accuracy",
  "mailbox",      "message_held", "remedy_limit",  "remedy_purse", "rule",           "rule_book", "saved_view",
  "search_state", "session",      "setting",       "staff",        "staff_link",     "tag",       "target",
  "team",         "team_member",  "template",      "vault"};

static const char *plan_of(TestDesk *test, const DbQuery *query) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) plan = g_string_new(NULL);
  DbQuery *explain = arena_make(test->arena, DbQuery);
  *explain = (DbQuery){.name = query->name, .where = query->where, .columns = 4};
  explain->sqlite = arena_printf(test->arena, "EXPLAIN QUERY PLAN %s", query->sqlite);
  DbStatement *statement = db_prepare(test->desk->db, explain, &error);
  g_assert_no_error(error);
  DbStep step;
  while ((step = db_step(statement, &error)) == DB_STEP_ROW)
    g_string_append_printf(plan, "%s\n", db_column_text(test->arena, statement, 3));
  g_assert_no_error(error);
  db_finish(statement);
  return arena_strndup(test->arena, plan->str, plan->len);
}

static const DbQuery *query_named(const char *name) {
  for (size_t i = 0; i < desk_query_count; i++)
    if (strcmp(desk_queries[i]->name, name) == 0) return desk_queries[i];
  g_error("There is no statement %s.", name);
}

static const char *plan_named(TestDesk *test, const char *name) { return plan_of(test, query_named(name)); }

static bool is_among(const char *name, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(list[i], name) == 0) return true;
  return false;
}

static bool may_scan(const DbQuery *query) {
  return g_str_has_prefix(query->sqlite, "INSERT") || is_among(query->name, scans, G_N_ELEMENTS(scans));
}

static void names_of(TestDesk *test, const char *sql, TextList *out) {
  g_autoptr(GError) error = NULL;
  DbQuery *query = arena_make(test->arena, DbQuery);
  *query = (DbQuery){.name = "names", .where = "desk/plans_test.c", .sqlite = sql, .columns = 1};
  DbStatement *statement = db_prepare(test->desk->db, query, &error);
  g_assert_no_error(error);
  DbStep step;
  while ((step = db_step(statement, &error)) == DB_STEP_ROW)
    *list_add(test->arena, out) = db_column_text(test->arena, statement, 0);
  g_assert_true(db_end(statement, step, &error));
}

typedef struct Schema {
  TextList tables;  // that grow
  TextList partial; // indexes of some of their rows: what is open, what waits
} Schema;

static Schema schema_of(TestDesk *test) {
  Schema schema = {0};
  TextList tables = {0};
  names_of(test, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", &tables);
  names_of(test, "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'", &schema.partial);
  list_each(const Text, table, &tables)
    if (!is_among(*table, few, G_N_ELEMENTS(few))) *list_add(test->arena, &schema.tables) = *table;
  return schema;
}

static bool has(const TextList *list, const char *name) { return is_among(name, list->items, list->count); }

// A statement may call a table by another name, and then the plan does.
static bool names_one_that_grows(const Schema *schema, const DbQuery *query, const char *name) {
  g_autofree char *pattern = g_strdup_printf("(?:FROM|JOIN|UPDATE|,)\\s+(\\w+)\\s+(?:AS\\s+)?%s\\b", name);
  g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  if (has(&schema->tables, name)) return true;
  for (g_regex_match(regex, query->sqlite, 0, &match); g_match_info_matches(match); g_match_info_next(match, NULL)) {
    g_autofree char *table = g_match_info_fetch(match, 1);
    if (has(&schema->tables, table)) return true;
  }
  return false;
}

// "SCAN c", "SCAN a USING INDEX safety_alert_open": the whole of an index that holds only what is open is no more than what is asked for.
static bool reads_everything(const Schema *schema, const DbQuery *query, const char *step) {
  g_auto(GStrv) words = g_strsplit(step, " ", -1);
  const char *index = strstr(step, " INDEX ");
  if (g_strv_length(words) < 2 || strcmp(words[0], "SCAN") != 0 || !names_one_that_grows(schema, query, words[1])) return false;
  if (strstr(step, "VIRTUAL TABLE")) return strstr(step, "INDEX 0:") != NULL; // full text: without a word to look for
  return !index || !has(&schema->partial, index + strlen(" INDEX "));
}

// "SEARCH c USING INDEX conversation_queue (state=?)": half of all conversations are open, so that is no choice, whatever the index.
static bool reads_a_whole_state(const Schema *schema, const DbQuery *query, const char *step) {
  g_auto(GStrv) words = g_strsplit(step, " ", -1);
  return g_strv_length(words) > 2 && strcmp(words[0], "SEARCH") == 0 && g_str_has_suffix(step, "(state=?)") &&
         names_one_that_grows(schema, query, words[1]) && !is_among(query->name, whole_states, G_N_ELEMENTS(whole_states));
}

static void check_all(TestDesk *test) {
  Schema schema = schema_of(test);
  bool is_good = true;
  g_assert_cmpuint(desk_query_count, >, 150);
  g_assert_cmpuint(schema.tables.count, >, 50);
  for (size_t i = 0; i < desk_query_count; i++) {
    if (may_scan(desk_queries[i])) continue;
    g_auto(GStrv) steps = g_strsplit(plan_of(test, desk_queries[i]), "\n", -1);
    for (char **step = steps; *step; step++) {
      if (!reads_everything(&schema, desk_queries[i], *step) && !reads_a_whole_state(&schema, desk_queries[i], *step)) continue;
      g_printerr("%s (%s): %s\n", desk_queries[i]->name, desk_queries[i]->where, *step);
      is_good = false;
    }
  }
  g_assert_true(is_good);
}

static void no_statement_reads_the_whole_of_what_grows(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  check_all(test);
}

// Thousands of rows in every table that grows, made up column by column; none of conduct and safety, which most desks never need.
static void fill(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  TextList scripts = {0};
  db_run_script(
    test->desk->db,
    "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; CREATE TEMP TABLE many (i INTEGER PRIMARY KEY);"
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO many SELECT i FROM n",
    &error);
  g_assert_no_error(error);
  names_of(
    test,
    "SELECT 'INSERT OR IGNORE INTO ' || t.name || ' (' || group_concat(c.name) || ') SELECT '"
    " || group_concat(CASE WHEN c.\"notnull\" = 0 AND c.pk = 0 THEN 'CASE WHEN i % 10 = 0 THEN ' ELSE '' END"
    " || CASE WHEN c.type = 'TEXT' THEN quote('t') || '||(i * 7 % 3001)' WHEN c.type = 'BLOB' THEN 'CAST(i AS BLOB)'"
    " WHEN c.type = 'REAL' THEN '0.5' WHEN c.name IN ('state', 'kind', 'stage', 'priority', 'origin') OR c.name LIKE 'is\\_%' ESCAPE '\\' THEN 'i % 3'"
    " WHEN c.name LIKE '%\\_id' ESCAPE '\\' THEN 'i % 1999 + 1' ELSE 'i' END"
    " || CASE WHEN c.\"notnull\" = 0 AND c.pk = 0 THEN ' END' ELSE '' END) || ' FROM many'"
    " FROM sqlite_master t JOIN pragma_table_info(t.name) c"
    " WHERE t.type = 'table' AND t.sql LIKE 'CREATE TABLE%' AND t.name NOT LIKE 'search\\_part%' ESCAPE '\\'"
    " AND t.name NOT LIKE 'search\\_index%' ESCAPE '\\' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'boundary%'"
    " AND t.name NOT LIKE 'safety%' GROUP BY t.name",
    &scripts);
  list_each(const Text, script, &scripts) {
    g_auto(GStrv) words = g_strsplit(*script, " ", 6);
    if (is_among(words[4], few, G_N_ELEMENTS(few))) continue;
    db_run_script(test->desk->db, *script, &error);
    g_assert_no_error(error);
  }
  g_assert_true(db_run_script(test->desk->db, "ANALYZE", &error));
}

static void nor_does_one_where_somebody_ran_analyze(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  fill(test);
  check_all(test);
}

// Each is counted on an index that holds nothing else, from the newest down to its bound.
static void the_bounds_on_automatic_mail_are_counted_on_their_own_indexes(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  g_assert_nonnull(strstr(plan_named(test, "outbox_automatic_of_mailbox"),
                          "SEARCH outbox USING COVERING INDEX outbox_automatic_from (automatic_from=? AND made_at>?)"));
  g_assert_nonnull(strstr(plan_named(test, "outbox_automatic_since"),
                          "SEARCH outbox USING INDEX outbox_automatic_to (recipient_key=? AND made_at>?)"));
  g_assert_nonnull(strstr(plan_named(test, "received_opened_since"),
                          "SEARCH received_mail USING COVERING INDEX received_mail_from (from_address=? AND received_at>?)"));
  g_assert_nonnull(strstr(plan_named(test, "received_unusable_since"),
                          "SEARCH received_mail USING INDEX received_mail_unusable (received_at>?)"));
}

static void the_next_mail_to_send_is_found_without_sorting_the_queue(void) {
  g_autoptr(TestDesk) test = test_desk_new();
  const char *claim = plan_named(test, "outbox_claim_next");
  g_assert_nonnull(strstr(claim, "SEARCH outbox USING INDEX outbox_waiting (next_at<?)"));
  g_assert_null(strstr(claim, "TEMP B-TREE"));
  g_assert_nonnull(strstr(plan_named(test, "outbox_next_at"), "outbox_waiting"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/plans/no-statement-reads-the-whole-of-what-grows", no_statement_reads_the_whole_of_what_grows);
  g_test_add_func("/plans/nor-does-one-where-somebody-ran-analyze", nor_does_one_where_somebody_ran_analyze);
  g_test_add_func("/plans/the-bounds-on-automatic-mail-are-counted-on-their-own-indexes",
                  the_bounds_on_automatic_mail_are_counted_on_their_own_indexes);
  g_test_add_func("/plans/the-next-mail-to-send-is-found-without-sorting-the-queue",
                  the_next_mail_to_send_is_found_without_sorting_the_queue);
  return g_test_run();
}
