// Authentication-Results: "mx.example 1; spf=pass (a comment) smtp.mailfrom=x; dkim=fail …". Each server puts its header on top, so the
// order of the mail is newest first. Comments may nest and hold anything, quoted strings may hold semicolons; both are taken out
// before the value is cut at its semicolons. Several results of one method (a mail may carry several DKIM signatures) count as the
// best of them. What the properties behind a result say is not needed here.
#include "mail/authentication.h"

#include "base/text.h"

#define HEADERS_READ 20
#define WORD_LONGEST 40
#define SERVER_LONGEST 255

// The value without comments, with quoted strings made blank; the length stays bounded by that of the header.
static const char *without_comments(Arena *arena, const char *value) {
  char *plain = arena_strdup(arena, value), *out = plain;
  int depth = 0;
  bool is_quoted = false;
  for (const char *at = value; *at; at++) {
    if (*at == '\\' && at[1] && (depth || is_quoted))
      at++;
    else if (*at == '"' && !depth)
      is_quoted = !is_quoted;
    else if (*at == '(' && !is_quoted)
      depth++;
    else if (*at == ')' && depth)
      depth--;
    else if (!depth && !is_quoted)
      *out++ = *at;
  }
  *out = '\0';
  return plain;
}

static bool is_word(char c) { return g_ascii_isalnum(c) || c == '-' || c == '_' || c == '.'; }

static const char *take_word(Arena *arena, const char **at) {
  const char *start = *at + strspn(*at, " \t");
  size_t length = 0;
  while (is_word(start[length])) length++;
  *at = start + length + strspn(start + length, " \t");
  return arena_take(arena, g_ascii_strdown(start, (gssize)MIN(length, WORD_LONGEST)));
}

// A signature that holds is worth more than one that was broken on the way.
static int worth(const char *result) {
  static const char *const order[] = {"", "none", "neutral", "policy", "permerror", "temperror", "fail", "softfail", "pass"};
  for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
    if (strcmp(order[i], result) == 0) return (int)i;
  return 1;
}

static void read_method(Arena *arena, const char *section, MailAuthentication *out) {
  const char *method = take_word(arena, &section);
  if (*section == '/') { // a version of the method
    section++;
    take_word(arena, &section);
  }
  if (*section != '=') return;
  section++;
  const char *result = take_word(arena, &section);
  const char **to = strcmp(method, "spf") == 0     ? &out->spf
                    : strcmp(method, "dkim") == 0  ? &out->dkim
                    : strcmp(method, "dmarc") == 0 ? &out->dmarc
                                                   : NULL;
  if (to && worth(result) > worth(*to)) *to = result;
}

static void read_one(Arena *arena, const char *value, MailAuthentication *out) {
  const char *plain = without_comments(arena, value);
  const char *semicolon = strchr(plain, ';');
  const char *server = arena_strndup(arena, plain, semicolon ? (size_t)(semicolon - plain) : strlen(plain));
  server = text_trim(arena, text_make_valid(arena, bytes_of_text(server)));
  *out = (MailAuthentication){
    .server = arena_strndup(arena, server, MIN(strcspn(server, " \t"), SERVER_LONGEST)), .spf = "", .dkim = "", .dmarc = ""};
  for (; semicolon; semicolon = strchr(semicolon + 1, ';')) read_method(arena, semicolon + 1, out);
}

void authentication_read(Arena *arena, const MailHeaderList *headers, MailAuthenticationList *out) {
  list_each(MailHeader, header, headers)
    if (out->count < HEADERS_READ && g_ascii_strcasecmp(header->name, "Authentication-Results") == 0)
      read_one(arena, header_unfold(arena, header->raw), list_add(arena, out));
}
