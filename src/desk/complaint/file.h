// The file of a complaint: everything that is known of it, for the map that people read and for the bundle that leaves the house.
//
// The bundle is a JSON Web Signature (RFC 7515, flattened JSON), signed with Ed25519 (RFC 8037): whoever gets it can see that it comes
// from this desk and was not changed, with any library that knows these. The key is the desk's own, made from its secret, and stands in
// the bundle; its fingerprint stands on the register page, so that it can be compared.
#pragma once

#include "desk/complaint/clock.h"
#include "desk/complaint/complaint.h"
#include "desk/complaint/effort.h"
#include "desk/complaint/handling.h"
#include "desk/complaint/next.h"
#include "desk/complaint/promise.h"
#include "desk/offer/offer.h"
#include "desk/remedy/remedy.h"

typedef struct FileAttachment {
  int64_t message_id, size;
  const char *name, *type;
  Bytes hash; // SHA-256
} FileAttachment;
LIST_DEFINE(FileAttachment)

typedef struct FileMessage {
  int64_t id, made_at;
  MessageKind kind;
  MessageState state;
  const char *author_name, *recipients, *subject, *body;
  Bytes original_hash; // SHA-256 of the mail as it came or left; empty: there is none
  const FileAttachment *attachments;
  size_t attachment_count;
} FileMessage;
LIST_DEFINE(FileMessage)

typedef struct ComplaintFile {
  const Complaint *complaint;
  const Conversation *conversation;
  NextStep next;
  ComplaintStepList steps;
  ComplaintClockList clocks;
  ComplaintReasonList reasons;
  Effort effort;
  PromiseList promises;
  OfferList offers;
  RemedyList remedies;      // those declined and withdrawn too
  FileMessageList messages; // notes too: see FileMessage.kind
} ComplaintFile;

// ERROR_NOT_FOUND when the conversation carries no complaint.
bool complaint_file(Arena *arena, Desk *desk, int64_t number, ComplaintFile *out, GError **error);

// One line of the map: what a stage came to. The first time that it was reached, since when the complaint did not fall back behind it;
// an assessment or a finding that came later than the stage it belongs to stands there too.
typedef struct StageLine {
  ComplaintStage stage;
  const ComplaintStep *step; // NULL: not reached, or passed over
  bool is_passed;            // a later stage was reached
} StageLine;
void complaint_stages(const ComplaintFile *file, StageLine out[STAGE_COUNT]);

// The file as JSON in clear, and as the signed bundle.
const char *complaint_json(Arena *arena, const Desk *desk, const ComplaintFile *file);
const char *complaint_bundle(Arena *arena, const Desk *desk, const ComplaintFile *file);
// `payload` signed as such a bundle; `type` stands in its header ("rapport-complaint+json").
const char *bundle_sign(Arena *arena, const Desk *desk, const char *type, const char *payload);
// The desk's key as RFC 7638 names it: the SHA-256 of its JWK, base64url.
const char *bundle_key_fingerprint(Arena *arena, const Desk *desk);
