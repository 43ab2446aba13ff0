// Writing a message into a conversation: the one place that does. Internal to the desk; inside the caller's transaction.
#pragma once

#include "desk/blob/blob.h"
#include "desk/conversation/stand.h"

typedef struct Entry {
  MessageKind kind;
  MessageState state;
  MailKind machine;
  int64_t staff_id; // 0: nobody's
  const char *author_name, *author_address, *answer_to, *recipients, *subject, *body, *quoted;
  int64_t made_at, claimed_at;
  const char *mail_id;         // NULL when it has none
  const Blob *html, *original; // NULL when there is none
  const MailAttachmentList *attachments;
  const Blob *attachment_blobs; // one for each attachment
} Entry;

// Adds the message, its attachments and its id, and makes it the latest of the conversation (also in `stand`), unless it is a notice.
bool entry_add(Arena *arena, Desk *desk, ConversationStand *stand, const Entry *entry, int64_t *out_message_id, GError **error);
const char *entry_snippet(Arena *arena, const char *body); // how a message begins, for lists
const Blob *entry_prepare_attachments(Arena *arena, const MailAttachmentList *attachments);

// Keeps what the engine read in a message and shows it on the conversation.
bool entry_add_reading(Arena *arena, Desk *desk, int64_t number, int64_t message_id, const Reading *reading, GError **error);
