// What one does with conversations. One file a verb.
#pragma once

#include "desk/conversation/conversation.h"
#include "desk/offer/offer.h"
#include "desk/staff/staff.h"

// A page of a view, LIST_PAGE rows. `after_key` and `after_number` 0: from the top. `staff_id` is who looks (VIEW_MINE).
bool conversation_list(Arena *arena, Desk *desk, View view, int64_t staff_id, int64_t after_key, int64_t after_number,
                       ConversationPage *out, GError **error);

// What has a clock, what runs out first on top: before `before` (INT64_MAX: whenever), with `assignee` (-1: whoever; 0: nobody).
bool conversation_list_due(Arena *arena, Desk *desk, int64_t before, int64_t assignee, int64_t after_key, int64_t after_number,
                           ConversationPage *out, GError **error);
void conversation_page_end(ConversationPage *page); // of LIST_PAGE + 1 rows that were asked for

// The counts beside the rail, kept as they change and never counted on request.
typedef struct ViewCounts {
  int64_t views[VIEW_COUNT];
  int64_t quarantined, failed, outbox_failed;
} ViewCounts;
#define VIEW_COUNTED 100 // one's own views (mentions, following, drafts) and what is due are counted so far
bool conversation_counts(Arena *arena, Desk *desk, int64_t staff_id, ViewCounts *out, GError **error);
// What runs out before then, the end of today; VIEW_DUE is not among those of conversation_counts.
bool conversation_count_due(Desk *desk, int64_t before, int64_t *out, GError **error);

// What a row of a list says besides, of one's own draft too; only those that have something to say.
bool conversation_row_facts(Arena *arena, Desk *desk, const IntList *numbers, int64_t staff_id, RowFactsList *out,
                            GError **error);

// One conversation with its newest messages, or those before message `before` (0: the newest). ERROR_NOT_FOUND.
bool conversation_show(Arena *arena, Desk *desk, int64_t number, int64_t before, Thread *out, GError **error);

typedef struct ReplyDraft {
  int64_t number;
  const char *text;
  MailAddressList cc, bcc; // see recipients_read; bcc is recorded for agents and stands in no mail
  MailAttachmentList attachments;
  IntList kept;             // files of the writer's draft that go along
  int64_t seen_message_id;  // the newest message the agent had before them; 0: do not check
  OfferDraft offer;         // options that go out with it
  bool solve;               // send and solve; with a complaint that is open it is sent and stays open
  int64_t hold;             // how long it can be taken back before it is sent; 0: it goes at once
  const char *blanks_meant; // marks such as {{amount}} that may go out as they are: see script_blank_names; NULL: none
  int64_t attachments_most; // bytes; 0: REPLY_ATTACHMENTS_MOST
} ReplyDraft;

typedef enum ReplyOutcome {
  REPLY_KEPT,            // a note: kept. A reply: in the outbox
  REPLY_EMPTY,           // nothing was written
  REPLY_THREAD_CHANGED,  // somebody else wrote in between; nothing was done
  REPLY_NO_RECIPIENT,    // the customer has no address that mail can be sent to
  REPLY_TOO_LARGE,       // attachments over the limit
  REPLY_WRONG_RECIPIENT, // an address of Cc or Bcc cannot be used, is one of ours, or there are more than RECIPIENTS_MOST
  REPLY_WRONG_OFFER,     // see offer_problem
  REPLY_BLANKS,          // a mark such as {{amount}} is not filled in yet, and its writer was not told so
} ReplyOutcome;
#define REPLY_ATTACHMENTS_MOST (INT64_C(20) * 1000 * 1000)
#define RECIPIENTS_MOST 50

// Reads what a person wrote into Cc or Bcc: addresses with commas, semicolons or line ends between, each once. False when one cannot
// be used; `*out_wrong` is then that one as it was written.
bool recipients_read(Arena *arena, const char *text, MailAddressList *out, const char **out_wrong);

// Answers the customer: writes the message, puts it into the outbox, ends the customer's waiting, and assigns the conversation
// to the writer when nobody has it. Who stands in Cc takes part from then on. The writer's draft is done with. ERROR_NOT_FOUND.
bool conversation_reply(Arena *arena, Desk *desk, const Staff *writer, const ReplyDraft *draft, ReplyOutcome *out_outcome,
                        int64_t *out_message_id, GError **error);
