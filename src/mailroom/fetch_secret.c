// A program that gives a password or a token: started without a shell, in a process group of its own so that it can be ended with all
// it has started, and read until its end or until its time is over. Its errors go to our own standard error, for the administrator.
#include "mailroom/fetch_secret.h"

#include "base/clock.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <sys/wait.h>
#include <unistd.h>

#define OUTPUT_MOST (16 * 1024)

// After the fork: our threads block the signals that end us, and the program shall not.
static void begin_alone(gpointer data) {
  (void)data;
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  setpgid(0, 0);
}

// True at the end of the output, false when time or room is over.
static bool read_to_end(int output, int64_t deadline, char *buffer, size_t *size) {
  for (;;) {
    struct pollfd fd = {.fd = output, .events = POLLIN};
    int64_t left = (deadline - g_get_monotonic_time()) / 1000;
    if (left <= 0 || *size == OUTPUT_MOST) return false;
    if (poll(&fd, 1, (int)MIN(left + 1, G_MAXINT)) <= 0) continue;
    ssize_t count = read(output, buffer + *size, OUTPUT_MOST - *size);
    if (count == 0) return true;
    if (count > 0)
      *size += (size_t)count;
    else if (errno != EINTR)
      return false;
  }
}

// It closes its output before it ends, so there is a moment to wait for. It is not reaped yet: until then its number is nobody else's.
static bool await_end(pid_t child, int64_t deadline) {
  for (;;) {
    siginfo_t about = {0};
    if (waitid(P_PID, (id_t)child, &about, WEXITED | WNOHANG | WNOWAIT) == 0 && about.si_pid == child) return true;
    if (g_get_monotonic_time() >= deadline) return false;
    g_usleep(2000);
  }
}

static bool judge(const char *command, bool is_whole, bool has_ended, int status, GError **error) {
  if (!is_whole || !has_ended)
    return error_set(error, ERROR_UNAVAILABLE,
                     "The command %s, which gives the secret, takes too long or says too much; it was ended.", command);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
  if (WIFEXITED(status))
    return error_set(error, ERROR_UNAVAILABLE, "The command %s, which gives the secret, ended with the status %d.", command,
                     WEXITSTATUS(status));
  return error_set(error, ERROR_UNAVAILABLE, "The command %s, which gives the secret, was ended by a signal.", command);
}

bool fetch_secret(Arena *arena, char *const *command, int64_t span, const char **out, GError **error) {
  g_autoptr(GError) problem = NULL;
  GPid child;
  int output = -1, status = 0;
  int64_t deadline = g_get_monotonic_time() + span;
  if (!g_spawn_async_with_pipes(NULL, (char **)(uintptr_t)command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD,
                                begin_alone, NULL, &child, NULL, &output, NULL, &problem))
    return error_set(error, ERROR_UNAVAILABLE, "The command %s, which gives the secret, cannot be started: %s.", command[0],
                     problem->message);
  char buffer[OUTPUT_MOST + 1];
  size_t size = 0;
  bool is_whole = read_to_end(output, deadline, buffer, &size), has_ended = is_whole && await_end(child, deadline);
  close(output);
  kill(-child, SIGKILL); // with whatever it left behind
  waitpid(child, &status, 0);
  buffer[size] = '\0';
  *out = arena_strndup(arena, buffer, strcspn(buffer, "\r\n"));
  sodium_memzero(buffer, sizeof buffer);
  if (!judge(command[0], is_whole, has_ended, status, error)) return false;
  return **out || error_set(error, ERROR_UNAVAILABLE, "The command %s, which gives the secret, said nothing.", command[0]);
}
