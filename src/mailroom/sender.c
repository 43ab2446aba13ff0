// Each thread has its own connection and goes round: claim, load the bytes, send, settle. When nothing is due it waits for the moment
// that the next mail is, or for any change in the database, whoever made it. A database that is away is asked again after a pause; nothing is lost meanwhile, because a
// mail leaves the outbox only when it is settled.
#include "mailroom/sender.h"

#include "base/log.h"
#include "desk/blob/blob.h"
#include "desk/outbox/outbox.h"

#define LONGEST_WAIT CLOCK_MINUTE
#define PAUSE_AFTER_FAILURE (5 * CLOCK_SECOND)
#define WATCH_EVERY (300 * CLOCK_MILLISECOND)
#define TRIES_WHEN_STOPPING 10
#define THREADS_MOST 8

typedef struct Worker {
  Sender *sender;
  GThread *thread;
  DbWatch *watch; // sees what any process puts into the outbox
} Worker;

struct Sender {
  SenderConfig config;
  Worker workers[THREADS_MOST];
  int count;
  int is_stopping; // atomic
};

static void envelope_split(Arena *arena, const char *lines, TextList *out) {
  for (const char *at = lines; *at;) {
    size_t length = strcspn(at, "\n");
    if (length) *list_add(arena, out) = arena_strndup(arena, at, length);
    at += length + (at[length] == '\n');
  }
}

// The server has the mail: unless that is written down it is sent a second time, so a busy or absent database is asked again until
// the claim runs out, or a few times more when we are to stop.
static bool settle_sent(Worker *worker, Desk *desk, const OutboxMail *mail, const char *answer, GError **error) {
  for (int left = TRIES_WHEN_STOPPING;;) {
    g_autoptr(GError) problem = NULL;
    if (outbox_settle_sent(desk, mail, answer, &problem)) return true;
    bool may_pass = error_is(problem, ERROR_BUSY) || error_is(problem, ERROR_UNAVAILABLE);
    bool must_stop = g_atomic_int_get(&worker->sender->is_stopping) && --left == 0;
    if (!may_pass || must_stop || clock_now(desk->clock) >= mail->next_at) {
      g_propagate_error(error, g_steal_pointer(&problem));
      return false;
    }
    log_warning("outbox", "#%" G_GINT64_FORMAT " is sent, and will be noted when the database answers: %s", mail->number,
                problem->message);
    db_watch_wait(worker->watch, CLOCK_SECOND / 2);
  }
}

// True when the mail is settled, sent or not.
static bool send_one(Arena *arena, Worker *worker, Desk *desk, const OutboxMail *mail, GError **error) {
  const SmtpServer *server = &worker->sender->config.server;
  Bytes bytes;
  TextList recipients = {0};
  SmtpResult result = {0};
  g_autoptr(GError) problem = NULL;
  if (!blob_load(arena, desk, mail->original_hash, &bytes, &problem))
    return error_is(problem, ERROR_BROKEN) || error_is(problem, ERROR_NOT_FOUND)
             ? outbox_settle_failed(desk, mail, problem->message, true, error)
             : (g_propagate_error(error, g_steal_pointer(&problem)), false);
  envelope_split(arena, mail->recipients, &recipients);
  if (smtp_send(arena, server, mail->sender, &recipients, bytes, &result, &problem))
    return settle_sent(worker, desk, mail, result.answer, error);
  log_warning("outbox", "#%" G_GINT64_FORMAT " was not taken: %d", mail->number, result.code);
  return outbox_settle_failed(desk, mail, result.answer ? result.answer : problem->message, result.is_permanent, error);
}

// Sends what is due; says when the next will be (0: never).
static bool send_due(Worker *worker, Desk *desk, int64_t *out_next_at, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  for (;;) {
    OutboxMail *mail = NULL;
    arena_reset(arena);
    if (g_atomic_int_get(&worker->sender->is_stopping)) return false;
    if (!outbox_claim(arena, desk, &mail, out_next_at, error)) return false;
    if (!mail) return true;
    if (!send_one(arena, worker, desk, mail, error)) return false;
  }
}

// Works with one connection until it fails or we stop.
static void work(Worker *worker, GError **error) {
  const SenderConfig *config = &worker->sender->config;
  g_autoptr(Arena) arena = arena_new();
  Desk *desk = desk_join(arena, config->database, config->clock, config->random, error);
  int64_t next_at = 0;
  while (desk && send_due(worker, desk, &next_at, error)) {
    int64_t wait = next_at ? next_at - clock_now(config->clock) : LONGEST_WAIT;
    db_watch_wait(worker->watch, CLAMP(wait, 0, LONGEST_WAIT));
  }
}

static gpointer run(gpointer data) {
  Worker *worker = data;
  while (!g_atomic_int_get(&worker->sender->is_stopping)) {
    g_autoptr(GError) error = NULL;
    work(worker, &error);
    if (!error) continue;
    bool is_busy = error_is(error, ERROR_BUSY);
    if (!is_busy) log_warning("outbox", "%s", error->message);
    db_watch_wait(worker->watch, is_busy ? CLOCK_SECOND : PAUSE_AFTER_FAILURE);
  }
  return NULL;
}

static bool take_up_old_claims(const SenderConfig *config, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Desk *desk = desk_join(arena, config->database, config->clock, config->random, error);
  return desk && outbox_release_claims(desk, error);
}

Sender *sender_start(const SenderConfig *config, GError **error) {
  if (config->is_alone && !take_up_old_claims(config, error)) return NULL;
  g_autoptr(Sender) sender = g_new0(Sender, 1);
  sender->config = *config;
  int wanted = CLAMP(config->threads, 1, THREADS_MOST);
  while (sender->count < wanted) {
    Worker *worker = &sender->workers[sender->count];
    worker->sender = sender;
    worker->watch = db_watch_open(config->database, WATCH_EVERY, error);
    if (!worker->watch) return NULL;
    worker->thread = g_thread_new("sender", run, worker);
    sender->count++;
  }
  return g_steal_pointer(&sender);
}

void sender_stop(Sender *sender) {
  if (!sender) return;
  g_atomic_int_set(&sender->is_stopping, true);
  for (int i = 0; i < sender->count; i++) db_watch_wake(sender->workers[i].watch);
  for (int i = 0; i < sender->count; i++) {
    g_thread_join(sender->workers[i].thread);
    db_watch_close(sender->workers[i].watch);
  }
  g_free(sender);
}
