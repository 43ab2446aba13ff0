// The bundle: the file as compact JSON, and a signature over exactly these bytes. JWS keeps the signed bytes as they are (base64url), so
// nobody has to agree on how JSON is to be written.
#include "base/json.h"
#include "base/text.h"
#include "desk/complaint/file.h"

#include <sodium.h>
#include <string.h>

static Json *text_of(const char *text) { return text && *text ? json_string(text) : json_null(); }
static Json *moment_of(Arena *arena, int64_t at) { return at ? json_string(clock_iso(arena, at)) : json_null(); }
static Json *hash_of(Arena *arena, Bytes hash) { return hash.size ? json_string(text_hex(arena, hash)) : json_null(); }

static Json *steps_of(Arena *arena, const ComplaintStepList *steps) {
  Json *array = json_array();
  list_each(const ComplaintStep, step, steps) {
    Json *object = json_object();
    json_object_set_new(object, "at", moment_of(arena, step->happened_at));
    json_object_set_new(object, "event", json_string(complaint_event_word(step->event)));
    json_object_set_new(object, "from", json_string(stage_word(step->stage_before)));
    json_object_set_new(object, "to", json_string(stage_word(step->stage_after)));
    json_object_set_new(object, "by", step->by_customer ? json_string("the customer") : text_of(step->staff_name));
    json_object_set_new(object, "message", step->message_id ? json_integer(step->message_id) : json_null());
    json_object_set_new(object, "detail", text_of(step->detail));
    json_array_append_new(array, object);
  }
  return array;
}

static Json *clocks_of(Arena *arena, const ComplaintClockList *clocks) {
  Json *array = json_array();
  list_each(const ComplaintClock, clock, clocks) {
    Json *object = json_object();
    json_object_set_new(object, "name", json_string(deadline_name(clock->kind)));
    json_object_set_new(object, "legal", json_boolean(clock->is_legal));
    json_object_set_new(object, "starts", moment_of(arena, clock->starts_at));
    json_object_set_new(object, "due", moment_of(arena, clock->due_at == HOURS_NEVER ? 0 : clock->due_at));
    json_object_set_new(object, "met", moment_of(arena, clock->met_at));
    json_object_set_new(object, "arithmetic", text_of(clock->arithmetic));
    json_array_append_new(array, object);
  }
  return array;
}

static Json *reasons_of(const ComplaintReasonList *reasons) {
  Json *array = json_array();
  list_each(const ComplaintReason, reason, reasons) {
    Json *object = json_object();
    json_object_set_new(object, "reason", json_string(complaint_reason_title(reason->reason)));
    json_object_set_new(object, "felt",
                        reason->feeling == EMOTION_NEUTRAL ? json_null() : json_string(emotion_word(reason->feeling)));
    json_object_set_new(object, "words", text_of(reason->note));
    json_array_append_new(array, object);
  }
  return array;
}

static Json *promises_of(Arena *arena, const PromiseList *promises) {
  static const char *const states[PROMISE_STATE_COUNT] = {
    [PROMISE_RUNNING] = "running", [PROMISE_KEPT] = "kept", [PROMISE_BROKEN] = "broken"};
  Json *array = json_array();
  list_each(const Promise, promise, promises) {
    Json *object = json_object();
    json_object_set_new(object, "words", text_of(promise->words));
    json_object_set_new(object, "made", moment_of(arena, promise->made_at));
    json_object_set_new(object, "due", moment_of(arena, promise->due_at));
    json_object_set_new(object, "state", json_string(states[promise->state]));
    json_object_set_new(object, "result", text_of(promise->result));
    json_array_append_new(array, object);
  }
  return array;
}

static Json *offers_of(Arena *arena, const OfferList *offers) {
  static const char *const states[] = {[OFFER_WAITING] = "waiting",
                                       [OFFER_OPEN] = "open",
                                       [OFFER_CHOSEN] = "chosen",
                                       [OFFER_DECLINED] = "declined",
                                       [OFFER_REPLACED] = "replaced"};
  static const char *const ways[] = {[OFFER_BY_LINK] = "link", [OFFER_BY_ANSWER] = "answer", [OFFER_BY_TELEPHONE] = "other"};
  Json *array = json_array();
  list_each(const Offer, offer, offers) {
    bool is_settled = offer->state == OFFER_CHOSEN || offer->state == OFFER_DECLINED;
    Json *object = json_object(), *options = json_array();
    list_each(const Text, option, &offer->options) json_array_append_new(options, json_string(*option));
    json_object_set_new(object, "message", json_integer(offer->message_id));
    json_object_set_new(object, "kind", json_string(offer_kind_word(offer->kind)));
    json_object_set_new(object, "options", options);
    json_object_set_new(object, "state", json_string(states[offer->state]));
    json_object_set_new(object, "chosen", offer->place ? json_integer(offer->place) : json_null());
    json_object_set_new(object, "settled", moment_of(arena, offer->settled_at));
    json_object_set_new(object, "way", is_settled ? json_string(ways[offer->settled_how]) : json_null());
    json_object_set_new(object, "words", text_of(offer->words));
    json_array_append_new(array, object);
  }
  return array;
}

