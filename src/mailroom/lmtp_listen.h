// Sockets to listen on, from what a person wrote. Used by lmtp.c alone.
#pragma once

#include "base/arena.h"
#include "base/error.h"

// Opens one; `*out_place` (in the arena) is where it really listens. -1 with ERROR_INVALID or ERROR_UNAVAILABLE.
int lmtp_listen(Arena *arena, const char *wanted, const char **out_place, GError **error);
// Removes the file of a socket in the file system.
void lmtp_unlisten(const char *place);
