// Branding: what customers see of the firm on the pages that they open, beside its name: a logo and an accent.
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
const char *brand_accent_word(BrandAccent accent);  // "plum": also the name of its class in the style sheet
const char *brand_accent_title(BrandAccent accent); // "Plum"
bool brand_accent_from_word(const char *word, BrandAccent *out);

typedef struct Brand {
  BrandAccent accent;
  const char *logo;      // the hexadecimal SHA-256 of its bytes, also in its address; "": none
  const char *logo_type; // "image/png"
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
// The logo's bytes, when `hash` is the present one. ERROR_NOT_FOUND.
bool brand_logo(Arena *arena, Desk *desk, const char *hash, Bytes *out, const char **out_type, GError **error);
