// Times as people say them. The scripts refresh the relative ones in place and use the same words; see desk.js.
#include "pages/shell/shell.h"

const char *moment_ago(const Visit *visit, int64_t at) {
  if (at == 0) return "never";
  if (visit->now - at < CLOCK_MINUTE) return "just now";
  return arena_printf(visit->arena, "%s ago", clock_span(visit->arena, visit->now - at));
}

const char *moment_until(const Visit *visit, int64_t at) {
  if (at == 0) return "never";
  if (at - visit->now < CLOCK_MINUTE) return "in a moment";
  return arena_printf(visit->arena, "in %s", clock_span(visit->arena, at - visit->now));
}

const char *moment_exact(const Visit *visit, int64_t at) {
  return at == 0 ? "never" : clock_exact(visit->arena, at, pages_zone(visit->pages));
}

const char *moment_wait(const Visit *visit, int64_t since) {
  int64_t wait = visit->now - since;
  return wait < CLOCK_MINUTE ? "a moment" : clock_span(visit->arena, wait);
}

const char *moment_wait_class(const Visit *visit, int64_t since) {
  int64_t wait = visit->now - since;
  return wait >= 2 * CLOCK_DAY ? "late" : wait >= CLOCK_DAY ? "due" : "";
}
