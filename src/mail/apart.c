// MailParser: the side that hands mails over. It starts the process, gives it a mail and a time to answer in, reads the answer as
// hostile, and makes a judgement when there is none.
//
// A death is not believed at once: somebody may have killed the process, or an earlier mail may have harmed it. The mail is tried
// once more in a fresh process, and only when that dies too the mail is to blame. A mail that takes too long is not tried again.
#include "mail/apart.h"

#include "base/error.h"
#include "mail/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define BUDGET (10 * CLOCK_SECOND)
#define START_BUDGET (60 * CLOCK_SECOND) // a new process on a machine that is very busy
#define ANSWER_TIMES 8                   // an answer is at most so many times the mail …
#define ANSWER_MORE ((uint64_t)8 << 20)  // … and this many bytes
#define HEADERS_MOST_BYTES ((size_t)256 * 1024)

struct MailParser {
  pid_t pid; // 0: there is no process
  int socket;
  bool is_ready; // it has said that it is shut in
  int parsed;
  int64_t budget;
};

typedef enum Outcome { OUTCOME_PARSED, OUTCOME_TOO_LONG, OUTCOME_ENDED, OUTCOME_NONSENSE, OUTCOME_NO_PROCESS } Outcome;

// ——— the process

static bool has_sanitizer(void) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return true;
#else
  return false;
#endif
}

// Only what the process is to have: its socket, no environment of ours (there are passwords in it), no signals, so that stopping the
// server does not end a mail half way.
static int spawn(int socket, pid_t *out_pid) {
  static char program[] = "rapport", verb[] = APART_VERB, locale[] = "LC_ALL=C.UTF-8";
  static char asan[] = "ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1", tsan[] = "TSAN_OPTIONS=report_bugs=0";
  g_autofree char *trusted = g_strdup_printf("SSL_CERT_FILE=%s", g_getenv("SSL_CERT_FILE") ? g_getenv("SSL_CERT_FILE") : "");
  char *arguments[] = {program, verb, NULL},
       *environment[] = {locale, asan, tsan, g_getenv("SSL_CERT_FILE") ? trusted : NULL, NULL};
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  sigset_t signals;
  sigfillset(&signals);
  sigdelset(&signals, SIGXCPU);
  sigdelset(&signals, SIGABRT);
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, socket, STDIN_FILENO);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (!has_sanitizer()) posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  posix_spawnattr_setsigmask(&attributes, &signals);
  int problem = posix_spawn(out_pid, "/proc/self/exe", &files, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return problem;
}

static bool start(MailParser *parser, GError **error) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return error_set(error, ERROR_UNAVAILABLE, "No process can be started to read mail in: %s.", g_strerror(errno));
  int problem = spawn(ends[1], &parser->pid);
  close(ends[1]);
  if (problem) {
    close(ends[0]);
    parser->pid = 0;
    return error_set(error, ERROR_UNAVAILABLE, "No process can be started to read mail in: %s.", g_strerror(problem));
  }
  parser->socket = ends[0];
  parser->is_ready = false;
  parser->parsed = 0;
  return true;
}

// Ends the process, however it is, and says how it had ended: a wait status.
static int stop(MailParser *parser) {
  int status = 0;
  if (!parser->pid) return 0;
  close(parser->socket);
  kill(parser->pid, SIGKILL);
  while (waitpid(parser->pid, &status, 0) < 0 && errno == EINTR) continue;
  parser->pid = 0;
  return status;
}

// The process has closed its side; it is given a moment to end by itself, so that the status says why.
static int status_of_ended(MailParser *parser) {
  int status = 0;
  for (int tries = 0; tries < 200; tries++) {
    if (waitpid(parser->pid, &status, WNOHANG) == parser->pid) {
      close(parser->socket);
      parser->pid = 0;
      return status;
    }
    g_usleep(1000);
  }
  return stop(parser);
}

