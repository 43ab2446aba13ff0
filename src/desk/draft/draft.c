// Drafts are rows beside the conversation; their files are blobs like any other, so becoming a draft and leaving it again copies
// nothing.
#include "desk/draft/draft.h"

#include "base/text.h"
#include "desk/draft.sql.h"
#include "desk/offer/offer.h"
#include "desk/outbox.sql.h"

#define TEXT_MOST 200000 // characters
#define ADDRESSES_MOST 10000
#define FILES_MOST 100

bool draft_load(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, Draft **out, GError **error) {
  return draft_select(arena, desk->db, staff_id, number, out, error) &&
         (!*out || draft_select_attachments(arena, desk->db, (*out)->id, &(*out)->attachments, error));
}

static bool contains(const IntList *ids, int64_t id) {
  list_each(const Int, each, ids)
    if (*each == id) return true;
  return false;
}

static bool add_files(Arena *arena, Desk *desk, int64_t draft_id, const MailAttachmentList *files, GError **error) {
  for (size_t i = 0; i < MIN(files->count, FILES_MOST); i++) {
    const MailAttachment *file = &files->items[i];
    Blob blob = blob_prepare(arena, file->bytes);
    if (!blob_keep(desk, &blob, error) ||
        !draft_attachment_insert(desk->db, draft_id, file->name, file->type, blob.size, blob.hash, error))
      return false;
  }
  return true;
}

bool draft_keep(Desk *desk, int64_t staff_id, int64_t number, const DraftInput *input, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Draft *before = NULL;
  int64_t id = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !draft_load(arena, desk, staff_id, number, &before, error) ||
      !draft_upsert(desk->db, staff_id, number, text_clamp(arena, input->text, TEXT_MOST),
                    text_clamp(arena, input->cc, ADDRESSES_MOST), text_clamp(arena, input->bcc, ADDRESSES_MOST),
                    clock_now(desk->clock), &id, error))
    return false;
  if (before)
    list_each(const DraftAttachment, file, &before->attachments)
      if (!contains(input->kept, file->id) && !draft_attachment_delete(desk->db, file->id, error)) return false;
  return add_files(arena, desk, id, input->added, error) && db_commit(&tx, error);
}

bool draft_take_files(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, const IntList *ids, MailAttachmentList *out,
                      GError **error) {
  Draft *draft = NULL;
  if (ids->count == 0) return true;
  if (!draft_load(arena, desk, staff_id, number, &draft, error)) return false;
  if (!draft) return true;
  list_each(const DraftAttachment, file, &draft->attachments) {
    if (!contains(ids, file->id)) continue;
    MailAttachment *taken = list_add(arena, out);
    *taken = (MailAttachment){.name = file->name, .type = file->type};
    if (!blob_load(arena, desk, file->hash, &taken->bytes, error)) return false;
  }
  return true;
}

bool draft_forget(Desk *desk, int64_t staff_id, int64_t number, GError **error) {
  return draft_delete_attachments(desk->db, staff_id, number, error) && draft_delete(desk->db, staff_id, number, error) &&
         offer_forget(desk, number, staff_id, error);
}

bool draft_discard(Desk *desk, int64_t staff_id, int64_t number, GError **error) {
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && draft_forget(desk, staff_id, number, error) && db_commit(&tx, error);
}

static const char *addresses_of(Arena *arena, const RecipientList *deliveries, RecipientRole role) {
  g_autoptr(GString) line = g_string_new(NULL);
  list_each(const Recipient, delivery, deliveries)
    if (delivery->role == role) g_string_append_printf(line, "%s%s", line->len ? ", " : "", delivery->address);
  return arena_strndup(arena, line->str, line->len);
}

bool draft_of_message(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, int64_t message_id, const char *text,
                      GError **error) {
  Draft *before = NULL;
  RecipientList deliveries = {0};
  int64_t id = 0;
  if (!draft_select(arena, desk->db, staff_id, number, &before, error) ||
      !delivery_select_of(arena, desk->db, message_id, &deliveries, error))
    return false;
  bool has_more = before && !text_is_blank(before->text);
  const char *whole = has_more ? arena_printf(arena, "%s\n\n%s", text, before->text) : text;
  return draft_upsert(desk->db, staff_id, number, whole, addresses_of(arena, &deliveries, RECIPIENT_CC),
                      addresses_of(arena, &deliveries, RECIPIENT_BCC), clock_now(desk->clock), &id, error) &&
         draft_take_attachments(desk->db, id, message_id, error);
}
