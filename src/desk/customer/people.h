// The people who write to us, as their page shows them: how they are reached, what they prefer, what there was with them, how it felt.
//
// A customer needs no account. What a person says about one (their name, what they like to be called) counts before what mail says. What
// the team keeps about somebody is written so that they could read it.
#pragma once

#include "base/list.h"
#include "desk/complaint/complaint.h"
#include "desk/complaint/effort.h"
#include "desk/complaint/promise.h"
#include "desk/conversation/conversation.h"
#include "desk/customer/customer.h"
#include "desk/remedy/remedy.h"
#include "desk/staff/staff.h"

// How somebody likes to be reached. Advice to whoever answers; it changes nothing by itself.
typedef enum CustomerChannel {
  CHANNEL_NO_MATTER,
  CHANNEL_BY_MAIL,
  CHANNEL_BY_PHONE,
  CHANNEL_IN_WRITING,
  CUSTOMER_CHANNEL_COUNT
} CustomerChannel;
const char *customer_channel_word(CustomerChannel channel);  // "mail"; also in forms
const char *customer_channel_title(CustomerChannel channel); // "by e-mail"
bool customer_channel_from_word(const char *word, CustomerChannel *out);

// BY_RULE: the domain of their mail says so. BY_HAND: a person put them there, or nowhere; no rule changes that.
typedef enum OrganisationHow { ORGANISATION_NONE, ORGANISATION_BY_RULE, ORGANISATION_BY_HAND } OrganisationHow;

// What somebody prefers, in the team's words. Texts are "" when nobody knows.
typedef struct CustomerPreferences {
  const char *address_as; // how they like to be called: "Dr. Moor"; scripts and automatic mail use it
  CustomerChannel channel;
  const char *language;   // "de": what the desk writes by itself is written in it
  const char *best_hours; // "mornings, before ten"
  const char *likes;      // anything else
} CustomerPreferences;
#define CUSTOMER_CALLED_MOST 80 // characters
#define CUSTOMER_HOURS_MOST 200
#define CUSTOMER_LIKES_MOST 2000

typedef struct Customer {
  int64_t id, made_at;
  const char *name, *address; // either may be ""; the address is the oldest they have
  int64_t organisation_id;    // 0: none
  OrganisationHow organisation_how;
  const char *organisation_name; // NULL: none
  int64_t merged_into;           // 0: they are one of their own
  const char *address_as, *language, *best_hours, *likes;
  CustomerChannel channel;
} Customer;
Customer *customer_find(Arena *arena, Desk *desk, int64_t id, GError **error); // ERROR_NOT_FOUND
// Who somebody is who was joined to another one, however often; `id` itself when they were not. ERROR_NOT_FOUND.
bool customer_survivor(Desk *desk, int64_t id, int64_t *out, GError **error);
// What people see: the name, else the address, else the telephone, else that nobody knows.
const char *customer_shown(const char *name, const char *address, const char *phone);

// ——— the list

typedef struct CustomerRow {
  int64_t id, organisation_id;
  const char *name, *sort_key, *organisation_name, *address, *phone;
  int64_t open, conversations, last_message_at; // 0: they never wrote
} CustomerRow;
LIST_DEFINE(CustomerRow)
typedef struct CustomerPage {
  CustomerRowList rows;
  bool has_more; // continue with the last row's sort_key and id
} CustomerPage;
// By name, LIST_PAGE at a time. `text`: each of its words begins a word of their name, address, domain, telephone or organisation; at most
// three words count. `after_key` NULL: from the top.
bool customer_list(Arena *arena, Desk *desk, const char *text, const char *after_key, int64_t after_id, CustomerPage *out,
                   GError **error);
bool customer_list_of(Arena *arena, Desk *desk, int64_t organisation, const char *after_key, int64_t after_id, CustomerPage *out,
                      GError **error);

// ——— what is kept about them

typedef struct CustomerPhone {
  int64_t id, made_at;
  const char *phone, *phone_key;
} CustomerPhone;
LIST_DEFINE(CustomerPhone)
bool customer_phones(Arena *arena, Desk *desk, int64_t id, CustomerPhoneList *out, GError **error);

