// Branding: what customers see of the firm on the pages that they open and below the answers that they get, beside its name: a logo and
// an accent.
#pragma once

#include "base/bytes.h"
#include "desk/desk.h"
#include "desk/staff/staff.h"

// A few accents, all dark enough for white text on them and for text on paper (WCAG 2.2 AA); the first is the desk's own.
typedef enum BrandAccent {
  ACCENT_TEAL,
  ACCENT_BLUE,
  ACCENT_PLUM,
  ACCENT_RUST,
  ACCENT_MOSS,
  ACCENT_INK,
  ACCENT_COUNT
} BrandAccent;
const char *brand_accent_word(BrandAccent accent);   // "plum": also the name of its class in the style sheet
const char *brand_accent_title(BrandAccent accent);  // "Plum"
const char *brand_accent_colour(BrandAccent accent); // "#73336f", on light, for mails
bool brand_accent_from_word(const char *word, BrandAccent *out);

typedef struct Brand {
  BrandAccent accent;
  const char *logo;      // the hexadecimal SHA-256 of its bytes, also in its address; "": none
  const char *logo_type; // "image/png"
  bool is_in_mails;      // mails to customers carry it; until somebody switches it off
} Brand;
bool brand_load(Arena *arena, Desk *desk, Brand *out, GError **error);

#define BRAND_NAME_MOST 120          // characters
#define BRAND_LOGO_MOST (200 * 1000) // bytes
#define BRAND_SIDE_MOST 2000         // pixels

// What kind of picture these bytes are, by what they are and not by their name: "image/png", "image/jpeg", "image/webp"; NULL for anything
// else (SVG can carry programs), or when its sides cannot be told. `out_width` and `out_height` in pixels.
const char *brand_picture_type(Bytes bytes, int64_t *out_width, int64_t *out_height);

// `actor` NULL: the command line. Each stands in the audit journal. ERROR_INVALID says what is wrong.
bool brand_set(Desk *desk, const Staff *actor, const char *name, BrandAccent accent, GError **error);
bool brand_set_logo(Desk *desk, const Staff *actor, Bytes picture, GError **error); // without bytes: takes it away
bool brand_set_in_mails(Desk *desk, const Staff *actor, bool is_in_mails, GError **error);

// What an answer carries of it below the signature: name, logo and accent.
typedef struct BrandMark {
  const char *name, *colour, *type;
  Bytes picture;
  int64_t width, height; // as it is shown, in pixels
} BrandMark;
#define BRAND_MARK_MOST (40 * 1000) // bytes of the picture: every mail has it in it, and so has every answer that quotes one
// `*out` NULL when mails carry none: there is no logo, it is switched off, is too large, or a WebP, which not every mail program shows.
bool brand_mark(Arena *arena, Desk *desk, BrandMark **out, GError **error);
// The SHA-256 of the present logo, by which it is known again when a customer's answer brings it back; empty without one.
bool brand_logo_hash(Arena *arena, Desk *desk, Bytes *out, GError **error);
// The logo's bytes, when `hash` is the present one. ERROR_NOT_FOUND.
bool brand_logo(Arena *arena, Desk *desk, const char *hash, Bytes *out, const char **out_type, GError **error);
