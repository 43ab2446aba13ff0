// Drafts: what somebody writes and has not sent, kept for them with whom it goes to, what it offers and its files; an answer and a note
// apart, one of each for a person and a conversation. The page saves it at each pause; it also comes from taking an answer back, and from an answer that was refused before
// it was sent. Nobody else ever reads it: colleagues learn that there is one, and no more.
//
// One person may have the same conversation open twice. Every saving counts the version on, and who saves says which version they had
// before them. Where those differ, nothing is lost: the newer text stands in the draft, and what it replaced is kept beside it, the
// latest of each open page, until the draft is sent or discarded or its writer puts it away.
#pragma once

#include "desk/blob/blob.h"
#include "desk/conversation/conversation.h"
#include "desk/offer/offer.h"

typedef enum DraftKind { DRAFT_REPLY, DRAFT_NOTE } DraftKind;

// Which button sent the answer that was refused or taken back: that one is at hand again.
typedef enum DraftWay { DRAFT_WAY_UNSAID, DRAFT_SEND, DRAFT_SEND_SOLVE, DRAFT_SEND_NEXT } DraftWay;

typedef struct DraftAttachment {
  int64_t id, size;
  const char *name, *type;
  Bytes hash;
} DraftAttachment;
LIST_DEFINE(DraftAttachment)

typedef struct OlderDraft {
  int64_t id, saved_at;
  const char *text, *cc, *bcc, *options;
  OfferKind answers;
} OlderDraft;
LIST_DEFINE(OlderDraft)

typedef struct Draft {
  int64_t id, version, saved_at;
  const char *text;
  const char *cc, *bcc; // as a person writes them
  const char *options;  // that it offers, one a line
  OfferKind answers;    // what it is to a complaint
  DraftWay way;
  const char *writer; // the open page that saved it; "" when that is not known
  DraftAttachmentList attachments;
  OlderDraftList older; // newest first
} Draft;

// `*out` NULL when there is none.
bool draft_load(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, Draft **out, GError **error);

// Replaces what the draft says. Of the files that it has, those in `kept` stay; `added` come to them.
typedef struct DraftInput {
  const char *text, *cc, *bcc;
  const IntList *kept;
  const MailAttachmentList *added;
  const char *options; // NULL: none
  OfferKind answers;
  DraftWay way;       // DRAFT_WAY_UNSAID leaves it as it was
  int64_t base;       // the version that the writer had before them; 0: none
  const char *writer; // the open page; NULL: not known
} DraftInput;
bool draft_keep(Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, const DraftInput *input, GError **error);

// Saving at a pause: files stay as they are. Where all is blank and no files are left it is no draft any more.
typedef struct DraftSaving {
  const char *text, *cc, *bcc, *options;
  OfferKind answers;
  DraftWay way;
  int64_t base;
  const char *writer;
  int64_t seen;  // the newest message on the page, to know what was sent meanwhile
  bool is_meant; // it is to be a new draft even when the last one was sent
} DraftSaving;
typedef struct DraftSaved {
  bool is_gone;         // the draft was sent or discarded meanwhile, so nothing was saved
  int64_t version;      // what to name as base the next time
  OlderDraftList older; // what stands beside it
} DraftSaved;
bool draft_save(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, const DraftSaving *saving,
                DraftSaved *out, GError **error);

// Puts a file into the draft, which is begun where there is none. ERROR_INVALID, with a sentence, when its files would be larger than
// `most` together, or too many.
bool draft_add_file(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, const MailAttachment *file,
                    int64_t most, DraftAttachment *out, GError **error);
bool draft_drop_file(Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, int64_t file_id, GError **error);
// ERROR_NOT_FOUND when it stands in no draft of this person for this conversation.
bool draft_file(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, int64_t file_id, MailAttachment *out, GError **error);

// What is older and what stands in the draft change places; or it is put away. Nothing happens when it is not there.
bool draft_swap_older(Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, int64_t older_id, GError **error);
bool draft_drop_older(Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, int64_t older_id, GError **error);

// Colleagues who have begun to write here: their names, never a word.
typedef struct DraftOfOther {
  int64_t staff_id, saved_at;
  const char *name;
  DraftKind kind;
} DraftOfOther;
LIST_DEFINE(DraftOfOther)
bool draft_others(Arena *arena, Desk *desk, int64_t number, int64_t staff_id, DraftOfOtherList *out, GError **error);

// Those of `ids` that stand in this person's draft for this conversation, with their bytes.
bool draft_take_files(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, DraftKind kind, const IntList *ids,
                      MailAttachmentList *out, GError **error);

bool draft_discard(Desk *desk, int64_t staff_id, int64_t number, DraftKind kind,
                   GError **error); // does nothing when there is none

// Inside the caller's transaction:
bool draft_forget(Desk *desk, int64_t staff_id, int64_t number, DraftKind kind,
                  GError **error); // does nothing when there is none
// A message becomes a draft again: its text, whom it would have gone to beside the customer, what it offered, its files. What stands in a
// draft already comes below.
bool draft_of_message(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, int64_t message_id, const char *text,
                      DraftWay way, GError **error);
