// Reply tokens: "number.signature". The signature is BLAKE2b keyed with the desk's secret, cut to 64 bits: nobody outside can make
// one, and it is short enough to survive in an address. Letters and digits only, lower case, because some systems fold the case.
#include "base/text.h"
#include "desk/outbox/outbox.h"

#include <sodium.h>

#define SIGNATURE_BYTES 8
#define MARK "[ref " // in the text of our mails: see letter.c
#define MARKS_MOST 20
#define TOKEN_LONGEST 40

static const char *signature_of(Arena *arena, const Desk *desk, int64_t number) {
  unsigned char hash[crypto_generichash_BYTES_MIN];
  const char *signed_text = arena_printf(arena, "reply:%" G_GINT64_FORMAT, number);
  crypto_generichash(hash, sizeof hash, (const unsigned char *)signed_text, strlen(signed_text), desk->secret,
                     sizeof desk->secret);
  return text_hex(arena, bytes_of(hash, SIGNATURE_BYTES));
}

const char *reply_token(Arena *arena, const Desk *desk, int64_t number) {
  return arena_printf(arena, "%" G_GINT64_FORMAT ".%s", number, signature_of(arena, desk, number));
}

int64_t reply_token_check(const Desk *desk, const char *token) {
  char *end;
  int64_t number = g_ascii_strtoll(token, &end, 10);
  if (end == token || *end != '.' || number <= 0 || strlen(end + 1) != 2 * SIGNATURE_BYTES) return 0;
  g_autoptr(Arena) arena = arena_new();
  g_autofree char *given = g_ascii_strdown(end + 1, -1);
  const char *right = signature_of(arena, desk, number);
  return sodium_memcmp(given, right, 2 * SIGNATURE_BYTES) == 0 ? number : 0;
}

int64_t reply_token_find(const Desk *desk, const char *text) {
  const char *at = text;
  for (int tries = 0; tries < MARKS_MOST && (at = strstr(at, MARK)); tries++) {
    at += strlen(MARK);
    size_t length = strspn(at, "0123456789abcdefABCDEF.");
    if (length > TOKEN_LONGEST || at[length] != ']') continue;
    g_autofree char *token = g_strndup(at, length);
    int64_t number = reply_token_check(desk, token);
    if (number) return number;
  }
  return 0;
}
