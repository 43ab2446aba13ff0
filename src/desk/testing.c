// See testing.h. Sunday 22 November 2026, 09:00 UTC, is where every test begins.
#include "desk/testing.h"

#include "base/words.h"
#include "db/statement.h"
#include "desk/blob/blob.h"
#include "desk/conversation/verbs.h"
#include "desk/mailbox/mailbox.h"
#include "desk/notify/notice.h"
#include "desk/policy/policy.h"

#include <stdlib.h>
#include <unistd.h>

#define BEGINS_AT (INT64_C(1795338000) * CLOCK_SECOND)

static Staff add_person(TestDesk *test, const char *name, const char *email) {
  g_autoptr(GError) error = NULL;
  StaffDraft draft = {.email = email, .name = name, .password = "quiet lamp 42", .role = ROLE_AGENT};
  Staff person = {.email = email, .name = name, .role = ROLE_AGENT, .is_active = true};
  staff_add(test->desk, &draft, &person.id, &error);
  g_assert_no_error(error);
  return person;
}

// The desk that every test of a program begins with is made once, and copied: its schema and its guides take a while.
typedef struct Model {
  Arena *arena; // has its database
  pid_t owner;  // not whoever was forked from it
  TestDesk desk;
} Model;
static Model model;

static void forget_model(void) {
  if (model.owner == getpid()) arena_free(model.arena);
}

static void make_model(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Arena) arena = arena_new();
  TestDesk *test = &model.desk;
  model.arena = arena_new();
  model.owner = getpid();
  atexit(forget_model);
  *test = (TestDesk){.clock = clock_standing_at(BEGINS_AT), .random = random_seeded(7)};
  test->where = db_testing_place(model.arena);
  test->desk = desk_open(arena, test->where, &test->clock, &test->random, &error);
  g_assert_no_error(error);
  int64_t mailbox_id = 0;
  mailbox_add(test->desk, "help@godwit.example", "Godwit Cycles", "Godwit Cycles, the Old Tannery", &mailbox_id, &error);
  g_assert_no_error(error);
  test->mira = add_person(test, "Mira Lindqvist", "mira@godwit.example");
  test->jonas = add_person(test, "Jonas Feld", "jonas@godwit.example");
}

TestDesk *test_desk_new(void) {
  g_autoptr(GError) error = NULL;
  if (!model.arena) make_model();
  Arena *arena = arena_new();
  TestDesk *test = arena_copy(arena, &model.desk, sizeof model.desk);
  test->arena = arena;
  test->where = db_testing_copy(arena, model.desk.where);
  test->desk = desk_join(arena, test->where, &test->clock, &test->random, &error);
  g_assert_no_error(error);
  return test;
}

void test_desk_free(TestDesk *test) {
  if (test) arena_free(test->arena);
}

Mail *test_parse(TestDesk *test, const char *raw) { return mail_parse(test->arena, bytes_of_text(raw)); }

ReceivedResult test_take_parsed(TestDesk *test, const char *raw, const Mail *mail, const char *envelope_to) {
  g_autoptr(GError) error = NULL;
  Bytes bytes = bytes_of_text(arena_strdup(test->arena, raw));
  ReceivedInput input = {.raw = bytes, .mail = mail, .envelope_to = envelope_to};
  ReceivedResult result = {0};
  received_take(test->arena, test->desk, &input, &result, &error);
  g_assert_no_error(error);
  return result;
}

ReceivedResult test_take_for(TestDesk *test, const char *raw, const char *envelope_to) {
  return test_take_parsed(test, raw, test_parse(test, raw), envelope_to);
}

ReceivedResult test_take(TestDesk *test, const char *raw) { return test_take_for(test, raw, "help@godwit.example"); }

