// A Mail as `rapport parse` prints it. Keys in the order of the contract; a missing sender, date, id or HTML is null.
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
  return json;
}
