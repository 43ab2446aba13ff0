// `./dev bench growth`: what a request costs in processor time at several sizes of the desk, the same requests at each, and how much more
// it is at the largest than at the smallest. bench_growth [CONVERSATIONS…], 10,000 and 100,000 unless said otherwise; the program
// measured is the one built beside it.
#include "bench.h"

#include "desk/received/received.h"
#include "desk/search/search.h"
#include "desk/view/view.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#define SIZES_MOST 8
#define REQUESTS 200 // in a round
#define ROUNDS 5
#define MAILS 300
#define QUIET_WITHIN 300 // seconds
#define GROWTH_MOST 1.5  // of a request, from the smallest size to the largest; said, not enforced

static const char *conversation(const Bench *bench, Arena *arena, int64_t i) { // with eight messages, all over the desk
  return arena_printf(arena, "/conversations/%" G_GINT64_FORMAT, 1000 + ((i * 7919) % (bench->count / 10) + 1) * 10);
}

static const char *deep(const Bench *bench, Arena *arena, int64_t i) { // somewhere in the list
  int64_t number = 1000 + ((i * 7919) % (bench->count / 4) + 1) * 4;
  return arena_printf(arena, "/?view=open&after=%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT,
                      clock_now(&clock_system) - (bench->count - (number - 1000)) * CLOCK_SECOND, number);
}

static const char *own_number(const Bench *bench, Arena *arena, int64_t i) {
  return arena_printf(arena, "/search?q=%" G_GINT64_FORMAT, BENCH_FIRST_ORDER + (i * 7919) % bench->count + 1);
}

// The end of a number: it finds one at any size, as the whole number does.
static const char *own_part(const Bench *bench, Arena *arena, int64_t i) {
  const char *number = arena_printf(arena, "%" G_GINT64_FORMAT, BENCH_FIRST_ORDER + (i * 7919) % bench->count + 1);
  return arena_printf(arena, "/search?q=%s", number + 1);
}

static const char *own_sender(const Bench *bench, Arena *arena, int64_t i) {
  return arena_printf(arena, "/search?q=from:c%" G_GINT64_FORMAT "%%40customers.example", (i * 7919) % bench->count + 1);
}

typedef struct Measure {
  const char *name;
  BenchPath *path_of;
  const char *path; // when path_of is NULL
} Measure;

static const Measure measures[] = {
  {"a conversation", conversation, NULL},
  {"view: open", NULL, "/?view=open"},
  {"view: open, further on", deep, NULL},
  {"view: mine", NULL, "/?view=mine"},
  {"view: unassigned", NULL, "/?view=unassigned"},
  {"view: upset", NULL, "/?view=upset"},
  {"view: solved", NULL, "/?view=solved"},
  {"view: waiting on us", NULL, "/?view=waiting"},
  {"view: due today", NULL, "/?view=due"},
  {"view: snoozed", NULL, "/?view=snoozed"},
  {"view: following", NULL, "/?view=following"},
  {"view: mentions", NULL, "/?view=mentions"},
  {"view: my drafts", NULL, "/?view=drafts"},
  {"view: kept search", NULL, "/?view=saved-1"},
  {"view: open, the newest first", NULL, "/?view=open&sort=newest"},
  {"view: open, the soonest due", NULL, "/?view=open&sort=due"},
  {"search: commonest word", NULL, "/search?q=the"},
  {"search: common word", NULL, "/search?q=light"},
  {"search: two common words", NULL, "/search?q=light+bell"},
  {"search: middling word", NULL, "/search?q=wokoden"},
  {"search: rare word", own_number, NULL},
  {"search: part of a word", NULL, "/search?q=igh"},
  {"search: part of a number", own_part, NULL},
  {"search: nothing found", NULL, "/search?q=light+qqqqqq"},
  {"search: is:open tag:refund", NULL, "/search?q=is:open+tag:refund"},
  {"search: light is:mine", NULL, "/search?q=light+is:mine"},
  {"search: from:", own_sender, NULL},
  {"search: after: bell", NULL, "/search?q=after:2020-01-01+bell"},
};

static const char *fixed; // the path of the measure that runs
static const char *fixed_path(const Bench *bench, Arena *arena, int64_t i) { return fixed; }

static double micros_of(const Child *server, const Bench *bench, const Measure *measure, int64_t *out_bytes) {
  fixed = measure->path;
  BenchPath *path = measure->path_of ? measure->path_of : fixed_path;
  return (double)bench_cost(server, bench, path, bench->cookie, REQUESTS, out_bytes) / 1e3;
}

// Microseconds of processor time to take in a mail, and to make it possible to find it.
static void measure_mail(const Bench *bench, double *out_taken, double *out_indexed) {
  g_autoptr(Arena) arena = arena_new();
  GError *error = NULL;
  Desk *desk = bench_open_desk(bench, arena);
  int64_t began = thread_cpu();
  for (int64_t i = 0; i < MAILS; i++) {
    g_autoptr(Arena) one = arena_new();
    Bytes raw = bytes_of_text(
      arena_printf(one,
                   "From: Customer %" G_GINT64_FORMAT " <n%" G_GINT64_FORMAT "@customers.example>\r\n"
                   "To: help@godwit.example\r\nSubject: The light again\r\nMessage-ID: <growth%" G_GINT64_FORMAT
                   "@customers.example>\r\n\r\nThe light stopped working on the second evening. I have changed "
                   "the batteries twice, and this is the third time that I write about it.\r\n",
                   i, i, i));
    ReceivedInput input = {.raw = raw, .mail = mail_parse(one, raw), .envelope_to = "help@godwit.example"};
    ReceivedResult result;
    received_take(one, desk, &input, &result, &error);
    bench_check(error);
  }
  *out_taken = (double)(thread_cpu() - began) / 1e3 / MAILS;
  began = thread_cpu();
  for (bool more = true; more;) {
    search_catch_up(desk, &more, &error);
    bench_check(error);
  }
  *out_indexed = (double)(thread_cpu() - began) / 1e3 / MAILS;
}

