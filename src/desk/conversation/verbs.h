// What one does with conversations. One file a verb.
#pragma once

#include "desk/conversation/conversation.h"
#include "desk/staff/staff.h"

// A page of a view, LIST_PAGE rows. `after_key` and `after_number` 0: from the top. `staff_id` is who looks (VIEW_MINE).
bool conversation_list(Arena *arena, Desk *desk, View view, int64_t staff_id, int64_t after_key, int64_t after_number,
                       ConversationPage *out, GError **error);

// The counts beside the rail, kept as they change and never counted on request.
typedef struct ViewCounts {
  int64_t views[VIEW_COUNT];
  int64_t quarantined, failed, outbox_failed;
} ViewCounts;
bool conversation_counts(Arena *arena, Desk *desk, int64_t staff_id, ViewCounts *out, GError **error);

// One conversation with its newest messages, or those before message `before` (0: the newest). ERROR_NOT_FOUND.
bool conversation_show(Arena *arena, Desk *desk, int64_t number, int64_t before, Thread *out, GError **error);

typedef struct ReplyDraft {
  int64_t number;
  const char *text;
  MailAttachmentList attachments;
  int64_t seen_message_id; // the newest message the agent had before them; 0: do not check
  bool solve;              // send and solve
} ReplyDraft;

typedef enum ReplyOutcome {
  REPLY_KEPT,           // a note: kept. A reply: in the outbox
  REPLY_EMPTY,          // nothing was written
  REPLY_THREAD_CHANGED, // somebody else wrote in between; nothing was done
  REPLY_NO_RECIPIENT,   // the customer has no address that mail can be sent to
  REPLY_TOO_LARGE,      // attachments over REPLY_ATTACHMENTS_MOST
} ReplyOutcome;
#define REPLY_ATTACHMENTS_MOST (INT64_C(20) * 1000 * 1000)

// Answers the customer: writes the message, puts it into the outbox, ends the customer's waiting, and assigns the conversation
// to the writer when nobody has it. ERROR_NOT_FOUND.
bool conversation_reply(Arena *arena, Desk *desk, const Staff *writer, const ReplyDraft *draft, ReplyOutcome *out_outcome,
                        int64_t *out_message_id, GError **error);
// Keeps an internal note. It never leaves the house. `draft->solve` is ignored.
bool conversation_note(Arena *arena, Desk *desk, const Staff *writer, const ReplyDraft *draft, ReplyOutcome *out_outcome,
                       int64_t *out_message_id, GError **error);

// `assignee_id` 0: to nobody. Doing it twice does nothing the second time. ERROR_NOT_FOUND.
bool conversation_assign(Desk *desk, const Staff *actor, int64_t number, int64_t assignee_id, GError **error);
bool conversation_solve(Desk *desk, const Staff *actor, int64_t number, GError **error);
bool conversation_reopen(Desk *desk, const Staff *actor, int64_t number, GError **error);

// The original mail, byte for byte; ERROR_NOT_FOUND when the message has none.
bool message_original(Arena *arena, Desk *desk, int64_t message_id, Bytes *out, GError **error);
// The HTML part as it came (hostile); ERROR_NOT_FOUND.
bool message_html(Arena *arena, Desk *desk, int64_t message_id, const char **out, GError **error);
bool message_attachments(Arena *arena, Desk *desk, int64_t message_id, AttachmentList *out, GError **error);
bool attachment_load(Arena *arena, Desk *desk, int64_t attachment_id, Attachment **out, Bytes *out_bytes, GError **error);

// What happened after event `after`, for live views: conversation numbers, oldest first, at most 1,000. `*out_last` is what to
// pass next time. Looks back over the last 200 ids too, since transactions do not commit in the order of their ids.
bool conversation_changes(Arena *arena, Desk *desk, int64_t after, IntList *out_event_ids, IntList *out_numbers, int64_t *out_last,
                          GError **error);
// The newest event: where a live view starts.
bool conversation_last_change(Desk *desk, int64_t *out, GError **error);
