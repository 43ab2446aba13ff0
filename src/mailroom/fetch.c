// The threads. Each goes round: connect, open the folder, compare how its mails are counted with what we knew, fetch all that is new,
// wait to be told of more (IDLE) or for the time to ask again. Whatever fails ends the connection; the next one comes after 1, 2, 4 …
// seconds, up to five minutes, and a little by chance so that many accounts do not come at once. A name and password that were refused
// wait for a minute at least: a server may lock who tries too often.
#include "mailroom/fetch.h"

#include "base/log.h"
#include "base/text.h"
#include "mailroom/fetch_secret.h"
#include "mailroom/fetch_session.h"

#define IDLE_SPAN (25 * CLOCK_MINUTE) // servers hang up after 29 (RFC 2177)
#define FIRST_PAUSE CLOCK_SECOND
#define PAUSE_AFTER_REFUSAL CLOCK_MINUTE
#define LONGEST_PAUSE (5 * CLOCK_MINUTE)
#define STAGGER (250 * CLOCK_MILLISECOND)
#define STAGGER_MOST (20 * CLOCK_SECOND)
#define SECRET_SPAN (30 * CLOCK_SECOND)

typedef struct Worker {
  struct Fetcher *fetcher;
  const FetchAccount *account;
  GThread *thread;
  Imap *imap;
  int64_t begins_after; // so that not all sign in at the same moment
  int64_t pause;        // after the next failure
  FetchMemory memory;
} Worker;

struct Fetcher {
  FetchConfig config;
  Worker *workers;
  size_t count;
};

// ——— signing in

static bool sign_in(Arena *arena, Imap *imap, const FetchAccount *account, GError **error) {
  ImapServer server = {.url = account->url, .user = account->user, .password = account->password, .ca_file = account->ca_file};
  if (account->password_command && !fetch_secret(arena, account->password_command, SECRET_SPAN, &server.password, error))
    return false;
  if (account->bearer_command && !fetch_secret(arena, account->bearer_command, SECRET_SPAN, &server.bearer, error)) return false;
  return imap_connect(imap, &server, error);
}

bool fetch_try(const FetchAccount *account, FetchTrial *out, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(Imap) imap = imap_new(1024 * 1024);
  ImapFolder folder;
  if (!sign_in(arena, imap, account, error) || !imap_open_folder(imap, account->folder, false, &folder, error)) return false;
  *out = (FetchTrial){.mails = folder.mails, .has_idle = imap_has_idle(imap)};
  return true;
}

// ——— one connection

// Server, account and folder: the UIDs of one say nothing about another.
static const char *name_place(Arena *arena, const FetchAccount *account) {
  return arena_printf(arena, "%s %s %s", account->url, account->user, account->folder);
}

// A folder that is counted anew is fetched anew. What we have already is recognised by its bytes.
static void compare_counting(FetchSession *session, const ImapFolder *folder) {
  if (session->reached.uid_validity == folder->uid_validity) return;
  if (session->reached.uid_validity)
    log_info("fetch", "%s: the mail server numbers its mails anew; what is new among them is found by content.",
             session->account->name);
  session->reached = (ChannelPlace){.uid_validity = folder->uid_validity, .found_uid = folder->uid_next};
}

static bool open_session(Arena *arena, Worker *worker, FetchSession *session, ChannelReport *report, GError **error) {
  const FetchConfig *config = &worker->fetcher->config;
  const FetchAccount *account = worker->account;
  Channel *channel = NULL;
  ImapFolder folder;
  *session = (FetchSession){.account = account,
                            .imap = worker->imap,
                            .memory = &worker->memory,
                            .report = report,
                            .place = name_place(arena, account),
                            .mail_most = config->mail_most,
                            .mail_budget = config->mail_budget};
  session->desk = desk_join(arena, config->database, config->clock, config->random, error);
  if (!session->desk || !channel_begin(arena, session->desk, CHANNEL_IMAP, account->name,
                                       account->mailbox ? account->mailbox : "", report, &channel, error))
    return false;
  session->known_since = channel->made_at;
  bool is_failing = channel->state == CHANNEL_FAILING; // stays so until it works again
  if (!is_failing && !channel_note_state(session->desk, report, CHANNEL_STARTING, 0, error)) return false;
  if (!channel_place(arena, session->desk, report->id, session->place, &session->reached, error) ||
      !sign_in(arena, worker->imap, account, error) ||
      !imap_open_folder(worker->imap, account->folder, account->after != FETCH_KEEP, &folder, error))
    return false;
  compare_counting(session, &folder);
  return true;
}

static void note_waiting(FetchSession *session) {
  g_autoptr(GError) problem = NULL;
  session->report->backlog = 0;
  int64_t asks_every = imap_has_idle(session->imap) ? 0 : session->account->poll;
  bool is_noted = channel_note_state(session->desk, session->report, CHANNEL_WAITING, asks_every, &problem);
  fetch_noted(is_noted, problem);
}

