// Every statement of the desk as SQLite would run it: none that runs while mail comes in or goes out, or while a page is made, reads
// the whole of a table that grows with mail. Those that do are named here, with why. PostgreSQL plans by what its tables hold.
#include "db/statement.h"
#include "desk/testing.h"

extern const DbQuery *const desk_queries[];
extern const size_t desk_query_count;

// What SQLite says for a row that others point to is no work: it looks only when a broken reference waits to be mended.
static const char *const scans[] = {
  "desk_count_all", // `rapport check` counts everything
  "verify_tallies",
  "verify_spending", // likewise
  "remedy_count_waiting",
  "remedy_update_deciders",    // the whole of an index of those that wait
  "customer_select_unindexed", // likewise
};

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

static bool may_scan(const DbQuery *query) {
  if (g_str_has_prefix(query->sqlite, "INSERT")) return true;
  for (size_t i = 0; i < G_N_ELEMENTS(scans); i++)
    if (strcmp(scans[i], query->name) == 0) return true;
  return false;
}

static void no_statement_reads_the_whole_of_what_grows_with_mail(void) {
  static const char *const growing[] = {"message",
                                        "conversation",
                                        "outbox",
                                        "received_mail",
                                        "event",
                                        "blob",
                                        "attachment",
                                        "reading",
                                        "mail_id",
                                        "mail_content",
                                        "customer",
                                        "customer_address",
                                        "delivery",
                                        "participant",
                                        "message_mail",
                                        "received_event",
                                        "draft",
                                        "complaint",
                                        "complaint_step",
                                        "complaint_clock",
                                        "complaint_reason",
                                        "complaint_denied",
                                        "promise",
                                        "offer",
                                        "offer_option",
                                        "remedy",
                                        "remedy_day",
                                        "script_use",
                                        "protocol_choice",
                                        "reflection",
                                        "correction",
                                        "due_clock",
                                        "notice",
                                        "rule_firing",
                                        "conversation_tag",
                                        "follow",
                                        "mention",
                                        "field_value",
                                        "conversation_link",
                                        "conversation_merge",
                                        "batch",
                                        "batch_item",
                                        "saved_view_entry",

                                        "correction",
                                        "customer_word",
                                        "customer_phone",
                                        "customer_note",
                                        "customer_merge",
                                        "customer_merge_item",
                                        "audit_entry",
                                        "organisation"};
  g_autoptr(TestDesk) test = test_desk_new();
  g_assert_cmpuint(desk_query_count, >, 150);
  for (size_t i = 0; i < desk_query_count; i++) {
    if (may_scan(desk_queries[i])) continue;
    g_auto(GStrv) steps = g_strsplit(plan_of(test, desk_queries[i]), "\n", -1);
    for (char **step = steps; *step; step++)
      for (size_t table = 0; table < G_N_ELEMENTS(growing); table++) {
        g_auto(GStrv) words = g_strsplit(*step, " ", 3);
        bool is_scan = g_strv_length(words) >= 2 && strcmp(words[0], "SCAN") == 0 && strcmp(words[1], growing[table]) == 0;
        if (is_scan) g_error("%s (%s): %s", desk_queries[i]->name, desk_queries[i]->where, *step);
      }
  }
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
  g_test_add_func("/plans/no-statement-reads-the-whole-of-what-grows-with-mail",
                  no_statement_reads_the_whole_of_what_grows_with_mail);
  g_test_add_func("/plans/the-bounds-on-automatic-mail-are-counted-on-their-own-indexes",
                  the_bounds_on_automatic_mail_are_counted_on_their_own_indexes);
  g_test_add_func("/plans/the-next-mail-to-send-is-found-without-sorting-the-queue",
                  the_next_mail_to_send_is_found_without_sorting_the_queue);
  return g_test_run();
}
