// A message's blobs come first, since its row points to them; then the row, its attachments, its Message-ID, and the conversation's
// idea of what is latest.
#include "desk/conversation/entry.h"

#include "base/text.h"
#include "desk/conversation.sql.h"
#include "desk/conversation/evidence.h"
#include "desk/message.sql.h"
#include "desk/protocol/script.h"

#define SNIPPET 140 // characters

const char *entry_snippet(Arena *arena, const char *body) { return text_clamp(arena, text_one_line(arena, body), SNIPPET); }

const Blob *entry_prepare_attachments(Arena *arena, const MailAttachmentList *attachments) {
  Blob *blobs = arena_make_array(arena, Blob, attachments->count + 1);
  for (size_t i = 0; i < attachments->count; i++) blobs[i] = blob_prepare(arena, attachments->items[i].bytes);
  return blobs;
}

static bool keep_blobs(Desk *desk, const Entry *entry, GError **error) {
  if (entry->html && !blob_keep(desk, entry->html, error)) return false;
  if (entry->original && !blob_keep(desk, entry->original, error)) return false;
  for (size_t i = 0; entry->attachments && i < entry->attachments->count; i++)
    if (!blob_keep(desk, &entry->attachment_blobs[i], error)) return false;
  return true;
}

static bool add_attachments(Desk *desk, const Entry *entry, int64_t message_id, GError **error) {
  for (size_t i = 0; entry->attachments && i < entry->attachments->count; i++) {
    const MailAttachment *attachment = &entry->attachments->items[i];
    const Blob *blob = &entry->attachment_blobs[i];
    if (!attachment_insert(desk->db, message_id, attachment->name, attachment->type, attachment->content_id,
                           attachment->is_inline, blob->size, blob->hash, error))
      return false;
  }
  return true;
}

bool entry_add(Arena *arena, Desk *desk, ConversationStand *stand, const Entry *entry, int64_t *out_message_id, GError **error) {
  const Bytes none = {NULL, 0};
  if (!keep_blobs(desk, entry, error)) return false;
  if (!message_insert(desk->db, stand->number, entry->kind, entry->staff_id ? &entry->staff_id : NULL, entry->author_name,
                      entry->author_address, entry->answer_to, entry->recipients, entry->made_at, entry->claimed_at,
                      entry->subject, entry->body, entry->quoted, entry->html ? entry->html->hash : none,
                      entry->original ? entry->original->hash : none, entry->state, entry->machine, entry->mail_id,
                      out_message_id, error))
    return false;
  if (!add_attachments(desk, entry, *out_message_id, error)) return false;
  if (entry->mail_id && !mail_id_insert(desk->db, entry->mail_id, *out_message_id, stand->number, error)) return false;
  bool is_of_the_desk = entry->kind == MESSAGE_NOTE && !entry->staff_id;                                // a rule's
  if (is_of_the_desk || entry->kind == MESSAGE_AUTOMATIC || entry->kind == MESSAGE_NOTICE) return true; // not what was said last
  if (entry->staff_id) stand->woke_at = 0;                                                              // somebody dealt with it
  stand->last_message_at = entry->made_at;
  stand->last_message_id = *out_message_id;
  return conversation_update_latest(desk->db, stand->number, *out_message_id, entry->made_at, entry_snippet(arena, entry->body),
                                    error);
}

static int64_t bits_of(const bool *set, size_t count) {
  int64_t bits = 0;
  for (size_t i = 0; i < count; i++)
    if (set[i]) bits |= INT64_C(1) << i;
  return bits;
}

bool entry_add_reading(Arena *arena, Desk *desk, int64_t number, int64_t message_id, const Reading *reading, GError **error) {
  g_autoptr(Json) json = reading_to_json(reading);
  Emotion emotion = reading_main_emotion(reading);
  if (!reading_insert(desk->db, message_id, reading->engine, reading->is_read, reading->language, reading->behaviour, emotion,
                      reading->need, reading->need_margin, reading->valence, reading->intensity, reading->abuse,
                      bits_of(reading->flags, FLAG_COUNT), bits_of(reading->reasons, REASON_COUNT),
                      evidence_write(arena, &reading->spans), json_text(arena, json), error))
    return false;
  if (reading->is_read && !script_note_heard(desk, number, message_id, reading->valence, error)) return false;
  return conversation_update_feeling(desk->db, number, reading->is_read, reading->behaviour, emotion, reading->need,
                                     reading->valence, reading->intensity, error);
}
