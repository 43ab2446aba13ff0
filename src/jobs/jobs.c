// One thread goes through the chores whose turn it is (turn.h). It sleeps until the database changes, and then a moment longer, so that a
// chore is done once for a burst of changes. What fails is said in the log and tried again later; no chore keeps another from its turn.
#include "jobs/jobs.h"

#include "base/log.h"
#include "db/db.h"
#include "desk/boundary/boundary.h"
#include "desk/conversation/work.h"
#include "desk/due/due.h"
#include "desk/exposure/exposure.h"
#include "desk/learning/learning.h"
#include "desk/notify/notice.h"
#include "desk/received/received.h"
#include "desk/rule/rule.h"
#include "desk/staff/admin.h"
#include "jobs/indexer.h"
#include "jobs/turn.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define WATCH_EVERY (2 * CLOCK_SECOND)
#define LONGEST_WAIT (10 * CLOCK_MINUTE)
#define QUIET (2 * CLOCK_SECOND) // without a change: the burst is over
#define BURSTS_MOST 10           // of waiting for that
#define HANDED_BACK_AT_ONCE 500
#define PAUSE_AFTER_FAILURE (30 * CLOCK_SECOND)

static bool expire(Desk *desk, GError **error) {
  int64_t count, total = 0;
  do {
    if (!received_expire(desk, &count, error)) return false;
    total += count;
  } while (count > 0);
  if (total) log_info("mailroom", "%" G_GINT64_FORMAT " mails waited too long in quarantine and were dismissed.", total);
  return true;
}

static bool end_measures(Desk *desk, GError **error) {
  int64_t count = 0;
  if (!boundary_expire(desk, &count, error)) return false;
  if (count) log_info("conduct", "%" G_GINT64_FORMAT " measures have run out.", count);
  return true;
}

static bool wake(Desk *desk, GError **error) {
  int64_t count;
  do {
    if (!conversation_wake_due(desk, &count, error)) return false;
  } while (count > 0);
  return true;
}

// A batch at a turn: its own changes bring the next.
static bool hand_back(Desk *desk, GError **error) {
  int64_t count = 0;
  if (!staff_hand_back(desk, 0, HANDED_BACK_AT_ONCE, &count, error)) return false;
  if (count) log_info("staff", "%" G_GINT64_FORMAT " conversations of people who left were given on.", count);
  return true;
}

static const struct {
  const char *name;
  bool (*do_it)(Desk *desk, GError **error);
  int64_t every; // at most so often; 0: whenever the database has changed
} chores[] = {
  {"leavers", hand_back, 0},
  {"breaks", break_forget_past, CLOCK_MINUTE},
  {"conduct", end_measures, 5 * CLOCK_MINUTE},
  {"expiry", expire, CLOCK_HOUR},
  {"learning", learning_renew, 0},
  {"waking", wake, CLOCK_MINUTE / 2},
  {"targets", due_alarm, 30 * CLOCK_SECOND},
  {"deadlines", due_renew, CLOCK_MINUTE},
  {"notices", notice_send_due, 15 * CLOCK_SECOND},
  {"rules", rule_watch, 30 * CLOCK_SECOND},
  {"rule log", rule_prune, CLOCK_HOUR},
  {"old notices", notice_prune, CLOCK_HOUR},
};

struct Jobs {
  JobsConfig config;
  GThread *thread;
  DbWatch *watch;
  Indexer *indexer;
  int is_stopping;                  // atomic
  Turn turns[G_N_ELEMENTS(chores)]; // by the machine's clock since its start; the thread's own
};

static bool is_stopping(Jobs *jobs) { return g_atomic_int_get(&jobs->is_stopping); }

static bool do_chores(Jobs *jobs, Desk *desk) {
  bool is_fine = true;
  for (size_t i = 0; i < G_N_ELEMENTS(chores); i++) {
    int64_t began_at = g_get_monotonic_time();
    if (!turn_is_due(&jobs->turns[i], began_at)) continue;
    g_autoptr(GError) error = NULL;
    if (chores[i].do_it(desk, &error)) {
      turn_took(&jobs->turns[i], began_at, g_get_monotonic_time());
      continue;
    }
    is_fine = false;
    if (!error_is(error, ERROR_BUSY)) log_warning(chores[i].name, "%s", error->message);
  }
  return is_fine;
}

static void tell_of_change(Jobs *jobs) {
  for (size_t i = 0; i < G_N_ELEMENTS(chores); i++) jobs->turns[i].has_news = true;
}

static void wait_for_change(Jobs *jobs) {
  int64_t patience = turns_patience(jobs->turns, G_N_ELEMENTS(chores), g_get_monotonic_time(), LONGEST_WAIT);
  if (!db_watch_wait(jobs->watch, patience)) return;
  tell_of_change(jobs);
  for (int left = BURSTS_MOST; left-- && !is_stopping(jobs);)
    if (!db_watch_wait(jobs->watch, QUIET)) return;
}

// Rounds over one connection, until a chore fails.
static void work(Jobs *jobs) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Desk *desk = desk_join(arena, jobs->config.database, jobs->config.clock, jobs->config.random, &error);
  if (!desk) log_warning("jobs", "%s", error->message);
  while (desk && do_chores(jobs, desk) && !is_stopping(jobs)) wait_for_change(jobs);
}

static gpointer run(gpointer data) {
  Jobs *jobs = data;
  setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), 10); // of this thread alone, on Linux; people come first
  do {
    work(jobs);
    if (!is_stopping(jobs) && db_watch_wait(jobs->watch, PAUSE_AFTER_FAILURE)) tell_of_change(jobs);
  } while (!is_stopping(jobs));
  return NULL;
}

Jobs *jobs_start(const JobsConfig *config, GError **error) {
  DbWatch *watch = db_watch_open(config->database, WATCH_EVERY, error);
  if (!watch) return NULL;
  Jobs *jobs = g_new0(Jobs, 1);
  jobs->config = *config;
  jobs->watch = watch;
  for (size_t i = 0; i < G_N_ELEMENTS(chores); i++) jobs->turns[i].every = chores[i].every;
  tell_of_change(jobs); // who knows what happened before
  jobs->indexer = indexer_start(config, error);
  if (!jobs->indexer) return jobs_stop(jobs), NULL;
  g_autoptr(GError) problem = NULL;
  jobs->thread = g_thread_try_new("jobs", run, jobs, &problem);
  if (jobs->thread) return jobs;
  error_set(error, ERROR_UNAVAILABLE, "A thread cannot be started: %s.", problem->message);
  jobs_stop(jobs);
  return NULL;
}

void jobs_stop(Jobs *jobs) {
  if (!jobs) return;
  indexer_stop(jobs->indexer);
  g_atomic_int_set(&jobs->is_stopping, true);
  db_watch_wake(jobs->watch);
  if (jobs->thread) g_thread_join(jobs->thread);
  db_watch_close(jobs->watch);
  g_free(jobs);
}
