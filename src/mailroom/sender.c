// Each thread has its own connection and goes round: claim, load the bytes, sign them, send, settle for each recipient. When nothing is due it waits for the moment
// that the next mail is, or for any change in the database, whoever made it. A database that is away is asked again after a pause; nothing is lost meanwhile, because a
// mail leaves the outbox only when it is settled.
#include "mailroom/sender.h"

#include "base/log.h"
#include "base/text.h"
#include "desk/blob/blob.h"
#include "desk/outbox/outbox.h"
#include "mail/dkim.h"
#include "mailroom/fetch_secret.h"

#define LONGEST_WAIT CLOCK_MINUTE
#define PAUSE_AFTER_FAILURE (5 * CLOCK_SECOND)
#define WATCH_EVERY (300 * CLOCK_MILLISECOND)
#define TRIES_WHEN_STOPPING 10
#define THREADS_MOST 8
#define BEARER_TIME (30 * CLOCK_SECOND)

typedef struct Worker {
  Sender *sender;
  GThread *thread;
  DbWatch *watch; // sees what any process puts into the outbox
} Worker;

// What is due at one moment: its mails share a connection to the mail server, which is closed when nothing is left.
typedef struct Round {
  Worker *worker;
  Arena *arena;
  SmtpSession *session; // NULL until it is needed
} Round;

struct Sender {
  SenderConfig config;
  Worker workers[THREADS_MOST];
  int count;
  int is_stopping; // atomic
};

// The server has the mail: unless that is written down it is sent a second time, so a busy or absent database is asked again until
// the claim runs out, or a few times more when we are to stop.
static bool settle_taken(Worker *worker, Desk *desk, const OutboxMail *mail, const OutboxOutcomeList *outcomes, GError **error) {
  for (int left = TRIES_WHEN_STOPPING;;) {
    g_autoptr(GError) problem = NULL;
    if (outbox_settle(desk, mail, outcomes, &problem)) return true;
    bool must_stop = g_atomic_int_get(&worker->sender->is_stopping) && --left == 0;
    if (!error_may_pass(problem) || must_stop || clock_now(desk->clock) >= mail->next_at) {
      g_propagate_error(error, g_steal_pointer(&problem));
      return false;
    }
    log_warning("outbox", "#%" G_GINT64_FORMAT " is sent, and will be noted when the database answers: %s", mail->number,
                problem->message);
    db_watch_wait(worker->watch, CLOCK_SECOND / 2);
  }
}

// Whether somebody has the mail; `out` says who, and the log says who has not, in the server's words.
static bool read_outcomes(Arena *arena, const OutboxMail *mail, const SmtpResult *result, OutboxOutcomeList *out) {
  bool is_taken = false;
  list_each(const SmtpRecipient, recipient, &result->recipients) {
    *list_add(arena, out) = (OutboxOutcome){.address = recipient->address,
                                            .is_taken = recipient->outcome == SMTP_TAKEN,
                                            .is_permanent = recipient->outcome == SMTP_REFUSED,
                                            .answer = recipient->answer};
    is_taken |= recipient->outcome == SMTP_TAKEN;
    if (recipient->outcome != SMTP_TAKEN)
      log_warning("outbox", "#%" G_GINT64_FORMAT " was not taken for %s: %s", mail->number, recipient->address,
                  recipient->answer);
  }
  return is_taken;
}

static bool sign(Arena *arena, const Round *round, Bytes *bytes, GError **error) {
  const char *folder = round->worker->sender->config.dkim_folder;
  return !folder || dkim_sign_mail(arena, folder, *bytes, bytes, error);
}

// The connection of this round, made when it is first needed. With a command for it, each connection has a token of its own.
static bool open_session(Round *round, GError **error) {
  const SenderConfig *config = &round->worker->sender->config;
  SmtpServer server = config->server;
  if (round->session) return true;
  if (!text_is_blank(config->bearer_command)) {
    g_auto(GStrv) words = NULL;
    g_autoptr(GError) problem = NULL;
    if (!g_shell_parse_argv(config->bearer_command, NULL, &words, &problem))
      return error_set(error, ERROR_UNAVAILABLE, "smtp-bearer-command cannot be run: %s.", problem->message);
    if (!fetch_secret(round->arena, words, BEARER_TIME, &server.bearer, error)) return false;
  }
  round->session = smtp_session_new(&server);
  return true;
}

// A mail that cannot even be offered: damaged for good, or not yet.
static bool settle_unsent(Desk *desk, const OutboxMail *mail, const GError *problem, bool is_permanent, GError **error) {
  log_warning("outbox", "#%" G_GINT64_FORMAT " was not sent: %s", mail->number, problem->message);
  return outbox_settle_failed(desk, mail, problem->message, is_permanent, error);
}

// True when the mail is settled, sent or not.
static bool send_one(Arena *arena, Round *round, Desk *desk, const OutboxMail *mail, GError **error) {
  Bytes bytes;
  SmtpResult result = {0};
  OutboxOutcomeList outcomes = {0};
  g_autoptr(GError) problem = NULL;
  if (!blob_load(arena, desk, mail->original_hash, &bytes, &problem)) {
    if (error_is(problem, ERROR_BROKEN) || error_is(problem, ERROR_NOT_FOUND))
      return settle_unsent(desk, mail, problem, true, error);
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  if (!sign(arena, round, &bytes, &problem) || !open_session(round, &problem))
    return settle_unsent(desk, mail, problem, false, error);
  smtp_session_send(round->session, arena, mail->sender, &mail->waiting_for, bytes, &result, &problem);
  if (result.recipients.count == 0) return settle_unsent(desk, mail, problem, true, error); // no envelope to send it in
  return read_outcomes(arena, mail, &result, &outcomes) ? settle_taken(round->worker, desk, mail, &outcomes, error)
                                                        : outbox_settle(desk, mail, &outcomes, error);
}

// Sends what is due over one connection to the mail server; says when the next will be (0: never).
static bool send_round(Round *round, Desk *desk, int64_t *out_next_at, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  for (;;) {
    OutboxMail *mail = NULL;
    arena_reset(arena);
    if (g_atomic_int_get(&round->worker->sender->is_stopping)) return false;
    if (!outbox_claim(arena, desk, &mail, out_next_at, error)) return false;
    if (!mail) return true;
    if (!send_one(arena, round, desk, mail, error)) return false;
  }
}

static bool send_due(Worker *worker, Desk *desk, int64_t *out_next_at, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Round round = {.worker = worker, .arena = arena};
  bool done = send_round(&round, desk, out_next_at, error);
  smtp_session_free(round.session);
  return done;
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
