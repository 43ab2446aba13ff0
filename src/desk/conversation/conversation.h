// Conversations: a thread of messages with one customer. This header is the noun; the verbs stand in conversation/verbs.h.
#pragma once

#include "base/list.h"
#include "desk/customer/customer.h"
#include "desk/desk.h"
#include "insight/insight.h"
#include "mail/mail.h"

// MERGED: its messages went on into another one, and so does whatever names it.
typedef enum ConversationState { CONVERSATION_OPEN, CONVERSATION_SOLVED, CONVERSATION_MERGED } ConversationState;

// NOTICE: a mail to one of the staff about a conversation. TAKEN_BACK: what is left of an answer that its writer took back before it
// was sent. No page shows either.
typedef enum MessageKind {
  MESSAGE_CUSTOMER,
  MESSAGE_AGENT,
  MESSAGE_NOTE,
  MESSAGE_AUTOMATIC,
  MESSAGE_NOTICE,
  MESSAGE_TAKEN_BACK
} MessageKind;

// How a customer's message came.
typedef enum MessageChannel { MESSAGE_BY_MAIL, MESSAGE_BY_PHONE, MESSAGE_WALK_IN, MESSAGE_CHANNEL_COUNT } MessageChannel;
const char *message_channel_word(MessageChannel channel); // "mail", "phone", "walk-in": as in forms
bool message_channel_from_word(const char *word, MessageChannel *out);

// Of what leaves the house; what came in is MESSAGE_KEPT, notes too.
typedef enum MessageState { MESSAGE_KEPT, MESSAGE_WAITING, MESSAGE_SENT, MESSAGE_FAILED, MESSAGE_RETURNED } MessageState;

typedef enum EventKind {
  EVENT_OPENED,
  EVENT_RECEIVED,
  EVENT_REPLIED,
  EVENT_NOTED,
  EVENT_ASSIGNED,
  EVENT_UNASSIGNED,
  EVENT_SOLVED,
  EVENT_REOPENED,
  EVENT_SENT,
  EVENT_SEND_FAILED,
  EVENT_RETURNED,
  EVENT_ACKNOWLEDGED,
  EVENT_MERGED,
  EVENT_MERGED_AWAY,
  EVENT_CAME_TOO,
  EVENT_CUSTOMER_CHANGED, // detail: "#1002"; "#1001"; the mailbox; "old, now new"
  EVENT_TOO_LARGE,        // detail: how large the mail was
  EVENT_TAKEN_BACK,
  EVENT_COMPLAINT, // detail: what happened to it, see complaint_event_title
  EVENT_CHOSE,
  EVENT_DECLINED, // what the customer chose of an offer; that it suits them not
  EVENT_JUDGED,   // detail: see learning.h
  EVENT_REMEDY_GRANTED,
  EVENT_REMEDY_ASKED,
  EVENT_REMEDY_APPROVED,
  EVENT_REMEDY_DECLINED,
  EVENT_REMEDY_WITHDRAWN,
  EVENT_REMEDY_CARRIED_OUT, // detail of all six: "refund of 20.00 EUR"
  EVENT_TEAM,               // detail: the team's name; "": to none
  EVENT_PRIORITY,           // detail: its word
  EVENT_SNOOZED,
  EVENT_WOKE, // detail: until when, as clock_iso says it; ""
  EVENT_FOLLOWED,
  EVENT_UNFOLLOWED,
  EVENT_MENTIONED, // detail of the last: the names
  EVENT_TAGGED,
  EVENT_UNTAGGED, // detail: the tag
  EVENT_FIELD,    // detail: "Frame number: W-3131"
  EVENT_LINKED,
  EVENT_UNLINKED, // detail: "#1002"
  EVENT_UNMERGED,
  EVENT_UNMERGED_FROM, // detail: "#1002" that stands for itself again; "#1001" that it was part of
  EVENT_SPLIT,
  EVENT_SPLIT_FROM, // detail: "#1044" that it went on in; "#1001" that it came from
  EVENT_MESSAGE_MOVED,
  EVENT_MESSAGE_CAME, // detail: "#1044" that a message went to; "#1001" that one came from
  EVENT_TARGET_NEAR,
  EVENT_TARGET_MISSED, // detail: due_kind_title
  EVENT_RULE,          // detail: its name and what it did
  EVENT_HANDED_ON,     // by nobody that is named, see exposure_hand_on
  EVENT_CONDUCT,
  EVENT_SAFETY // detail: what happened, in words
} EventKind;

