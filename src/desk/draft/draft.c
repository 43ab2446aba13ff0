// Drafts are rows beside the conversation; their files are blobs like any other, so becoming a draft and leaving it again copies
// nothing. Every change begins with a row that is locked, and compares the version that the writer had with the one that stands there.
#include "desk/draft/draft.h"

#include "base/text.h"
#include "desk/draft.sql.h"
#include "desk/offer/offer.h"
#include "desk/outbox.sql.h"

#define TEXT_MOST 200000 // characters
#define ADDRESSES_MOST 10000
#define OPTIONS_TEXT_MOST 10000
#define WRITER_MOST 40
#define FILES_MOST 100

static bool load_rest(Arena *arena, Desk *desk, Draft *draft, GError **error) {
  return !draft || (draft_select_attachments(arena, desk->db, draft->id, &draft->attachments, error) &&
                    draft_select_older(arena, desk->db, draft->id, &draft->older, error));
}

bool draft_load(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, Draft **out, GError **error) {
  return draft_select(arena, desk->db, staff_id, number, kind, out, error) && load_rest(arena, desk, *out, error);
}

bool draft_others(Arena *arena, Desk *desk, int64_t number, int64_t staff_id, DraftOfOtherList *out, GError **error) {
  return draft_select_others(arena, desk->db, number, staff_id, out, error);
}

static bool contains(const IntList *ids, int64_t id) {
  list_each(const Int, each, ids)
    if (*each == id) return true;
  return false;
}

// The row, made when there is none, and nobody else changes it before the transaction ends.
static bool lock(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, Draft **out, GError **error) {
  return draft_begin(desk->db, staff_id, number, kind, clock_now(desk->clock), error) &&
         draft_lock(arena, desk->db, staff_id, number, kind, out, error) && load_rest(arena, desk, *out, error);
}

static bool add_file(Arena *arena, Desk *desk, int64_t draft_id, const MailAttachment *file, DraftAttachment *out,
                     GError **error) {
  Blob blob = blob_prepare(arena, file->bytes);
  *out = (DraftAttachment){.size = blob.size, .name = file->name, .type = file->type, .hash = blob.hash};
  return blob_keep(desk, &blob, error) &&
         draft_attachment_insert(desk->db, draft_id, file->name, file->type, blob.size, blob.hash, &out->id, error);
}

static bool add_files(Arena *arena, Desk *desk, int64_t draft_id, const MailAttachmentList *files, GError **error) {
  DraftAttachment added;
  for (size_t i = 0; i < MIN(files->count, FILES_MOST); i++)
    if (!add_file(arena, desk, draft_id, &files->items[i], &added, error)) return false;
  return true;
}

static const char *clamped(Arena *arena, const char *text, size_t most) { return text ? text_clamp(arena, text, most) : ""; }

static bool is_blank(const Draft *draft) {
  return text_is_blank(draft->text) && text_is_blank(draft->cc) && text_is_blank(draft->bcc) && text_is_blank(draft->options) &&
         draft->answers == OFFER_CHOICE;
}

static bool says_the_same(const Draft *one, const Draft *other) {
  return strcmp(one->text, other->text) == 0 && strcmp(one->cc, other->cc) == 0 && strcmp(one->bcc, other->bcc) == 0 &&
         strcmp(one->options, other->options) == 0 && one->answers == other->answers;
}

static Draft draft_as_saved(Arena *arena, const DraftSaving *saving, DraftWay way) {
  return (Draft){.text = clamped(arena, saving->text, TEXT_MOST),
                 .cc = clamped(arena, saving->cc, ADDRESSES_MOST),
                 .bcc = clamped(arena, saving->bcc, ADDRESSES_MOST),
                 .options = clamped(arena, saving->options, OPTIONS_TEXT_MOST),
                 .answers = saving->answers,
                 .way = saving->way ? saving->way : way,
                 .writer = clamped(arena, saving->writer, WRITER_MOST)};
}

// What another page wrote is kept beside what replaces it; what this page had kept there itself stands in it again. A page that never
// heard that its last saving was done goes on with it all the same.
static bool write_draft(Arena *arena, Desk *desk, const Draft *before, const DraftSaving *saving, GError **error) {
  Draft now = draft_as_saved(arena, saving, before->way);
  bool goes_on = saving->base == before->version || (*now.writer && strcmp(before->writer, now.writer) == 0);
  bool replaces = !goes_on && !is_blank(before) && !says_the_same(before, &now);
  return draft_older_delete_of(desk->db, before->id, now.writer, error) &&
         (!replaces || draft_older_keep(desk->db, before->id, error)) &&
         draft_update(desk->db, before->id, now.text, now.cc, now.bcc, now.options, now.answers, now.way, now.writer,
                      clock_now(desk->clock), error);
}

