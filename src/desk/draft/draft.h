// Drafts: an answer that did not go out, kept for its writer with its files. One for each person and conversation. It comes from
// taking an answer back, and from an answer that was refused before it was sent (somebody else wrote, an address is wrong), because a
// browser cannot put files back into a form.
#pragma once

#include "desk/blob/blob.h"
#include "desk/conversation/conversation.h"

typedef struct DraftAttachment {
  int64_t id, size;
  const char *name, *type;
  Bytes hash;
} DraftAttachment;
LIST_DEFINE(DraftAttachment)

typedef struct Draft {
  int64_t id;
  const char *text;
  const char *cc, *bcc; // as a person writes them
  DraftAttachmentList attachments;
} Draft;

// `*out` NULL when there is none.
bool draft_load(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, Draft **out, GError **error);

// Replaces the texts of the draft. Of the files that it has, those in `kept` stay; `added` come to them.
typedef struct DraftInput {
  const char *text, *cc, *bcc;
  const IntList *kept;
  const MailAttachmentList *added;
} DraftInput;
bool draft_keep(Desk *desk, int64_t staff_id, int64_t number, const DraftInput *input, GError **error);

// Those of `ids` that stand in this person's draft for this conversation, with their bytes.
bool draft_take_files(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, const IntList *ids, MailAttachmentList *out,
                      GError **error);

bool draft_discard(Desk *desk, int64_t staff_id, int64_t number, GError **error); // does nothing when there is none

// Inside the caller's transaction:
bool draft_forget(Desk *desk, int64_t staff_id, int64_t number, GError **error); // does nothing when there is none
// A message becomes a draft again: its text, whom it would have gone to beside the customer, its files. What stands in a draft
// already comes below.
bool draft_of_message(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, int64_t message_id, const char *text,
                      GError **error);
