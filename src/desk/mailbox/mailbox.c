// Mailboxes are few, so they are read all at once and compared in memory.
#include "desk/mailbox/mailbox.h"

#include "base/text.h"
#include "desk/mailbox.sql.h"
#include "mail/mail.h"

bool mailbox_add(Desk *desk, const char *address, const char *name, const char *signature, int64_t *out_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  address = text_one_line(arena, address);
  if (!mail_address_is_valid(address))
    return error_set(error, ERROR_INVALID, "\"%s\" is not an e-mail address; give one such as help@example.com.", address);
  if (strchr(address, '+'))
    return error_set(error, ERROR_INVALID, "\"%s\" has a +, which the desk needs for its own marks; give an address without one.",
                     address);
  const char *key = mail_address_key(arena, address);
  g_autoptr(GError) problem = NULL;
  if (mailbox_insert(desk->db, address, key, text_one_line(arena, name), signature, clock_now(desk->clock), out_id, &problem))
    return true;
  if (error_is(problem, ERROR_CONFLICT)) return error_set(error, ERROR_CONFLICT, "The mailbox %s is there already.", address);
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}

static const char *const reply_to_words[REPLY_TO_COUNT] = {[REPLY_TO_TRUST] = "trust", [REPLY_TO_IGNORE] = "ignore"};

const char *reply_to_word(ReplyToPolicy policy) { return policy < REPLY_TO_COUNT ? reply_to_words[policy] : "trust"; }

bool reply_to_from_word(const char *word, ReplyToPolicy *out) {
  for (unsigned policy = 0; policy < REPLY_TO_COUNT; policy++)
    if (strcmp(reply_to_words[policy], word) == 0) {
      *out = policy;
      return true;
    }
  return false;
}

bool mailbox_list(Arena *arena, Desk *desk, MailboxList *out, GError **error) {
  return mailbox_select_all(arena, desk->db, out, error);
}

bool mailbox_is_ours(Arena *arena, const MailboxList *mailboxes, const char *address, const Mailbox **out) {
  const char *base = address, *tag;
  const char *key = mail_address_key(arena, address);
  const char *base_key = mail_address_split_tag(arena, address, &base, &tag) ? mail_address_key(arena, base) : key;
  if (!*key) return false;
  list_each(Mailbox, mailbox, mailboxes) {
    if (strcmp(mailbox->address_key, key) != 0 && strcmp(mailbox->address_key, base_key) != 0) continue;
    if (out) *out = mailbox;
    return true;
  }
  return false;
}
