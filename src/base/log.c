// Log lines: made whole in memory and written with one call, so that lines of several threads do not mix. What is inside a
// message cannot start a line of its own: control characters become spaces.
#include "base/log.h"

#include "base/arena.h"
#include "base/clock.h"

#include <stdatomic.h>
#include <unistd.h>

static atomic_int lowest_level = LOG_LEVEL_INFO;

void log_set_level(LogLevel lowest) { atomic_store(&lowest_level, (int)lowest); }

__attribute__((format(printf, 3, 0))) static void write_line(LogLevel level, const char *area, const char *format, va_list args) {
  static const char *const words[] = {"debug", "info", "warning", "error"};
  if ((int)level < atomic_load(&lowest_level)) return;
  g_autoptr(Arena) arena = arena_new();
  const char *message = arena_vprintf(arena, format, args);
  char *line = arena_printf(arena, "%s %s %s: %s ", clock_iso(arena, clock_now(&clock_system)), words[level], area, message);
  size_t length = strlen(line);
  for (size_t i = 0; i < length; i++)
    if (g_ascii_iscntrl(line[i])) line[i] = ' ';
  line[length - 1] = '\n';
  ssize_t written = write(STDERR_FILENO, line, length);
  (void)written; // there is nowhere to complain about a closed standard error
}

#define LOG_CALL(name, level)                                                                                                    \
  void name(const char *area, const char *format, ...) {                                                                         \
    va_list args;                                                                                                                \
    va_start(args, format);                                                                                                      \
    write_line(level, area, format, args);                                                                                       \
    va_end(args);                                                                                                                \
  }

LOG_CALL(log_debug, LOG_LEVEL_DEBUG)
LOG_CALL(log_info, LOG_LEVEL_INFO)
LOG_CALL(log_warning, LOG_LEVEL_WARNING)
LOG_CALL(log_error, LOG_LEVEL_ERROR)
