// Evidence: what a court or the police would ask for, signed by the desk's key (complaint/file.h): the message, the original mail whole,
// what was read in it and by which engine, and the journal of its conversation. It is kept as a blob of its own when the alert is raised,
// and again when it is closed, so that later changes to anything else change nothing here.
#include "desk/boundary/safety.h"

#include "base/text.h"
#include "desk/blob/blob.h"
#include "desk/complaint/file.h"
#include "desk/conversation.sql.h"
#include "desk/conversation/conversation.h"
#include "desk/safety.sql.h"

#include <sodium.h>

#define ORIGINAL_MOST (16 * 1000 * 1000) // bytes; of a larger mail the hash stands for it

static Json *moment_of(Arena *arena, int64_t at) { return at ? json_string(clock_iso(arena, at)) : json_null(); }
static Json *text_of(const char *text) { return text && *text ? json_string(text) : json_null(); }

static const char *base64(Arena *arena, Bytes bytes) {
  size_t length = sodium_base64_ENCODED_LEN(bytes.size, sodium_base64_VARIANT_ORIGINAL);
  return sodium_bin2base64(arena_make_array(arena, char, length), length, (const unsigned char *)bytes.data, bytes.size,
                           sodium_base64_VARIANT_ORIGINAL);
}

static bool add_original(Arena *arena, Desk *desk, Json *json, Bytes hash, GError **error) {
  Bytes original;
  json_object_set_new(json, "original_sha256", hash.size ? json_string(text_hex(arena, hash)) : json_null());
  if (!hash.size) return true;
  if (!blob_load(arena, desk, hash, &original, error)) return false;
  bool fits = original.size <= ORIGINAL_MOST;
  json_object_set_new(json, "original_base64", fits ? json_string(base64(arena, original)) : json_null());
  return true;
}

static bool message_of(Arena *arena, Desk *desk, const SafetyAlert *alert, Json **out, GError **error) {
  EvidenceMessage *message = NULL;
  if (!safety_evidence_message(arena, desk->db, alert->message_id, &message, error)) return false;
  if (!message) return error_set(error, ERROR_BROKEN, "The message of an alert is gone; restore the database from a backup.");
  Json *json = *out = json_object();
  json_object_set_new(json, "id", json_integer(message->id));
  json_object_set_new(json, "received", moment_of(arena, message->made_at));
  json_object_set_new(json, "from", text_of(message->author_name));
  json_object_set_new(json, "address", text_of(message->author_address));
  json_object_set_new(json, "subject", text_of(message->subject));
  json_object_set_new(json, "text", json_string(message->body));
  json_object_set_new(json, "reading", message->reading ? json_read(message->reading, NULL) : json_null());
  return add_original(arena, desk, json, message->original_hash, error);
}

static Json *journal_of(Arena *arena, const EventList *events) {
  Json *array = json_array();
  list_each(const Event, event, events) {
    Json *object = json_object();
    json_object_set_new(object, "at", moment_of(arena, event->happened_at));
    json_object_set_new(object, "event", json_integer(event->kind));
    json_object_set_new(object, "by", text_of(event->staff_name));
    json_object_set_new(object, "detail", text_of(event->detail));
    json_array_append_new(array, object);
  }
  return array;
}

static Json *ticks_of(Arena *arena, const SafetyTickList *ticks) {
  Json *array = json_array();
  list_each(const SafetyTick, tick, ticks) {
    Json *object = json_object();
    json_object_set_new(object, "step", json_string(tick->step));
    json_object_set_new(object, "by", json_string(tick->staff_name));
    json_object_set_new(object, "at", moment_of(arena, tick->done_at));
    json_array_append_new(array, object);
  }
  return array;
}

static void add_alert(Arena *arena, Json *json, const SafetyFile *file) {
  const SafetyAlert *alert = file->alert;
  static const char *const states[] = {
    [SAFETY_OPEN] = "open", [SAFETY_TAKEN] = "taken", [SAFETY_CLOSED] = "closed", [SAFETY_FALSE_ALARM] = "false alarm"};
  json_object_set_new(json, "alert", json_integer(alert->id));
  json_object_set_new(json, "kind", json_string(safety_word(alert->kind)));
  json_object_set_new(json, "state", json_string(states[alert->state]));
  json_object_set_new(json, "raised", moment_of(arena, alert->raised_at));
  json_object_set_new(json, "raised_by", json_string(alert->raised_name ? alert->raised_name : "a reading"));
  json_object_set_new(json, "taken", moment_of(arena, alert->taken_at));
  json_object_set_new(json, "taken_by", text_of(alert->taken_name));
  json_object_set_new(json, "closed", moment_of(arena, alert->closed_at));
  json_object_set_new(json, "outcome", text_of(alert->outcome));
  json_object_set_new(json, "steps", ticks_of(arena, &file->ticks));
}

bool safety_keep_evidence(Arena *arena, Desk *desk, int64_t alert_id, GError **error) {
  SafetyFile file;
  EventList events = {0};
  Json *message = NULL;
  g_autoptr(Json) json = json_object();
  if (!safety_file(arena, desk, alert_id, &file, error) || !message_of(arena, desk, file.alert, &message, error) ||
      !event_select(arena, desk->db, file.alert->number, &events, error)) {
    if (message) json_decref(message);
    return false;
  }
  json_object_set_new(json, "desk", json_string(desk->name));
  json_object_set_new(json, "made", moment_of(arena, clock_now(desk->clock)));
  json_object_set_new(json, "number", json_integer(file.alert->number));
  json_object_set_new(json, "customer", text_of(file.alert->customer_name));
  add_alert(arena, json, &file);
  json_object_set_new(json, "message", message);
  json_object_set_new(json, "journal", journal_of(arena, &events));
  const char *bundle = bundle_sign(arena, desk, "rapport-evidence+json", json_text(arena, json));
  Blob blob = blob_prepare(arena, bytes_of_text(bundle));
  return blob_keep(desk, &blob, error) &&
         safety_evidence_insert(desk->db, alert_id, clock_now(desk->clock), blob.hash, blob.size, error);
}

bool safety_evidence(Arena *arena, Desk *desk, int64_t alert_id, int64_t id, Bytes *out, GError **error) {
  SafetyEvidenceList kept = {0};
  if (!safety_evidence_select(arena, desk->db, alert_id, &kept, error)) return false;
  list_each(const SafetyEvidence, each, &kept)
    if (each->id == id) return blob_load(arena, desk, each->hash, out, error);
  return error_set(error, ERROR_NOT_FOUND, "There is no such bundle.");
}