#define CUSTOMER_NAME_MOST 200    // characters
#define CUSTOMER_CONTACTS_MOST 20 // addresses, and telephones
// Each of these is one transaction. ERROR_NOT_FOUND for a customer who is not there; ERROR_CONFLICT for one who was joined to another;
// ERROR_INVALID says what is wrong with what was typed.
bool customer_rename(Desk *desk, int64_t id, const char *name, GError **error);
// ERROR_CONFLICT when somebody else has it: `out_owner` (may be NULL) says who, for they may be one person.
bool customer_add_address(Desk *desk, int64_t id, const char *address, int64_t *out_owner, GError **error);
bool customer_remove_address(Desk *desk, int64_t id, const char *address_key, GError **error);
// Mail to it comes back, or does so no more: what a bounce says by itself, a person can say too.
bool customer_mark_address(Desk *desk, int64_t id, const char *address_key, bool is_undeliverable, GError **error);
bool customer_add_phone(Desk *desk, int64_t id, const char *phone, GError **error);
bool customer_remove_phone(Desk *desk, int64_t id, int64_t phone_id, GError **error);
bool customer_prefer(Desk *desk, int64_t id, const CustomerPreferences *preferences, GError **error);
// `organisation` 0: none, and no rule puts them anywhere.
bool customer_join_organisation(Desk *desk, int64_t id, int64_t organisation, GError **error);
// Inside the caller's transaction: what they said on the phone. Nothing for "".
bool customer_keep_phone(Arena *arena, Desk *desk, int64_t id, const char *phone, GError **error);
// How the desk addresses them in what it writes by itself: what they like to be called, else `name`.
bool customer_called(Arena *arena, Desk *desk, int64_t id, const char *name, const char **out, GError **error);

typedef struct CustomerNote {
  int64_t id, first_id, staff_id, made_at;
  const char *words, *staff_name; // words "": it was taken down
  bool is_changed;                // somebody wrote other words before
} CustomerNote;
LIST_DEFINE(CustomerNote)
#define CUSTOMER_NOTE_MOST 4000 // characters
#define CUSTOMER_NOTES_SHOWN 50
// What stands, and what stood before; the newest first.
bool customer_notes(Arena *arena, Desk *desk, int64_t id, CustomerNoteList *out, CustomerNoteList *out_history, GError **error);
bool customer_note_add(Desk *desk, const Staff *actor, int64_t id, const char *words, GError **error);
// `words` "": takes it down; its history stays. ERROR_CONFLICT when somebody changed it first.
bool customer_note_change(Desk *desk, const Staff *actor, int64_t id, int64_t note_id, const char *words, GError **error);

// ——— what there was with them

typedef struct CustomerConversation {
  int64_t number, opened_at, last_message_at, waiting_since, closed_at; // of a complaint
  const char *subject;
  ConversationState state;
  bool is_read; // the latest message was read; else the next two say nothing
  Behaviour behaviour;
  Emotion emotion;
  bool is_complaint; // else the rest says nothing
  ComplaintStage stage;
  int64_t outcome;         // ComplaintEvent AGREE, REFUSE or WITHDRAW; -1: none yet
  int64_t attempts_before; // -1: nobody asked
  const char *seeks;
  // What it took to be heard, filled in by customer_conversations.
  int64_t messages, repeats, waited;
} CustomerConversation;
LIST_DEFINE(CustomerConversation)
typedef struct CustomerConversations {
  CustomerConversationList rows;
  bool has_more;
} CustomerConversations;
#define CUSTOMER_CONVERSATIONS_SHOWN 20
// The newest first. `before_at`, `before_number` 0: from the top.
bool customer_conversations(Arena *arena, Desk *desk, int64_t id, int64_t before_at, int64_t before_number,
                            CustomerConversations *out, GError **error);
const char *customer_outcome_words(int64_t outcome); // "agreed", "refused", "withdrawn"; "" for none

typedef struct CustomerStand {
  int64_t conversations, open, complaints, complaints_open, first_at;
} CustomerStand;
bool customer_stand(Arena *arena, Desk *desk, int64_t id, CustomerStand *out, GError **error);

typedef struct MoodPoint { // one conversation
  int64_t number, at, messages;
  const char *subject;
  double mean, lowest, highest; // valence, -1 to 1
} MoodPoint;
LIST_DEFINE(MoodPoint)
#define MOOD_POINTS 24
// The last MOOD_POINTS conversations in which something was read, the oldest first.
bool customer_mood(Arena *arena, Desk *desk, int64_t id, MoodPointList *out, GError **error);

typedef struct RemedySum {
  const char *currency;
  int64_t count, amount; // minor units
} RemedySum;
LIST_DEFINE(RemedySum)
#define CUSTOMER_REMEDIES_SHOWN 30
// What they were given, the newest first, and what it comes to in each currency; promises, those that are running first.
bool customer_remedies(Arena *arena, Desk *desk, int64_t id, RemedyList *out, RemedySumList *out_sums, GError **error);
bool customer_promises(Arena *arena, Desk *desk, int64_t id, PromiseList *out, GError **error);
