// A mail of ours that came back for good (doc/mail.md 15, 17). A mail to several people came back for some of them: for those whose
// address the report names.
#include "desk/received/incoming.h"

#include "desk/customer.sql.h"
#include "desk/outbox.sql.h"
#include "desk/outbox/outbox.h"

#define REPORT_MOST ((size_t)64 * 1024) // bytes of a report that are looked at

static bool is_address_byte(char byte) { return g_ascii_isalnum(byte) || strchr(".-_+@", byte ? byte : ' ') != NULL; }

// As a whole address: "ann@x" is not in "joann@x".
static bool contains(const char *text, size_t size, const char *lower) {
  g_autofree char *folded = g_ascii_strdown(text, (gssize)MIN(size, REPORT_MOST));
  size_t length = strlen(lower);
  for (const char *at = strstr(folded, lower); at; at = strstr(at + 1, lower)) {
    bool ends = !g_ascii_isalnum(at[length]) && (at[length] != '.' || !g_ascii_isalnum(at[length + 1]));
    if ((at == folded || !is_address_byte(at[-1])) && ends) return true;
  }
  return false;
}

static bool is_named(const Mail *report, const char *key) {
  if (contains(report->text, strlen(report->text), key)) return true;
  list_each(const MailAttachment, part, &report->attachments)
    if (part->bytes.size && strcmp(part->type, "message/delivery-status") == 0 &&
        contains(part->bytes.data, part->bytes.size, key))
      return true;
  return false;
}

// Those whose mailbox is only full may be written to again; the report says which address is none at all.
static bool mark_undeliverable(Arena *arena, Desk *desk, const Incoming *incoming, const TextList *returned, GError **error) {
  list_each(const Text, address, returned) {
    const char *key = mail_address_key(arena, *address);
    bool is_dead = false;
    list_each(const Text, dead, &incoming->mail->undeliverable)
      is_dead = is_dead || strcmp(mail_address_key(arena, *dead), key) == 0;
    if (is_dead && *key && !customer_address_undeliverable(desk->db, key, error)) return false;
  }
  return true;
}

bool incoming_mark_returned(Arena *arena, Desk *desk, const Incoming *incoming, int64_t number, int64_t message_id,
                            GError **error) {
  const char *recipients = NULL;
  if (!outbox_select_recipients(arena, desk->db, message_id, &recipients, error)) return false;
  g_auto(GStrv) list = g_strsplit(recipients ? recipients : "", "\n", -1);
  bool is_one = g_strv_length(list) == 1;
  TextList returned = {0};
  for (char **address = list; *address; address++) {
    const char *key = mail_address_key(arena, *address);
    if (*key && (is_one || is_named(incoming->mail, key))) *list_add(arena, &returned) = *address;
  }
  return mark_undeliverable(arena, desk, incoming, &returned, error) &&
         outbox_mark_returned(arena, desk, number, message_id, &returned, incoming->mail->subject, error);
}
