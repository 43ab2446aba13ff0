// `./dev bench`: what a conversation page, a list page and a delivered mail cost in processor time at many conversations, each beside its
// floor, and what the server weighs. bench_desk [CONVERSATIONS]; the program measured is the one built beside it.
#include "bench.h"

#include "desk/conversation/verbs.h"
#include "desk/mailbox/mailbox.h"
#include "desk/received/received.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#define REQUESTS 3000
#define REPLAYED 300
#define MAILS 300

static const char *conversation_path(const Bench *bench, Arena *arena,
                                     int64_t i) { // those with eight messages, all over the desk
  int64_t tenth = (i * 7919) % (bench->count / 10) + 1;
  return arena_printf(arena, "/conversations/%" G_GINT64_FORMAT, 1000 + tenth * 10);
}

static const char *list_path(const Bench *bench, Arena *arena, int64_t i) { return "/?view=open"; }

// The statements of one page, as the desk runs them for a signed-in person.
static void run_page(Bench *bench, Desk *desk, Arena *arena, const char *path) {
  GError *error = NULL;
  Staff *staff;
  int64_t session;
  ViewCounts counts;
  const char *number = strrchr(path, '/') + 1;
  session_find(arena, desk, strchr(bench->cookie, '=') + 1, &staff, &session, &error);
  bench_check(error);
  conversation_counts(arena, desk, staff->id, &counts, &error);
  bench_check(error);
  ConversationPage page;
  conversation_list(arena, desk, VIEW_OPEN, staff->id, 0, 0, &page, &error);
  bench_check(error);
  Thread thread;
  if (g_ascii_isdigit(*number)) conversation_show(arena, desk, g_ascii_strtoll(number, NULL, 10), 0, &thread, &error);
  bench_check(error);
}

static int64_t sql_floor(Bench *bench, BenchPath *path_of) {
  Recording recording;
  g_autoptr(Arena) arena = arena_new();
  Desk *desk = bench_open_desk(bench, arena);
  record_start(&recording);
  for (int64_t i = 0; i < REPLAYED; i++) run_page(bench, desk, arena, path_of(bench, arena, i));
  record_stop();
  replay(bench->database, &recording); // warms the file's pages
  int64_t cost = replay(bench->database, &recording) / REPLAYED;
  g_ptr_array_free(recording.statements, TRUE);
  return cost;
}

static void measure_page(Bench *bench, const Child *server, const char *name, BenchPath *path_of) {
  int64_t size = 0, ignored;
  int64_t cost = bench_cost(server, bench, path_of, bench->cookie, REQUESTS, &size);
  Child bare = child_static(size);
  int64_t bytes_floor = bench_cost(&bare, bench, path_of, bench->cookie, REQUESTS, &ignored),
          rows_floor = sql_floor(bench, path_of);
  child_end(&bare);
  printf("%-28s %7.1f µs  floor %6.1f µs (statements %.1f, %" G_GINT64_FORMAT " bytes answered %.1f)  ratio %.2f\n", name,
         (double)cost / 1e3, (double)(rows_floor + bytes_floor) / 1e3, (double)rows_floor / 1e3, size, (double)bytes_floor / 1e3,
         (double)cost / (double)(rows_floor + bytes_floor));
}

static void deliver(Bench *bench, Desk *desk, int64_t i) {
  g_autoptr(Arena) arena = arena_new();
  GError *error = NULL;
  Bytes raw = bytes_of_text(arena_printf(
    arena,
    "From: Customer %" G_GINT64_FORMAT " <n%" G_GINT64_FORMAT
    "@customers.example>\r\nTo: help@godwit.example\r\nSubject: The light again\r\n"
    "Message-ID: <bench%" G_GINT64_FORMAT "@customers.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    "The light stopped working on the second evening. I have changed the batteries twice, and this is the third time that I write about it.\r\n"
    "I am really disappointed that nobody answers. Please send me a new one, or give me my money back.\r\n\r\nCustomer\r\n",
    i, i, i));
  ReceivedInput input = {.raw = raw, .mail = mail_parse(arena, raw), .envelope_to = "help@godwit.example"};
  ReceivedResult result;
  received_take(arena, desk, &input, &result, &error);
  bench_check(error);
}

// The floor is the same rows written by bare SQLite into a copy of the file that was taken before, in the same transactions.
static void measure_delivery(Bench *bench) {
  g_autoptr(Arena) arena = arena_new();
  GError *error = NULL;
  Recording recording;
  Desk *desk = bench_open_desk(bench, arena);
  for (int64_t i = 0; i < 20; i++) deliver(bench, desk, i); // warms up
  const char *copy = arena_printf(arena, "%s/copy.db", bench->folder);
  db_copy_to(desk->db, copy, &error);
  bench_check(error);
  record_start(&recording);
  for (int64_t i = 0; i < MAILS; i++) deliver(bench, desk, 1000 + i);
  record_stop();
  int64_t floor = replay(copy, &recording) / MAILS;
  int64_t began = thread_cpu(), wall = g_get_monotonic_time();
  for (int64_t i = 0; i < MAILS; i++) deliver(bench, desk, 5000 + i);
  int64_t cost = (thread_cpu() - began) / MAILS;
  printf("%-28s %7.1f µs  floor %6.1f µs (statements and durable commits)  ratio %.2f  (%.0f mails a second on this disk)\n",
         "a delivered mail", (double)cost / 1e3, (double)floor / 1e3, (double)cost / (double)floor,
         1e6 * MAILS / (double)(g_get_monotonic_time() - wall));
  g_ptr_array_free(recording.statements, TRUE);
}

// From the start of the process to the last byte of the first page.
static void measure_start(Bench *bench) {
  int64_t best = INT64_MAX;
  for (int i = 0; i < 5; i++) {
    int64_t began = g_get_monotonic_time();
    Child child = child_serve(bench->program, bench->folder);
    Client *client = client_open(child.port, bench->cookie);
    if (client_get(client, "/?view=open") < 0) g_error("the first page was not answered");
    best = MIN(best, g_get_monotonic_time() - began);
    client_close(client);
    child_end(&child);
  }
  printf("%-28s %7.1f ms  (aim 50)\n", "first page after start", (double)best / 1e3);
}

int main(int argc, char **argv) {
  g_autoptr(Arena) arena = arena_new();
  record_install();
  Bench bench = bench_prepare(arena, argc > 1 ? g_ascii_strtoll(argv[1], NULL, 10) : 100000);
  Child server = child_serve(bench.program, bench.folder);
  measure_page(&bench, &server, "conversation, 8 messages", conversation_path);
  measure_page(&bench, &server, "list of 50", list_path);
  printf("%-28s %7.1f MB  (aim 40)\n", "resident memory", (double)child_resident(&server) / 1e6);
  child_end(&server);
  measure_start(&bench);
  measure_delivery(&bench);
  bench_remove(&bench);
  return 0;
}
