// Telling people by mail that an approval waits for them, and how it was decided. Internal to this folder.
#pragma once

#include "desk/remedy/remedy.h"

// Everybody whose limits allow it and who may decide, but not who asked. Inside the caller's transaction, as the next one.
bool approval_tell_deciders(Arena *arena, Desk *desk, const Staff *asker, int64_t id, GError **error);
// Who asked.
bool approval_tell_asker(Arena *arena, Desk *desk, const Staff *decider, int64_t id, GError **error);
