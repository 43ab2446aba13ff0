// Fuzzing what the process that parses may answer. Seeds: tests/fuzz/mail/wire.
#include "mail/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = NULL;
  if (!wire_read(arena, bytes_of(data, size), &mail)) return 0;
  g_autoptr(Json) json = mail_to_json(arena, mail);
  if (json_object_size(json) != 14) abort(); // a text that is not UTF-8
  g_autoptr(GByteArray) again = g_byte_array_new();
  wire_write(again, mail);
  Mail *second = NULL;
  if (!wire_read(arena, bytes_of(again->data, again->len), &second)) abort();
  return 0;
}