// Keeps an internal note. It never leaves the house. `draft->solve` is ignored.
bool conversation_note(Arena *arena, Desk *desk, const Staff *writer, const ReplyDraft *draft, ReplyOutcome *out_outcome,
                       int64_t *out_message_id, GError **error);

// What `text` will look like in the mail, with the signature below: made by the same hands as the mail. `files` (their bytes are not
// asked for) are named as the mail's pictures: the one at place i, from 1, is shown from "cid:picture<i>.preview"; the firm's logo from
// "cid:logo.preview".
bool conversation_preview(Arena *arena, Desk *desk, const Staff *writer, int64_t number, const char *text,
                          MailAttachmentList *files, const char **out_html, GError **error);

typedef enum TakeBackOutcome {
  TAKE_BACK_DONE,     // it was not sent, and stands in the writer's draft
  TAKE_BACK_TOO_LATE, // it is on its way
  TAKE_BACK_GONE,     // it was taken back before
} TakeBackOutcome;
// An answer of this person that can still be taken back: `*out_number` is its conversation, 0 when it cannot; `*out_until`, till when.
bool conversation_held(Arena *arena, Desk *desk, int64_t staff_id, int64_t message_id, int64_t *out_number, int64_t *out_until,
                       GError **error);
// Takes an answer of `actor` back as long as it was not sent; what it changed (waiting, solved, assigned) is undone too.
// ERROR_FORBIDDEN for somebody else's.
bool conversation_take_back(Desk *desk, const Staff *actor, int64_t message_id, TakeBackOutcome *out, GError **error);

// `assignee_id` 0: to nobody. Doing it twice does nothing the second time. ERROR_NOT_FOUND.
bool conversation_assign(Desk *desk, const Staff *actor, int64_t number, int64_t assignee_id, GError **error);
// ERROR_CONFLICT while it carries a complaint that is open: the sentence says what to do.
bool conversation_solve(Desk *desk, const Staff *actor, int64_t number, GError **error);
bool conversation_reopen(Desk *desk, const Staff *actor, int64_t number, GError **error);

// Everything of `from` goes on in `into`, or in what that was merged into: messages (each keeps where it was written), who takes part,
// whoever waits. `from` is in no list from then on, and whatever names it (answers, tokens, reports, its page) leads to the other.
// ERROR_NOT_FOUND, ERROR_INVALID for the same conversation, ERROR_CONFLICT when `from` is merged already.
bool conversation_merge(Desk *desk, const Staff *actor, int64_t from, int64_t into, GError **error);
// Where a number leads: the conversation that took it, or itself. ERROR_NOT_FOUND.
bool conversation_survivor(Desk *desk, int64_t number, int64_t *out, GError **error);

// Conversations that a mail with these ids may belong to, at most 5, the newest first for each id; never `except`. A person decides.
bool conversation_named_by(Arena *arena, Desk *desk, const TextList *ids, int64_t except, IntList *out, GError **error);

// "This is from somebody else": the conversation belongs to the customer with this address from now on, answers go there, and the
// address it had takes part no more. ERROR_INVALID when the address cannot be used or is one of ours.
bool conversation_change_customer(Desk *desk, const Staff *actor, int64_t number, const char *address, const char *name,
                                  GError **error);

// The original mail, byte for byte; ERROR_NOT_FOUND when the message has none.
bool message_original(Arena *arena, Desk *desk, int64_t message_id, Bytes *out, GError **error);
// The HTML part as it came (hostile); ERROR_NOT_FOUND.
bool message_html(Arena *arena, Desk *desk, int64_t message_id, const char **out, GError **error);
bool message_conversation(Desk *desk, int64_t message_id, int64_t *out_number, GError **error);
bool message_attachments(Arena *arena, Desk *desk, int64_t message_id, AttachmentList *out, GError **error);
bool attachment_load(Arena *arena, Desk *desk, int64_t attachment_id, Attachment **out, Bytes *out_bytes, GError **error);

// What happened after event `after`, for live views: conversation numbers, oldest first, at most 1,000. `*out_last` is what to
// pass next time. Looks back over the last 200 ids too, since transactions do not commit in the order of their ids.
bool conversation_changes(Arena *arena, Desk *desk, int64_t after, IntList *out_event_ids, IntList *out_numbers,
                          int64_t *out_last, GError **error);
// The newest event: where a live view starts.
bool conversation_last_change(Desk *desk, int64_t *out, GError **error);
