// Rows as they are stored, seen only by the verbs of the desk.
#pragma once

#include "desk/conversation/conversation.h"

// What a verb must know of a conversation to change where it stands.
typedef struct ConversationStand {
  int64_t number, customer_id, mailbox_id, assignee_id, waiting_since, last_message_at, last_message_id, solved_at;
  int64_t merged_into, merge_depth;
  const char *subject;
  ConversationState state;
  bool is_upset;     // the customer's latest message that was read
  bool is_with_gone; // when it was loaded, whom it is with worked here no more
  int64_t team_id, snoozed_until, woke_at;
  Priority priority;
} ConversationStand;

typedef struct TakenFeeling { // of the newest message that was read
  bool is_read;
  Behaviour behaviour;
  double valence, intensity;
} TakenFeeling;

typedef struct OwnCounts {
  int64_t following, mentions, drafts;
} OwnCounts;

typedef struct Tally {
  const char *name;
  int64_t count;
} Tally;
LIST_DEFINE(Tally)

typedef struct EventMark {
  int64_t id, number;
} EventMark;
LIST_DEFINE(EventMark)

typedef struct MailIdMark {
  int64_t message_id, number;
} MailIdMark;
LIST_DEFINE(MailIdMark)

typedef struct MessageHashes {
  Bytes original_hash, html_hash;
} MessageHashes;

typedef struct CustomerMessage {
  int64_t id;
  const char *author_name, *answer_to, *mail_id, *body;
  const char *language; // of its reading; NULL when there is none
  int64_t made_at;
} CustomerMessage;

typedef struct LatestMessage {
  int64_t id, made_at;
  const char *body;
} LatestMessage;

typedef struct StoredAttachment {
  int64_t id, message_id, size;
  const char *name, *type, *content_id;
  bool is_inline;
  Bytes hash;
} StoredAttachment;

// A message joined with its reading and its way out.
typedef struct StoredMessage {
  int64_t id, staff_id, made_at, claimed_at;
  MessageKind kind;
  MessageState state;
  MessageChannel channel;
  MailKind machine;
  const char *author_name, *author_address, *answer_to, *recipients, *subject, *body, *quoted;
  bool has_html, has_original, has_reading, is_read;
  const char *language, *evidence;
  Behaviour behaviour;
  Emotion emotion;
  Need need;
  double need_margin, valence, intensity, abuse;
  int64_t flags, reasons, judged;
  int64_t attempts, next_try_at, held_until, whole_size;
  const char *last_answer;
  AutomaticMail about;
  bool has_mail; // the rest says how it came
  const char *forwarder, *via, *doubt;
  MailProtection protection;
  MailInvite invite;
} StoredMessage;
LIST_DEFINE(StoredMessage)
