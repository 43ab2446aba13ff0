// Those who bring mail wait on a list. One thread takes the list as it is, takes all of it in with one commit, and wakes them; who
// comes meanwhile makes up the next batch. So a single mail never waits for others, and under load the cost of a commit is shared
// by as many as came during the one before.
//
// A batch that fails because the database is busy is tried again; when it is away, everybody hears so, and the connection is made
// anew for the next. How the channel fares is written when there is nothing else to do.
#include "mailroom/intake.h"

#include "base/log.h"

#include <errno.h>
#include <pthread.h>

#define BATCH_MOST 64
#define BATCH_BYTES_MOST ((size_t)16 << 20) // a larger mail goes alone
#define PARSERS_MOST 8
#define TRIES 3
#define RECONNECT (5 * CLOCK_SECOND)
#define HEARTBEAT (15 * CLOCK_MINUTE) // so often a channel without mail says that it is there

typedef struct Waiting { // on the stack of the thread that waits
  Arena *arena;
  const ReceivedInput *input;
  ReceivedResult *result;
  GError *error;
  bool is_done;
  pthread_cond_t woken;
} Waiting;

struct Intake {
  IntakeConfig config;
  GThread *thread;
  pthread_mutex_t lock; // of what follows. Not GLib's: the thread sanitizer does not see those
  pthread_cond_t arrived, parser_returned;
  GQueue waiting;
  GQueue parsers; // those that nobody uses now
  bool is_stopping;
};

// ——— the thread that commits

// The batch, or 0 when nothing came for `patience` or we are to stop.
static size_t choose(Intake *intake, int64_t patience, Waiting **batch) {
  size_t count = 0, bytes = 0;
  int64_t until = g_get_real_time() + patience;
  struct timespec limit = {.tv_sec = until / CLOCK_SECOND, .tv_nsec = until % CLOCK_SECOND * 1000};
  pthread_mutex_lock(&intake->lock);
  while (g_queue_is_empty(&intake->waiting) && !intake->is_stopping)
    if (pthread_cond_timedwait(&intake->arrived, &intake->lock, &limit) == ETIMEDOUT) break;
  for (Waiting *next; count < BATCH_MOST && (next = g_queue_peek_head(&intake->waiting)); count++) {
    bytes += next->input->raw.size;
    if (count && bytes > BATCH_BYTES_MOST) break;
    batch[count] = g_queue_pop_head(&intake->waiting);
  }
  pthread_mutex_unlock(&intake->lock);
  return count;
}

static bool take(Intake *intake, Arena *arena, Desk *desk, Waiting *const *batch, size_t count, ReceivedResult *results,
                 GError **error) {
  ReceivedInput *inputs = arena_make_array(arena, ReceivedInput, count);
  for (size_t i = 0; i < count; i++) inputs[i] = *batch[i]->input;
  for (int left = TRIES;; left--) {
    g_autoptr(GError) problem = NULL;
    if (received_take_batch(arena, desk, inputs, count, results, &problem)) return true;
    if (left > 1 && error_is(problem, ERROR_BUSY)) continue;
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
}

// The waiting thread sleeps until it is woken, so its arena is ours until then.
static void wake(Intake *intake, Waiting *const *batch, size_t count, const ReceivedResult *results, const GError *error) {
  pthread_mutex_lock(&intake->lock);
  for (size_t i = 0; i < count; i++) {
    Waiting *waiting = batch[i];
    if (error) {
      waiting->error = g_error_copy(error);
    } else {
      *waiting->result = results[i];
      waiting->result->reason = arena_strdup(waiting->arena, results[i].reason);
    }
    waiting->is_done = true;
    pthread_cond_signal(&waiting->woken);
  }
  pthread_mutex_unlock(&intake->lock);
}

static bool is_over(Intake *intake) {
  pthread_mutex_lock(&intake->lock);
  bool is_over = intake->is_stopping && g_queue_is_empty(&intake->waiting);
  pthread_mutex_unlock(&intake->lock);
  return is_over;
}

static void count_mails(Desk *desk, ChannelReport *report, const ReceivedResult *results, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!results[i].was_known) channel_note_mail(desk, report, NULL);
}

// `problem` is what ended the connection before this one. No mail depends on any of it.
static void begin_report(Arena *arena, const IntakeConfig *config, Desk *desk, const char *problem, ChannelReport *report) {
  TextList names = {0};
  *list_add(arena, &names) = config->name;
  if (!channel_begin(arena, desk, config->kind, config->name, "", report, NULL, NULL)) return;
  channel_retire_others(desk, config->kind, &names, NULL);
  if (problem) channel_note_problem(desk, report, problem, NULL);
  channel_note_state(desk, report, CHANNEL_WAITING, 0, NULL);
}

