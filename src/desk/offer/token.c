// The tokens of links: "OFFER-PLACE-HOUR.signature", BLAKE2b under the desk's secret over words of their own, so that no other token
// of ours can stand for one. 128 bits, since a link is read by machines and need not be short.
#include "desk/offer/token.h"
#include "base/text.h"
#include "desk/offer/offer.h"

#include <sodium.h>

#define SIGNATURE_BYTES 16

static const char *signature_of(Arena *arena, const Desk *desk, const OfferToken *token) {
  unsigned char hash[SIGNATURE_BYTES];
  const char *words = arena_printf(arena, "offer:%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, token->offer_id,
                                   token->place, token->until_hour);
  crypto_generichash(hash, sizeof hash, (const unsigned char *)words, strlen(words), desk->secret, sizeof desk->secret);
  return text_hex(arena, bytes_of(hash, sizeof hash));
}

const char *offer_token(Arena *arena, const Desk *desk, int64_t offer_id, int64_t place, int64_t expires_at) {
  OfferToken token = {.offer_id = offer_id, .place = place, .until_hour = expires_at / CLOCK_HOUR};
  return arena_printf(arena, "%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT ".%s", token.offer_id, token.place,
                      token.until_hour, signature_of(arena, desk, &token));
}

static bool read_number(const char **at, char end, int64_t *out) {
  char *next;
  if (!g_ascii_isdigit(**at)) return false;
  *out = g_ascii_strtoll(*at, &next, 10);
  if (*next != end) return false;
  *at = next + 1;
  return true;
}

bool offer_token_read(const Desk *desk, const char *text, OfferToken *out) {
  if (!read_number(&text, '-', &out->offer_id) || !read_number(&text, '-', &out->place) ||
      !read_number(&text, '.', &out->until_hour) || strlen(text) != 2 * SIGNATURE_BYTES)
    return false;
  g_autoptr(Arena) arena = arena_new();
  return sodium_memcmp(text, signature_of(arena, desk, out), 2 * SIGNATURE_BYTES) == 0;
}
