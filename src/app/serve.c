// `rapport serve`: bring the schema up to date, answer browsers, fetch mail, send the outbox, and stop in good order on SIGINT or
// SIGTERM. A data folder belongs to one server at a time; a lock on a file in it says so, and goes when the process does, however it
// ends.
#include "app/serve.h"

#include "app/accounts.h"
#include "base/log.h"
#include "desk/audit/audit.h"
#include "desk/staff/admin.h"
#include "jobs/jobs.h"
#include "mail/smtp.h"
#include "mailroom/fetch.h"
#include "mailroom/lmtp.h"
#include "mailroom/sender.h"
#include "pages/pages.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#define SENDERS 2

static bool lock_folder(const Cli *cli, GError **error) {
  const char *path = arena_printf(cli->arena, "%s/serve.lock", cli->data);
  int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return error_set(error, ERROR_UNAVAILABLE, "%s cannot be opened: %s.", path, g_strerror(errno));
  if (flock(file, LOCK_EX | LOCK_NB) == 0) return true; // held open until the process ends
  close(file);
  return error_set(error, ERROR_UNAVAILABLE,
                   "Another `rapport serve` is working on %s; stop it first or name another folder with --data.", cli->data);
}

// Blocked in every thread, so that only sigwait in the main one sees them.
static sigset_t block_signals(void) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, NULL);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

static bool start_sender(const Cli *cli, const AppSettings *settings, const char *where, Sender **out, GError **error) {
  if (!settings->smtp_url) {
    log_info("outbox", "No mail server is set (--smtp-url); what is written waits in the outbox.");
    return true;
  }
  SenderConfig config = {
    .database = where,
    .clock = cli->clock,
    .random = cli->random,
    .server = {.url = settings->smtp_url,
               .user = settings->smtp_user,
               .password = settings->smtp_password,
               .require_tls = settings->smtp_require_tls},
    .bearer_command = settings->smtp_bearer_command,
    .dkim_folder = arena_printf(cli->arena, "%s/" CLI_DKIM_FOLDER, cli->data),
    .threads = SENDERS,
    .is_alone = cli->database == NULL,
  };
  *out = sender_start(&config, error);
  return *out != NULL;
}

// What takes mail in while the server runs.
typedef struct Channels {
  FetchAccountList accounts;
  Intake *intake;
  LmtpServer *lmtp;
  Fetcher *fetcher;
} Channels;

static void stop_channels(Channels *channels) {
  fetcher_stop(channels->fetcher);
  lmtp_server_stop(channels->lmtp);
  intake_stop(channels->intake);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Channels, stop_channels)

// Fetches from the accounts of this data folder; without any there is nothing to start.
static void start_fetcher(const Cli *cli, const char *where, Channels *channels) {
  if (channels->accounts.count == 0) return;
  FetchConfig config = {.database = where,
                        .clock = cli->clock,
                        .random = cli->random,
                        .accounts = &channels->accounts,
                        .mail_most = (size_t)cli->mail_limit,
                        .mail_budget = cli->mail_budget};
  channels->fetcher = fetcher_start(&config);
}

static bool read_accounts(const Cli *cli, FetchAccountList *out, GError **error) {
  const char *warning = NULL;
  if (!accounts_read(cli->arena, accounts_path(cli->arena, cli->data), out, &warning, error)) return false;
  if (warning) log_warning("fetch", "%s", warning);
  return true;
}

static bool start_lmtp(const Cli *cli, const AppSettings *settings, const char *where, Channels *out, GError **error) {
  if (!settings->lmtp_listen) return true;
  IntakeConfig intake = {.database = where,
                         .clock = cli->clock,
                         .random = cli->random,
                         .mail_budget = settings->mail_budget,
                         .kind = CHANNEL_LMTP,
                         .name = settings->lmtp_listen};
  out->intake = intake_start(&intake, error);
  if (!out->intake) return false;
  LmtpServerConfig lmtp = {.intake = out->intake, .listen = settings->lmtp_listen, .mail_limit = settings->mail_limit};
  out->lmtp = lmtp_server_start(&lmtp, error);
  return out->lmtp != NULL;
}

static bool bring_up_to_date(const Cli *cli, const char *where, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  return desk_open(arena, where, cli->clock, cli->random, error) != NULL;
}