// ——— talking, with a moment by which it must be done

static Outcome wait_for(int socket, short event, int64_t until) {
  for (;;) {
    int64_t left = until - g_get_monotonic_time();
    if (left <= 0) return OUTCOME_TOO_LONG;
    struct pollfd wanted = {.fd = socket, .events = event};
    int found = poll(&wanted, 1, (int)MIN(left / 1000 + 1, G_MAXINT));
    if (found > 0) return OUTCOME_PARSED; // or ended, which the next call tells
    if (found < 0 && errno != EINTR) return OUTCOME_ENDED;
  }
}

static Outcome send_all(int socket, const void *data, size_t size, int64_t until) {
  for (const char *at = data; size > 0;) {
    ssize_t count = send(socket, at, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count > 0) {
      at += count;
      size -= (size_t)count;
    } else if (count < 0 && errno != EINTR) {
      if (errno != EAGAIN) return OUTCOME_ENDED;
      Outcome outcome = wait_for(socket, POLLOUT, until);
      if (outcome != OUTCOME_PARSED) return outcome;
    }
  }
  return OUTCOME_PARSED;
}

static Outcome receive_all(int socket, void *out, size_t size, int64_t until) {
  for (char *at = out; size > 0;) {
    ssize_t count = recv(socket, at, size, MSG_DONTWAIT);
    if (count > 0) {
      at += count;
      size -= (size_t)count;
    } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
      return OUTCOME_ENDED;
    } else if (errno == EAGAIN) {
      Outcome outcome = wait_for(socket, POLLIN, until);
      if (outcome != OUTCOME_PARSED) return outcome;
    }
  }
  return OUTCOME_PARSED;
}

static Outcome make_ready(MailParser *parser) {
  char hello[sizeof APART_HELLO - 1];
  if (parser->is_ready) return OUTCOME_PARSED;
  int64_t until = g_get_monotonic_time() + START_BUDGET;
  if (receive_all(parser->socket, hello, sizeof hello, until) != OUTCOME_PARSED || memcmp(hello, APART_HELLO, sizeof hello) != 0)
    return OUTCOME_NO_PROCESS;
  parser->is_ready = true;
  return OUTCOME_PARSED;
}

static Outcome exchange(MailParser *parser, Arena *arena, Bytes raw, Mail **out) {
  uint64_t size = raw.size;
  Outcome outcome = make_ready(parser);
  if (outcome != OUTCOME_PARSED) return outcome;
  int64_t until = g_get_monotonic_time() + parser->budget;
  parser->parsed++;
  outcome = send_all(parser->socket, &size, sizeof size, until);
  if (outcome == OUTCOME_PARSED) outcome = send_all(parser->socket, raw.data, raw.size, until);
  if (outcome == OUTCOME_PARSED) outcome = receive_all(parser->socket, &size, sizeof size, until);
  if (outcome != OUTCOME_PARSED) return outcome;
  if (size > raw.size * ANSWER_TIMES + ANSWER_MORE) return OUTCOME_NONSENSE;
  char *answer = arena_alloc(arena, size);
  outcome = receive_all(parser->socket, answer, size, until);
  if (outcome != OUTCOME_PARSED) return outcome;
  return wire_read(arena, bytes_of(answer, size), out) ? OUTCOME_PARSED : OUTCOME_NONSENSE;
}

// ——— judging

static bool tell_no_process(int status, GError **error) {
  bool has_no_sandbox = (WIFEXITED(status) && WEXITSTATUS(status) == APART_NO_SANDBOX) ||
                        (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS); // by a filter that we run under
  return error_set(error, ERROR_UNAVAILABLE,
                   has_no_sandbox ? "The process that reads mail may not shut itself in here: allow seccomp and landlock."
                                  : "The process that reads mail does not start.");
}

