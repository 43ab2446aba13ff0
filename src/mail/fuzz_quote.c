// Fuzzing the split of reply and quote: together they hold every byte that is no white space. Seeds: tests/fuzz/mail/quote.
#include "base/text.h"
#include "mail/mail.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t written_bytes(const char *text) {
  size_t count = 0;
  for (; *text; text++) count += !g_ascii_isspace(*text);
  return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(Arena) arena = arena_new();
  const char *text = text_make_valid(arena, bytes_of(data, size)), *reply = NULL, *quoted = NULL;
  mail_split_quote(arena, text, &reply, &quoted);
  if (written_bytes(reply) + written_bytes(quoted) != written_bytes(text)) abort();
  return 0;
}
