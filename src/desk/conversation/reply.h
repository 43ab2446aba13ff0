// Answering as a part of something larger. Internal to the desk.
#pragma once

#include "desk/conversation/verbs.h"

// conversation_reply inside the caller's transaction, which is to be committed whatever the outcome.
bool reply_inside(Arena *arena, Desk *desk, const Staff *writer, const ReplyDraft *draft, ReplyOutcome *out_outcome,
                  int64_t *out_message_id, GError **error);