static bool tell_ended(int status, GError **error) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == APART_NO_MEMORY)
    return error_set(error, ERROR_BROKEN, "Reading this mail took more memory than a mail may have.");
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
    return error_set(error, ERROR_BROKEN, "Reading this mail took more work than a mail may have.");
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
    return error_set(error, ERROR_BROKEN, "While this mail was read, something was tried that reading a mail never needs.");
  return error_set(error, ERROR_BROKEN, "Reading this mail ended the process that read it (%s %d).",
                   WIFSIGNALED(status) ? "signal" : "status", WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

static bool tell(MailParser *parser, Outcome outcome, GError **error) {
  switch (outcome) {
  case OUTCOME_PARSED: return true;
  case OUTCOME_TOO_LONG:
    stop(parser);
    return error_set(error, ERROR_BROKEN, "Reading this mail took longer than %" G_GINT64_FORMAT " seconds.",
                     MAX(parser->budget / CLOCK_SECOND, 1));
  case OUTCOME_NONSENSE:
    stop(parser);
    return error_set(error, ERROR_BROKEN, "Reading this mail gave a result that makes no sense.");
  case OUTCOME_NO_PROCESS: return tell_no_process(status_of_ended(parser), error);
  case OUTCOME_ENDED:
  default: return tell_ended(status_of_ended(parser), error);
  }
}

// With a fresh process the first time when the one at hand is old or gone.
static bool try_once(MailParser *parser, Arena *arena, Bytes raw, Mail **out, bool *out_may_try_again, GError **error) {
  if (parser->pid && parser->parsed >= APART_MAILS) stop(parser);
  if (!parser->pid && !start(parser, error)) return false;
  Outcome outcome = exchange(parser, arena, raw, out);
  *out_may_try_again = outcome == OUTCOME_ENDED || outcome == OUTCOME_NONSENSE || (outcome == OUTCOME_NO_PROCESS);
  return tell(parser, outcome, error);
}

static bool parse(MailParser *parser, Arena *arena, Bytes raw, Mail **out, GError **error) {
  g_autoptr(GError) problem = NULL;
  bool may_try_again = false;
  if (try_once(parser, arena, raw, out, &may_try_again, &problem)) return true;
  if (may_try_again) {
    g_clear_error(&problem);
    if (try_once(parser, arena, raw, out, &may_try_again, &problem)) return true;
  }
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}

// Up to the first empty line, or as much as headers may have.
static Bytes headers_of(Bytes raw) {
  const char *at = raw.data, *end = at + MIN(raw.size, HEADERS_MOST_BYTES);
  for (const char *line = at; line < end;) {
    const char *next = memchr(line, '\n', (size_t)(end - line));
    if (!next) break;
    if (line > at && (next == line || (next == line + 1 && *line == '\r'))) return bytes_of(at, (size_t)(line - at));
    line = next + 1;
  }
  return bytes_of(at, (size_t)(end - at));
}

bool mail_parser_parse(MailParser *parser, Arena *arena, Bytes raw, Mail **out, GError **error) {
  g_autoptr(GError) problem = NULL;
  *out = NULL;
  if (parse(parser, arena, raw, out, &problem)) return true;
  if (error_is(problem, ERROR_BROKEN) && !parse(parser, arena, headers_of(raw), out, NULL)) *out = NULL;
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}

MailParser *mail_parser_new(GError **error) {
  if (!mail_apart_is_offered()) { // else it would run all of itself again, and that again
    error_set(error, ERROR_UNAVAILABLE, "This program does not offer to read mail in a process of its own.");
    return NULL;
  }
  g_autoptr(MailParser) parser = g_new0(MailParser, 1);
  parser->budget = BUDGET;
  return start(parser, error) ? g_steal_pointer(&parser) : NULL;
}

void mail_parser_set_budget(MailParser *parser, int64_t budget) { parser->budget = budget; }

void mail_parser_free(MailParser *parser) {
  if (!parser) return;
  stop(parser);
  g_free(parser);
}
