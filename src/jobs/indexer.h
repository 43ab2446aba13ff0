// The thread that keeps search up to date. It takes some conversations at a time and then leaves others four times as long to write,
// so that mail that comes in by the thousand is not held up; what is written by hand can be found within a second.
#pragma once

#include "jobs/jobs.h"

typedef struct Indexer Indexer;
Indexer *indexer_start(const JobsConfig *config, GError **error);
void indexer_stop(Indexer *indexer); // finishes what it has begun; NULL is fine