static Json *remedies_of(Arena *arena, const RemedyList *remedies) {
  Json *array = json_array();
  list_each(const Remedy, remedy, remedies) {
    bool is_given = remedy_is_given(remedy);
    Json *object = json_object();
    json_object_set_new(object, "kind", json_string(remedy_kind_word(remedy->kind)));
    json_object_set_new(object, "state", json_string(remedy_state_word(remedy->state)));
    json_object_set_new(object, "amount",
                        remedy->amount ? json_string(money_words(arena, remedy->amount, remedy->currency)) : json_null());
    json_object_set_new(object, "reason", text_of(remedy->reason));
    json_object_set_new(object, "asked", moment_of(arena, remedy->asked_at));
    json_object_set_new(object, "by", text_of(remedy->asked_name));
    json_object_set_new(object, "decided", moment_of(arena, remedy->decided_at));
    json_object_set_new(object, "decided_by", text_of(remedy->decided_at ? remedy->decided_name : NULL));
    json_object_set_new(object, "decision", text_of(remedy->decision_reason));
    json_object_set_new(object, "carried_out", moment_of(arena, is_given ? remedy->carried_out_at : 0));
    json_object_set_new(object, "how", text_of(remedy->carried_out_how));
    json_array_append_new(array, object);
  }
  return array;
}

static Json *attachments_of(Arena *arena, const FileMessage *message) {
  Json *array = json_array();
  for (size_t i = 0; i < message->attachment_count; i++) {
    const FileAttachment *attachment = &message->attachments[i];
    Json *object = json_object();
    json_object_set_new(object, "name", text_of(attachment->name));
    json_object_set_new(object, "type", text_of(attachment->type));
    json_object_set_new(object, "bytes", json_integer(attachment->size));
    json_object_set_new(object, "sha256", hash_of(arena, attachment->hash));
    json_array_append_new(array, object);
  }
  return array;
}

static Json *messages_of(Arena *arena, const FileMessageList *messages) {
  static const char *const kinds[] = {
    [MESSAGE_CUSTOMER] = "customer", [MESSAGE_AGENT] = "agent", [MESSAGE_NOTE] = "note", [MESSAGE_AUTOMATIC] = "automatic"};
  Json *array = json_array();
  list_each(const FileMessage, message, messages) {
    Json *object = json_object();
    json_object_set_new(object, "id", json_integer(message->id));
    json_object_set_new(object, "kind", json_string(kinds[message->kind]));
    json_object_set_new(object, "at", moment_of(arena, message->made_at));
    json_object_set_new(object, "from", text_of(message->author_name));
    json_object_set_new(object, "to", text_of(message->recipients));
    json_object_set_new(object, "subject", text_of(message->subject));
    json_object_set_new(object, "text", json_string(message->body));
    json_object_set_new(object, "original_sha256", hash_of(arena, message->original_hash));
    json_object_set_new(object, "attachments", attachments_of(arena, message));
    json_array_append_new(array, object);
  }
  return array;
}

static Json *effort_of(const Effort *effort) {
  Json *object = json_object();
  json_object_set_new(object, "attempts_before",
                      effort->attempts_before < 0 ? json_null() : json_integer(effort->attempts_before));
  json_object_set_new(object, "messages_before_first_answer", json_integer(effort->before_first_answer));
  json_object_set_new(object, "repeats", json_integer(effort->repeats));
  json_object_set_new(object, "hand_overs", json_integer(effort->hand_overs));
  json_object_set_new(object, "waited_seconds", json_integer(effort->waited / CLOCK_SECOND));
  json_object_set_new(object, "longest_wait_seconds", json_integer(effort->longest / CLOCK_SECOND));
  return object;
}

static void add_complaint(Arena *arena, Json *json, const Complaint *complaint) {
  json_object_set_new(json, "stage", json_string(stage_word(complaint->stage)));
  json_object_set_new(json, "received", moment_of(arena, complaint->received_at));
  json_object_set_new(json, "settled", moment_of(arena, complaint->settled_at));
  json_object_set_new(json, "closed", moment_of(arena, complaint->closed_at));
  json_object_set_new(json, "owner", json_string(complaint->owner_name ? complaint->owner_name : "the supervisors"));
  json_object_set_new(json, "severity", json_string(severity_word(complaint->severity)));
  json_object_set_new(json, "safety", json_boolean(complaint->is_safety));
  json_object_set_new(json, "about", text_of(complaint->about));
  json_object_set_new(json, "seeks", text_of(complaint->seeks));
  json_object_set_new(json, "present", text_of(complaint->present));
  json_object_set_new(json, "desired", text_of(complaint->desired));
  json_object_set_new(json, "gap_confirmed", json_boolean(complaint->gap_by != 0));
  json_object_set_new(json, "outside_routes", text_of(complaint->outside));
  json_object_set_new(json, "legal_profile", json_string(profile_rules((LegalProfile)complaint->profile)->word));
}