bool draft_keep(Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, const DraftInput *input, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Draft *before = NULL;
  DraftSaving saving = {.text = input->text,
                        .cc = input->cc,
                        .bcc = input->bcc,
                        .options = input->options,
                        .answers = input->answers,
                        .way = input->way,
                        .base = input->base,
                        .writer = input->writer};
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !lock(arena, desk, staff_id, number, kind, &before, error) || !write_draft(arena, desk, before, &saving, error))
    return false;
  list_each(const DraftAttachment, file, &before->attachments)
    if (!contains(input->kept, file->id) && !draft_attachment_delete(desk->db, file->id, error)) return false;
  return add_files(arena, desk, before->id, input->added, error) && db_commit(&tx, error);
}

// A page that was slow to save, or never heard that another one sent the answer, must not bring it back.
static bool find_gone(Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, const Draft *before,
                      const DraftSaving *saving, bool *out, GError **error) {
  int64_t message_id = 0;
  *out = false;
  if (saving->is_meant || before->version > 0 || before->attachments.count) return true;
  *out = saving->base > 0;
  if (*out || !saving->seen) return true;
  MessageKind sent = kind == DRAFT_NOTE ? MESSAGE_NOTE : MESSAGE_AGENT;
  return draft_was_sent(desk->db, staff_id, number, sent, saving->seen, out, &message_id, error);
}

bool draft_save(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, const DraftSaving *saving,
                DraftSaved *out, GError **error) {
  Draft *before = NULL;
  *out = (DraftSaved){.version = saving->base};
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !lock(arena, desk, staff_id, number, kind, &before, error) ||
      !find_gone(desk, staff_id, number, kind, before, saving, &out->is_gone, error))
    return false;
  if (out->is_gone) return true; // with the row that was begun
  Draft now = draft_as_saved(arena, saving, before->way);
  bool is_stale = before->version != saving->base && g_strcmp0(before->writer, saving->writer) != 0;
  if (is_blank(&now) && is_stale) return true; // an empty page takes nothing away from another one
  if (is_blank(&now) && !before->attachments.count && !before->older.count) {
    out->version = 0;
    return draft_forget(desk, staff_id, number, kind, error) && db_commit(&tx, error);
  }
  out->version = before->version + 1;
  return write_draft(arena, desk, before, saving, error) && draft_select_older(arena, desk->db, before->id, &out->older, error) &&
         db_commit(&tx, error);
}

bool draft_add_file(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, const MailAttachment *file,
                    int64_t most, DraftAttachment *out, GError **error) {
  Draft *draft = NULL;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !lock(arena, desk, staff_id, number, kind, &draft, error)) return false;
  int64_t size = (int64_t)file->bytes.size;
  list_each(const DraftAttachment, each, &draft->attachments) size += each->size;
  if (size > most) return error_set(error, ERROR_INVALID, "With this file they would be larger together than can be sent.");
  if (draft->attachments.count >= FILES_MOST)
    return error_set(error, ERROR_INVALID, "%d files are enough for one mail.", FILES_MOST);
  return add_file(arena, desk, draft->id, file, out, error) && db_commit(&tx, error);
}

bool draft_drop_file(Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, int64_t file_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Draft *draft = NULL;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !draft_lock(arena, desk->db, staff_id, number, kind, &draft, error) || !load_rest(arena, desk, draft, error))
    return false;
  size_t left = draft ? draft->attachments.count : 0;
  if (draft)
    list_each(const DraftAttachment, file, &draft->attachments) {
      if (file->id != file_id) continue;
      if (!draft_attachment_delete(desk->db, file_id, error)) return false;
      left--;
    }
  bool is_empty = draft && left == 0 && draft->older.count == 0 && is_blank(draft);
  return (!is_empty || draft_forget(desk, staff_id, number, kind, error)) && db_commit(&tx, error);
}

