// Received mail: every byte that comes in is kept first, and is then filed in a conversation, quarantined, or set aside as failed.
//
// received_take is the one way in, for every channel. It answers true only after the commit. Identical bytes for the same
// mailbox are the same mail, so handing it in again after a crash does no harm.
#pragma once

#include "base/list.h"
#include "desk/desk.h"
#include "mail/mail.h"

typedef enum ReceivedState {
  RECEIVED_FILED,
  RECEIVED_QUARANTINED, // held back by a rule; a person releases or dismisses it
  RECEIVED_FAILED,      // could not be filed; a person tries again or dismisses it
  RECEIVED_DISMISSED,   // put away by a person; still here
} ReceivedState;
const char *received_state_word(ReceivedState state); // "filed", "quarantined", "failed", "dismissed"

typedef struct ReceivedInput {
  Bytes raw;
  const Mail *mail;        // mail_parse of `raw`
  const char *envelope_to; // NULL when the channel does not say
} ReceivedInput;

typedef struct ReceivedResult {
  ReceivedState state;
  bool was_known;      // the same bytes came before
  int64_t received_id;
  int64_t number;      // of the conversation, when filed
  int64_t message_id;  // likewise
  bool is_new;         // it opened the conversation
  const char *reason;  // why it was held back or failed
} ReceivedResult;

bool received_take(Arena *arena, Desk *desk, const ReceivedInput *input, ReceivedResult *out, GError **error);

typedef struct ReceivedMail {
  int64_t id, received_at, size;
  ReceivedState state;
  const char *reason, *from_address, *subject, *mailbox_address;
} ReceivedMail;
LIST_DEFINE(ReceivedMail)

// Newest first, LIST_PAGE at a time; `before` 0: from the top.
bool received_list(Arena *arena, Desk *desk, ReceivedState state, int64_t before, ReceivedMailList *out, bool *out_has_more, GError **error);
bool received_original(Arena *arena, Desk *desk, int64_t id, Bytes *out, GError **error); // ERROR_NOT_FOUND
// Files a quarantined or failed mail now, the rules that held it back aside. ERROR_NOT_FOUND, ERROR_CONFLICT when it is settled already.
bool received_release(Arena *arena, Desk *desk, int64_t id, ReceivedResult *out, GError **error);
bool received_dismiss(Desk *desk, int64_t id, GError **error);

// What `rapport check` counts.
typedef struct DeskCounts {
  int64_t conversations, messages, originals, quarantined, failed, dismissed, outbox, outbox_failed;
} DeskCounts;
bool desk_count(Desk *desk, DeskCounts *out, GError **error);
// Looks for damage: originals whose bytes do not match their hash, tallies that do not match the rows, received mail that is
// nowhere. Each finding is a sentence.
bool desk_verify(Arena *arena, Desk *desk, TextList *out_findings, GError **error);
