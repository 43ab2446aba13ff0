// Jobs: what the desk does by itself beside answering browsers and moving mail, on one thread of low priority. Today that is dismissing
// what waited in quarantine longer than the policy says, learning from what people say about readings, and bringing back what was put
// off until now. Several nodes may run them; each thing is done once.
#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"

typedef struct Jobs Jobs;

typedef struct JobsConfig {
  const char *database; // as for desk_join: the schema is in place already
  const Clock *clock;
  Random *random;
} JobsConfig;

// Starts the thread. The first round begins at once, the next when the database has changed, or after ten minutes.
Jobs *jobs_start(const JobsConfig *config, GError **error);
void jobs_stop(Jobs *jobs); // finishes the round; NULL is fine
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Jobs, jobs_stop)