bool draft_take_files(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, const IntList *ids,
                      MailAttachmentList *out, GError **error) {
  Draft *draft = NULL;
  if (ids->count == 0) return true;
  if (!draft_load(arena, desk, staff_id, number, kind, &draft, error)) return false;
  if (!draft) return true;
  list_each(const DraftAttachment, file, &draft->attachments) {
    if (!contains(ids, file->id)) continue;
    MailAttachment *taken = list_add(arena, out);
    *taken = (MailAttachment){.name = file->name, .type = file->type};
    if (!blob_load(arena, desk, file->hash, &taken->bytes, error)) return false;
  }
  return true;
}

bool draft_file(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, int64_t file_id, MailAttachment *out,
                GError **error) {
  MailAttachmentList found = {0};
  IntList ids = {0};
  *list_add(arena, &ids) = file_id;
  if (!draft_take_files(arena, desk, staff_id, number, DRAFT_REPLY, &ids, &found, error) ||
      !draft_take_files(arena, desk, staff_id, number, DRAFT_NOTE, &ids, &found, error))
    return false;
  if (!found.count) return error_set(error, ERROR_NOT_FOUND, "This file is in no draft of yours.");
  *out = found.items[0];
  return true;
}

static const OlderDraft *find_older(const Draft *draft, int64_t id) {
  if (draft)
    list_each(const OlderDraft, older, &draft->older)
      if (older->id == id) return older;
  return NULL;
}

bool draft_swap_older(Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, int64_t older_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Draft *draft = NULL;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !draft_lock(arena, desk->db, staff_id, number, kind, &draft, error) || !load_rest(arena, desk, draft, error))
    return false;
  const OlderDraft *older = find_older(draft, older_id);
  if (!older) return true;
  return draft_older_delete(desk->db, older_id, draft->id, error) &&
         (is_blank(draft) || draft_older_keep(desk->db, draft->id, error)) &&
         draft_update(desk->db, draft->id, older->text, older->cc, older->bcc, older->options, older->answers, draft->way, "",
                      clock_now(desk->clock), error) &&
         db_commit(&tx, error);
}

bool draft_drop_older(Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, int64_t older_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Draft *draft = NULL;
  return draft_select(arena, desk->db, staff_id, number, kind, &draft, error) &&
         (!draft || draft_older_delete(desk->db, older_id, draft->id, error));
}

bool draft_forget(Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, GError **error) {
  return draft_delete_attachments(desk->db, staff_id, number, kind, error) &&
         draft_delete_older(desk->db, staff_id, number, kind, error) && draft_delete(desk->db, staff_id, number, kind, error) &&
         (kind != DRAFT_REPLY || offer_forget(desk, number, staff_id, error));
}

bool draft_discard(Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, GError **error) {
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && draft_forget(desk, staff_id, number, kind, error) && db_commit(&tx, error);
}

static const char *addresses_of(Arena *arena, const RecipientList *deliveries, RecipientRole role) {
  g_autoptr(GString) line = g_string_new(NULL);
  list_each(const Recipient, delivery, deliveries)
    if (delivery->role == role) g_string_append_printf(line, "%s%s", line->len ? ", " : "", delivery->address);
  return arena_strndup(arena, line->str, line->len);
}

// What the message offered, above what the draft offers already.
static const char *options_of(Arena *arena, const Offer *offer, const Draft *before) {
  g_autoptr(GString) lines = g_string_new(NULL);
  if (offer)
    list_each(const Text, option, &offer->options) g_string_append_printf(lines, "%s\n", *option);
  g_string_append(lines, before->options);
  return arena_strndup(arena, lines->str, lines->len);
}

bool draft_of_message(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, int64_t message_id, const char *text,
                      DraftWay way, GError **error) {
  Draft *before = NULL;
  Offer *offer = NULL;
  RecipientList deliveries = {0};
  if (!lock(arena, desk, staff_id, number, DRAFT_REPLY, &before, error) ||
      !delivery_select_of(arena, desk->db, message_id, &deliveries, error) ||
      !offer_of_message(arena, desk, message_id, &offer, error))
    return false;
  bool has_more = !text_is_blank(before->text);
  DraftSaving saving = {.text = has_more ? arena_printf(arena, "%s\n\n%s", text, before->text) : text,
                        .cc = addresses_of(arena, &deliveries, RECIPIENT_CC),
                        .bcc = addresses_of(arena, &deliveries, RECIPIENT_BCC),
                        .options = options_of(arena, offer, before),
                        .answers = offer ? offer->kind : before->answers,
                        .way = way,
                        .base = before->version};
  return write_draft(arena, desk, before, &saving, error) && draft_take_attachments(desk->db, before->id, message_id, error);
}
