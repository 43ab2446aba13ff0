// What hangs on one message: the original mail, its HTML part, its attachments.
#include "desk/blob/blob.h"
#include "desk/conversation/verbs.h"
#include "desk/message.sql.h"

static MessageHashes *hashes_of(Arena *arena, Desk *desk, int64_t message_id, GError **error) {
  MessageHashes *hashes = NULL;
  if (!message_select_hashes(arena, desk->db, message_id, &hashes, error)) return NULL;
  if (!hashes) error_set(error, ERROR_NOT_FOUND, "There is no such message.");
  return hashes;
}

bool message_original(Arena *arena, Desk *desk, int64_t message_id, Bytes *out, GError **error) {
  MessageHashes *hashes = hashes_of(arena, desk, message_id, error);
  if (!hashes) return false;
  if (!hashes->original_hash.data) return error_set(error, ERROR_NOT_FOUND, "This message was not a mail.");
  return blob_load(arena, desk, hashes->original_hash, out, error);
}

bool message_html(Arena *arena, Desk *desk, int64_t message_id, const char **out, GError **error) {
  MessageHashes *hashes = hashes_of(arena, desk, message_id, error);
  if (!hashes) return false;
  if (!hashes->html_hash.data) return error_set(error, ERROR_NOT_FOUND, "This message has no HTML part.");
  Bytes html;
  if (!blob_load(arena, desk, hashes->html_hash, &html, error)) return false;
  *out = arena_strndup(arena, html.data, html.size);
  return true;
}

bool message_attachments(Arena *arena, Desk *desk, int64_t message_id, AttachmentList *out, GError **error) {
  return attachment_select_of(arena, desk->db, message_id, out, error);
}

bool attachment_load(Arena *arena, Desk *desk, int64_t attachment_id, Attachment **out, Bytes *out_bytes, GError **error) {
  StoredAttachment *stored = NULL;
  if (!attachment_select(arena, desk->db, attachment_id, &stored, error)) return false;
  if (!stored) return error_set(error, ERROR_NOT_FOUND, "There is no such attachment.");
  *out = arena_make(arena, Attachment);
  **out = (Attachment){.id = stored->id,
                       .message_id = stored->message_id,
                       .size = stored->size,
                       .name = stored->name,
                       .type = stored->type,
                       .content_id = stored->content_id,
                       .is_inline = stored->is_inline};
  return blob_load(arena, desk, stored->hash, out_bytes, error);
}