// What browsers are told to trust depends on this address, so it is taken only in a form that leaves no doubt.
static bool read_origin(Arena *arena, const char *url, const char **out, GError **error) {
  *out = NULL;
  if (!url) return true;
  g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri ? g_uri_get_scheme(uri) : "", *host = uri ? g_uri_get_host(uri) : NULL,
             *path = uri ? g_uri_get_path(uri) : "";
  bool is_web = strcmp(scheme, "https") == 0 || strcmp(scheme, "http") == 0;
  if (!is_web || !host || !*host || (*path && strcmp(path, "/") != 0) || g_uri_get_userinfo(uri) || g_uri_get_query(uri) ||
      g_uri_get_fragment(uri))
    return error_set(error, ERROR_INVALID, "--url is \"%s\"; write it as https://desk.example.org, without a path.", url);
  g_autofree char *lower = g_ascii_strdown(host, -1);
  int port = g_uri_get_port(uri);
  bool is_ipv6 = strchr(lower, ':') != NULL;
  *out = arena_printf(arena, "%s://%s%s%s%s", scheme, is_ipv6 ? "[" : "", lower, is_ipv6 ? "]" : "",
                      port > 0 ? arena_printf(arena, ":%d", port) : "");
  return true;
}

static void tell_address(const AppSettings *settings, const Pages *pages, const Channels *channels) {
  const char *colon = strrchr(settings->listen, ':');
  printf("listening on http://%.*s:%d\n", (int)(colon - settings->listen), settings->listen, pages_port(pages));
  if (channels->lmtp) printf("taking mail by LMTP on %s\n", lmtp_server_places(channels->lmtp));
  fflush(stdout);
}

// The newest seal of the audit journal goes to the log, where it is kept apart from the database that it vouches for. Where nobody works
// yet, whoever started the server may set the desk up in the browser.
static bool tell_setup(const Cli *cli, const AppSettings *settings, const char *where, const char *origin, const Pages *pages,
                       GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Desk *desk = desk_join(arena, where, cli->clock, cli->random, error);
  AuditHead head;
  bool is_due = false;
  const char *token = NULL;
  if (!desk || !audit_head(arena, desk, &head, error) || !setup_is_due(desk, &is_due, error)) return false;
  if (head.number)
    log_info("audit", "The audit journal has %" G_GINT64_FORMAT " entries; its seal is %s.", head.number, head.seal);
  if (!is_due) return true;
  if (!setup_begin(arena, desk, &token, error)) return false;
  const char *colon = strrchr(settings->listen, ':');
  const char *here = arena_printf(arena, "http://%.*s:%d", (int)(colon - settings->listen), settings->listen, pages_port(pages));
  printf("Nobody works here yet. Set the desk up within a day, once, at\n  %s/setup/%s\n", origin ? origin : here, token);
  fflush(stdout);
  return true;
}

static bool serve(const Cli *cli, const AppSettings *settings, GError **error) {
  const char *origin = NULL,
             *where = read_origin(cli->arena, settings->url, &origin, error) ? cli_database(cli, true, error) : NULL;
  g_auto(Channels) channels = {0};
  if (!where || !read_accounts(cli, &channels.accounts, error) || (!cli->database && !lock_folder(cli, error)) ||
      !bring_up_to_date(cli, where, error))
    return false;
  sigset_t signals = block_signals();
  SmtpServer smtp = {.url = settings->smtp_url,
                     .user = settings->smtp_user,
                     .password = settings->smtp_password,
                     .require_tls = settings->smtp_require_tls};
  PagesSetup setup = {.database = where,
                      .listen = settings->listen,
                      .origin = origin,
                      .threads = (int)settings->threads,
                      .clock = cli->clock,
                      .random = cli->random,
                      .undo_delay = settings->undo_delay,
                      .attachments_most = settings->attachments,
                      .sends_mail = settings->smtp_url != NULL,
                      .smtp = settings->smtp_bearer_command ? NULL : &smtp};
  g_autoptr(Sender) sender = NULL;
  g_autoptr(Pages) pages = pages_start(&setup, error);
  JobsConfig chores = {.database = where, .clock = cli->clock, .random = cli->random};
  g_autoptr(Jobs) jobs = pages ? jobs_start(&chores, error) : NULL;
  if (!jobs || !start_sender(cli, settings, where, &sender, error) || !start_lmtp(cli, settings, where, &channels, error))
    return false;
  start_fetcher(cli, where, &channels);
  tell_address(settings, pages, &channels);
  if (!tell_setup(cli, settings, where, origin, pages, error)) return false;
  int signal_number = 0;
  sigwait(&signals, &signal_number);
  log_info("serve", "stopping");
  return true;
}

int app_serve(const Cli *cli, const AppSettings *settings, int argc) {
  GError *error = NULL;
  if (argc > 1) {
    fputs("rapport serve: unknown argument; see `rapport help`.\n", stderr);
    return CLI_USAGE;
  }
  return serve(cli, settings, &error) ? 0 : cli_fail("serve", error);
}
