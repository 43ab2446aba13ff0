// One thread that sleeps an hour between rounds. A round that fails is told in the log and tried again in the next.
#include "mailroom/keeper.h"

#include "base/log.h"
#include "desk/received/received.h"

#include <pthread.h>
#include <time.h>

#define PAUSE CLOCK_HOUR

struct Keeper {
  KeeperConfig config;
  pthread_mutex_t mutex;
  pthread_cond_t wake;
  bool is_stopping;
  GThread *thread;
};

static bool expire_all(Desk *desk, int64_t *total, GError **error) {
  int64_t count;
  do {
    if (!received_expire(desk, &count, error)) return false;
    *total += count;
  } while (count > 0);
  return true;
}

static void go_round(const KeeperConfig *config) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  int64_t total = 0;
  Desk *desk = desk_join(arena, config->database, config->clock, config->random, &error);
  if (!desk || !expire_all(desk, &total, &error))
    log_warning("mailroom", "What is too old in quarantine could not be dismissed now: %s", error->message);
  if (total) log_info("mailroom", "%" G_GINT64_FORMAT " mails waited too long in quarantine and were dismissed.", total);
}

static gpointer run(gpointer data) {
  Keeper *keeper = data;
  pthread_mutex_lock(&keeper->mutex);
  do {
    pthread_mutex_unlock(&keeper->mutex);
    go_round(&keeper->config);
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PAUSE / CLOCK_SECOND;
    pthread_mutex_lock(&keeper->mutex);
    while (!keeper->is_stopping && pthread_cond_timedwait(&keeper->wake, &keeper->mutex, &until) == 0) continue;
  } while (!keeper->is_stopping);
  pthread_mutex_unlock(&keeper->mutex);
  return NULL;
}

Keeper *keeper_start(const KeeperConfig *config, GError **error) {
  Keeper *keeper = g_new0(Keeper, 1);
  keeper->config = *config;
  pthread_mutex_init(&keeper->mutex, NULL);
  pthread_cond_init(&keeper->wake, NULL);
  g_autoptr(GError) problem = NULL;
  keeper->thread = g_thread_try_new("keeper", run, keeper, &problem);
  if (keeper->thread) return keeper;
  error_set(error, ERROR_UNAVAILABLE, "A thread cannot be started: %s.", problem->message);
  keeper_stop(keeper);
  return NULL;
}

void keeper_stop(Keeper *keeper) {
  if (!keeper) return;
  if (keeper->thread) {
    pthread_mutex_lock(&keeper->mutex);
    keeper->is_stopping = true;
    pthread_cond_signal(&keeper->wake);
    pthread_mutex_unlock(&keeper->mutex);
    g_thread_join(keeper->thread);
  }
  pthread_mutex_destroy(&keeper->mutex);
  pthread_cond_destroy(&keeper->wake);
  g_free(keeper);
}