// Seconds to fill a view of a fiftieth of all conversations, half of them open.
static double make_view(const Bench *bench) {
  g_autoptr(Arena) arena = arena_new();
  GError *error = NULL;
  const char *problem;
  int64_t id, began = g_get_monotonic_time();
  Desk *desk = bench_open_desk(bench, arena);
  view_make(arena, desk, &bench->mira, "Refunds", "is:open tag:refund", true, &id, &problem, &error);
  bench_check(error);
  for (bool more = true; more;) {
    search_catch_up(desk, &more, &error);
    bench_check(error);
  }
  return (double)(g_get_monotonic_time() - began) / 1e6;
}

// The sizes take turns, so that a machine that slows down does so for all of them; the cheapest round of each counts.
static void measure_all(const Child *servers, const Bench *benches, int count, const Measure *measure, double *cost,
                        int64_t *bytes) {
  for (int round = 0; round < ROUNDS; round++)
    for (int i = 0; i < count; i++) {
      double micros = micros_of(&servers[i], &benches[i], measure, &bytes[i]);
      if (round == 0 || micros < cost[i]) cost[i] = micros;
    }
}

// What was filled in past the verbs is worked off after a start, deadlines above all: the server is quiet when it used less than a
// hundredth of a core for three seconds.
static void wait_until_quiet(const Child *server) {
  for (int seconds = 0, quiet = 0; quiet < 3 && seconds < QUIET_WITHIN; seconds++) {
    int64_t before = child_cpu(server);
    g_usleep(G_USEC_PER_SEC);
    quiet = child_cpu(server) - before < 10 * 1000 * 1000 ? quiet + 1 : 0;
  }
}

// `bytes`, or NULL: of the answers, so that it can be seen that the same was found.
static void print_row(const char *name, const double *values, int count, const char *unit, const int64_t *bytes) {
  printf("%-28s", name);
  for (int i = 0; i < count; i++) printf(" %12.1f", values[i]);
  double growth = values[count - 1] / MAX(values[0], 0.001);
  printf(" %s  %5.2f times", unit, growth);
  for (int i = 0; bytes && i < count; i++) printf("%s%.1f", i ? ", " : "  ", (double)bytes[i] / 1e3);
  printf("%s%s\n", bytes ? " KB" : "", growth > GROWTH_MOST ? "  more than half again" : "");
}

int main(int argc, char **argv) {
  static double cost[G_N_ELEMENTS(measures)][SIZES_MOST], taken[SIZES_MOST], indexed[SIZES_MOST], memory[SIZES_MOST],
    file[SIZES_MOST], made[SIZES_MOST];
  static int64_t bytes[G_N_ELEMENTS(measures)][SIZES_MOST];
  int64_t sizes[SIZES_MOST] = {10000, 100000};
  int count = argc > 1 ? MIN(argc - 1, SIZES_MOST) : 2;
  for (int i = 1; i <= count && argc > 1; i++) sizes[i - 1] = MAX(g_ascii_strtoll(argv[i], NULL, 10), 1000);
  Bench benches[SIZES_MOST];
  Child servers[SIZES_MOST];
  g_autoptr(Arena) arena = arena_new();
  record_install();
  for (int i = 0; i < count; i++) {
    benches[i] = bench_prepare(arena, sizes[i]);
    made[i] = make_view(&benches[i]) * 1e3;
  }
  for (int i = 0; i < count; i++) servers[i] = child_serve(benches[i].program, benches[i].folder);
  for (int i = 0; i < count; i++) wait_until_quiet(&servers[i]);
  for (size_t m = 0; m < G_N_ELEMENTS(measures); m++) measure_all(servers, benches, count, &measures[m], cost[m], bytes[m]);
  for (int i = 0; i < count; i++) {
    memory[i] = (double)child_resident(&servers[i]) / 1e6;
    child_end(&servers[i]);
    measure_mail(&benches[i], &taken[i], &indexed[i]);
    GStatBuf about;
    if (g_stat(benches[i].database, &about) == 0) file[i] = (double)about.st_size / 1e6;
    bench_remove(&benches[i]);
  }
  printf("\n%-28s", "processor time of");
  for (int i = 0; i < count; i++) printf(" %12" G_GINT64_FORMAT, sizes[i]);
  printf("  conversations\n");
  for (size_t m = 0; m < G_N_ELEMENTS(measures); m++) print_row(measures[m].name, cost[m], count, "µs", bytes[m]);
  print_row("a mail is taken in", taken, count, "µs", NULL);
  print_row("it can be found", indexed, count, "µs", NULL);
  print_row("a view is filled, by the clock", made, count, "ms", NULL);
  print_row("resident memory", memory, count, "MB", NULL);
  print_row("database", file, count, "MB", NULL);
  return 0;
}
