// Conversations: a thread of messages with one customer. This header is the noun; the verbs stand in conversation/verbs.h.
#pragma once

#include "base/list.h"
#include "desk/customer/customer.h"
#include "desk/desk.h"
#include "insight/insight.h"
#include "mail/mail.h"

typedef enum ConversationState { CONVERSATION_OPEN, CONVERSATION_SOLVED } ConversationState;

typedef enum MessageKind { MESSAGE_CUSTOMER, MESSAGE_AGENT, MESSAGE_NOTE, MESSAGE_AUTOMATIC } MessageKind;

// Of what leaves the house; what came in is MESSAGE_KEPT, notes too.
typedef enum MessageState { MESSAGE_KEPT, MESSAGE_WAITING, MESSAGE_SENT, MESSAGE_FAILED, MESSAGE_RETURNED } MessageState;

typedef enum EventKind {
  EVENT_OPENED, EVENT_RECEIVED, EVENT_REPLIED, EVENT_NOTED, EVENT_ASSIGNED, EVENT_UNASSIGNED, EVENT_SOLVED, EVENT_REOPENED,
  EVENT_SENT, EVENT_SEND_FAILED, EVENT_RETURNED, EVENT_ACKNOWLEDGED
} EventKind;

// The views of the rail. QUEUE views show who waits longest first, then those who wait on nobody, newest first.
typedef enum View { VIEW_MINE, VIEW_UNASSIGNED, VIEW_OPEN, VIEW_SOLVED, VIEW_COUNT } View;
const char *view_word(View view); // "mine", "unassigned", "open", "solved": as in addresses
bool view_from_word(const char *word, View *out);

// A row of a list.
typedef struct ConversationRow {
  int64_t number;
  const char *subject, *snippet, *customer_name, *customer_address;
  int64_t assignee_id;       // 0: nobody
  const char *assignee_name; // NULL when nobody
  ConversationState state;
  int64_t waiting_since;     // 0: nobody waits on us
  int64_t last_message_at;
  int64_t message_count;
  bool is_read;              // the customer's latest message was read; else the next five say nothing
  Behaviour behaviour;
  Emotion emotion;
  Need need;
  double valence, intensity;
  int64_t queue_key;         // with `number`: where the next page begins
} ConversationRow;
LIST_DEFINE(ConversationRow)

typedef struct ConversationPage {
  ConversationRowList rows;
  bool has_more;
  int64_t next_key, next_number; // pass these to get the next page
} ConversationPage;

typedef struct Conversation {
  int64_t number;
  const char *subject;
  ConversationState state;
  int64_t customer_id, mailbox_id, assignee_id, linked_to; // 0: none
  const char *customer_name, *customer_address;            // address: where the customer's latest mail came from
  const char *assignee_name, *mailbox_address, *mailbox_name;
  int64_t opened_at, waiting_since, last_message_at, last_message_id, solved_at;
  int64_t message_count;
  bool is_read; // the customer's latest message was read; else the next three say nothing
  Behaviour behaviour;
  Emotion emotion;
  Need need;
} Conversation;

typedef struct Attachment {
  int64_t id, message_id, size;
  const char *name, *type, *content_id;
  bool is_inline;
} Attachment;
LIST_DEFINE(Attachment)

// The part of a reading that is shown; the whole of it is stored beside as JSON.
typedef struct ShownReading {
  bool is_read;
  const char *language;
  Behaviour behaviour;
  Emotion emotion;
  Need need;
  double need_margin, valence, intensity, abuse;
  int64_t flags, reasons; // bit 1 << Flag, 1 << Reason
  SpanList evidence;      // into the message's body
} ShownReading;

typedef struct Message {
  int64_t id;
  MessageKind kind;
  MessageState state;
  MailKind machine;         // other than MAIL_PERSON: a machine wrote it
  int64_t staff_id;
  const char *author_name, *author_address, *answer_to, *recipients, *subject;
  int64_t made_at, claimed_at;
  const char *body, *quoted;
  bool has_html, has_original;
  const ShownReading *reading; // customers' messages; NULL when there is none
  AttachmentList attachments;
  // of what leaves the house
  int64_t attempts, next_try_at; // next_try_at 0: no further try
  const char *last_answer;       // the mail server's words, "" before the first try
} Message;
LIST_DEFINE(Message)

typedef struct Participant {
  const char *name, *address;
} Participant;
LIST_DEFINE(Participant)

typedef struct Event {
  int64_t id, happened_at;
  EventKind kind;
  const char *staff_name; // NULL: the desk itself
  const char *detail;
} Event;
LIST_DEFINE(Event)

typedef struct OtherConversation {
  int64_t number, last_message_at;
  const char *subject;
  ConversationState state;
  bool is_read;
  Behaviour behaviour;
} OtherConversation;
LIST_DEFINE(OtherConversation)

// Everything that the page of one conversation shows.
typedef struct Thread {
  Conversation *conversation;
  MessageList messages;      // oldest first, at most THREAD_PAGE
  bool has_earlier;          // earlier messages exist: ask with before = messages.items[0].id
  ParticipantList participants;
  EventList events;          // the newest 50, oldest first
  OtherConversationList others; // of the same customer, newest first, at most 5
  Arc arc;                   // over the messages that are shown
} Thread;

#define THREAD_PAGE 60
#define LIST_PAGE 50
