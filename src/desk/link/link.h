// Links: two conversations that belong together without being one. Both show it.
#pragma once

#include "desk/conversation/conversation.h"
#include "desk/staff/staff.h"

// ERROR_NOT_FOUND, ERROR_INVALID for a conversation with itself, ERROR_CONFLICT for one that was merged away (that it went on in another
// is followed for `other`) and beyond LINKS_MOST. Doing it twice does nothing the second time.
bool link_add(Desk *desk, const Staff *actor, int64_t number, int64_t other, GError **error);
bool link_remove(Desk *desk, const Staff *actor, int64_t number, int64_t other, GError **error);
bool link_list(Arena *arena, Desk *desk, int64_t number, OtherConversationList *out, GError **error); // by number
#define LINKS_MOST 50