typedef enum Priority { PRIORITY_LOW, PRIORITY_NORMAL, PRIORITY_HIGH, PRIORITY_URGENT, PRIORITY_COUNT } Priority;
const char *priority_word(Priority priority); // "low", "normal", "high", "urgent"
bool priority_from_word(const char *word, Priority *out);

// The views of the rail. QUEUE views show who waits longest first, then those who wait on nobody, newest first. What is snoozed is in
// none of them but its own, which shows first what comes back soonest.
// WAITING: the upper part of OPEN. DUE: something of a complaint runs out today, or has. MENTIONS, FOLLOWING and DRAFTS are one's own.
typedef enum View {
  VIEW_MINE,
  VIEW_UNASSIGNED,
  VIEW_OPEN,
  VIEW_UPSET,
  VIEW_SNOOZED,
  VIEW_SOLVED,
  VIEW_WAITING,
  VIEW_DUE,
  VIEW_MENTIONS,
  VIEW_FOLLOWING,
  VIEW_DRAFTS,
  VIEW_COUNT
} View;
// A view that people made (desk/view/view.h) is VIEW_SAVED and its id, so that every address and form carries it along; its word is
// "saved-12". Whether there is such a view, whoever shows it finds out.
#define VIEW_SAVED 1000
#define VIEW_FOUND 999 // likewise what a search found; its word is "found", and the query stands beside it in the address
#define VIEW_SAVED_MOST 1000000000 // the largest id
static inline int64_t view_saved_id(View view) { return view > VIEW_SAVED ? (int64_t)view - VIEW_SAVED : 0; }
// The words live as long as the program; that of a saved view until eight others were asked for by the same thread.
const char *view_word(View view); // "mine", "unassigned", "open", "upset", "snoozed", "solved": as in addresses
bool view_from_word(const char *word, View *out);

// A row of a list.
typedef struct ConversationRow {
  int64_t number;
  const char *subject, *snippet, *customer_name, *customer_address;
  int64_t assignee_id;       // 0: nobody
  const char *assignee_name; // NULL when nobody
  ConversationState state;
  int64_t waiting_since; // 0: nobody waits on us
  int64_t last_message_at;
  int64_t message_count;
  bool is_read; // the customer's latest message was read; else the next five say nothing
  Behaviour behaviour;
  Emotion emotion;
  Need need;
  double valence, intensity;
  int64_t queue_key; // with `number`: where the next page begins
  Priority priority;
  int64_t snoozed_until; // 0: it is not
  int64_t woke_at;       // it came back then, and nobody has dealt with it since; 0: no
} ConversationRow;
LIST_DEFINE(ConversationRow)

typedef struct RowFacts {
  int64_t number;
  bool is_complaint, has_draft; // one's own
  int64_t stage;                // ComplaintStage
  int64_t due_at;               // what runs out next; 0: nothing
  const char *tags;             // a line each; NULL: none
} RowFacts;
LIST_DEFINE(RowFacts)

typedef struct ConversationPage {
  ConversationRowList rows;
  bool has_more;
  int64_t next_key, next_number; // pass these to get the next page
} ConversationPage;

