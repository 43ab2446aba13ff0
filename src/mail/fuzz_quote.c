// Fuzzing the split of reply and quote: together they hold every byte that is no white space, whatever the HTML says. An input
// with a line "<>" is text above HTML. Seeds: tests/fuzz/mail/quote.
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
  const char *input = text_make_valid(arena, bytes_of(data, size)), *html = strstr(input, "\n<>\n");
  const char *text = html ? arena_strndup(arena, input, (size_t)(html - input)) : input;
  if (html && text_is_blank(text)) text = mail_html_to_text(arena, html); // as for a mail without a text part
  MailSplit split = mail_split(arena, text, html);
  if (written_bytes(split.reply) + written_bytes(split.quoted) != written_bytes(text)) abort();
  if (!strstr(split.quoted, split.signature) || !g_str_has_suffix(split.reply, split.closing)) abort();
  mail_common_ending(arena, split.reply, text);
  return 0;
}