const char *complaint_json(Arena *arena, const Desk *desk, const ComplaintFile *file) {
  g_autoptr(Json) json = json_object();
  const Conversation *conversation = file->conversation;
  json_object_set_new(json, "desk", json_string(desk->name));
  json_object_set_new(json, "number", json_integer(file->complaint->number));
  json_object_set_new(json, "made", moment_of(arena, clock_now(desk->clock)));
  json_object_set_new(json, "subject", text_of(conversation->subject));
  json_object_set_new(json, "customer", text_of(conversation->customer_name));
  json_object_set_new(json, "customer_address", text_of(conversation->customer_address));
  add_complaint(arena, json, file->complaint);
  json_object_set_new(json, "steps", steps_of(arena, &file->steps));
  json_object_set_new(json, "clocks", clocks_of(arena, &file->clocks));
  json_object_set_new(json, "what_went_wrong", reasons_of(&file->reasons));
  json_object_set_new(json, "effort", effort_of(&file->effort));
  json_object_set_new(json, "offers", offers_of(arena, &file->offers));
  json_object_set_new(json, "remedies", remedies_of(arena, &file->remedies));
  json_object_set_new(json, "promises", promises_of(arena, &file->promises));
  json_object_set_new(json, "messages", messages_of(arena, &file->messages));
  return json_text(arena, json);
}

// ——— the signature

static const char *base64url(Arena *arena, const void *bytes, size_t size) {
  size_t length = sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  char *out = arena_make_array(arena, char, length);
  return sodium_bin2base64(out, length, bytes, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

typedef struct BundleKey {
  unsigned char public[crypto_sign_PUBLICKEYBYTES];
  unsigned char secret[crypto_sign_SECRETKEYBYTES];
} BundleKey;

static void make_key(const Desk *desk, BundleKey *out) {
  static const char purpose[] = "bundle-key";
  unsigned char seed[crypto_sign_SEEDBYTES];
  crypto_generichash(seed, sizeof seed, (const unsigned char *)purpose, strlen(purpose), desk->secret, sizeof desk->secret);
  crypto_sign_seed_keypair(out->public, out->secret, seed);
  sodium_memzero(seed, sizeof seed);
}

// Members in the order that RFC 7638 wants for the fingerprint.
static Json *jwk_of(Arena *arena, const BundleKey *key) {
  Json *jwk = json_object();
  json_object_set_new(jwk, "crv", json_string("Ed25519"));
  json_object_set_new(jwk, "kty", json_string("OKP"));
  json_object_set_new(jwk, "x", json_string(base64url(arena, key->public, sizeof key->public)));
  return jwk;
}

static const char *fingerprint_of(Arena *arena, const BundleKey *key) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  g_autoptr(Json) jwk = jwk_of(arena, key);
  const char *text = json_text(arena, jwk);
  crypto_hash_sha256(hash, (const unsigned char *)text, strlen(text));
  return base64url(arena, hash, sizeof hash);
}

const char *bundle_key_fingerprint(Arena *arena, const Desk *desk) {
  BundleKey key;
  make_key(desk, &key);
  sodium_memzero(key.secret, sizeof key.secret);
  return fingerprint_of(arena, &key);
}

const char *bundle_sign(Arena *arena, const Desk *desk, const char *type, const char *payload) {
  BundleKey key;
  unsigned char signature[crypto_sign_BYTES];
  make_key(desk, &key);
  g_autoptr(Json) header = json_object();
  json_object_set_new(header, "alg", json_string("EdDSA"));
  json_object_set_new(header, "typ", json_string(type));
  json_object_set_new(header, "kid", json_string(fingerprint_of(arena, &key)));
  json_object_set_new(header, "jwk", jwk_of(arena, &key));
  const char *protected = json_text(arena, header);
  protected = base64url(arena, protected, strlen(protected));
  payload = base64url(arena, payload, strlen(payload));
  const char *signed_text = arena_printf(arena, "%s.%s", protected, payload);
  crypto_sign_detached(signature, NULL, (const unsigned char *)signed_text, strlen(signed_text), key.secret);
  sodium_memzero(key.secret, sizeof key.secret);
  g_autoptr(Json) bundle = json_object();
  json_object_set_new(bundle, "payload", json_string(payload));
  json_object_set_new(bundle, "protected", json_string(protected));
  json_object_set_new(bundle, "signature", json_string(base64url(arena, signature, sizeof signature)));
  return json_text(arena, bundle);
}

const char *complaint_bundle(Arena *arena, const Desk *desk, const ComplaintFile *file) {
  return bundle_sign(arena, desk, "rapport-complaint+json", complaint_json(arena, desk, file));
}
