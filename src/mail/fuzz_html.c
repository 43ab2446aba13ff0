// Fuzzing the two readers of HTML. No tag but those of the frame's head may be left that is not on the list. Seeds:
// tests/fuzz/mail/html.
#include "base/text.h"
#include "mail/html_tree.h"
#include "mail/mail.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *part_address(Arena *arena, const char *cid, void *data) {
  (void)data;
  return arena_printf(arena, "https://parts.example/%s", cid);
}

// Every "<" in the body must begin a tag that may be shown: text and values are written with "&lt;".
static bool holds_unknown_tag(const char *document) {
  const char *body = strstr(document, "<body>"), *end = strstr(document, "\n</body></html>");
  for (const char *at = body + 6; at < end; at++) {
    if (*at != '<') continue;
    const char *name = at + 1 + (at[1] == '/');
    g_autofree char *element = g_strndup(name, strspn(name, "abcdefghijklmnopqrstuvwxyz123456"));
    bool is_void;
    if (!html_tree_knows(element, &is_void)) return true;
  }
  return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(Arena) arena = arena_new();
  const char *html = text_make_valid(arena, bytes_of(data, size));
  MailHtmlOptions options = {.allow_remote = size % 2 == 0, .address_of_cid = part_address};
  MailHtmlResult once = mail_html_sanitise(arena, html, &options);
  if (!g_utf8_validate(once.html, -1, NULL) || holds_unknown_tag(once.html)) abort();
  mail_html_to_text(arena, html);
  mail_html_to_text(arena, once.html);
  return 0;
}