typedef struct Conversation {
  int64_t number;
  const char *subject;
  ConversationState state;
  int64_t customer_id, mailbox_id, assignee_id, linked_to, merged_into; // 0: none
  const char *customer_phone;                                           // as they said it; ""
  const char *customer_name, *customer_address;                         // address: where the customer's latest mail came from
  const char *assignee_name, *mailbox_address, *mailbox_name;
  int64_t opened_at, waiting_since, last_message_at, last_message_id, solved_at;
  int64_t message_count;
  bool is_read; // the customer's latest message was read; else the next three say nothing
  Behaviour behaviour;
  Emotion emotion;
  Need need;
  int64_t team_id;       // 0: none
  const char *team_name; // NULL: none
  Priority priority;
  int64_t snoozed_until; // 0: it is not
  int64_t woke_at;       // it came back then, and nobody has dealt with it since; 0: no
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
  int64_t judged;         // bit 1 << CorrectionKind: a person said so, or agreed
  SpanList evidence;      // into the message's body
} ShownReading;

// How a mail came, where there is more to say than its text (doc/mail.md 38, 40, 48, 49, 53). Texts are "" when there is nothing to say.
typedef struct MessageMail {
  const char *forwarder; // the name of the agent who passed it on; NULL: nobody did
  const char *via;       // the address in From, when a list wrote it in place of the author's
  const char *doubt;     // why its sender may be somebody else
  MailProtection protection;
  const MailInvite *invite; // NULL when there is none
  int64_t whole_size;       // of a mail of which only the beginning is kept; 0: all of it is
} MessageMail;

// One recipient of what leaves the house.
typedef enum RecipientRole { RECIPIENT_TO, RECIPIENT_CC, RECIPIENT_BCC } RecipientRole;
typedef enum DeliveryState { DELIVERY_WAITING, DELIVERY_SENT, DELIVERY_FAILED, DELIVERY_RETURNED } DeliveryState;
typedef struct Recipient {
  int64_t message_id;
  RecipientRole role;
  DeliveryState state;
  const char *address, *name;
  const char *answer; // the mail server's words about this recipient, "" before the first try
} Recipient;
LIST_DEFINE(Recipient)

// What the desk wrote by itself, of MESSAGE_AUTOMATIC.
typedef enum AutomaticMail {
  AUTOMATIC_ACKNOWLEDGEMENT,
  AUTOMATIC_TOO_LARGE,
  AUTOMATIC_BY_RULE,
  AUTOMATIC_HOW_TO_BE_HEARD,
  AUTOMATIC_CONDUCT // AUTOMATIC_CONDUCT: a letter about conduct, written by a person and approved by another
} AutomaticMail;

typedef struct Message {
  int64_t id;
  MessageKind kind;
  MessageState state;
  MessageChannel channel;
  MailKind machine; // other than MAIL_PERSON: a machine wrote it
  int64_t staff_id;
  const char *author_name, *author_address, *answer_to, *recipients, *subject;
  int64_t made_at, claimed_at;
  const char *body, *quoted;
  bool has_html, has_original;
  const ShownReading *reading; // customers' messages; NULL when there is none
  AttachmentList attachments;
  const MessageMail *mail; // NULL: nothing more to say
  // of what leaves the house
  int64_t attempts, next_try_at; // next_try_at 0: no further try
  const char *last_answer;       // the mail server's words, "" before the first try
  int64_t held_until;            // its writer may take it back until then; 0: not any more
  RecipientList sent_to;
  AutomaticMail about;
} Message;
LIST_DEFINE(Message)

typedef struct Participant {
  const char *name, *address;
} Participant;
LIST_DEFINE(Participant)

// An address of the customer.
typedef struct CustomerAddress {
  const char *address, *address_key;
  bool is_undeliverable; // mail to it came back
} CustomerAddress;
LIST_DEFINE(CustomerAddress)

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
  MessageList messages; // oldest first, at most THREAD_PAGE
  bool has_earlier;     // earlier messages exist: ask with before = messages.items[0].id
  ParticipantList participants;
  TextList came_too;             // our other mailboxes that its mails came to
  CustomerAddressList addresses; // of the customer, at most 20
  bool is_undeliverable;         // mail to conversation->customer_address came back
  EventList events;              // the newest 50, oldest first
  OtherConversationList others;  // of the same customer, newest first, at most 5
  Arc arc;                       // over the messages that are shown
} Thread;

#define THREAD_PAGE 60
#define LIST_PAGE 50
#define MERGES_DEEP 50 // the longest chain of merges
