// Putting a tag on, and taking it off, as a part of a change (conversation/change.c). Internal to the desk.
#pragma once

#include "desk/tag/tag.h"

// Inside the caller's transaction, with the conversation locked. ERROR_NOT_FOUND for a tag that is not there, ERROR_CONFLICT for a
// retired one that is to be put on, and beyond TAGS_MOST.
bool tag_put(Arena *arena, Desk *desk, int64_t number, int64_t id, bool is_added, bool *out_is_change, const char **out_name,
             GError **error);
