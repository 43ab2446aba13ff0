// Lists rewrite From so that the writer's DMARC policy does not stop the mail: "'Nell Harker' via Workshop <workshop@groups.example>".
// Google Groups keeps the writer in X-Original-From and X-Original-Sender; Mailman moves the writer to Reply-To or, when the list
// takes the answers, to Cc and X-MailFrom. These last are believed only on a mail that is a list's and whose name says "via",
// because anybody may write Reply-To. As long as the headers are not authenticated the result says who wrote, not who may act.
#include "mail/original.h"

#include "base/text.h"
#include "mail/address.h"

// "via" as the lists say it in their languages, between spaces.
static const char *const via_words[] = {" via ",   " über ",  " par ",   " a través de ",
                                        " durch ", " через ", " przez ", " tramite "};

static MailAddressList addresses_of(Arena *arena, const MailHeaderList *headers, const char *name, const char *hint) {
  MailAddressList list = {0};
  const char *value = header_value(arena, headers, name);
  if (value) address_list_read(arena, value, hint, name, &list, NULL);
  return list;
}

// The name before "via", without the quotes that Google puts around it; NULL when it says no "via".
static const char *name_before_via(Arena *arena, const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(via_words); i++) {
    const char *via = strstr(name, via_words[i]);
    if (!via) continue;
    const char *before = text_trim(arena, arena_strndup(arena, name, (size_t)(via - name)));
    size_t length = strlen(before);
    if (length > 2 && before[0] == '\'' && before[length - 1] == '\'') before = arena_strndup(arena, before + 1, length - 2);
    return before;
  }
  return NULL;
}

static bool is_same(Arena *arena, const char *a, const char *b) {
  return strcmp(mail_address_key(arena, a), mail_address_key(arena, b)) == 0;
}

// The only address in the list that is not the list's own; NULL when there is none, or several.
static const MailAddress *only_other(Arena *arena, const MailAddressList *list, const char *own) {
  const MailAddress *found = NULL;
  list_each(const MailAddress, entry, list) {
    if (!mail_address_is_valid(entry->address) || is_same(arena, entry->address, own)) continue;
    if (found) return NULL;
    found = entry;
  }
  return found;
}

static MailAddress named(const MailAddress *address, const char *name) {
  return (MailAddress){*address->name || !name ? address->name : name, address->address};
}

MailAddress original_from(Arena *arena, const MailHeaderList *headers, const char *hint, const Mail *mail) {
  static const char *const kept[] = {"X-Original-From", "X-Original-Sender"};
  const char *name = name_before_via(arena, mail->from.name);
  if (mail->kind != MAIL_LIST) return (MailAddress){"", ""}; // anybody can write these headers; a list says that it is one
  for (size_t i = 0; i < G_N_ELEMENTS(kept); i++) {
    MailAddressList list = addresses_of(arena, headers, kept[i], hint);
    const MailAddress *writer = only_other(arena, &list, mail->from.address);
    if (writer) return named(writer, name);
  }
  if (!name) return (MailAddress){"", ""};
  const MailAddress *writer = only_other(arena, &mail->reply_to, mail->from.address);
  if (writer) return named(writer, name);
  MailAddressList sent_by = addresses_of(arena, headers, "X-MailFrom", hint);
  writer = only_other(arena, &sent_by, mail->from.address);
  return writer ? named(writer, name) : (MailAddress){"", ""};
}
