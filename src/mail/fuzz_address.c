// Fuzzing address lists, and what is made of an address. The first line is the charset that other headers hint at. What is read is
// valid UTF-8 of bounded number, and an address that is usable has a key that is its own key. Seeds: tests/fuzz/mail/address.
#include "base/text.h"
#include "mail/address.h"
#include "mail/gmime_start.h"
#include "mail/mail.h"
#include "mail/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_key(Arena *arena, const char *address) {
  const char *key = mail_address_key(arena, address);
  if (*key && (!mail_address_is_valid(key) || strcmp(mail_address_key(arena, key), key) != 0)) abort();
  const char *base = NULL, *tag = NULL;
  if (mail_address_split_tag(arena, address, &base, &tag) && strcmp(mail_address_with_tag(arena, base, tag), address) != 0)
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  gmime_start();
  g_autoptr(Arena) arena = arena_new();
  const uint8_t *newline = size ? memchr(data, '\n', MIN(size, 40)) : NULL;
  const char *hint = newline ? arena_strndup(arena, (const char *)data, (size_t)(newline - data)) : NULL;
  size_t skip = newline ? (size_t)(newline - data) + 1 : 0;
  const char *value = header_unfold(arena, bytes_of(data + skip, size - skip));
  MailAddressList list = {0};
  TextList problems = {0};
  address_list_read(arena, value, hint, "From", &list, &problems);
  if (list.count > 1000) abort();
  list_each(MailAddress, entry, &list) {
    if (!g_utf8_validate(entry->name, -1, NULL) || !g_utf8_validate(entry->address, -1, NULL)) abort();
    check_key(arena, entry->address);
  }
  return 0;
}
