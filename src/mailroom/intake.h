// The intake: where channels that run inside the server bring their mail. Mail from any number of threads is parsed in a few processes
// of its own, and taken in by one thread, many with one commit.
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "desk/channel/channel.h"
#include "desk/received/received.h"

typedef struct IntakeConfig {
  const char *database; // see db_open
  const Clock *clock;
  Random *random;
  int64_t mail_budget; // how long parsing one mail may take; 0: as the parser has it
  ChannelKind kind;    // what people see its mail come in by
  const char *name;    // where it listens, for them
} IntakeConfig;

typedef struct Intake Intake;
Intake *intake_start(const IntakeConfig *config, GError **error);
// Whoever still waits in intake_take is answered first; none may call it any more.
void intake_stop(Intake *intake);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Intake, intake_stop)

// Parses and takes a mail; from any thread. True only after the commit. What `out` says lives in `arena`. False: it is not ours yet,
// the channel hands it in again later.
bool intake_take(Arena *arena, Intake *intake, ReceivedInput *input, ReceivedResult *out, GError **error);
