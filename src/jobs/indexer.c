// It sleeps until the database changes and a moment longer, then takes what the journal has new. What fails is said in the log and
// tried again.
#include "jobs/indexer.h"

#include "base/log.h"
#include "db/db.h"
#include "desk/search/search.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define POLL (250 * CLOCK_MILLISECOND)
#define GATHER (200 * CLOCK_MILLISECOND) // a reply is several commits
#define LONGEST_WAIT CLOCK_MINUTE
#define PAUSE_AFTER_FAILURE (10 * CLOCK_SECOND)
#define REST 4 // times what a batch took

struct Indexer {
  JobsConfig config;
  GThread *thread;
  DbWatch *watch;
  int is_stopping; // atomic
};

static bool is_stopping(Indexer *indexer) { return g_atomic_int_get(&indexer->is_stopping); }

// For the whole of `span`, whatever changes meanwhile.
static void pause_for(Indexer *indexer, int64_t span) {
  int64_t until = g_get_monotonic_time() + span;
  for (int64_t left; !is_stopping(indexer) && (left = until - g_get_monotonic_time()) > 0;) g_usleep((gulong)MIN(left, 20000));
}

static bool catch_up(Indexer *indexer, Desk *desk, GError **error) {
  for (bool more = true; more && !is_stopping(indexer);) {
    int64_t began_at = g_get_monotonic_time();
    if (!search_catch_up(desk, &more, error)) return false;
    if (more) pause_for(indexer, REST * (g_get_monotonic_time() - began_at));
  }
  return true;
}

// Rounds over one connection, until one fails.
static void work(Indexer *indexer) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Desk *desk = desk_join(arena, indexer->config.database, indexer->config.clock, indexer->config.random, &error);
  while (desk && catch_up(indexer, desk, &error) && !is_stopping(indexer))
    if (db_watch_wait(indexer->watch, LONGEST_WAIT)) pause_for(indexer, GATHER);
  if (error && !error_is(error, ERROR_BUSY)) log_warning("search", "%s", error->message);
}

static void *run(void *data) {
  Indexer *indexer = data;
  setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), 10); // of this thread alone, on Linux; people come first
  do {
    work(indexer);
    pause_for(indexer, PAUSE_AFTER_FAILURE);
  } while (!is_stopping(indexer));
  return NULL;
}

Indexer *indexer_start(const JobsConfig *config, GError **error) {
  DbWatch *watch = db_watch_open(config->database, POLL, error);
  if (!watch) return NULL;
  Indexer *indexer = g_new0(Indexer, 1);
  indexer->config = *config;
  indexer->watch = watch;
  g_autoptr(GError) problem = NULL;
  indexer->thread = g_thread_try_new("search", run, indexer, &problem);
  if (indexer->thread) return indexer;
  error_set(error, ERROR_UNAVAILABLE, "A thread cannot be started: %s.", problem->message);
  indexer_stop(indexer);
  return NULL;
}

void indexer_stop(Indexer *indexer) {
  if (!indexer) return;
  g_atomic_int_set(&indexer->is_stopping, true);
  db_watch_wake(indexer->watch);
  if (indexer->thread) g_thread_join(indexer->thread);
  db_watch_close(indexer->watch);
  g_free(indexer);
}