// A server that says it can tell of news and then refuses to is asked instead.
static bool await_news(FetchSession *session, GError **error) {
  g_autoptr(GError) problem = NULL;
  if (imap_has_idle(session->imap) && imap_idle(session->imap, IDLE_SPAN, &problem)) return true;
  if (problem && !error_is(problem, ERROR_INVALID)) return g_propagate_error(error, g_steal_pointer(&problem)), false;
  if (!imap_has_news(session->imap)) imap_pause(session->imap, session->account->poll);
  return true;
}

static void drop_parser(FetchSession *session) {
  mail_parser_free(session->parser);
  session->parser = NULL;
}

static void note_failure(Worker *worker, FetchSession *session, const GError *failure, int64_t pause) {
  const FetchConfig *config = &worker->fetcher->config;
  g_autoptr(GError) problem = NULL;
  log_warning("fetch", "%s: %s", worker->account->name, failure->message);
  if (!session->desk || !session->report->id) return; // the database is away; who looks at the pages sees that
  bool is_noted = channel_note_error(session->desk, session->report, failure->message, clock_now(config->clock) + pause,
                                     &problem);
  fetch_noted(is_noted, problem);
}

static void note_end(FetchSession *session) {
  g_autoptr(GError) problem = NULL;
  if (!session->desk || !session->report->id) return;
  bool is_noted = channel_note_state(session->desk, session->report, CHANNEL_STOPPED, 0, &problem);
  fetch_noted(is_noted, problem);
}

static int64_t next_pause(Worker *worker, const GError *failure) {
  int64_t pause = worker->pause;
  if (error_is(failure, ERROR_FORBIDDEN)) pause = MAX(pause, PAUSE_AFTER_REFUSAL);
  worker->pause = MIN(2 * worker->pause, LONGEST_PAUSE);
  return pause - (int64_t)random_below(worker->fetcher->config.random, (uint64_t)pause / 4 + 1);
}

// Works with one connection until it ends. Gives the pause before the next one.
static int64_t work(Worker *worker) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(Arena) mail_arena = arena_new();
  g_autoptr(GError) error = NULL;
  ChannelReport report = {0};
  FetchSession session;
  if (open_session(arena, worker, &session, &report, &error)) {
    session.mail_arena = mail_arena;
    while (fetch_all(&session, &error)) {
      worker->pause = worker->fetcher->config.first_pause;
      note_waiting(&session);
      drop_parser(&session);
      if (!await_news(&session, &error) || imap_is_stopped(worker->imap)) break;
    }
  }
  drop_parser(&session);
  imap_disconnect(worker->imap);
  if (imap_is_stopped(worker->imap)) return note_end(&session), 0;
  int64_t pause = next_pause(worker, error);
  note_failure(worker, &session, error, pause);
  return pause;
}

static gpointer run(gpointer data) {
  Worker *worker = data;
  for (int64_t pause = worker->begins_after; imap_pause(worker->imap, pause);) pause = work(worker);
  return NULL;
}

// ——— all of them

// Those that are not set up any more are shown so; when that cannot be written now, the next start does it.
static void retire_others(const FetchConfig *config) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) problem = NULL;
  TextList names = {0};
  list_each(const FetchAccount, account, config->accounts) *list_add(arena, &names) = account->name;
  Desk *desk = desk_join(arena, config->database, config->clock, config->random, &problem);
  bool is_noted = desk && channel_retire_others(desk, CHANNEL_IMAP, &names, &problem);
  fetch_noted(is_noted, problem);
}

Fetcher *fetcher_start(const FetchConfig *config) {
  retire_others(config);
  Fetcher *fetcher = g_new0(Fetcher, 1);
  fetcher->config = *config;
  if (fetcher->config.first_pause <= 0) fetcher->config.first_pause = FIRST_PAUSE;
  fetcher->workers = g_new0(Worker, config->accounts->count);
  for (; fetcher->count < config->accounts->count; fetcher->count++) {
    Worker *worker = &fetcher->workers[fetcher->count];
    *worker = (Worker){.fetcher = fetcher,
                       .account = &config->accounts->items[fetcher->count],
                       .imap = imap_new(config->mail_most),
                       .begins_after = MIN((int64_t)fetcher->count * STAGGER, STAGGER_MOST),
                       .pause = fetcher->config.first_pause};
    worker->thread = g_thread_new("fetch", run, worker);
  }
  return fetcher;
}

void fetcher_stop(Fetcher *fetcher) {
  if (!fetcher) return;
  for (size_t i = 0; i < fetcher->count; i++) imap_stop(fetcher->workers[i].imap);
  for (size_t i = 0; i < fetcher->count; i++) {
    g_thread_join(fetcher->workers[i].thread);
    imap_free(fetcher->workers[i].imap);
  }
  g_free(fetcher->workers);
  g_free(fetcher);
}