ReceivedResult test_write(TestDesk *test, const char *from, const char *id, const char *subject, const char *parent,
                          const char *body) {
  const char *in_reply_to = parent ? arena_printf(test->arena, "In-Reply-To: <%s>\n", parent) : "";
  return test_take(test,
                   arena_printf(test->arena, "From: %s\nTo: help@godwit.example\nSubject: %s\nMessage-ID: <%s>\n%s\n%s\n", from,
                                subject ? subject : "A question", id, in_reply_to, body ? body : "Hello, my bell is broken."));
}

Thread test_thread(TestDesk *test, int64_t number) {
  g_autoptr(GError) error = NULL;
  Thread thread;
  conversation_show(test->arena, test->desk, number, 0, &thread, &error);
  g_assert_no_error(error);
  return thread;
}

void test_set(TestDesk *test, const char *name, const char *value) {
  g_autoptr(GError) error = NULL;
  policy_set(test->desk, name, value, &error);
  g_assert_no_error(error);
}

int64_t test_reply(TestDesk *test, int64_t number, const char *text) {
  g_autoptr(GError) error = NULL;
  ReplyDraft draft = {.number = number, .text = text};
  ReplyOutcome outcome;
  int64_t id = 0;
  conversation_reply(test->arena, test->desk, &test->mira, &draft, &outcome, &id, &error);
  g_assert_no_error(error);
  g_assert_cmpint(outcome, ==, REPLY_KEPT);
  return id;
}

// From the outbox itself: what went to the staff is no message that a page shows.
const Mail *test_sent_mail(TestDesk *test, int64_t message_id) {
  static const DbType types[] = {DB_INT};
  static const DbQuery query = {.name = "test_sent_hash",
                                .where = "desk/testing.c",
                                .sqlite = "SELECT original_hash FROM outbox WHERE message_id = ?1",
                                .postgres = "SELECT original_hash FROM outbox WHERE message_id = $1",
                                .types = types,
                                .parameters = 1,
                                .columns = 1};
  g_autoptr(GError) error = NULL;
  Bytes raw;
  DbStatement *statement = db_prepare(test->desk->db, &query, &error);
  g_assert_no_error(error);
  db_bind_int(statement, 0, message_id);
  DbStep step = db_step(statement, &error);
  g_assert_cmpint(step, ==, DB_STEP_ROW);
  Bytes hash = db_column_bytes(test->arena, statement, 0);
  g_assert_true(db_end(statement, step, &error));
  blob_load(test->arena, test->desk, hash, &raw, &error);
  g_assert_no_error(error);
  return mail_parse(test->arena, raw);
}

void test_tell_staff(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  notice_send(test->desk, INT64_MAX, &error);
  g_assert_no_error(error);
}

DeskCounts test_counts(TestDesk *test) {
  g_autoptr(GError) error = NULL;
  DeskCounts counts;
  TextList findings = {0};
  g_assert_true(desk_count(test->desk, &counts, &error));
  g_assert_true(desk_verify(test->arena, test->desk, &findings, &error));
  list_each(const Text, finding, &findings) g_test_message("%s", *finding);
  g_assert_cmpuint(findings.count, ==, 0);
  return counts;
}

#define GERMAN_ROOM 64 // a power of two
static unsigned german_form(uint64_t count) { return count != 1; }
static WordsEntry german_slots[GERMAN_ROOM];
static const WordsLanguage german = {"de", "Deutsch", false, german_form, german_slots, GERMAN_ROOM - 1};

void test_teach_german(const char *english, const char *german_words) {
  static const char *said[GERMAN_ROOM];
  uint32_t hash = 2166136261u; // as in base/words.c
  for (const char *at = english; *at; at++) hash = (hash ^ (unsigned char)*at) * 16777619u;
  uint32_t place = hash & (GERMAN_ROOM - 1);
  while (german_slots[place].english) place = (place + 1) & (GERMAN_ROOM - 1);
  said[place] = german_words;
  german_slots[place] = (WordsEntry){hash, english, &said[place]};
  words_install((const WordsLanguage *const[]){&german, NULL}, false);
}
