// Reading and settling the recipients of an answer.
#include "desk/conversation/recipients.h"

#include "base/text.h"

bool recipients_read(Arena *arena, const char *text, MailAddressList *out, const char **out_wrong) {
  g_autoptr(GString) line = g_string_new(text ? text : "");
  for (size_t i = 0; i < line->len; i++)
    if (line->str[i] == '\n') line->str[i] = ',';
  MailAddressList read = mail_address_list(arena, arena_strndup(arena, line->str, line->len));
  list_each(const MailAddress, address, &read) {
    if (!mail_address_is_valid(address->address)) {
      *out_wrong = text_is_blank(address->address) ? address->name : address->address;
      return false;
    }
    *list_add(arena, out) = *address;
  }
  return true;
}

typedef struct Settling {
  Arena *arena;
  const MailboxList *mailboxes;
  GHashTable *seen; // keys of addresses
} Settling;

static bool add(Settling *settling, const MailAddressList *list, MailAddressList *out) {
  list_each(const MailAddress, address, list) {
    const char *key = mail_address_key(settling->arena, address->address);
    if (!*key || mailbox_is_ours(settling->arena, settling->mailboxes, address->address, NULL)) return false;
    if (!g_hash_table_add(settling->seen, (char *)(uintptr_t)key)) continue;
    *list_add(settling->arena, out) = *address;
  }
  return g_hash_table_size(settling->seen) <= RECIPIENTS_MOST;
}

bool recipients_settle(Arena *arena, const MailboxList *mailboxes, const CustomerMessage *customer, const ReplyDraft *draft,
                       MailAddressList *out_to, MailAddressList *out_cc, MailAddressList *out_bcc) {
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  Settling settling = {.arena = arena, .mailboxes = mailboxes, .seen = seen};
  *list_add(arena, out_to) = (MailAddress){customer->author_name, customer->answer_to};
  g_hash_table_add(seen, (char *)(uintptr_t)mail_address_key(arena, customer->answer_to));
  return add(&settling, &draft->cc, out_cc) && add(&settling, &draft->bcc, out_bcc);
}
