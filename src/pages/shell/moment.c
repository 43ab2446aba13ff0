// Times as people say them. The scripts refresh the relative ones in place and use the same words; see desk.js.
#include "base/words.h"
#include "pages/shell/shell.h"

const char *moment_ago(const Visit *visit, int64_t at) {
  return at == 0 ? tr("never") : clock_ago(visit->arena, visit->now - at);
}

const char *moment_until(const Visit *visit, int64_t at) {
  return at == 0 ? tr("never") : clock_ahead(visit->arena, at - visit->now);
}

const char *moment_exact(const Visit *visit, int64_t at) {
  return at == 0 ? tr("never") : clock_exact(visit->arena, at, visit->zone);
}

const char *moment_wait(const Visit *visit, int64_t since) {
  int64_t wait = visit->now - since;
  return wait < CLOCK_MINUTE ? tr("a moment") : clock_span(visit->arena, wait);
}

const char *moment_wait_class(const Visit *visit, int64_t since) {
  int64_t wait = visit->now - since;
  return wait >= 2 * CLOCK_DAY ? "late" : wait >= CLOCK_DAY ? "due" : "";
}
