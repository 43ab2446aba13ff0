// Received mail: every byte that comes in is kept first, and is then filed in a conversation, quarantined, or set aside as failed.
//
// received_take is the one way in, for every channel. It answers true only after the commit. Identical bytes for the same
// mailbox are the same mail, so handing it in again after a crash does no harm.
#pragma once

#include "base/list.h"
#include "desk/desk.h"
#include "desk/staff/staff.h"
#include "mail/mail.h"

typedef enum ReceivedState {
  RECEIVED_FILED,
  RECEIVED_QUARANTINED, // held back by a rule; a person releases or dismisses it
  RECEIVED_FAILED,      // could not be filed; a person tries again or dismisses it
  RECEIVED_DISMISSED,   // put away by a person, or by the desk after a while; still here
} ReceivedState;
const char *received_state_word(ReceivedState state); // "filed", "quarantined", "failed", "dismissed"

typedef struct ReceivedInput {
  Bytes raw;
  const Mail *mail;        // what `raw` says; with a problem: what is known all the same, or NULL
  const char *problem;     // why it could not be parsed, for people: the mail is then set aside as failed. NULL: nothing is wrong
  const char *envelope_to; // NULL when the channel does not say
  TextList envelope_more;  // the other addresses of ours that the same mail was handed over for
  int64_t whole_size;      // of a mail that is too large to be kept, when `raw` is only its beginning; otherwise 0
  int64_t received_at;     // 0: now
  bool is_history;         // from an archive: nobody is answered, and nothing is held back as a flood
} ReceivedInput;

// Fills in `mail` and `problem` from `raw`, in the parser's process. False when it cannot be parsed now: try again.
bool received_parse(Arena *arena, MailParser *parser, ReceivedInput *input, GError **error);

typedef struct ReceivedResult {
  ReceivedState state;
  bool was_known; // the same bytes came before
  int64_t received_id;
  int64_t number;     // of the conversation, when filed
  int64_t message_id; // likewise
  bool is_new;        // it opened the conversation
  const char *reason; // why it was held back or failed
} ReceivedResult;

bool received_take(Arena *arena, Desk *desk, const ReceivedInput *input, ReceivedResult *out, GError **error);
// Several at once with one commit, which is what costs most; `out` has a place for each. When it is false some of them may have been
// taken and some not: hand in all of them again.
bool received_take_batch(Arena *arena, Desk *desk, const ReceivedInput *inputs, size_t count, ReceivedResult *out,
                         GError **error);

typedef struct ReceivedMail {
  int64_t id, received_at, size;
  ReceivedState state;
  const char *reason, *from_address, *subject, *mailbox_address;
  int64_t settled_at;     // of dismissed mail
  const char *settled_by; // NULL: the desk itself
} ReceivedMail;
LIST_DEFINE(ReceivedMail)

// Newest first, LIST_PAGE at a time; `before` 0: from the top.
bool received_list(Arena *arena, Desk *desk, ReceivedState state, int64_t before, ReceivedMailList *out, bool *out_has_more,
                   GError **error);
bool received_original(Arena *arena, Desk *desk, int64_t id, Bytes *out, GError **error); // ERROR_NOT_FOUND
// Files a quarantined, failed or dismissed mail now, the rules that held it back aside. ERROR_NOT_FOUND, ERROR_CONFLICT when it is settled already.
bool received_release(Arena *arena, Desk *desk, const Staff *actor, int64_t id, ReceivedResult *out, GError **error);
bool received_dismiss(Desk *desk, const Staff *actor, int64_t id, GError **error);

// The journal of the mail room; every settling is in it.
typedef enum ReceivedEventKind { RECEIVED_EVENT_RELEASED, RECEIVED_EVENT_DISMISSED, RECEIVED_EVENT_EXPIRED } ReceivedEventKind;
// Dismisses what has waited in quarantine longer than the policy says, at most 200 mails; failed mail never expires. Nothing is
// deleted, and nothing silent: the journal has a line for each, and the mail room says how many there were.
bool received_expire(Desk *desk, int64_t *out_count, GError **error);
// How many the desk dismissed by itself since `since`.
bool received_count_expired(Desk *desk, int64_t since, int64_t *out, GError **error);
// Mail of either direction that waits in the mail room for a person, counted incrementally.
bool received_count_waiting(Desk *desk, int64_t *out, GError **error);

// Every mail that came in as this message: the one it was made of, and copies that took another way.
typedef struct ReceivedCopy {
  int64_t id, received_at;
  const char *mailbox_address;
} ReceivedCopy;
LIST_DEFINE(ReceivedCopy)
// One of them, byte for byte. ERROR_NOT_FOUND when it did not come in as this message.
bool received_copy(Arena *arena, Desk *desk, int64_t message_id, int64_t id, Bytes *out, GError **error);
bool received_copies(Arena *arena, Desk *desk, int64_t message_id, ReceivedCopyList *out, GError **error); // at most 20

// What `rapport check` counts.
typedef struct DeskCounts {
  int64_t conversations, messages, originals, quarantined, failed, dismissed, outbox, outbox_failed;
} DeskCounts;
bool desk_count(Desk *desk, DeskCounts *out, GError **error);
// Looks for damage: originals whose bytes do not match their hash, tallies that do not match the rows, received mail that is
// nowhere. Each finding is a sentence.
bool desk_verify(Arena *arena, Desk *desk, TextList *out_findings, GError **error);
