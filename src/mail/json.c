// A Mail as `rapport parse` prints it. Keys in the order of the contract, then those that came later; what is missing and is no text
// is null.
#include "mail/mail.h"

static Json *text_or_null(const char *text) { return text ? json_string(text) : json_null(); }

static Json *address_json(const MailAddress *address) {
  Json *json = json_object();
  json_object_set_new(json, "name", json_string(address->name ? address->name : ""));
  json_object_set_new(json, "address", json_string(address->address ? address->address : ""));
  return json;
}

static Json *addresses_json(const MailAddressList *list) {
  Json *json = json_array();
  list_each(MailAddress, address, list) json_array_append_new(json, address_json(address));
  return json;
}

static Json *texts_json(const TextList *list) {
  Json *json = json_array();
  list_each(Text, text, list) json_array_append_new(json, json_string(*text));
  return json;
}

static Json *attachments_json(const MailAttachmentList *list) {
  Json *json = json_array();
  list_each(MailAttachment, file, list) {
    Json *entry = json_object();
    json_object_set_new(entry, "name", json_string(file->name));
    json_object_set_new(entry, "type", json_string(file->type));
    json_object_set_new(entry, "bytes", json_integer((json_int_t)file->bytes.size));
    json_object_set_new(entry, "inline", json_boolean(file->is_inline));
    json_array_append_new(json, entry);
  }
  return json;
}

static Json *time_json(Arena *arena, int64_t moment) { return text_or_null(moment ? clock_iso(arena, moment) : NULL); }

static Json *address_or_null(const MailAddress *address) {
  bool is_known = address->address && *address->address;
  return is_known ? address_json(address) : json_null();
}

static const char *word(const char *text) { return text ? text : ""; }

static Json *authentication_json(const MailAuthenticationList *list) {
  Json *json = json_array();
  list_each(MailAuthentication, found, list) {
    Json *entry = json_object();
    json_object_set_new(entry, "server", json_string(found->server));
    json_object_set_new(entry, "spf", json_string(found->spf));
    json_object_set_new(entry, "dkim", json_string(found->dkim));
    json_object_set_new(entry, "dmarc", json_string(found->dmarc));
    json_array_append_new(json, entry);
  }
  return json;
}

static Json *protection_json(const MailProtection *protection) {
  static const char *const kinds[] = {[MAIL_PLAIN] = NULL,
                                      [MAIL_SMIME_SIGNED] = "smime-signed",
                                      [MAIL_SMIME_ENCRYPTED] = "smime-encrypted",
                                      [MAIL_PGP_SIGNED] = "pgp-signed",
                                      [MAIL_PGP_ENCRYPTED] = "pgp-encrypted"};
  static const char *const states[] = {
    [MAIL_UNCHECKED] = "unchecked", [MAIL_GOOD] = "good", [MAIL_DOUBTFUL] = "doubtful", [MAIL_BAD] = "bad"};
  if (protection->kind == MAIL_PLAIN) return json_null();
  Json *json = json_object();
  json_object_set_new(json, "kind", json_string(kinds[protection->kind]));
  json_object_set_new(json, "state", json_string(states[protection->state]));
  json_object_set_new(json, "signer", json_string(word(protection->signer)));
  json_object_set_new(json, "reason", json_string(word(protection->reason)));
  return json;
}

static Json *invite_json(Arena *arena, const MailInvite *invite) {
  if (!invite) return json_null();
  Json *json = json_object();
  json_object_set_new(json, "method", json_string(invite->method));
  json_object_set_new(json, "summary", json_string(invite->summary));
  json_object_set_new(json, "place", json_string(invite->place));
  json_object_set_new(json, "organiser", json_string(invite->organiser));
  json_object_set_new(json, "starts", time_json(arena, invite->starts_at));
  json_object_set_new(json, "ends", time_json(arena, invite->ends_at));
  json_object_set_new(json, "all_day", json_boolean(invite->is_all_day));
  return json;
}

static Json *forward_json(const MailForward *forward) {
  if (!forward) return json_null();
  Json *json = json_object();
  json_object_set_new(json, "from", address_or_null(&forward->from));
  json_object_set_new(json, "subject", json_string(forward->subject));
  json_object_set_new(json, "text", json_string(forward->text));
  json_object_set_new(json, "message_id", text_or_null(forward->message_id));
  return json;
}

static void add_later_keys(Arena *arena, const Mail *mail, Json *json) {
  json_object_set_new(json, "reply_to", addresses_json(&mail->reply_to));
  json_object_set_new(json, "original_from", address_or_null(&mail->original_from));
  json_object_set_new(json, "return_path", text_or_null(mail->return_path));
  json_object_set_new(json, "delivered_to", texts_json(&mail->delivered_to));
  json_object_set_new(json, "kind_reason", text_or_null(mail->kind_reason));
  json_object_set_new(json, "loop_mark", text_or_null(mail->loop_mark));
  json_object_set_new(json, "bounced_id", text_or_null(mail->bounced_id));
  json_object_set_new(json, "undeliverable", texts_json(&mail->undeliverable));
  json_object_set_new(json, "signature", json_string(word(mail->signature)));
  json_object_set_new(json, "authentication", authentication_json(&mail->authentication));
  json_object_set_new(json, "protection", protection_json(&mail->protection));
  json_object_set_new(json, "invite", invite_json(arena, mail->invite));
  json_object_set_new(json, "forward", forward_json(mail->forward));
  json_object_set_new(json, "machine_topic", text_or_null(mail->machine_topic));
}

Json *mail_to_json(Arena *arena, const Mail *mail) {
  bool has_sender = *mail->from.address || *mail->from.name;
  Json *json = json_object();
  json_object_set_new(json, "from", has_sender ? address_json(&mail->from) : json_null());
  json_object_set_new(json, "to", addresses_json(&mail->to));
  json_object_set_new(json, "cc", addresses_json(&mail->cc));
  json_object_set_new(json, "subject", json_string(mail->subject));
  json_object_set_new(json, "date", text_or_null(mail->claimed_at ? clock_iso(arena, mail->claimed_at) : NULL));
  json_object_set_new(json, "message_id", text_or_null(mail->message_id));
  json_object_set_new(json, "references", texts_json(&mail->references));
  json_object_set_new(json, "kind", json_string(mail_kind_word(mail->kind)));
  json_object_set_new(json, "text", json_string(mail->text));
  json_object_set_new(json, "reply", json_string(mail->reply));
  json_object_set_new(json, "quoted", json_string(mail->quoted));
  json_object_set_new(json, "html", text_or_null(mail->html));
  json_object_set_new(json, "attachments", attachments_json(&mail->attachments));
  json_object_set_new(json, "problems", texts_json(&mail->problems));
  add_later_keys(arena, mail, json);
  return json;
}
