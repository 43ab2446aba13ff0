// Notice tokens: "nSTAFF-NUMBER-NOTICE-HOUR.signature", signed like reply tokens (BLAKE2b under the desk's secret, cut to 64 bits) over
// other words, so that neither can stand for the other. Lower-case letters and digits, because some systems fold the case.
#include "base/text.h"
#include "desk/notify/notify.h"

#include <sodium.h>

#define SIGNATURE_BYTES 8

static const char *facts_of(Arena *arena, const NoticeToken *token) {
  return arena_printf(arena, "n%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, token->staff_id,
                      token->number, token->notice_id, token->until_hour);
}

static const char *signature_of(Arena *arena, const Desk *desk, const NoticeToken *token) {
  unsigned char hash[crypto_generichash_BYTES_MIN];
  const char *signed_text = arena_printf(arena, "notice:%s", facts_of(arena, token));
  crypto_generichash(hash, sizeof hash, (const unsigned char *)signed_text, strlen(signed_text), desk->secret,
                     sizeof desk->secret);
  return text_hex(arena, bytes_of(hash, SIGNATURE_BYTES));
}

const char *notice_token(Arena *arena, const Desk *desk, const NoticeToken *token) {
  return arena_printf(arena, "%s.%s", facts_of(arena, token), signature_of(arena, desk, token));
}

// Digits up to `end`; 0 when there is anything else.
static int64_t number_until(const char **at, char end) {
  char *next;
  int64_t number = g_ascii_isdigit(**at) ? g_ascii_strtoll(*at, &next, 10) : 0;
  if (number <= 0 || *next != end) return 0;
  *at = next + 1;
  return number;
}

static bool read_facts(const char *tag, NoticeToken *out, const char **out_signature) {
  if (*tag != 'n' && *tag != 'N') return false;
  tag++;
  *out = (NoticeToken){0};
  out->staff_id = number_until(&tag, '-');
  if (out->staff_id) out->number = number_until(&tag, '-');
  if (out->number) out->notice_id = number_until(&tag, '-');
  if (out->notice_id) out->until_hour = number_until(&tag, '.');
  *out_signature = tag;
  return out->until_hour > 0;
}

bool notice_token_is_meant(const char *tag) {
  NoticeToken token;
  const char *signature;
  return read_facts(tag, &token, &signature);
}

bool notice_token_read(const Desk *desk, const char *tag, NoticeToken *out) {
  const char *signature;
  if (!read_facts(tag, out, &signature) || strlen(signature) != 2 * SIGNATURE_BYTES) return false;
  g_autoptr(Arena) arena = arena_new();
  g_autofree char *given = g_ascii_strdown(signature, -1);
  return sodium_memcmp(given, signature_of(arena, desk, out), 2 * SIGNATURE_BYTES) == 0;
}
