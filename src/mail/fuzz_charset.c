// Fuzzing charset repair and encoded words. The first line is the label, the rest what it is said of: as a body, as a header, and
// as text with uuencoded files in it. Whatever comes out is valid UTF-8. Seeds: tests/fuzz/mail/charset.
#include "base/text.h"
#include "mail/charset.h"
#include "mail/gmime_start.h"
#include "mail/mail.h"
#include "mail/uu.h"
#include "mail/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect_valid(const char *text) {
  if (!g_utf8_validate(text, -1, NULL)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  gmime_start();
  g_autoptr(Arena) arena = arena_new();
  const uint8_t *newline = size ? memchr(data, '\n', MIN(size, 40)) : NULL;
  const char *label = newline ? arena_strndup(arena, (const char *)data, (size_t)(newline - data)) : NULL;
  size_t skip = newline ? (size_t)(newline - data) + 1 : 0;
  Bytes rest = bytes_of(data + skip, size - skip);
  const char *problem = NULL;
  const char *text = charset_decode(arena, rest, label, &problem);
  expect_valid(text);
  if (problem) expect_valid(problem);
  TextList problems = {0};
  expect_valid(words_decode(arena, arena_strndup(arena, (const char *)rest.data, rest.size), label, "The subject", &problems));
  UuFileList files = {0};
  expect_valid(uu_extract(arena, text, &files));
  return 0;
}