// Works with one connection until it fails or we are to stop; gives what it failed with.
static GError *work(Intake *intake, const char *problem) {
  const IntakeConfig *config = &intake->config;
  g_autoptr(Arena) connection = arena_new();
  GError *error = NULL;
  Waiting *batch[BATCH_MOST];
  ReceivedResult results[BATCH_MOST];
  ChannelReport report = {0};
  Desk *desk = desk_join(connection, config->database, config->clock, config->random, &error);
  if (desk) begin_report(connection, config, desk, problem, &report);
  while (!is_over(intake)) {
    g_autoptr(Arena) arena = arena_new();
    int64_t patience = !desk ? RECONNECT : report.mails ? CHANNEL_WRITE_EVERY : HEARTBEAT;
    size_t count = choose(intake, patience, batch);
    if (count && desk && take(intake, arena, desk, batch, count, results, &error)) {
      wake(intake, batch, count, results, NULL);
      count_mails(desk, &report, results, count);
    } else if (count) {
      wake(intake, batch, count, NULL, error);
      log_warning("mail", "%zu mails could not be taken in: %s", count, error->message);
      return error;
    } else if (desk && report.mails) {
      channel_flush(desk, &report, NULL);
    } else if (desk) {
      channel_note_state(desk, &report, CHANNEL_WAITING, 0, NULL);
    } else {
      return error;
    }
  }
  if (desk) channel_note_state(desk, &report, CHANNEL_STOPPED, 0, NULL);
  g_clear_error(&error);
  return NULL;
}

static gpointer run(gpointer data) {
  Intake *intake = data;
  g_autoptr(GError) problem = NULL;
  while (!is_over(intake)) {
    GError *next = work(intake, problem ? problem->message : NULL);
    g_clear_error(&problem);
    problem = next;
  }
  return NULL;
}

// ——— for those who bring mail

static bool parse(Arena *arena, Intake *intake, ReceivedInput *input, GError **error) {
  pthread_mutex_lock(&intake->lock);
  while (g_queue_is_empty(&intake->parsers)) pthread_cond_wait(&intake->parser_returned, &intake->lock);
  MailParser *parser = g_queue_pop_head(&intake->parsers);
  pthread_mutex_unlock(&intake->lock);
  bool is_parsed = received_parse(arena, parser, input, error);
  pthread_mutex_lock(&intake->lock);
  g_queue_push_head(&intake->parsers, parser);
  pthread_cond_signal(&intake->parser_returned);
  pthread_mutex_unlock(&intake->lock);
  return is_parsed;
}

bool intake_take(Arena *arena, Intake *intake, ReceivedInput *input, ReceivedResult *out, GError **error) {
  if (!parse(arena, intake, input, error)) return false;
  Waiting waiting = {.arena = arena, .input = input, .result = out};
  pthread_cond_init(&waiting.woken, NULL);
  pthread_mutex_lock(&intake->lock);
  g_queue_push_tail(&intake->waiting, &waiting);
  pthread_cond_signal(&intake->arrived);
  while (!waiting.is_done) pthread_cond_wait(&waiting.woken, &intake->lock);
  pthread_mutex_unlock(&intake->lock);
  pthread_cond_destroy(&waiting.woken);
  if (!waiting.error) return true;
  g_propagate_error(error, waiting.error);
  return false;
}

static void free_parser(gpointer parser) { mail_parser_free(parser); }

Intake *intake_start(const IntakeConfig *config, GError **error) {
  g_autoptr(Intake) intake = g_new0(Intake, 1);
  intake->config = *config;
  pthread_mutex_init(&intake->lock, NULL);
  pthread_cond_init(&intake->arrived, NULL);
  pthread_cond_init(&intake->parser_returned, NULL);
  g_queue_init(&intake->waiting);
  g_queue_init(&intake->parsers);
  for (guint i = 0; i < CLAMP(g_get_num_processors(), 2, PARSERS_MOST); i++) {
    MailParser *parser = mail_parser_new(error);
    if (!parser) return NULL;
    if (config->mail_budget) mail_parser_set_budget(parser, config->mail_budget);
    g_queue_push_tail(&intake->parsers, parser);
  }
  intake->thread = g_thread_new("intake", run, intake);
  return g_steal_pointer(&intake);
}

void intake_stop(Intake *intake) {
  if (!intake) return;
  pthread_mutex_lock(&intake->lock);
  intake->is_stopping = true;
  pthread_cond_signal(&intake->arrived);
  pthread_mutex_unlock(&intake->lock);
  if (intake->thread) g_thread_join(intake->thread);
  g_queue_clear_full(&intake->parsers, free_parser);
  pthread_mutex_destroy(&intake->lock);
  pthread_cond_destroy(&intake->arrived);
  pthread_cond_destroy(&intake->parser_returned);
  g_free(intake);
}
