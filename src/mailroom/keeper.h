// The keeper of the mail room: once an hour it does what time alone asks for. Today that is dismissing what waited in quarantine longer
// than the policy says. Several nodes may run one each; a mail expires once.
#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"

typedef struct Keeper Keeper;

typedef struct KeeperConfig {
  const char *database; // as for desk_join: the schema is in place already
  const Clock *clock;
  Random *random;
} KeeperConfig;

Keeper *keeper_start(const KeeperConfig *config, GError **error); // the first round begins at once
void keeper_stop(Keeper *keeper);                                 // finishes the round; NULL is fine
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Keeper, keeper_stop)
