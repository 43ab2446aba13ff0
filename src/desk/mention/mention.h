// Mentions: "@Mira Lindqvist" or "@Mira" in a note calls somebody. A first name counts where only one person who works here has it. They
// hear of it by mail as of what is theirs (StaffMails), find it among their mentions, and have seen it once they open the conversation.
#pragma once

#include "desk/conversation/stand.h"

// Who is called in `text`, each once, in the order of `people`; whoever does not work here any more is not.
void mention_read(Arena *arena, const char *text, const StaffList *people, StaffList *out);

// Keeps who is called in a note and tells them. Its writer is not called by themselves. Inside the caller's transaction.
bool mention_keep(Arena *arena, Desk *desk, const ConversationStand *stand, const Staff *writer, int64_t message_id,
                  const char *text, GError **error);

// They opened the conversation. Costs one look-up on a small index when there is nothing to see.
bool mention_see(Desk *desk, int64_t staff_id, int64_t number, GError **error);
