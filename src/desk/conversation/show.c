// One conversation with everything its page shows, in eleven statements however long the thread is: the conversation, a page of
// messages with their readings, how they came and their way out, their attachments (but for our own logo) and recipients, participants,
// mailboxes, the customer's addresses, journal, the customer's other conversations.
#include "desk/brand/brand.h"
#include "desk/conversation.sql.h"
#include "desk/conversation/evidence.h"
#include "desk/conversation/verbs.h"
#include "desk/customer.sql.h"
#include "desk/message.sql.h"
#include "desk/outbox.sql.h"

#include <stdlib.h>

static const ShownReading *shown_reading(Arena *arena, const StoredMessage *stored) {
  if (!stored->has_reading) return NULL;
  ShownReading *reading = arena_make(arena, ShownReading);
  *reading = (ShownReading){
    .is_read = stored->is_read,
    .language = stored->language,
    .behaviour = stored->behaviour,
    .emotion = stored->emotion,
    .need = stored->need,
    .need_margin = stored->need_margin,
    .valence = stored->valence,
    .intensity = stored->intensity,
    .abuse = stored->abuse,
    .flags = stored->flags,
    .reasons = stored->reasons,
    .judged = stored->judged,
  };
  evidence_read(arena, stored->evidence, strlen(stored->body), &reading->evidence);
  return reading;
}

static const MessageMail *shown_mail(Arena *arena, const StoredMessage *stored) {
  if (!stored->has_mail) return NULL;
  MessageMail *mail = arena_make(arena, MessageMail);
  *mail = (MessageMail){.forwarder = stored->forwarder,
                        .via = stored->via,
                        .doubt = stored->doubt,
                        .protection = stored->protection,
                        .whole_size = stored->whole_size};
  if (*stored->invite.method) mail->invite = arena_copy(arena, &stored->invite, sizeof stored->invite);
  return mail;
}

static Message shown_message(Arena *arena, const StoredMessage *stored) {
  return (Message){
    .id = stored->id,
    .kind = stored->kind,
    .state = stored->state,
    .channel = stored->channel,
    .machine = stored->machine,
    .staff_id = stored->staff_id,
    .author_name = stored->author_name,
    .author_address = stored->author_address,
    .answer_to = stored->answer_to,
    .recipients = stored->recipients,
    .subject = stored->subject,
    .made_at = stored->made_at,
    .claimed_at = stored->claimed_at,
    .body = stored->body,
    .quoted = stored->quoted,
    .has_html = stored->has_html,
    .has_original = stored->has_original,
    .about = stored->about,
    .reading = shown_reading(arena, stored),
    .mail = shown_mail(arena, stored),
    .attempts = stored->attempts,
    .next_try_at = stored->next_try_at,
    .last_answer = stored->last_answer,
    .held_until = stored->held_until,
  };
}

// The statement gives the newest first; people read the oldest first.
static bool load_messages(Arena *arena, Desk *desk, int64_t number, int64_t before, Thread *out, GError **error) {
  StoredMessageList stored = {0};
  if (!message_select_page(arena, desk->db, number, before ? before : INT64_MAX, THREAD_PAGE + 1, &stored, error)) return false;
  out->has_earlier = stored.count > THREAD_PAGE;
  for (size_t i = MIN(stored.count, THREAD_PAGE); i > 0; i--)
    *list_add(arena, &out->messages) = shown_message(arena, &stored.items[i - 1]);
  return true;
}

// Both lists are in the order of message ids.
static bool load_attachments(Arena *arena, Desk *desk, int64_t number, MessageList *messages, GError **error) {
  if (messages->count == 0) return true;
  AttachmentList all = {0};
  Bytes logo;
  if (!brand_logo_hash(arena, desk, &logo, error) ||
      !attachment_select_between(arena, desk->db, number, messages->items[0].id, messages->items[messages->count - 1].id, logo,
                                 &all, error))
    return false;
  size_t at = 0;
  list_each(const Attachment, attachment, &all) {
    while (at < messages->count && messages->items[at].id < attachment->message_id) at++;
    if (at < messages->count) *list_add(arena, &messages->items[at].attachments) = *attachment;
  }
  return true;
}

// Answers go to the address on the conversation; the customer may have others.
static bool load_addresses(Arena *arena, Desk *desk, Thread *out, GError **error) {
  if (!customer_select_addresses(arena, desk->db, out->conversation->customer_id, &out->addresses, error)) return false;
  const char *key = mail_address_key(arena, out->conversation->customer_address);
  list_each(const CustomerAddress, address, &out->addresses)
    if (strcmp(address->address_key, key) == 0) out->is_undeliverable = address->is_undeliverable;
  return true;
}

static bool load_deliveries(Arena *arena, Desk *desk, int64_t number, MessageList *messages, GError **error) {
  if (messages->count == 0) return true;
  RecipientList all = {0};
  int64_t first = messages->items[0].id, last = messages->items[messages->count - 1].id;
  if (!delivery_select_between(arena, desk->db, number, first, last, &all, error)) return false;
  size_t at = 0;
  list_each(const Recipient, delivery, &all) {
    while (at < messages->count && messages->items[at].id < delivery->message_id) at++;
    if (at < messages->count && messages->items[at].id == delivery->message_id)
      *list_add(arena, &messages->items[at].sent_to) = *delivery;
  }
  return true;
}

static Arc arc_of(Arena *arena, const MessageList *messages) {
  double *valences = arena_make_array(arena, double, messages->count + 1);
  size_t count = 0;
  list_each(const Message, message, messages)
    if (message->reading && message->reading->is_read) valences[count++] = message->reading->valence;
  return insight_arc(valences, count);
}

static bool load_events(Arena *arena, Desk *desk, int64_t number, EventList *out, GError **error) {
  EventList newest = {0};
  if (!event_select(arena, desk->db, number, &newest, error)) return false;
  for (size_t i = newest.count; i > 0; i--) *list_add(arena, out) = newest.items[i - 1];
  return true;
}

bool conversation_show(Arena *arena, Desk *desk, int64_t number, int64_t before, Thread *out, GError **error) {
  *out = (Thread){0};
  if (!conversation_select(arena, desk->db, number, &out->conversation, error)) return false;
  if (!out->conversation) return error_set(error, ERROR_NOT_FOUND, "There is no conversation #%jd.", number);
  if (!load_messages(arena, desk, number, before, out, error) || !load_attachments(arena, desk, number, &out->messages, error) ||
      !load_deliveries(arena, desk, number, &out->messages, error) ||
      !participant_select(arena, desk->db, number, &out->participants, error) ||
      !conversation_mailbox_select(arena, desk->db, number, &out->came_too, error) || !load_addresses(arena, desk, out, error) ||
      !load_events(arena, desk, number, &out->events, error) ||
      !conversation_select_others(arena, desk->db, out->conversation->customer_id, number, &out->others, error))
    return false;
  out->arc = arc_of(arena, &out->messages);
  return true;
}
